import { setTimeout as delay } from 'node:timers/promises';

/** A provider's own clock: real time, whatever the tick believes the time is. */
export interface RealTime {
  /** Milliseconds, monotonic. */
  now(): number;
  /** Rejects as soon as it is stopped. */
  wait(ms: number, stop?: AbortSignal): Promise<unknown>;
}

export const REAL_TIME: RealTime = {
  now: () => performance.now(),
  wait: (ms, stop) => delay(ms, undefined, stop ? { signal: stop } : {}),
};

/** A longer hold than this is not waited for: the messages are given back for a later tick. */
const PATIENCE_MS = 10_000;

export interface Pace {
  /**
   * Waits for the next free place. A result above 0 says: do not call, it is closed for so many milliseconds; after
   * 0, `done` must be called when the answer is there.
   */
  turn(): Promise<number>;
  done(): void;
  /** No call for so many milliseconds: a Retry-After, an empty rate window. */
  hold(ms: number): void;
}

/**
 * So many places for each second. One is free again a second after the answer of its call: the provider has seen
 * the call before it answered, so that no second, wherever it begins, sees more calls than that, however late this
 * machine is with its own work. What a busy moment has kept back is made up for.
 */
export function createPace(perSecond: number, time: RealTime = REAL_TIME): Pace {
  const places = perSecond > 0 ? Math.max(1, Math.floor(perSecond)) : Number.POSITIVE_INFINITY;
  const span = perSecond > 0 ? (places / perSecond) * 1000 : 0;
  /** When the places that have been used are free again, the first first. */
  const free: number[] = [];
  const waiting: (() => void)[] = [];
  let used = 0;
  let heldUntil = 0;

  /** When a place is free, by the clock of `time`; waits where all are with calls that have no answer yet. */
  async function place(): Promise<number> {
    while (used >= places && free.length === 0) await new Promise<void>((resolve) => waiting.push(resolve));
    if (used < places) {
      used += 1;
      return 0;
    }
    return free.shift() ?? 0;
  }

  return {
    async turn() {
      const held = heldUntil - time.now();
      if (held > PATIENCE_MS) return Math.ceil(held);
      const at = await place();
      const now = time.now();
      const slot = Math.max(now, at, heldUntil);
      if (slot > now) await time.wait(Math.ceil(slot - now));
      return 0;
    },
    done() {
      if (span === 0) return;
      free.push(time.now() + span);
      waiting.shift()?.();
    },
    hold(ms) {
      heldUntil = Math.max(heldUntil, time.now() + ms);
    },
  };
}
