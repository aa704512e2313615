import {
  FALLBACKS,
  HOLD_REASONS,
  SKIP_REASONS,
  STANDSTILL_REASONS,
  STOP_REASONS,
  WAIT_REASONS,
} from '../reasons.ts';

const LISTS = [SKIP_REASONS, STOP_REASONS, HOLD_REASONS, WAIT_REASONS, STANDSTILL_REASONS, FALLBACKS];

/** A word of the closed lists. Any other was typed by somebody, or said by a provider, and may name a person. */
export const isOwnReason = (text: string): boolean => LISTS.some((list) => Object.hasOwn(list, text));
