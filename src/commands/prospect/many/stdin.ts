import type { Context } from '../../../context.ts';
import { knownHeader } from '../../../engine/import/headers.ts';
import type { CsvList, CsvRecord } from '../../../engine/ports/imports.ts';
import { failure, usageError } from '../../../errors.ts';
import { openList } from '../../list-file.ts';
import { begun } from './begun.ts';
import { jsonReferences } from './json.ts';

/** Columns that say who is meant, best first. */
const NAMING = ['id', 'email', 'linkedin', 'mobile', 'phone'];

const meaning = (header: string): string => {
  const name = header.trim().toLowerCase().replace(/^#/, '');
  return name === 'id' || name === 'hector_id' ? 'id' : (knownHeader(header)?.target ?? '');
};

/** How a listing begins each line: the person's number. */
const isNumber = (cell: string): boolean => /^#?\d+$/.test(cell.trim());

/**
 * Who is meant by a list on stdin: one a line, the column of a CSV list that names people, a listing that was piped,
 * which has its numbers first, or JSON. Nothing at all is nobody.
 * @throws UserError for what does not say who is meant
 */
export async function readReferences(context: Context, help: string): Promise<string[]> {
  if (context.io.stdin.isTTY)
    throw usageError('stdin is the keyboard: pipe a list in', `hector prospect list | ${help} - --yes`);
  const { sign, bytes } = await begun(context.io.stdin);
  if (sign === '') return [];
  return sign === '[' ? jsonReferences(bytes, help) : csvReferences(context, bytes, help);
}

async function csvReferences(
  context: Context,
  stdin: AsyncIterable<Buffer>,
  help: string,
): Promise<string[]> {
  const known = (cell: string): boolean => NAMING.includes(meaning(cell));
  const signs = { known, isRecord: isNumber, stdin };
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
