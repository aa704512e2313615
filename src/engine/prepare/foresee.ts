import { condition } from '../plan/condition.ts';
import type { Plan, Planned, Policy } from '../plan/decision.ts';
import { plan } from '../plan/plan.ts';
import { dueDate } from '../plan/rules.ts';
import type { Snapshot } from '../plan/snapshot.ts';

export type Foreseen =
  /** `at`: when it goes out, if nothing happens before, UTC ms. */
  | { do: 'touch'; planned: Planned; at: number }
  /** A condition of the step may still turn out one way or the other. */
  | { do: 'undecided' }
  | { do: 'nothing' };

/** Each look ahead leads to a later one; a date that moves on and on is left to the tick. */
const MOST_LOOKS = 8;

/**
 * What a tick will do with an enrolment by the end of a time, by the planner that the tick follows; caps and what is
 * closed by then are not foreseen.
 * @param until UTC ms
 */
export function foresee(
  snapshot: Snapshot,
  policy: Policy,
  { now, until }: { now: number; until: number },
): Foreseen {
  let at = Math.max(now, snapshot.enrolment.nextAt);
  for (let looks = 0; looks < MOST_LOOKS && at <= until; looks += 1) {
    const foreseen = plan(snapshot, policy, at);
    const { decision } = foreseen;
    if (decision.do === 'touch')
      return isDecided(snapshot, foreseen, policy, now)
        ? { do: 'touch', planned: { snapshot, plan: foreseen, left: null }, at }
        : { do: 'undecided' };
    if (decision.do !== 'wait' || decision.until <= at) return { do: 'nothing' };
    at = decision.until;
  }
  return { do: 'nothing' };
}

/** Whether the conditions on the way are what they will be, as far as anybody can know now. */
function isDecided(
  snapshot: Snapshot,
  { step, anchorAt, skips }: Plan,
  policy: Policy,
  now: number,
): boolean {
  const passed = new Set([step, ...skips.map((skip) => skip.step)]);
  return snapshot.version.scenario.steps
    .filter(({ id }) => passed.has(id))
    .every((each) => {
      const { place, dueAt } = dueDate(snapshot, { step: each, anchorAt, stepAt: anchorAt }, policy);
      const { calendar } = policy;
      return condition({ step: each, snapshot, anchorAt, dueAt, place, calendar, now })?.do !== 'wait';
    });
}
