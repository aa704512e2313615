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

/** Calls are counted when they begin; on the way to the provider some may gain on others by this much. */
const MARGIN_MS = 50;

/**
 * Lets so many calls begin in any second, wherever it begins: what a busy moment has kept back is made up for.
 * Places are given out at once, so that calls made together are held apart as well.
 */
export function createPace(perSecond: number, time: RealTime = REAL_TIME): Pace {
  const size = Math.max(1, Math.floor(perSecond));
  const span = perSecond > 0 ? (size / perSecond) * 1000 + MARGIN_MS : 0;
  /** When the last `size` calls began or will begin, oldest first. */
  const begun: number[] = [];
  let heldUntil = 0;
  return {
    async turn() {
      const now = time.now();
      const held = heldUntil - now;
      if (held > PATIENCE_MS) return Math.ceil(held);
      const oldest = begun.length < size ? now : (begun.shift() ?? now) + span;
      const slot = Math.max(now, oldest, heldUntil);
      begun.push(slot);
      if (slot > now) await time.wait(Math.ceil(slot - now));
      return 0;
    },
    hold(ms) {
      heldUntil = Math.max(heldUntil, time.now() + ms);
    },
  };
}
