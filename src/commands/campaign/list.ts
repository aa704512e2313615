import type { Context } from '../../context.ts';
import { printJson, printTable } from '../../io/table.ts';
import { isoOrNull, relative } from '../../io/time.ts';
import { printable } from '../../io.ts';
import { hectorCommand, type OpenContext } from '../command.ts';
import { shieldLine } from './print.ts';

export const command = (open: OpenContext) =>
  hectorCommand('list', {
    summary: 'all campaigns, with their people and next touch',
    description: 'Lists all campaigns.',
    examples: ['hector campaign list', 'hector campaign list --json'],
  }).action(async (options) => listCampaigns(open(options)));

export async function listCampaigns(context: Context): Promise<void> {
  const now = context.now();
  const campaigns = await (await context.stores.campaigns()).list();
  if (context.json) {
    printJson(
      context.io,
      campaigns.map(({ nextAt, pauseReason, ...campaign }) => ({
        ...campaign,
        pause_reason: pauseReason,
        next_at: isoOrNull(nextAt),
      })),
    );
    return;
  }
  if (campaigns.length === 0) {
    context.io.note('No campaigns yet. Next: hector campaign create --help');
    return;
  }
  const when = (at: number | null) =>
    at === null ? null : context.io.terminal ? relative(at, now) : isoOrNull(at);
  await printTable(
    context.io,
    [
      { header: 'Campaign', value: (row) => row.name },
      { header: 'Scenario', value: (row) => row.scenario },
      {
        header: 'Status',
        value: (row) => (row.mode === 'rehearsal' ? `${row.status}, rehearsal` : row.status),
      },
      { header: 'People', value: (row) => row.people, align: 'right' },
      { header: 'Active', value: (row) => row.active, align: 'right' },
      { header: 'Sent', value: (row) => row.sent, align: 'right' },
      { header: 'Replied', value: (row) => row.replied, align: 'right' },
      { header: 'Next touch', value: (row) => when(row.nextAt) },
    ],
    campaigns,
  );
  for (const { name, pauseReason } of campaigns)
    if (pauseReason !== null) context.io.warn(printable(shieldLine(name, pauseReason)));
}
