import { HOLD_REASONS, STANDSTILL_REASONS, STOP_REASONS, WAIT_REASONS } from '../reasons.ts';

/** What each rule says, by its code. */
export const SENTENCES = {
  ...WAIT_REASONS,
  ...HOLD_REASONS,
  ...STOP_REASONS,
  ...STANDSTILL_REASONS,
} as const;
export type RuleCode = keyof typeof SENTENCES;
