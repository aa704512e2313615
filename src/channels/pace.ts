import { setTimeout as delay } from 'node:timers/promises';

/** A provider's own clock: real time, whatever the tick believes the time is. */
export interface RealTime {
  /** Milliseconds, monotonic. */
  now(): number;
  wait(ms: number): Promise<unknown>;
}

const REAL_TIME: RealTime = { now: () => performance.now(), wait: (ms) => delay(ms) };

/** A longer hold than this is not waited for: the messages are given back for a later tick. */
const PATIENCE_MS = 10_000;

export interface Pace {
  /** Waits for the next free slot. A result above 0 says: do not call, it is closed for so many milliseconds. */
  turn(): Promise<number>;
  /** No call for so many milliseconds: a Retry-After, an empty rate window. */
  hold(ms: number): void;
}

/** Spaces calls evenly; slots are given out at once, so calls made together are spaced as well. */
export function createPace(perSecond: number, time: RealTime = REAL_TIME): Pace {
  const interval = perSecond > 0 ? 1000 / perSecond : 0;
  let next = 0;
  let heldUntil = 0;
  return {
    async turn() {
      const now = time.now();
      const held = heldUntil - now;
      if (held > PATIENCE_MS) return Math.ceil(held);
      const slot = Math.max(now, next, heldUntil);
      next = slot + interval;
      if (slot > now) await time.wait(Math.ceil(slot - now));
      return 0;
    },
    hold(ms) {
      heldUntil = Math.max(heldUntil, time.now() + ms);
    },
  };
}
