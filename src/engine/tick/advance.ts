import { placeOf } from '../dates/place.ts';
import { slotAfter } from '../dates/slot.ts';
import type { Channel } from '../model.ts';
import type { Policy } from '../plan/decision.ts';
import { isOwnTouch } from '../plan/reach.ts';
import type { Snapshot } from '../plan/snapshot.ts';
import type { Advance } from '../ports/ticks.ts';
import { durationOf, type Scenario, stepAfter } from '../scenario/scenario.ts';

/** Where an enrolment goes once the touch of `stepId` has really happened, at `touchedAt` (UTC ms). */
export function afterTouch(
  snapshot: Pick<Snapshot, 'enrolment' | 'prospect' | 'campaign' | 'version'>,
  stepId: string,
  touchedAt: number,
  policy: Pick<Policy, 'calendar' | 'country' | 'spread'>,
): Advance {
  const { scenario } = snapshot.version;
  // Taken out of the scenario meanwhile: the planner says where it goes on, and waits from here.
  if (!scenario.steps.some(({ id }) => id === stepId))
    return { step: stepId, anchorAt: touchedAt, nextAt: touchedAt };
  const next = stepAfter(scenario, stepId);
  if (!next) return { step: null, anchorAt: touchedAt, nextAt: null };
  const { calendar, country } = policy;
  const { window, timezone } = snapshot.campaign;
  const place = placeOf(snapshot.prospect, { zone: timezone, region: country });
  const dueAt = calendar.addWait(touchedAt, durationOf(next.wait), place, window);
  const channel = next.channel === 'auto' ? 'email' : next.channel;
  const slot = { window, place, channel, enrolmentId: snapshot.enrolment.id, step: next.id };
  return {
    step: next.id,
    anchorAt: touchedAt,
    nextAt: slotAfter(dueAt, slot, policy) ?? dueAt,
  };
}

/** False for a touch on a channel that the step only has beside its own, and for a step that has been taken out. */
export function movesOn(scenario: Scenario, stepId: string, channel: Channel): boolean {
  const step = scenario.steps.find(({ id }) => id === stepId);
  return step !== undefined && isOwnTouch(step, channel);
}
