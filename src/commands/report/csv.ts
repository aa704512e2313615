import type { FunnelRow } from '../../engine/funnel.ts';
import type { CampaignReport, ModeReport } from '../../engine/report.ts';
import type { CostRow } from '../../engine/spending.ts';
import type { CsvColumn } from '../../io/csv.ts';
import { usd } from '../money.ts';

interface CsvRow {
  mode: string;
  /** Empty: all campaigns of the mode together. */
  campaign: string | null;
  section: 'funnel' | 'step' | 'channel' | 'cost';
  item: string;
  channel?: string | null;
  funnel?: FunnelRow;
  /** Of a cost: US dollars, or texts. */
  value?: number | null;
  touches?: { sent: number; delivered: number; replied: number; replyRate: number | null };
}

/** One flat table: `section` says what a line counts. Rates are shares of 1, to four decimals. */
export const REPORT_COLUMNS: readonly CsvColumn<CsvRow>[] = [
  { header: 'mode', value: (row) => row.mode },
  { header: 'campaign', value: (row) => row.campaign },
  { header: 'section', value: (row) => row.section },
  { header: 'item', value: (row) => row.item },
  { header: 'channel', value: (row) => row.channel ?? null },
  { header: 'people', value: (row) => row.funnel?.count ?? null },
  { header: 'rate', value: (row) => rounded(row.funnel?.rate) },
  { header: 'drop', value: (row) => row.funnel?.drop ?? null },
  { header: 'drop_rate', value: (row) => rounded(row.funnel?.dropRate) },
  { header: 'sent', value: (row) => row.touches?.sent ?? null },
  { header: 'delivered', value: (row) => row.touches?.delivered ?? null },
  { header: 'replied', value: (row) => row.touches?.replied ?? null },
  { header: 'reply_rate', value: (row) => rounded(row.touches?.replyRate) },
  { header: 'value', value: (row) => row.value ?? null },
];

const rounded = (rate: number | null | undefined): number | null =>
  rate === null || rate === undefined ? null : Math.round(rate * 10_000) / 10_000;

/** For each mode the sum (unless a single campaign was asked for), then each campaign. */
export function reportRows(reports: readonly ModeReport[], single: boolean): CsvRow[] {
  return reports.flatMap(({ mode, campaigns, ...sum }) => [
    ...(single ? [] : linesOf(mode, null, sum)),
    ...campaigns.flatMap((report) => linesOf(mode, report.campaign.name, report)),
  ]);
}

function linesOf(
  mode: string,
  campaign: string | null,
  {
    funnel,
    steps = [],
    channels,
    cost,
  }: Pick<ModeReport, 'funnel' | 'channels' | 'cost'> & Partial<Pick<CampaignReport, 'steps'>>,
): CsvRow[] {
  return [
    ...funnel.map((row): CsvRow => ({ mode, campaign, section: 'funnel', item: row.stage, funnel: row })),
    ...steps.map(
      (row): CsvRow => ({
        mode,
        campaign,
        section: 'step',
        item: row.step,
        channel: row.channel,
        touches: row,
      }),
    ),
    ...channels.map(
      (row): CsvRow => ({
        mode,
        campaign,
        section: 'channel',
        item: row.channel,
        channel: row.channel,
        touches: row,
      }),
    ),
    ...costs(cost).map(([item, value]): CsvRow => ({ mode, campaign, section: 'cost', item, value })),
  ];
}

/** No lines where Claude had no part in it. */
function costs(row: CostRow | null): [string, number | null][] {
  if (row === null) return [];
  return [
    ['cost_usd', usd(row.cost)],
    ['texts_by_claude', row.claude],
    ['texts_by_template', row.template],
    ['per_sent_usd', row.perSent === null ? null : usd(row.perSent)],
    ['per_reply_usd', row.perReply === null ? null : usd(row.perReply)],
  ];
}
