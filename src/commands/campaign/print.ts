import { daysText, hoursText } from '../../engine/dates/window.ts';
import type { CampaignCaps } from '../../engine/limits/campaign-caps.ts';
import { LANES, type Lane } from '../../engine/limits/caps.ts';
import { lanesOf } from '../../engine/limits/lanes.ts';
import type { Approval } from '../../engine/model.ts';
import type { Campaign } from '../../engine/plan/snapshot.ts';
import { type EnrolResult, LEFT_OUT, type LeftOut } from '../../engine/ports/campaigns.ts';
import type { Scenario } from '../../engine/scenario/scenario.ts';

/** Stable keys, documented in docs/json.md. */
export const campaignJson = (campaign: Campaign) => ({
  name: campaign.name,
  status: campaign.status,
  mode: campaign.mode,
  objective: campaign.objective,
  language: campaign.language,
  timezone: campaign.timezone,
  days: campaign.window.days,
  hours: hoursText(campaign.window),
  days_off: campaign.window.daysOff,
  start_at: new Date(campaign.startAt).toISOString(),
  approval: campaign.approval,
  voice: campaign.voice,
  caps: capsJson(campaign),
  sender: campaign.sender,
});

/** Each lane, null for no cap. */
const capsJson = ({ caps }: Campaign): Record<Lane, number | null> => ({
  email: caps.email ?? null,
  sms: caps.sms ?? null,
  invitation: caps.invitation ?? null,
  linkedin: caps.linkedin ?? null,
});

const APPROVAL: Record<Approval, string> = {
  all: 'each text waits for a person',
  first: 'the first text to each person waits for approval',
  ai: 'texts by Claude wait for a person',
  off: 'none: texts go out as they are written',
};

/** Which texts a person must approve. */
export const approvalLine = ({ approval }: Campaign): string =>
  approval === 'off' ? APPROVAL.off : `${approval}: ${APPROVAL[approval]} (hector message review)`;

export const windowLine = (campaign: Campaign): string =>
  `${daysText(campaign.window.days)} ${hoursText(campaign.window)} ${campaign.timezone}`;

export const leftOutLines = ({ left_out }: EnrolResult): string[] =>
  (Object.entries(LEFT_OUT) as [LeftOut, string][]).flatMap(([reason, text]) => {
    const people = left_out[reason];
    return people ? [`Left out: ${people} ${text}`] : [];
  });

const LANE_TEXTS: Record<Lane, string> = {
  email: 'no e-mail goes out',
  sms: 'no SMS goes out',
  invitation: 'nobody is invited on LinkedIn',
  linkedin: 'no LinkedIn message goes out',
};

/** Caps that close a lane, or that hold nothing: both are allowed, and said. */
export function capLines(caps: CampaignCaps, scenario: Pick<Scenario, 'steps'>): string[] {
  const used = lanesOf(scenario);
  return LANES.flatMap((lane) => {
    if (caps[lane] === undefined) return [];
    if (!used.includes(lane))
      return [`${lane}=${caps[lane]} holds nothing back: no step of its scenario needs it.`];
    return caps[lane] === 0
      ? [`${lane}=0: ${LANE_TEXTS[lane]} in this campaign, as long as it is live.`]
      : [];
  });
}

/** Said wherever a campaign that has paused itself is shown. */
export const shieldLine = (name: string, reason: string): string => `"${name}" has paused itself: ${reason}.`;

/** What a rehearsal means is said whenever one is touched. */
export function modeLine(campaign: Pick<Campaign, 'mode'>, missing: readonly string[] = []): string {
  if (campaign.mode === 'live')
    return missing.length === 0
      ? 'Live: messages are sent for real.'
      : `Live, but ${missing.join(' and ')} ${missing.length > 1 ? 'have' : 'has'} no provider: those steps are passed over.`;
  const why = missing.length > 0 ? ` (no provider for ${missing.join(' and ')} yet: .env)` : '';
  return `Rehearsal${why}: messages go to the outbox folder, nothing leaves this machine, and it stays so for this campaign.${missing.length > 0 ? ' To send for real, create another one: when the keys are there, or with --live, which passes over the steps without a provider.' : ''}`;
}
