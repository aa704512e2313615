import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Context } from '../../context.ts';
import { isOwnHeader } from '../../engine/import/columns.ts';
import { knownHeader } from '../../engine/import/headers.ts';
import { PROSPECT_FIELDS } from '../../engine/model.ts';
import type { PeopleFilter, PersonRow } from '../../engine/ports/people.ts';
import { didYouMean } from '../../engine/suggest.ts';
import { profileUrl } from '../../engine/texts/linkedin.ts';
import { usageError } from '../../errors.ts';
import { type CsvColumn, printCsv } from '../../io/csv.ts';
import { printJsonArray } from '../../io/json-array.ts';
import { writePrivateFile } from '../../io/private-file.ts';
import { isoOrNull } from '../../io/time.ts';
import { hectorCommand, type OpenContext } from '../command.ts';
import { campaignOption, filterOf, statusOption } from './filter.ts';
import { flagsOf, personJson } from './view.ts';

export const command = (open: OpenContext) =>
  hectorCommand('export', {
    summary: 'write people to a CSV file',
    description:
      'Writes people as CSV (or JSON): all facts, custom columns, and where they stand. The file can be imported again. Cells a spreadsheet would run as formulas are disarmed.',
    examples: [
      'hector prospect export people.csv',
      'hector prospect export --excel-fr --campaign Printemps --status replied > replies.csv',
      'hector prospect export --columns first_name,last_name,email',
    ],
  })
    .argument('[file]', 'where to (default: stdout)')
    .addOption(campaignOption())
    .addOption(statusOption())
    .option('--columns <names>', 'only these, in this order, with commas between')
    .option('--excel-fr', 'for French Excel: semicolons, UTF-8 with BOM')
    .option('--force', 'replace FILE if it is there')
    .action(async (file, options) => {
      await exportPeople(open(options), {
        file: file ?? null,
        filter: filterOf(options),
        columns: options.columns?.split(',').map((name) => name.trim()) ?? null,
        excelFr: options.excelFr === true,
        force: options.force === true,
      });
    });

export interface ExportOptions {
  /** Null: stdout. */
  file: string | null;
  filter: PeopleFilter;
  columns: string[] | null;
  excelFr: boolean;
  /** Replace a file that is there. */
  force: boolean;
}

/** It may be the list that people were imported from. A device or pipe has nothing to lose. */
function refuseToReplace(file: string): void {
  if (statSync(file, { throwIfNoEntry: false })?.isFile())
    throw usageError(
      `${file} is there already and would be replaced`,
      `hector prospect export '${file}' --force`,
    );
}

export async function exportPeople(context: Context, options: ExportOptions): Promise<void> {
  if (options.file !== null && !options.force) refuseToReplace(resolve(context.cwd, options.file));
  const store = await context.stores.people();
  const columns = chosen(allColumns(await store.customFields(options.filter)), options.columns);
  let people = 0;
  async function* rows() {
    for await (const row of store.list(options.filter, null)) {
      people += 1;
      yield row;
    }
  }
  const fill = (out: NodeJS.WritableStream): Promise<void> =>
    context.json
      ? printJsonArray(out, jsonRows(rows(), options.columns === null ? null : columns))
      : printCsv(out, columns, rows(), { excelFr: options.excelFr });
  if (options.file === null) await fill(context.io.stdout);
  else await writePrivateFile(options.file, fill);
  const count = `${people} ${people === 1 ? 'person' : 'people'}`;
  if (people === 0) context.io.note('Nobody like that: hector prospect list shows everyone.');
  else if (options.file !== null) context.io.note(`${count} written to ${options.file}.`);
}

async function* jsonRows(rows: AsyncIterable<PersonRow>, columns: readonly CsvColumn<PersonRow>[] | null) {
  for await (const row of rows)
    yield columns === null
      ? personJson(row)
      : Object.fromEntries(columns.map((column) => [column.header, column.value(row)]));
}

/** Where people stand; an import ignores what begins with `hector_`. */
const STANDING: CsvColumn<PersonRow>[] = [
  { header: 'hector_id', value: ({ prospect }) => prospect.id },
  { header: 'hector_campaign', value: ({ enrolments }) => enrolments[0]?.campaign ?? null },
  { header: 'hector_status', value: ({ enrolments }) => enrolments[0]?.status ?? null },
  { header: 'hector_reason', value: ({ enrolments }) => enrolments[0]?.reason ?? null },
  { header: 'hector_step', value: ({ enrolments }) => enrolments[0]?.step ?? null },
  { header: 'hector_next_at', value: ({ enrolments }) => isoOrNull(enrolments[0]?.nextAt ?? null) },
  { header: 'hector_flags', value: (row) => flagsOf(row).join(' ') || null },
];

/** Headers an import knows: the facts by their names, custom fields by their keys. */
function allColumns(customFields: readonly string[]): CsvColumn<PersonRow>[] {
  const facts = PROSPECT_FIELDS.map(
    (field): CsvColumn<PersonRow> => ({
      header: field,
      value: ({ prospect }) =>
        field === 'linkedin' && prospect.linkedin ? profileUrl(prospect.linkedin) : prospect[field],
    }),
  );
  const custom = customFields.map(
    (key): CsvColumn<PersonRow> => ({
      // A plain key that reads as the name of a fact would come back as that fact.
      header: knownHeader(key) || isOwnHeader(key) ? `custom.${key}` : key,
      value: ({ prospect }) => prospect.custom[key] ?? null,
    }),
  );
  return [...facts, ...custom, ...STANDING];
}

function chosen(all: CsvColumn<PersonRow>[], names: readonly string[] | null): CsvColumn<PersonRow>[] {
  if (names === null) return all;
  return names.map((name) => {
    const column = all.find(({ header }) => header === name || header === `hector_${name}`);
    if (column) return column;
    const headers = all.map(({ header }) => header);
    throw usageError(
      `no column "${name}"${didYouMean(name, headers)}`,
      'hector prospect export --columns email,company,status',
    );
  });
}
