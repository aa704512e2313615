import type { FunnelRow } from '../../engine/funnel.ts';
import type { CampaignReport, ChannelRow, ModeReport, StepRow } from '../../engine/report.ts';

/** The keys are documented in docs/json.md. */
export const reportJson = (reports: readonly ModeReport[]) => ({
  reports: reports.map(({ mode, funnel, channels, campaigns }) => ({
    mode,
    funnel: funnel.map(stageJson),
    channels: channels.map(touchJson),
    campaigns: campaigns.map(campaignJson),
  })),
});

const campaignJson = ({ campaign, funnel, steps, channels }: CampaignReport) => ({
  campaign: campaign.name,
  scenario: campaign.scenario,
  status: campaign.status,
  funnel: funnel.map(stageJson),
  steps: steps.map(touchJson),
  channels: channels.map(touchJson),
});

const stageJson = ({ stage, count, rate, drop, dropRate }: FunnelRow) => ({
  stage,
  count,
  rate,
  drop,
  drop_rate: dropRate,
});

const touchJson = ({ replyRate, ...row }: StepRow | ChannelRow) => ({ ...row, reply_rate: replyRate });
