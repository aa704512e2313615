import type { Calendar } from '../dates/calendar.ts';
import type { Place } from '../dates/place.ts';
import type { SkipReason } from '../reasons.ts';
import { durationOf, type Step } from '../scenario/scenario.ts';
import type { Decision } from './decision.ts';
import type { Snapshot } from './snapshot.ts';

export interface ConditionInput {
  step: Step;
  snapshot: Snapshot;
  anchorAt: number;
  dueAt: number;
  place: Place;
  calendar: Calendar;
  now: number;
}

type FalseBranch = { do: 'skip'; reason: SkipReason; goto: string | null; anchorAt: number };

/**
 * The `when` of a step. `within` counts from the previous touch. A fact that should be true lets the step go as
 * soon as it is, and fails when the time is over; one that should stay false lets it go when the time is over,
 * and fails as soon as it is true. Without `within` the fact counts as it stands when the step is due.
 * @returns null when the step may go
 */
export function condition(input: ConditionInput): Decision | FalseBranch | null {
  const { step, snapshot, anchorAt, dueAt, now } = input;
  const { when } = step;
  if (!when) return null;
  const [value, expected] =
    when.accepted === undefined
      ? [snapshot.delivered, when.delivered]
      : [snapshot.accepted || snapshot.connected, when.accepted];
  const deadline = when.within
    ? input.calendar.addWait(anchorAt, durationOf(when.within), input.place, snapshot.campaign.window)
    : dueAt;
  if (value === expected) return expected || now >= deadline ? null : pending(deadline);
  // A fact that was to stay false will not become false again; one that was to become true has until the deadline.
  if (value || now >= Math.max(deadline, dueAt)) return falseBranch(step, anchorAt);
  return pending(Math.max(deadline, dueAt));
}

const pending = (until: number): Decision => ({ do: 'wait', until, reason: 'condition_pending' });

function falseBranch(step: Step, anchorAt: number): Decision | FalseBranch {
  const otherwise = step.otherwise ?? 'skip';
  if (otherwise === 'stop') return { do: 'stop', reason: 'condition_stop' };
  const goto = otherwise.startsWith('goto ') ? otherwise.slice('goto '.length) : null;
  return { do: 'skip', reason: 'condition_false', goto, anchorAt };
}
