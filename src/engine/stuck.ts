import { type HoldReason, RETRIED_HOLDS, type WaitReason } from './reasons.ts';

/**
 * Whom nothing moves on by itself, for `--stuck`: what a person must mend first, a person awaited for long, or a date
 * that has passed with no tick. Only people who are active in a running campaign: what is paused is so on purpose.
 */
export const STUCK_HOLDS: readonly (HoldReason | WaitReason)[] = [...RETRIED_HOLDS, 'channel_closed'];

const HOUR_MS = 3_600_000;
/** A task or an approval that nobody has looked at for so long. */
export const AWAITED_TOO_LONG_MS = 3 * 24 * HOUR_MS;
/** Due for so long, and no tick has come. */
export const OVERDUE_MS = HOUR_MS;
