import { jitter } from '../dates/jitter.ts';

const BASE_MS = 60_000;
const LONGEST_MS = 6 * 3_600_000;

/**
 * How long to leave a message alone after its n-th failed call: anything up to a minute, two, four ... six hours
 * (exponential, full jitter), so that what failed together does not come back together.
 * @param attempt 1 after the first call
 */
export const backoffMs = (attempt: number, messageId: number): number =>
  Math.floor(
    jitter(`${messageId}:${attempt}`) * Math.min(LONGEST_MS, BASE_MS * 2 ** Math.min(attempt - 1, 20)),
  );
