import { ownChannels } from '../plan/reach.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { kindOn } from '../texts/kinds.ts';
import { LANES, type Lane, laneOf } from './caps.ts';

/** What touches of this scenario can need room on, in the order of LANES. */
export function lanesOf({ steps }: Pick<Scenario, 'steps'>): Lane[] {
  const used = new Set(
    steps.flatMap((step) =>
      [...ownChannels(step), ...step.also].map((channel) => laneOf(channel, kindOn(step.kind, channel))),
    ),
  );
  return LANES.filter((lane) => used.has(lane));
}
