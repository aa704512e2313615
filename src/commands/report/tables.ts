import type { FunnelRow } from '../../engine/funnel.ts';
import type { CampaignMode } from '../../engine/model.ts';
import {
  type CampaignReport,
  type ChannelRow,
  type ModeReport,
  REHEARSAL,
  type StepRow,
  type TouchRow,
} from '../../engine/report.ts';
import type { CostRow } from '../../engine/spending.ts';
import { type Column, printTable } from '../../io/table.ts';
import { type Io, printable } from '../../io.ts';
import { dollars } from '../money.ts';

export async function printCampaign(io: Io, report: CampaignReport): Promise<void> {
  const { campaign, funnel, steps, channels } = report;
  title(io, `${campaign.name} (${campaign.scenario}, ${campaign.status})`);
  if (campaign.mode === 'rehearsal') warnOfRehearsal(io);
  const part = partOf(io, campaign.mode);
  await part('funnel', funnelColumns('People'), funnel);
  await part('step', STEPS, steps);
  await part('channel', CHANNEL_COLUMNS, channels);
  await part('cost', COSTS, costsOf([report]));
}

export async function printMode(io: Io, { mode, funnel, channels, campaigns }: ModeReport): Promise<void> {
  title(io, mode === 'live' ? 'All campaigns' : 'All rehearsals');
  if (mode === 'rehearsal') warnOfRehearsal(io);
  const several = campaigns.length > 1;
  const part = partOf(io, mode);
  await part('funnel', funnelColumns(several ? 'Enrolments' : 'People'), funnel);
  if (several && io.terminal) io.note('Whoever is in two campaigns counts twice.');
  await part('campaign', CAMPAIGNS, campaigns);
  await part('channel', CHANNEL_COLUMNS, channels);
  await part('cost', COSTS, costsOf(campaigns));
}

/** What the lines of a table count, as in the CSV form. */
type Section = 'funnel' | 'step' | 'campaign' | 'channel' | 'cost';

/**
 * Prints one table of a report, nothing where it has no line: with an empty line before it on a terminal; in a pipe
 * each line begins with its mode and section.
 */
function partOf(io: Io, mode: CampaignMode) {
  return async <Row>(
    section: Section,
    columns: readonly Column<Row>[],
    rows: readonly Row[],
  ): Promise<void> => {
    if (rows.length === 0) return;
    if (section !== 'funnel') gap(io);
    const place = [mode, section].map((text): Column<Row> => ({ header: '', value: () => text }));
    await printTable(io, io.terminal ? columns : [...place, ...columns], rows);
  };
}

/** An empty line between tables; in a pipe each line says itself what it is. */
export function gap(io: Io): void {
  if (io.terminal) io.out('');
}

/** Part of the page on a terminal; beside the data when it is piped. */
function title(io: Io, text: string): void {
  if (io.terminal) io.out(io.color.bold(printable(text)));
  else io.note(printable(text));
}

/** Not to be missed on a terminal; in a pipe it is a note beside the data. */
function warnOfRehearsal(io: Io): void {
  if (io.terminal) io.out(io.color.yellow(REHEARSAL));
  else io.note(REHEARSAL);
}

/** @param counted what the numbers are: of several campaigns together, each enrolment is one */
const funnelColumns = (counted: 'People' | 'Enrolments'): readonly Column<FunnelRow>[] => [
  { header: 'Stage', whole: true, value: (row) => row.stage },
  { header: counted, value: (row) => row.count, align: 'right' },
  { header: 'Of enrolled', value: (row) => percent(row.rate), align: 'right' },
  // Accepted and delivered are of different channels: where a line has more people than the one above, nothing dropped.
  { header: 'Lost', value: (row) => (isDrop(row) ? row.drop : null), align: 'right' },
  { header: 'Share lost', value: (row) => (isDrop(row) ? percent(row.dropRate) : null), align: 'right' },
];

const TOUCHES: readonly Column<TouchRow>[] = [
  { header: 'Sent', value: (row) => row.sent, align: 'right' },
  { header: 'Delivered', value: (row) => row.delivered, align: 'right' },
  { header: 'Replied', value: (row) => row.replied, align: 'right' },
  { header: 'Reply rate', value: (row) => percent(row.replyRate), align: 'right' },
];

const STEPS: readonly Column<StepRow>[] = [
  { header: 'Step', whole: true, value: (row) => row.step },
  { header: 'Channel', drop: 1, whole: true, value: (row) => row.channel },
  ...TOUCHES,
];

const CHANNEL_COLUMNS: readonly Column<ChannelRow>[] = [
  { header: 'Channel', value: (row) => row.channel },
  ...TOUCHES,
];

const CAMPAIGNS: readonly Column<CampaignReport>[] = [
  { header: 'Campaign', whole: true, value: ({ campaign }) => campaign.name },
  { header: 'Status', drop: 2, whole: true, value: ({ campaign }) => campaign.status },
  { header: 'Enrolled', drop: 1, value: ({ counts }) => counts.enrolled, align: 'right' },
  { header: 'Contacted', value: ({ counts }) => counts.contacted, align: 'right' },
  { header: 'Replied', value: ({ counts }) => counts.replied, align: 'right' },
  { header: 'Meetings', value: ({ counts }) => counts.meeting, align: 'right' },
  {
    header: 'Reply rate',
    value: ({ counts }) => percent(counts.contacted === 0 ? null : counts.replied / counts.contacted),
    align: 'right',
  },
];

type NamedCost = CostRow & { campaign: string };

const costsOf = (reports: readonly CampaignReport[]): NamedCost[] =>
  reports.flatMap(({ campaign, cost }) => (cost ? [{ ...cost, campaign: campaign.name }] : []));

const COSTS: readonly Column<NamedCost>[] = [
  { header: 'Claude', whole: true, value: (row) => row.campaign },
  { header: 'Cost', value: (row) => dollars(row.cost), align: 'right' },
  { header: 'Texts', value: (row) => row.claude, align: 'right' },
  { header: 'By template', value: (row) => row.template, align: 'right' },
  { header: 'A message', value: (row) => orNothing(row.perSent), align: 'right' },
  { header: 'A reply', value: (row) => orNothing(row.perReply), align: 'right' },
];

const orNothing = (millionths: number | null): string | null =>
  millionths === null ? null : dollars(millionths);

const isDrop = ({ drop }: FunnelRow): boolean => drop !== null && drop >= 0;

const percent = (share: number | null): string | null =>
  share === null ? null : `${(share * 100).toFixed(1)} %`;
