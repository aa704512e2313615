import type { EnrolmentStatus } from '../model.ts';
import type { Standing } from '../ports/explain.ts';
import { STOP_REASONS } from '../reasons.ts';
import { removeEntry } from './remedies.ts';

export interface Ended {
  reason: string | null;
  sentence: string;
  /** UTC ms. */
  at: number | null;
  /** What would have to be done before a new campaign takes the person; empty: nothing stands against it, or nothing can. */
  commands: string[];
}

/** Why an enrolment ended. Nothing starts it again; a new campaign may take the person. */
export const ended = ({ snapshot, status, reason, endedAt }: Standing): Ended => ({
  reason,
  sentence: sentenceOf(status, reason),
  at: endedAt,
  commands: removeEntry(snapshot.suppressedBy),
});

function sentenceOf(status: EnrolmentStatus, reason: string | null): string {
  if (reason !== null && isStopReason(reason)) return STOP_REASONS[reason];
  return status === 'completed' ? 'the last step is behind them' : (reason ?? status);
}

const isStopReason = (reason: string): reason is keyof typeof STOP_REASONS =>
  Object.hasOwn(STOP_REASONS, reason);
