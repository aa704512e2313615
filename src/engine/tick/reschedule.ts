import type { Policy } from '../plan/decision.ts';
import { plan } from '../plan/plan.ts';
import type { Snapshot } from '../plan/snapshot.ts';
import { RECKONED_WAITS, RETRIED_HOLDS } from '../reasons.ts';

/** What an enrolment may be held by to be looked at again; null stands for an enrolment on its way to its next step. */
export const RESCHEDULED: readonly string[] = [...RECKONED_WAITS, ...RETRIED_HOLDS];

/**
 * When the engine looks at an enrolment again, by the same planner: where it waits, until when and why; else now, so that
 * the next tick does what is to be done, and records it.
 */
export function reschedule(
  snapshot: Snapshot,
  policy: Policy,
  now: number,
): { nextAt: number; hold: string | null } {
  const { skips, decision } = plan(snapshot, policy, now);
  return skips.length === 0 && decision.do === 'wait'
    ? { nextAt: decision.until, hold: decision.reason }
    : { nextAt: now, hold: null };
}
