import { resolve } from 'node:path';
import { Option } from '@commander-js/extra-typings';
import type { Context } from '../../context.ts';
import { HASHES, type HashName, type SuppressionKind } from '../../engine/model.ts';
import type { BlacklistEntry } from '../../engine/ports/people.ts';
import { type CsvColumn, printCsv } from '../../io/csv.ts';
import { printJsonArray } from '../../io/json-array.ts';
import { writePrivateFile } from '../../io/private-file.ts';
import { isoOrNull } from '../../io/time.ts';
import { hectorCommand, type OpenContext } from '../command.ts';
import { counted } from '../counted.ts';
import { refuseToReplace } from '../refuse-to-replace.ts';
import { kindOption } from './keys.ts';
import { entryJson } from './list.ts';

export const command = (open: OpenContext) =>
  hectorCommand('export', {
    summary: 'write the blacklist to a CSV file',
    description:
      'Writes the entries that stand as CSV (or JSON), to be taken in by another program or another workspace. With --hash, addresses, numbers and profiles leave as hashes, without reason and source. Fingerprints of erased people stay here: they mean something in this workspace only.',
    examples: [
      'hector blacklist export oppositions.csv',
      'hector blacklist export --hash sha256 --kind email > hashes.csv',
      'hector blacklist export oppositions.csv --excel-fr --force',
    ],
  })
    .argument('[file]', 'where to, or - for stdout (default)')
    .addOption(kindOption('only entries of this kind'))
    .addOption(new Option('--hash <name>', 'hash what belongs to one person').choices(HASHES))
    .option('--excel-fr', 'for French Excel: semicolons, UTF-8 with BOM')
    .option('--force', 'replace FILE if it is there')
    .action(async (file, options) => {
      await exportBlacklist(open(options), {
        file: file ?? null,
        kind: options.kind ?? null,
        hash: options.hash ?? null,
        excelFr: options.excelFr === true,
        force: options.force === true,
      });
    });

export interface BlacklistExportOptions {
  /** Null: stdout. */
  file: string | null;
  kind: SuppressionKind | null;
  hash: HashName | null;
  excelFr: boolean;
  force: boolean;
}

export async function exportBlacklist(context: Context, options: BlacklistExportOptions): Promise<void> {
  const { io } = context;
  const file = options.file === '-' ? null : options.file;
  if (file !== null && !options.force) refuseToReplace(context.cwd, file, 'hector blacklist export');
  const store = await context.stores.suppressions();
  const counts = { written: 0, kept: 0 };
  async function* entries() {
    for await (const entry of store.list({ kind: options.kind, text: null, expired: false })) {
      if (entry.value.startsWith('hmac:')) counts.kept += 1;
      else {
        counts.written += 1;
        yield options.hash === null ? entry : { ...entry, ...store.hashed(entry, options.hash) };
      }
    }
  }
  const fill = (out: NodeJS.WritableStream): Promise<void> =>
    context.json
      ? printJsonArray(out, asJson(entries(), options.hash !== null))
      : printCsv(out, columns(options.hash !== null), entries(), { excelFr: options.excelFr });
  if (file === null) await fill(io.stdout);
  else await writePrivateFile(resolve(context.cwd, file), fill);
  if (counts.kept > 0) io.note(`${counted(counts.kept, 'fingerprint')} of erased people left out.`);
  if (counts.written === 0) io.note('Nothing to write: hector blacklist list');
  else if (file !== null) io.note(`${counted(counts.written, 'entry', 'entries')} written to ${file}.`);
}

async function* asJson(entries: AsyncIterable<BlacklistEntry>, hidden: boolean) {
  for await (const entry of entries)
    yield hidden ? { ...entryJson(entry), reason: null, source: null } : entryJson(entry);
}

/** `blacklist import` knows them all. A reason may name the person whom the hash is to hide. */
function columns(hidden: boolean): CsvColumn<BlacklistEntry>[] {
  return [
    { header: 'kind', value: ({ kind }) => kind },
    { header: 'value', value: ({ value }) => value },
    { header: 'reason', value: ({ reason }) => (hidden ? null : reason) },
    { header: 'source', value: ({ source }) => (hidden ? null : source) },
    { header: 'added_at', value: ({ createdAt }) => isoOrNull(createdAt) },
    { header: 'expires_at', value: ({ expiresAt }) => isoOrNull(expiresAt) },
  ];
}
