import type { Context } from '../../../context.ts';
import { knownHeader } from '../../../engine/import/headers.ts';
import type { CsvList, CsvRecord } from '../../../engine/ports/imports.ts';
import { EVERYBODY, type StandingFilter } from '../../../engine/ports/people.ts';
import { shellWord } from '../../../engine/shell-word.ts';
import { failure, usageError } from '../../../errors.ts';
import { openList } from '../../list-file.ts';
import { whereFilter } from '../filter.ts';
import { personNamed } from '../view.ts';

export interface Selected {
  ids: number[];
  /** What was read from stdin and names nobody. */
  unknown: string[];
  /** How --where says that they stand; its campaign is the one it speaks of, or null. */
  standing: StandingFilter;
  /** How they were said, for a command to type again: ` --where 'tag=vip'`. */
  said: string;
}

export interface SelectOptions {
  prospects: readonly string[];
  where?: string | undefined;
}

/** What every command over many people takes. */
export interface ManyOptions extends SelectOptions {
  campaign?: string | undefined;
  yes?: boolean | undefined;
}

/** As it is written, whatever was typed. */
export const campaignName = async (context: Context, typed: string | null): Promise<string | null> =>
  typed === null ? null : (await (await context.stores.campaigns()).find(typed)).name;

/** Several people, or one who may be one of many: not the plain case of a single person who is named. */
export const isMany = ({ prospects, where }: SelectOptions): boolean =>
  where !== undefined || prospects.length !== 1 || prospects[0] === '-';

/**
 * Who is meant by --where, by a list on stdin (`-`), or by several arguments; of those each must name somebody.
 * @throws UserError when nobody is said
 */
export async function selectPeople(
  context: Context,
  options: SelectOptions,
  help: string,
): Promise<Selected> {
  const { prospects, where } = options;
  if (where !== undefined) {
    if (prospects.length > 0)
      throw usageError('people by name and --where exclude each other', `${help} --help`);
    const filter = whereFilter(where);
    const ids = await (await context.stores.people()).ids(filter);
    return { ids, unknown: [], standing: filter, said: ` --where ${shellWord(where)}` };
  }
  if (prospects.length === 0)
    throw usageError('who? A person, several, - for a list on stdin, or --where', `${help} --help`);
  if (prospects.includes('-'))
    return { ...(await fromStdin(context, prospects, help)), standing: EVERYBODY, said: ' -' };
  const ids = new Set<number>();
  for (const reference of prospects) ids.add((await personNamed(context, reference)).id);
  return {
    ids: [...ids],
    unknown: [],
    standing: EVERYBODY,
    said: prospects.map((each) => ` ${shellWord(each)}`).join(''),
  };
}

async function fromStdin(
  context: Context,
  prospects: readonly string[],
  help: string,
): Promise<{ ids: number[]; unknown: string[] }> {
  if (prospects.length > 1) throw usageError('- stands alone: the list is on stdin', `${help} --help`);
  if (context.io.stdin.isTTY)
    throw usageError('stdin is the keyboard: pipe a list in', `hector prospect list | ${help} - --yes`);
  const references = await readReferences(context, help);
  const [people, { country }] = await Promise.all([context.stores.people(), context.config()]);
  return people.resolve(references, country);
}

/** Columns that say who is meant, best first. */
const NAMING = ['id', 'email', 'linkedin', 'mobile', 'phone'];

const meaning = (header: string): string => {
  const name = header.trim().toLowerCase().replace(/^#/, '');
  return name === 'id' || name === 'hector_id' ? 'id' : (knownHeader(header)?.target ?? '');
};

/** How a listing begins each line: the person's number. */
const isNumber = (cell: string): boolean => /^#?\d+$/.test(cell.trim());

/** One a line, or the column of a CSV list that names people; a listing that was piped has its numbers first. */
async function readReferences(context: Context, help: string): Promise<string[]> {
  const known = (cell: string): boolean => NAMING.includes(meaning(cell));
  const signs = { known, isRecord: isNumber };
  const list = await openList(context, '-', { encoding: null, delimiter: null, ...signs }, `${help} --help`);
  try {
    const column = namingColumns(list, help);
    const rows = column.header ? [] : [list.header];
    const read = (cells: readonly string[]): string =>
      column.places.map((place) => cells[place]?.trim() ?? '').find((cell) => cell !== '') ?? '';
    const references = rows.map(read);
    for await (const records of list.records())
      references.push(...records.map(({ cells }: CsvRecord) => read(cells)));
    return references.filter((reference) => reference !== '');
  } finally {
    await list.close();
  }
}

/** `header`: the first row names the columns, and nobody. */
function namingColumns({ header }: CsvList, help: string): { places: number[]; header: boolean } {
  // Before any word of a header: somebody may work at a firm that is called like a column.
  if (isNumber(header[0] ?? '')) return { places: [0], header: false };
  const named = NAMING.flatMap((name) =>
    header.flatMap((cell, place) => (meaning(cell) === name ? [place] : [])),
  );
  if (named.length > 0) return { places: named, header: true };
  if (header.length === 1) return { places: [0], header: false };
  throw failure(
    `no column of the list on stdin says who is meant (id, email, linkedin, phone)`,
    `hector prospect list | ${help} - --yes`,
  );
}
