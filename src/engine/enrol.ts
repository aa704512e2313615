import type { Calendar } from './dates/calendar.ts';
import { placeOf } from './dates/place.ts';
import type { Prospect } from './model.ts';
import { addressFor } from './plan/reach.ts';
import type { Campaign } from './plan/snapshot.ts';
import { durationOf, type Scenario } from './scenario/scenario.ts';

export interface Start {
  step: string;
  anchorAt: number;
  nextAt: number;
}

/** Where a new enrolment begins: the first step, counted from the campaign's start or from now, if later. */
export function startOf(
  campaign: Campaign,
  scenario: Scenario,
  prospect: Prospect,
  calendar: Calendar,
  { country, now }: { country: string; now: number },
): Start {
  const [first] = scenario.steps;
  if (!first) throw new Error(`scenario ${scenario.slug} has no steps`);
  const anchorAt = Math.max(now, campaign.startAt);
  const place = placeOf(prospect, { zone: campaign.timezone, region: country });
  const dueAt = calendar.addWait(anchorAt, durationOf(first.wait), place, campaign.window);
  const channel = first.channel === 'auto' ? 'email' : first.channel;
  return {
    step: first.id,
    anchorAt,
    nextAt: calendar.nextOpening(dueAt, campaign.window, place, channel) ?? dueAt,
  };
}

/** True when at least one step could reach this person on some channel. */
export const isReachable = (scenario: Scenario, prospect: Prospect): boolean =>
  scenario.steps.some((step) =>
    (step.channel === 'auto'
      ? (['linkedin', 'email', 'sms'] as const)
      : [step.channel, ...step.fallback]
    ).some((channel) => addressFor(channel, prospect) !== null),
  );
