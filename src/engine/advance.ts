import type { Policy } from './decision.ts';
import type { Channel } from './model.ts';
import { placeOf } from './place.ts';
import type { Advance } from './ports/ticks.ts';
import { ownChannels } from './reach.ts';
import { durationOf, type Scenario, stepAfter } from './scenario.ts';
import type { Snapshot } from './snapshot.ts';

/** Where an enrolment goes once the touch of `stepId` has really happened, at `touchedAt` (UTC ms). */
export function afterTouch(
  snapshot: Pick<Snapshot, 'prospect' | 'campaign' | 'version'>,
  stepId: string,
  touchedAt: number,
  policy: Pick<Policy, 'calendar' | 'country'>,
): Advance {
  const next = stepAfter(snapshot.version.scenario, stepId);
  if (!next) return { step: null, anchorAt: touchedAt, nextAt: null };
  const { calendar, country } = policy;
  const { window, timezone } = snapshot.campaign;
  const place = placeOf(snapshot.prospect, { zone: timezone, region: country });
  const dueAt = calendar.addWait(touchedAt, durationOf(next.wait), place, window);
  const channel = next.channel === 'auto' ? 'email' : next.channel;
  return {
    step: next.id,
    anchorAt: touchedAt,
    nextAt: calendar.nextOpening(dueAt, window, place, channel) ?? dueAt,
  };
}

/** False for a touch on a channel that the step only has beside its own. */
export function movesOn(scenario: Scenario, stepId: string, channel: Channel): boolean {
  const step = scenario.steps.find(({ id }) => id === stepId);
  return step !== undefined && ownChannels(step).includes(channel);
}
