import type { FunnelRow } from '../../engine/funnel.ts';
import type { CampaignReport, ChannelRow, ModeReport, StepRow } from '../../engine/report.ts';
import type { CostRow } from '../../engine/spending.ts';
import { usd } from '../money.ts';

/** The keys are documented in docs/json.md. */
export const reportJson = (reports: readonly ModeReport[]) => ({
  reports: reports.map(({ mode, funnel, channels, cost, campaigns }) => ({
    mode,
    funnel: funnel.map(stageJson),
    channels: channels.map(touchJson),
    cost: costJson(cost),
    campaigns: campaigns.map(campaignJson),
  })),
});

const campaignJson = ({ campaign, funnel, steps, channels, cost }: CampaignReport) => ({
  campaign: campaign.name,
  scenario: campaign.scenario,
  status: campaign.status,
  funnel: funnel.map(stageJson),
  steps: steps.map(touchJson),
  channels: channels.map(touchJson),
  cost: costJson(cost),
});

const stageJson = ({ stage, count, rate, drop, dropRate }: FunnelRow) => ({
  stage,
  count,
  rate,
  drop,
  drop_rate: dropRate,
});

const touchJson = ({ replyRate, ...row }: StepRow | ChannelRow) => ({ ...row, reply_rate: replyRate });

const costJson = (row: CostRow | null) =>
  row && {
    cost_usd: usd(row.cost),
    texts_by_claude: row.claude,
    texts_by_template: row.template,
    per_sent_usd: row.perSent === null ? null : usd(row.perSent),
    per_reply_usd: row.perReply === null ? null : usd(row.perReply),
  };
