import type { Context } from '../../context.ts';
import type { SuppressionKind } from '../../engine/model.ts';
import type { BlacklistEntry } from '../../engine/ports/people.ts';
import { printJsonArray } from '../../io/json-array.ts';
import { type Column, printTable } from '../../io/table.ts';
import { isoOrNull } from '../../io/time.ts';
import { hectorCommand, type OpenContext } from '../command.ts';
import { dayIn, lastDay, shownZone } from './expiry.ts';
import { kindOption } from './keys.ts';

export const command = (open: OpenContext) =>
  hectorCommand('list', {
    summary: 'show the blacklist',
    description:
      'Lists the entries that stand, oldest first: kind, value, reason, who added it, when, and until when. Values that begin with sha256:, sha1: or md5: came as hashes; hmac: is the fingerprint of somebody whose data were erased.',
    examples: [
      'hector blacklist list',
      'hector blacklist list --kind domain --q salon',
      'hector blacklist list --expired --json',
    ],
  })
    .addOption(kindOption('only entries of this kind'))
    .option('--q <text>', 'only with this in value, reason or source')
    .option('--expired', 'only what has expired and forbids nothing any more')
    .action(async (options) =>
      listBlacklist(open(options), {
        kind: options.kind ?? null,
        text: options.q ?? null,
        expired: options.expired === true,
      }),
    );

export interface ListOptions {
  kind: SuppressionKind | null;
  text: string | null;
  expired: boolean;
}

export async function listBlacklist(context: Context, options: ListOptions): Promise<void> {
  const { io } = context;
  const entries = (await context.stores.suppressions()).list(options);
  if (context.json) return printJsonArray(io.stdout, mapped(entries));
  const rows: BlacklistEntry[] = [];
  for await (const entry of entries) rows.push(entry);
  if (rows.length === 0) return io.note(nothing(options));
  const timezone = await shownZone(context);
  await printTable(io, columns(io.terminal ? timezone : null), rows);
}

function nothing({ kind, text, expired }: ListOptions): string {
  if (kind !== null || text !== null) return 'No such entry: hector blacklist list';
  return expired ? 'Nothing has expired.' : 'The blacklist is empty: hector blacklist add ADDRESS';
}

async function* mapped(entries: AsyncIterable<BlacklistEntry>) {
  for await (const entry of entries) yield entryJson(entry);
}

/** Stable keys: docs/json.md. */
export const entryJson = ({ createdAt, expiresAt, ...entry }: BlacklistEntry) => ({
  ...entry,
  added_at: isoOrNull(createdAt),
  expires_at: isoOrNull(expiresAt),
});

/** Nobody reads 64 digits: their kind and the first eight tell them apart; --json and a pipe have all. */
const shortened = (value: string): string =>
  /^(?:md5|sha1|sha256|hmac):/.test(value) ? `${value.slice(0, value.indexOf(':') + 9)}…` : value;

/** @param timezone in which days are shown to a person; null: whole instants, for a script */
function columns(timezone: string | null): Column<BlacklistEntry>[] {
  const day = (at: number, show: typeof dayIn) => (timezone === null ? isoOrNull(at) : show(at, timezone));
  return [
    { header: 'Kind', value: ({ kind }) => kind },
    { header: 'Value', value: ({ value }) => (timezone === null ? value : shortened(value)), whole: true },
    { header: 'Reason', drop: 1, value: ({ reason }) => reason },
    { header: 'By', drop: 2, value: ({ source }) => source },
    { header: 'Added', drop: 3, whole: true, value: ({ createdAt }) => day(createdAt, dayIn) },
    {
      header: 'Until',
      whole: true,
      value: ({ expiresAt }) => (expiresAt === null ? null : day(expiresAt, lastDay)),
    },
  ];
}
