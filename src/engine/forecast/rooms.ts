import type { Calendar } from '../dates/calendar.ts';
import { type Caps, capsOn, type Lane, type RampPoint, WEEK_DAYS } from '../limits/caps.ts';

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

const FAR_DAYS = 3700;
const HOUR_MS = 3_600_000;

/** How many touches each day, and each hour of it, has room for. A day ends at the midnight of `zone`. */
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

  /** Takes room in the hour of `at`; false where there is none. */
  take(lane: Lane, at: number): boolean {
    const room = this.#lanes.get(lane);
    return !room || room.take(this.#dayOf(at), hourOf(at));
  }

  /**
   * Takes room in the first hour that has some, and says when that is: the first `opening` in it; null: not within years.
   * @param people `where`: those for whom the same hours are open; `opening`: the next one at or after an instant
   */
  takeLater(
    lane: Lane,
    after: number,
    { where, opening }: { where: string; opening: (at: number) => number | null },
  ): number | null {
    const room = this.#lanes.get(lane);
    const known = room?.firstFree.get(where) ?? after;
    let at = opening(Math.max(known, this.#after(after, room)));
    while (at !== null && room) {
      const day = this.#dayOf(at);
      if (day > FAR_DAYS) return null;
      if (room.take(day, hourOf(at))) {
        room.firstFree.set(where, at);
        return at;
      }
      at = opening(this.#after(at, room));
    }
    return at;
  }

  /** Of a day that has room left, the hour alone is full. */
  #after(at: number, room: Room | undefined): number {
    return room?.hasDay(this.#dayOf(at))
      ? (hourOf(at) + 1) * HOUR_MS
      : this.#calendar.endOfDay(at, this.#zone);
  }

  #dayOf(at: number): number {
    return this.#calendar.daysBetween(this.#now, at, this.#zone);
  }
}

const hourOf = (at: number): number => Math.floor(at / HOUR_MS);

/** The day of the first touch ever; null: there was none. */
interface Start {
  day: number | null;
}

/** Days are counted from today. */
class Room {
  readonly #lane: LaneRoom;
  readonly #start: Start;
  readonly #used = new Map<number, number>();
  readonly #usedHours = new Map<number, number>();
  /** Where the last one found room: so that thousands who wait need not look at every day before. */
  readonly firstFree = new Map<string, number>();

  constructor(lane: LaneRoom, start: Start) {
    this.#lane = lane;
    this.#start = start;
    lane.used.forEach((touches, ago) => {
      this.#used.set(-ago, touches);
    });
  }

  /** False: the day or the hour is full. */
  take(day: number, hour: number): boolean {
    const cap = this.#capsOn(day).hour;
    const before = this.#usedHours.get(hour) ?? 0;
    if (!this.hasDay(day) || (cap !== null && before >= cap)) return false;
    this.#start.day = Math.min(this.#start.day ?? day, day);
    this.#used.set(day, this.#on(day) + 1);
    this.#usedHours.set(hour, before + 1);
    return true;
  }

  hasDay(day: number): boolean {
    const { campaign } = this.#lane;
    const own = this.#capsOn(day);
    const today = this.#on(day);
    if (own.day !== null && today >= own.day) return false;
    if (campaign !== null && today >= campaign) return false;
    if (own.week === null) return true;
    let week = 0;
    for (let each = day - WEEK_DAYS + 1; each <= day; each += 1) week += this.#on(each);
    return week < own.week;
  }

  #capsOn(day: number): Caps {
    return capsOn(this.#lane.caps, this.#lane.ramp, day - (this.#start.day ?? day) + 1);
  }

  #on(day: number): number {
    return this.#used.get(day) ?? 0;
  }
}
