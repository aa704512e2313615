import type { WaitReason } from '../reasons.ts';
import type { Caps, Lane } from './caps.ts';

/** What a sender has used of a lane: in the last hour, today, and in seven days with today. */
export interface Used {
  hour: number;
  day: number;
  week: number;
}

/** By lane; a cap that is null is none. Keys as in --json. */
export type CapStanding = Partial<
  Record<
    Lane,
    Record<'hour' | 'day' | 'week', number | null> & Record<'hour_used' | 'day_used' | 'week_used', number>
  >
>;

export type CapReason = Extract<WaitReason, 'hourly_cap' | 'daily_cap' | 'weekly_cap'>;

export interface Refusal {
  reason: CapReason;
  /** The cap that is reached. */
  cap: number;
  /** How many were turned away before for the same reason: the first to be turned away is the first to come again. */
  rank: number;
}

/** The room that the caps leave in one tick, handed out touch by touch. */
export class Capacity {
  readonly #lanes: ReadonlyMap<Lane, { caps: Caps; used: Used }>;
  readonly #refused = new Map<string, number>();

  /** A lane that is not named has no caps. */
  constructor(lanes: ReadonlyMap<Lane, { caps: Caps; used: Used }>) {
    this.#lanes = new Map([...lanes].map(([lane, { caps, used }]) => [lane, { caps, used: { ...used } }]));
  }

  copy(): Capacity {
    return new Capacity(this.#lanes);
  }

  /** Takes room for all of them, or for none. */
  take(lanes: readonly Lane[]): Refusal | null {
    for (const lane of lanes) {
      const full = this.#full(lane);
      if (full) return this.#refuse(lane, full);
    }
    for (const lane of lanes) {
      const used = this.#lanes.get(lane)?.used;
      if (!used) continue;
      used.hour += 1;
      used.day += 1;
      used.week += 1;
    }
    return null;
  }

  /** Caps and what is used of them, lane by lane. */
  standing(): CapStanding {
    return Object.fromEntries(
      [...this.#lanes].map(([lane, { caps, used }]) => [
        lane,
        {
          ...{ hour: caps.hour, hour_used: used.hour, day: caps.day, day_used: used.day },
          ...{ week: caps.week, week_used: used.week },
        },
      ]),
    );
  }

  giveBack(lane: Lane): void {
    const used = this.#lanes.get(lane)?.used;
    if (!used) return;
    used.hour -= 1;
    used.day -= 1;
    used.week -= 1;
  }

  /** The longest wait counts: who is beyond the week is not told of the hour. */
  #full(lane: Lane): { reason: CapReason; cap: number } | null {
    const room = this.#lanes.get(lane);
    if (!room) return null;
    const { caps, used } = room;
    if (caps.week !== null && used.week >= caps.week) return { reason: 'weekly_cap', cap: caps.week };
    if (caps.day !== null && used.day >= caps.day) return { reason: 'daily_cap', cap: caps.day };
    if (caps.hour !== null && used.hour >= caps.hour) return { reason: 'hourly_cap', cap: caps.hour };
    return null;
  }

  #refuse(lane: Lane, { reason, cap }: { reason: CapReason; cap: number }): Refusal {
    const key = `${lane}:${reason}`;
    const rank = this.#refused.get(key) ?? 0;
    this.#refused.set(key, rank + 1);
    return { reason, cap, rank };
  }
}
