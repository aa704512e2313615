import type { Context } from '../../context.ts';
import type { BlacklistEntry } from '../../engine/ports/people.ts';
import { type Column, printJson, printTable } from '../../io/table.ts';
import { isoOrNull } from '../../io/time.ts';
import { hectorCommand, type OpenContext } from '../command.ts';

export const command = (open: OpenContext) =>
  hectorCommand('list', {
    summary: 'show the blacklist',
    description: 'Lists every entry, oldest first: kind, value, reason, who added it, and when.',
    examples: ['hector blacklist list', 'hector blacklist list --json'],
  }).action(async (options) => listBlacklist(open(options)));

export async function listBlacklist(context: Context): Promise<void> {
  const entries = await (await context.stores.suppressions()).list();
  if (context.json) return printJson(context.io, entries.map(entryJson));
  if (entries.length === 0) return context.io.note('The blacklist is empty: hector blacklist add ADDRESS');
  await printTable(context.io, columns(context.io.terminal), entries);
}

/** Stable keys: docs/json.md. */
export const entryJson = ({ createdAt, ...entry }: BlacklistEntry) => ({
  ...entry,
  added_at: isoOrNull(createdAt),
});

const columns = (terminal: boolean): Column<BlacklistEntry>[] => [
  { header: 'Kind', value: ({ kind }) => kind },
  { header: 'Value', value: ({ value }) => value },
  { header: 'Reason', value: ({ reason }) => reason },
  { header: 'By', value: ({ source }) => source },
  {
    header: 'Added',
    value: ({ createdAt }) => isoOrNull(createdAt)?.slice(0, terminal ? 10 : undefined) ?? null,
  },
];
