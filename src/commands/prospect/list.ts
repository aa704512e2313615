import type { Context } from '../../context.ts';
import {
  EVERYBODY,
  type PeopleFilter,
  type PeopleSort,
  type PeopleStore,
  type PersonRow,
} from '../../engine/ports/people.ts';
import { printJsonArray } from '../../io/json-array.ts';
import { type Column, printTable } from '../../io/table.ts';
import { hectorCommand, type OpenContext } from '../command.ts';
import { positiveInteger } from '../positive-integer.ts';
import { chosenColumns, columnNames } from './columns.ts';
import { addFilters, filterOf, sortOption } from './filter.ts';
import { PIPED_COLUMNS, terminalColumns } from './list-columns.ts';
import { readPeople } from './read-people.ts';
import { personJson } from './view.ts';

export const command = (open: OpenContext) =>
  addFilters(
    hectorCommand('list', {
      summary: 'list people and where they stand',
      description:
        'Lists people: reachable by E(-mail), L(inkedIn) or S(MS), campaign, status, next step and date. On a terminal the first 50, piped all of them.',
      examples: [
        'hector prospect list --campaign Printemps --status active',
        'hector prospect list --channel linkedin --stuck',
        'hector prospect list --where \'campaign="PME Ouest" replied=no has=mobile\' --sort next',
        'hector prospect list --q durand --columns name,email,city,status',
        '# everyone, for a script',
        'hector prospect list --json > people.json',
      ],
    }),
  )
    .addOption(sortOption())
    .option('--limit <number>', 'at most this many', positiveInteger)
    .option(
      '--columns <names>',
      'other columns, with commas between: facts, custom fields, name, status, step ...',
    )
    .action(async (options) => {
      const { limit = null, sort = 'id', columns } = options;
      await listPeople(open(options), {
        ...{ filter: filterOf(options), limit, sort },
        columns: columns === undefined ? null : columnNames(columns),
      });
    });

export interface ListOptions {
  filter: PeopleFilter;
  /** Null: 50 on a terminal, else all. */
  limit: number | null;
  /** By id, if not said. */
  sort?: PeopleSort;
  /** Null: the usual ones. */
  columns?: string[] | null;
}

const COLUMNS_HELP = 'hector prospect list --columns name,email,status';
const TERMINAL_LIMIT = 50;
/** Rows of a piped listing printed at once. */
const PAGE = 500;

export async function listPeople(context: Context, options: ListOptions): Promise<void> {
  const { io } = context;
  const store = await context.stores.people();
  const limit = options.limit ?? (io.terminal ? TERMINAL_LIMIT : null);
  const chosen = options.columns ? await chosenColumns(store, options.columns, COLUMNS_HELP) : null;
  const { filter, sort } = options;
  const rows = readPeople(context, { filter, limit, sort, label: io.terminal ? null : 'Listing people' });
  if (context.json) return printJsonArray(io.stdout, jsonOf(rows, chosen));
  let printed = 0;
  for await (const page of pages(rows, io.terminal ? (limit ?? PAGE) : PAGE)) {
    const usual = io.terminal ? terminalColumns(page, context.now()) : PIPED_COLUMNS;
    await printTable(io, chosen ?? usual, page);
    printed += page.length;
  }
  await remark(context, store, { ...options, printed, limit });
}

export async function* jsonOf(rows: AsyncIterable<PersonRow>, columns: readonly Column<PersonRow>[] | null) {
  for await (const row of rows)
    yield columns === null
      ? personJson(row)
      : Object.fromEntries(columns.map(({ header, value }) => [header, value(row)]));
}

async function* pages<T>(rows: AsyncIterable<T>, size: number): AsyncGenerator<T[]> {
  let page: T[] = [];
  for await (const row of rows) {
    page.push(row);
    if (page.length < size) continue;
    yield page;
    page = [];
  }
  if (page.length > 0) yield page;
}

async function remark(
  { io }: Context,
  store: PeopleStore,
  shown: ListOptions & { printed: number },
): Promise<void> {
  if (shown.printed === 0) {
    const anyone = (await store.count(EVERYBODY)) > 0;
    io.note(
      anyone
        ? 'Nobody like that: hector prospect list shows everyone, --help the filters.'
        : 'No prospects yet: hector prospect import FILE.csv',
    );
    return;
  }
  if (shown.printed !== shown.limit) return;
  const all = await store.count(shown.filter);
  if (all > shown.printed)
    io.note(`${shown.printed} of ${all}. More: --limit ${all}${io.terminal ? ', or pipe it' : ''}.`);
}
