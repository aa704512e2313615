import { resolve } from 'node:path';
import type { Context } from '../../context.ts';
import type { PeopleFilter } from '../../engine/ports/people.ts';
import { printCsv } from '../../io/csv.ts';
import { printJsonArray } from '../../io/json-array.ts';
import { writePrivateFile } from '../../io/private-file.ts';
import { printJson } from '../../io/table.ts';
import { hectorCommand, type OpenContext } from '../command.ts';
import { refuseToReplace } from '../refuse-to-replace.ts';
import { allColumns, chosenColumns, columnNames } from './columns.ts';
import { addFilters, filterOf } from './filter.ts';
import { jsonOf } from './list.ts';
import { readPeople } from './read-people.ts';

export const command = (open: OpenContext) =>
  addFilters(
    hectorCommand('export', {
      summary: 'write people to a CSV file',
      description:
        'Writes people as CSV (or JSON): all facts, custom columns, and where they stand. The file can be imported again. Cells a spreadsheet would run as formulas are disarmed.',
      examples: [
        'hector prospect export people.csv',
        'hector prospect export --excel-fr --campaign Printemps --status replied > replies.csv',
        'hector prospect export --columns first_name,last_name,email,status',
        "hector prospect export --where 'replied=no tag=vip' vip.csv",
      ],
    }),
  )
    .argument('[file]', 'where to, or - for stdout (default)')
    .option('--columns <names>', 'only these, in this order, with commas between')
    .option('--excel-fr', 'for French Excel: semicolons, UTF-8 with BOM, CRLF')
    .option('--force', 'replace FILE if it is there')
    .action(async (file, options) => {
      await exportPeople(open(options), {
        file: file ?? null,
        filter: filterOf(options),
        columns: options.columns === undefined ? null : columnNames(options.columns),
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

export async function exportPeople(context: Context, options: ExportOptions): Promise<void> {
  const file = options.file === '-' ? null : options.file;
  if (file !== null && !options.force) refuseToReplace(context.cwd, file, 'hector prospect export');
  const store = await context.stores.people();
  const columns =
    options.columns === null
      ? allColumns(await store.customFields(options.filter))
      : await chosenColumns(store, options.columns, 'hector prospect export --columns email,company,status');
  let people = 0;
  async function* rows() {
    const label = file === null && context.io.terminal ? null : 'Exporting people';
    for await (const row of readPeople(context, { filter: options.filter, limit: null, label })) {
      people += 1;
      yield row;
    }
  }
  const fill = (out: NodeJS.WritableStream): Promise<void> =>
    context.json
      ? printJsonArray(out, jsonOf(rows(), options.columns === null ? null : columns))
      : printCsv(out, columns, rows(), { excelFr: options.excelFr });
  if (file === null) await fill(context.io.stdout);
  else await writePrivateFile(resolve(context.cwd, file), fill);
  if (context.json && file !== null) printJson(context.io, { file, people });
  const count = `${people} ${people === 1 ? 'person' : 'people'}`;
  if (people === 0) context.io.note('Nobody like that: hector prospect list shows everyone.');
  else if (file !== null) context.io.note(`${count} written to ${file}.`);
}
