import type { Context } from '../../context.ts';
import type { CampaignMode } from '../../engine/model.ts';
import type { CampaignAnswers } from '../../engine/ports/campaign-drafts.ts';
import type { CampaignRowSummary } from '../../engine/ports/campaigns.ts';
import { shellWord } from '../../engine/shell-word.ts';
import { LAUNCH_CUT_OFF } from '../../engine/unfinished-launch.ts';
import { printJson, printTable } from '../../io/table.ts';
import { isoOrNull, untilTouch } from '../../io/time.ts';
import { printable } from '../../io.ts';
import { hectorCommand, type OpenContext } from '../command.ts';
import { shieldLine } from './print.ts';

export const command = (open: OpenContext) =>
  hectorCommand('list', {
    summary: 'all campaigns, with their people and next touch',
    description: 'Lists all campaigns, and the drafts that are not launched yet.',
    examples: ['hector campaign list', 'hector campaign list --json'],
  }).action(async (options) => listCampaigns(open(options)));

export async function listCampaigns(context: Context): Promise<void> {
  const now = context.now();
  const drafts = await (await context.stores.campaignDrafts()).list();
  const campaigns: Row[] = [
    ...(await (await context.stores.campaigns()).list()),
    ...drafts.map(({ answers }) => draftRow(answers)),
  ];
  if (context.json) {
    printJson(
      context.io,
      campaigns.map(({ nextAt, pauseReason, unfinished: _, ...campaign }) => ({
        ...campaign,
        pause_reason: pauseReason,
        next_at: isoOrNull(nextAt),
      })),
    );
    return;
  }
  if (campaigns.length === 0) {
    context.io.note('No campaigns yet. Next: hector campaign create');
    return;
  }
  const when = ({ nextAt: at, status }: Row) => {
    if (at === null || !context.io.terminal) return isoOrNull(at);
    return status === 'running' ? untilTouch(at, now) : null;
  };
  await printTable(
    context.io,
    [
      { header: 'Campaign', whole: true, value: (row) => row.name },
      { header: 'Scenario', drop: 4, value: (row) => row.scenario },
      {
        header: 'Status',
        whole: true,
        value: (row) => (row.mode === 'rehearsal' ? `${row.status}, rehearsal` : row.status),
      },
      { header: 'People', value: (row) => row.people, align: 'right' },
      { header: 'Active', drop: 2, value: (row) => row.active, align: 'right' },
      { header: 'Sent', drop: 3, value: (row) => row.sent, align: 'right' },
      { header: 'Replied', value: (row) => row.replied, align: 'right' },
      { header: 'Next touch', drop: 1, whole: true, value: when },
    ],
    campaigns,
  );
  const [newest] = drafts;
  if (newest)
    context.io.note(
      printable(
        `To go on with a draft: hector campaign create --resume ${shellWord(newest.answers.name)}; to drop it: hector campaign delete ${shellWord(newest.answers.name)}`,
      ),
    );
  for (const { name, pauseReason, unfinished } of campaigns) {
    if (pauseReason !== null) context.io.warn(printable(shieldLine(name, pauseReason)));
    if (unfinished) context.io.warn(printable(`"${name}" is paused: ${LAUNCH_CUT_OFF}.`));
  }
}

/** A draft has no people yet, and is neither live nor a rehearsal unless somebody has said so. */
interface Row extends Omit<CampaignRowSummary, 'scenario' | 'mode'> {
  scenario: string | null;
  mode: CampaignMode | null;
}

const draftRow = ({ name, scenario, mode }: CampaignAnswers): Row => ({
  ...{ name, scenario: scenario ?? null, status: 'draft', mode: mode === 'auto' ? null : (mode ?? null) },
  ...{ people: 0, active: 0, sent: 0, replied: 0, pauseReason: null, unfinished: false, nextAt: null },
});
