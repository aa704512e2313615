import type { Calendar } from './dates/calendar.ts';
import { placeOf } from './dates/place.ts';
import type { Prospect } from './model.ts';
import { addressFor } from './plan/reach.ts';
import type { Campaign } from './plan/snapshot.ts';
import { durationOf, type Scenario, type Step } from './scenario/scenario.ts';

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
  rules: { country: string; now: number },
): Start {
  const [first] = scenario.steps;
  if (!first) throw new Error(`scenario ${scenario.slug} has no steps`);
  const anchorAt = Math.max(rules.now, campaign.startAt);
  return startAt(campaign, first, prospect, calendar, { ...rules, anchorAt });
}

/** The same at another step. @param rules.anchorAt what its wait counts from, UTC ms */
export function startAt(
  campaign: Campaign,
  step: Step,
  prospect: Prospect,
  calendar: Calendar,
  { country, now, anchorAt }: { country: string; now: number; anchorAt: number },
): Start {
  const place = placeOf(prospect, { zone: campaign.timezone, region: country });
  const dueAt = Math.max(now, calendar.addWait(anchorAt, durationOf(step.wait), place, campaign.window));
  const channel = step.channel === 'auto' ? 'email' : step.channel;
  return {
    step: step.id,
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
