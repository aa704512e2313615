import type { Calendar } from '../dates/calendar.ts';
import { type Caps, capsOn, type Lane, type RampPoint } from '../limits/caps.ts';

/** The caps that the touches of a lane count against, and what is used of them already. */
export interface LaneRoom {
  lane: Lane;
  /** Who sends on which channel: lanes of one sender and channel have one ramp. */
  sender: string;
  /** Of who sends. */
  caps: Caps;
  ramp: readonly RampPoint[];
  /** Of the campaign alone, a day. */
  campaign: number | null;
  /** What has gone out on each of the last seven days, today first; and when the first ever did, UTC ms. */
  used: readonly number[];
  firstAt: number | null;
}

export const WEEK_DAYS = 7;
const FAR_DAYS = 3700;

/** How many touches each day has room for. A day ends at the midnight of `zone`. */
export class Rooms {
  readonly #lanes: ReadonlyMap<Lane, Room>;
  readonly #calendar: Calendar;
  readonly #zone: string;
  readonly #now: number;

  constructor(lanes: readonly LaneRoom[], calendar: Calendar, { zone, now }: { zone: string; now: number }) {
    this.#calendar = calendar;
    this.#zone = zone;
    this.#now = now;
    const starts = new Map<string, Start>();
    this.#lanes = new Map(
      lanes.map((lane) => {
        const since = lane.firstAt === null ? null : -calendar.daysBetween(lane.firstAt, now, zone);
        const start = starts.get(lane.sender) ?? { day: since };
        starts.set(lane.sender, start);
        return [lane.lane, new Room(lane, start)];
      }),
    );
  }

  /** Takes room on the day of `at`; false where there is none. */
  take(lane: Lane, at: number): boolean {
    const room = this.#lanes.get(lane);
    const day = this.#dayOf(at);
    if (room && !room.isFree(day)) return false;
    room?.add(day, 1);
    return true;
  }

  /**
   * Takes room on the first day that has some, and says when that is: the first `opening` on it; null: not within years.
   * @param people `where`: those for whom the same hours are open; `opening`: the next one at or after an instant
   */
  takeLater(
    lane: Lane,
    after: number,
    { where, opening }: { where: string; opening: (at: number) => number | null },
  ): number | null {
    const room = this.#lanes.get(lane);
    const known = room?.firstFree.get(where) ?? after;
    let at = opening(Math.max(known, this.#calendar.endOfDay(after, this.#zone)));
    for (let tries = 0; at !== null && tries < FAR_DAYS; tries += 1) {
      if (!room) return at;
      const day = this.#dayOf(at);
      if (day > FAR_DAYS) return null;
      if (room.isFree(day)) {
        room.add(day, 1);
        room.firstFree.set(where, at);
        return at;
      }
      at = opening(this.#calendar.endOfDay(at, this.#zone));
    }
    return null;
  }

  giveBack(lane: Lane, at: number): void {
    this.#lanes.get(lane)?.add(this.#dayOf(at), -1);
  }

  #dayOf(at: number): number {
    return this.#calendar.daysBetween(this.#now, at, this.#zone);
  }
}

/** The day of the first touch ever; null: there was none. */
interface Start {
  day: number | null;
}

/** Days are counted from today. */
class Room {
  readonly #lane: LaneRoom;
  readonly #start: Start;
  readonly #used = new Map<number, number>();
  /** Where the last one found room: so that thousands who wait need not look at every day before. */
  readonly firstFree = new Map<string, number>();

  constructor(lane: LaneRoom, start: Start) {
    this.#lane = lane;
    this.#start = start;
    lane.used.forEach((touches, ago) => {
      this.#used.set(-ago, touches);
    });
  }

  isFree(day: number): boolean {
    const { caps, ramp, campaign } = this.#lane;
    const own = capsOn(caps, ramp, day - (this.#start.day ?? day) + 1);
    const today = this.#on(day);
    if (own.day !== null && today >= own.day) return false;
    if (campaign !== null && today >= campaign) return false;
    if (own.week === null) return true;
    let week = 0;
    for (let each = day - WEEK_DAYS + 1; each <= day; each += 1) week += this.#on(each);
    return week < own.week;
  }

  add(day: number, touches: number): void {
    this.#start.day = Math.min(this.#start.day ?? day, day);
    this.#used.set(day, this.#on(day) + touches);
    if (touches < 0) this.firstFree.clear();
  }

  #on(day: number): number {
    return this.#used.get(day) ?? 0;
  }
}
