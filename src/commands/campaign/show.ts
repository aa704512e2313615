import type { Context } from '../../context.ts';
import { daysOffText } from '../../engine/dates/days-off.ts';
import { campaignCapsText } from '../../engine/limits/campaign-caps.ts';
import type { CampaignDetail } from '../../engine/ports/campaigns.ts';
import { shellWord } from '../../engine/shell-word.ts';
import { mailboxOf } from '../../engine/texts/mailbox.ts';
import { LAUNCH_CUT_OFF } from '../../engine/unfinished-launch.ts';
import { printJson, printTable } from '../../io/table.ts';
import { dateTimeIn, isoOrNull } from '../../io/time.ts';
import { wrapped } from '../../io/wrap.ts';
import { printable } from '../../io.ts';
import { hectorCommand, type OpenContext } from '../command.ts';
import { approvalLine, campaignJson, modeLine, windowLine } from './print.ts';

export const command = (open: OpenContext) =>
  hectorCommand('show', {
    summary: 'one campaign: settings, steps, where its people are',
    description:
      'Shows one campaign: its settings, the steps of the scenario it keeps, and where its people are.',
    examples: ["hector campaign show 'PME Ouest'"],
  })
    .argument('<campaign>', 'its name')
    .action(async (name, options) => showCampaign(open(options), name));

export async function showCampaign(context: Context, name: string): Promise<void> {
  const store = await context.stores.campaigns();
  const { id } = await store.find(name);
  const detail = await store.detail(id);
  if (context.json) printJson(context.io, detailJson(detail));
  else await printDetail(context, detail, (await store.unfinished(detail.campaign.name)) === id);
}

const detailJson = ({
  campaign,
  version,
  createdAt,
  pauseReason,
  nextAt,
  statuses,
  steps,
  messages,
}: CampaignDetail) => ({
  ...campaignJson(campaign),
  scenario: { slug: version.scenario.slug, name: version.scenario.name, hash: version.hash },
  created_at: isoOrNull(createdAt),
  pause_reason: pauseReason,
  next_at: isoOrNull(nextAt),
  enrolments: statuses,
  active_by_step: steps,
  messages,
});

/** Columns of a label on a terminal. */
const LABEL = 13;

async function printDetail(context: Context, detail: CampaignDetail, unfinished: boolean): Promise<void> {
  const { io } = context;
  const { campaign, version, pauseReason, nextAt, statuses, steps } = detail;
  const total = Object.values(statuses).reduce((sum, people) => sum + people, 0);
  const nextText = (at: number): string =>
    io.terminal && campaign.status === 'running' && at <= context.now()
      ? 'due now'
      : `${dateTimeIn(at, campaign.timezone)} (${campaign.timezone})`;
  const line = (label: string, text: string): void => {
    if (!io.terminal) {
      io.out(`${label}\t${printable(text)}`);
      return;
    }
    const [first = '', ...rest] = wrapped(printable(text), io.width, ' '.repeat(LABEL));
    io.out(`${label}:`.padEnd(LABEL) + first.trimStart());
    for (const more of rest) io.out(more);
  };
  line('Campaign', campaign.name);
  line('Status', campaign.status);
  if (unfinished) line('Paused', LAUNCH_CUT_OFF);
  if (pauseReason !== null)
    line('Paused', `by itself: ${pauseReason}; next: hector campaign resume ${shellWord(campaign.name)}`);
  line('Mode', modeLine(campaign));
  line(
    'Scenario',
    `${version.scenario.name} (${version.scenario.slug}, version ${version.hash.slice(0, 8)})`,
  );
  line('Window', windowLine(campaign));
  if (campaign.window.daysOff.length > 0) line('Days off', daysOffText(campaign.window.daysOff));
  line('Language', campaign.language);
  if (campaign.objective) line('Objective', campaign.objective);
  line('Approval', approvalLine(campaign));
  if (campaign.voice !== null) line('Voice', campaign.voice);
  if (campaign.sender !== null) line('Sender', mailboxOf(campaign.sender));
  const caps = campaignCapsText(campaign.caps);
  if (caps !== '') line('Caps', `${caps} (touches a day of this campaign)`);
  line(
    'People',
    `${total}${Object.entries(statuses)
      .map(([status, people]) => `, ${people} ${status}`)
      .join('')}`,
  );
  line('Next touch', nextAt === null ? 'none' : nextText(nextAt));
  io.out('');
  await printTable(
    io,
    [
      { header: 'Step', whole: true, value: (step) => step.id },
      { header: 'Wait', value: (step) => step.wait },
      { header: 'Channel', value: (step) => step.channel },
      { header: 'Waiting here', value: (step) => steps[step.id] ?? 0, align: 'right' },
      { header: 'Objective', value: (step) => step.objective, wrap: true },
    ],
    version.scenario.steps,
  );
}
