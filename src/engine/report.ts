import { type FunnelRow, funnel, NO_COUNTS, share, sumOf } from './funnel.ts';
import { type CampaignMode, CHANNELS, type Channel } from './model.ts';
import type { FunnelCounts, ReportCampaign, TouchCounts } from './ports/report.ts';
import { type CostRow, costRow, type Spending } from './spending.ts';

/** Said wherever figures of a rehearsal are shown. */
export const REHEARSAL = 'Rehearsal: nothing left this machine';

export interface TouchRow {
  sent: number;
  delivered: number;
  /** Answers whose last touch before them was one of these. */
  replied: number;
  /** Of the sent, 0 to 1; null when nothing was sent. */
  replyRate: number | null;
}
/** `channel` is null for a step that has not been sent yet. */
export type StepRow = TouchRow & { step: string; channel: Channel | null };
export type ChannelRow = TouchRow & { channel: Channel };

export interface CampaignReport {
  campaign: ReportCampaign;
  counts: FunnelCounts;
  funnel: FunnelRow[];
  steps: StepRow[];
  channels: ChannelRow[];
  /** Null: Claude had no part in it. */
  cost: CostRow | null;
}

/** Live campaigns together, or rehearsals together: the two are never added up. */
export interface ModeReport {
  mode: CampaignMode;
  counts: FunnelCounts;
  funnel: FunnelRow[];
  channels: ChannelRow[];
  cost: CostRow | null;
  campaigns: CampaignReport[];
}

export function reportOf(
  campaigns: readonly ReportCampaign[],
  funnels: ReadonlyMap<number, FunnelCounts>,
  touches: readonly TouchCounts[],
  spending: ReadonlyMap<number, Spending>,
): ModeReport[] {
  const reports = campaigns.map((campaign) =>
    campaignReport(
      campaign,
      funnels.get(campaign.id) ?? NO_COUNTS,
      touches.filter(({ campaignId }) => campaignId === campaign.id),
      spending.get(campaign.id),
    ),
  );
  const modes: CampaignMode[] = ['live', 'rehearsal'];
  return modes
    .map((mode) =>
      modeReport(
        mode,
        reports.filter(({ campaign }) => campaign.mode === mode),
        touches,
      ),
    )
    .filter((report) => report.campaigns.length > 0);
}

function modeReport(
  mode: CampaignMode,
  campaigns: CampaignReport[],
  touches: readonly TouchCounts[],
): ModeReport {
  const counts = sumOf(campaigns.map((report) => report.counts));
  const ids = new Set(campaigns.map(({ campaign }) => campaign.id));
  const channels = byChannel(touches.filter(({ campaignId }) => ids.has(campaignId)));
  const cost = costRow(
    campaigns.flatMap((report) => report.cost ?? []),
    counts.replied,
  );
  return { mode, counts, funnel: funnel(counts), channels, cost, campaigns };
}

const campaignReport = (
  campaign: ReportCampaign,
  counts: FunnelCounts,
  touches: readonly TouchCounts[],
  spending: Spending | undefined,
): CampaignReport => ({
  campaign,
  counts,
  funnel: funnel(counts),
  steps: bySteps(campaign.steps, touches),
  channels: byChannel(touches),
  cost: costRow(spending ? [spending] : [], counts.replied),
});

/**
 * In the scenario's order, one line for each channel a step went out on; behind it the steps that were sent before a
 * change took them out.
 */
function bySteps(steps: readonly string[], touches: readonly TouchCounts[]): StepRow[] {
  return [...new Set([...steps, ...touches.map(({ step }) => step)])].flatMap((step): StepRow[] => {
    const sent = CHANNELS.flatMap((channel) =>
      touches.filter((touch) => touch.step === step && touch.channel === channel),
    );
    if (sent.length === 0) return [{ step, channel: null, ...together([]) }];
    return sent.map((touch) => ({ step, channel: touch.channel, ...together([touch]) }));
  });
}

const byChannel = (touches: readonly TouchCounts[]): ChannelRow[] =>
  CHANNELS.map((channel) => ({
    channel,
    ...together(touches.filter((touch) => touch.channel === channel)),
  })).filter(({ sent }) => sent > 0);

function together(touches: readonly TouchCounts[]): TouchRow {
  const sum = { sent: 0, delivered: 0, replied: 0 };
  for (const touch of touches) {
    sum.sent += touch.sent;
    sum.delivered += touch.delivered;
    sum.replied += touch.replied;
  }
  return { ...sum, replyRate: share(sum.replied, sum.sent) };
}
