import type { Context } from '../../../context.ts';
import type { Forecast, ForecastInput } from '../../../engine/forecast/forecast.ts';
import type { LaneRoom } from '../../../engine/forecast/rooms.ts';
import { WEEK_DAYS } from '../../../engine/limits/caps.ts';
import { senderOn } from '../../../engine/limits/sender.ts';
import type { Campaign } from '../../../engine/plan/snapshot.ts';
import type { CampaignAnswers } from '../../../engine/ports/campaign-drafts.ts';
import type { LoadedScenario } from '../../../engine/ports/texts.ts';
import type { Usage } from '../../../engine/ports/ticks.ts';
import { mailboxOf } from '../../../engine/texts/mailbox.ts';
import type { TickEngine } from '../../../engine/tick/pass.ts';
import { channelsThere, chooseMode, settingsFrom, voiceFrom } from '../settings.ts';
import { forecastAll } from './forecasts.ts';
import { launchable } from './launch.ts';
import type { Selection } from './roster.ts';
import { Selections } from './selections.ts';

/** What would become of a campaign if it were launched now. */
export interface Review {
  answers: CampaignAnswers;
  campaign: Campaign;
  loaded: LoadedScenario;
  /** Channels of the scenario without a provider. */
  missing: string[];
  /** What keeps a channel of a live campaign closed. */
  problems: string[];
  selection: Selection;
  /** Every invitation is accepted, or none. The same where no step asks for it. */
  accepted: Forecast;
  ignored: Forecast;
  /** A rehearsal as it would be with the caps of a live campaign; null: it is live. */
  capped: Forecast | null;
  /** The caps that hold once it is live. */
  rooms: LaneRoom[];
}

/**
 * @param selections who was looked at by an earlier review of the same campaign
 * @param rest called now and then in its long parts; what it throws ends the review
 * @throws UserError for an answer that is none any more: a list that is gone, a scenario that is broken
 */
export async function reviewOf(
  context: Context,
  answers: CampaignAnswers,
  selections: Selections = new Selections(context),
  rest: () => Promise<void> = async () => undefined,
): Promise<Review> {
  const { campaign, loaded, missing } = await campaignOf(context, answers);
  const engine = await context.tickEngine();
  const policy = engine.policies[campaign.mode];
  const into = { ...campaign, scenario: loaded.scenario, policy };
  const selection = await selections.of(answers, into, loaded.hash, rest);
  const people = selection.first;
  const connected = await (await context.stores.roster()).connected(people.map(({ id }) => id));
  const rooms = await roomsOf(context, campaign, engine);
  const live = campaign.mode === 'live';
  const input: Omit<ForecastInput, 'accepted'> = {
    ...{ campaign, people, connected, now: context.now(), zone: engine.limits.zone },
    version: { id: 0, hash: loaded.hash, scenario: loaded.scenario, templates: loaded.templates },
    ...{ policy, rooms: live ? rooms : [] },
  };
  const asked = loaded.scenario.steps.some(({ when }) => when?.accepted !== undefined);
  const [accepted, ignored, capped] = await forecastAll(
    context.io,
    [
      { ...input, accepted: true },
      asked ? { ...input, accepted: false } : null,
      live ? null : { ...input, rooms, accepted: true },
    ],
    rest,
  );
  const problems = problemsOf(campaign, loaded, missing, engine);
  return {
    ...{ answers, campaign, loaded, missing, problems, selection },
    ...{ accepted, ignored: ignored ?? accepted, capped, rooms },
  };
}

/** Of channels that have a provider: what else is wanted before anything can be sent. */
function problemsOf(
  { mode, language, channels }: Campaign,
  { scenario }: LoadedScenario,
  missing: readonly string[],
  { liveProblem }: TickEngine,
): string[] {
  if (mode === 'rehearsal' || missing.length > 0) return [];
  const used = new Set(scenario.steps.flatMap((step) => [step.channel, ...step.fallback, ...step.also]));
  return channels.flatMap((channel) => (used.has(channel) ? (liveProblem(channel, language) ?? []) : []));
}

/** As `createCampaign` makes it. */
async function campaignOf(context: Context, answers: CampaignAnswers) {
  const now = context.now();
  const options = launchable(answers);
  const config = await context.config();
  const settings = settingsFrom(options, config, now, await context.calendar());
  const loaded = await (await context.library()).load(options.scenario, settings.language);
  const { mode, missing } = chooseMode(options.mode, loaded.scenario, config);
  const campaign: Campaign = {
    ...{ id: 0, scenarioVersionId: 0, status: 'running', ...settings, mode },
    channels: channelsThere(config),
    voice: await voiceFrom(context, options.voice),
  };
  return { campaign, loaded, missing };
}

/** The caps of those who send, with what they have used. */
async function roomsOf(
  context: Context,
  { caps, sender }: Campaign,
  { limits, policies }: TickEngine,
): Promise<LaneRoom[]> {
  const now = context.now();
  const lanes = limits.lanes.map((limit) =>
    limit.lane === 'email' && sender
      ? { ...limit, sender: senderOn('email', { from: mailboxOf(sender) }) }
      : limit,
  );
  const store = await context.stores.ticks();
  /** Since the beginning of today, of yesterday and so on. */
  const since: Usage[][] = [];
  for (let ago = 0; ago < WEEK_DAYS; ago += 1) {
    const start = policies.live.calendar.startOfDaysAgo(now, ago, limits.zone);
    since.push(await store.usage(lanes, { hour: start, day: start, week: start }));
  }
  return lanes.map((limit, index) => {
    const sums = since.map((usage) => usage[index]?.week ?? 0);
    return {
      sender: `${limit.channel} ${limit.sender}`,
      ...{ lane: limit.lane, caps: limit.caps, ramp: limit.ramp, campaign: caps[limit.lane] ?? null },
      used: sums.map((sum, ago) => sum - (sums[ago - 1] ?? 0)),
      firstAt: since[0]?.[index]?.firstAt ?? null,
    };
  });
}
