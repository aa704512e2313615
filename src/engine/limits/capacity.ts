import type { WaitReason } from '../reasons.ts';
import { type Caps, isCapped, type Lane } from './caps.ts';

/** What a sender has used of a lane: in the last hour, today, and in seven days with today. */
export interface Used {
  hour: number;
  day: number;
  week: number;
}

type CapReason = Extract<WaitReason, 'hourly_cap' | 'daily_cap' | 'weekly_cap' | 'campaign_cap'>;

/** What may be used of a lane by one who sends; or by one campaign, on a day. */
export interface Room {
  /** Null: the room of a sender. */
  campaign: { id: number; name: string } | null;
  /** Null: the room of a campaign. */
  sender: string | null;
  lane: Lane;
  caps: Caps;
  used: Used;
}

export interface Refusal {
  reason: CapReason;
  /** The cap that is reached. */
  cap: number;
  /** How many were turned away before for the same reason: the first to be turned away is the first to come again. */
  rank: number;
}

/** The room that the caps leave in one tick, handed out touch by touch. */
export class Capacity {
  readonly #rooms: ReadonlyMap<string, Room>;
  readonly #refused = new Map<string, number>();

  /** @param rooms by their keys (`roomKey`) */
  constructor(rooms: ReadonlyMap<string, Room>) {
    this.#rooms = new Map([...rooms].map(([key, room]) => [key, { ...room, used: { ...room.used } }]));
  }

  copy(): Capacity {
    return new Capacity(this.#rooms);
  }

  /** Takes a place in all of these rooms, or in none. One that nobody has looked at before is full. */
  take(keys: readonly string[]): Refusal | null {
    for (const key of keys) {
      const full = fullness(this.#rooms.get(key));
      if (full) return this.#refuse(key, full);
    }
    for (const key of keys) this.#count(key, 1);
    return null;
  }

  giveBack(keys: readonly string[]): void {
    for (const key of keys) this.#count(key, -1);
  }

  /** Those with caps, and what is used of them by now. */
  rooms(): Room[] {
    return [...this.#rooms.values()].filter(({ caps }) => isCapped(caps));
  }

  #count(key: string, places: 1 | -1): void {
    const used = this.#rooms.get(key)?.used;
    if (!used) return;
    used.hour += places;
    used.day += places;
    used.week += places;
  }

  #refuse(key: string, { reason, cap }: Omit<Refusal, 'rank'>): Refusal {
    const counted = `${key} ${reason}`;
    const rank = this.#refused.get(counted) ?? 0;
    this.#refused.set(counted, rank + 1);
    return { reason, cap, rank };
  }
}

/** The longest wait counts: who is beyond the week is not told of the hour. */
function fullness(room: Room | undefined): Omit<Refusal, 'rank'> | null {
  if (!room) return { reason: 'daily_cap', cap: 0 };
  const { caps, used } = room;
  if (caps.week !== null && used.week >= caps.week) return { reason: 'weekly_cap', cap: caps.week };
  if (caps.day !== null && used.day >= caps.day)
    return { reason: room.campaign === null ? 'daily_cap' : 'campaign_cap', cap: caps.day };
  if (caps.hour !== null && used.hour >= caps.hour) return { reason: 'hourly_cap', cap: caps.hour };
  return null;
}
