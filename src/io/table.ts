import { type Io, printable } from '../io.ts';

export interface Column<Row> {
  header: string;
  value(row: Row): string | number | null;
  align?: 'left' | 'right';
  /** Sentences go over several lines on a narrow terminal; other cells are cut with `…`. */
  wrap?: boolean;
  /** Stays whole as long as another column has something to give: names, dates. */
  whole?: boolean;
}

/** A table that fits the terminal; tab-separated lines without header when piped. Cells are made printable. */
export async function printTable<Row>(
  io: Io,
  columns: readonly Column<Row>[],
  rows: readonly Row[],
): Promise<void> {
  const cells = rows.map((row) => columns.map((column) => cellText(column.value(row))));
  if (!io.terminal) {
    for (const line of cells) io.out(line.join('\t'));
    return;
  }
  const [{ default: Table }, { default: stringWidth }] = await Promise.all([
    import('cli-table3'),
    import('string-width'),
  ]);
  const headers = columns.map((column) => column.header);
  const natural = headers.map((header, index) =>
    cells.reduce((widest, line) => Math.max(widest, stringWidth(line[index] ?? '')), stringWidth(header)),
  );
  const style = {
    colWidths: fitWidths(
      natural,
      io.width,
      columns.map((column) => column.whole === true),
    ),
    colAligns: columns.map((column) => column.align ?? 'left'),
    // cli-table3 colours head and border by itself unless these are empty.
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': PADDING },
    chars: NO_BORDER,
  };
  // In pieces, all of the same widths: cli-table3 overflows the stack on a hundred thousand rows.
  for (let from = 0; from === 0 || from < cells.length; from += PIECE) {
    const head = from === 0 ? headers.map((header) => io.color.bold(header)) : [];
    const table = new Table({ ...style, head });
    table.push(
      ...cells
        .slice(from, from + PIECE)
        .map((line) => line.map((content, index) => ({ content, wordWrap: columns[index]?.wrap === true }))),
    );
    for (const line of table.toString().split('\n')) io.out(line.trimEnd());
  }
}

const PIECE = 200;
const PADDING = 2;
const NARROWEST = 6;

/**
 * Takes columns off the widest column, one at a time, until the line fits; off one that is to stay whole only when
 * no other has anything to give. None gets narrower than six, so that a very narrow terminal wraps rather than
 * shows nothing.
 */
export function fitWidths(
  natural: readonly number[],
  available: number,
  whole: readonly boolean[] = [],
): number[] {
  const widths = natural.map((width) => Math.min(width, Math.max(available, NARROWEST)) + PADDING);
  const widest = (among: (index: number) => boolean): number =>
    widths.reduce(
      (best, width, index) => (among(index) && width > (widths[best] ?? FLOOR) ? index : best),
      -1,
    );
  let excess = widths.reduce((sum, width) => sum + width, 0) - available;
  for (; excess > 0; excess -= 1) {
    const flexible = widest((index) => whole[index] !== true);
    const giving = flexible === -1 ? widest(() => true) : flexible;
    const width = widths[giving];
    if (width === undefined) break;
    widths[giving] = width - 1;
  }
  return widths;
}

const FLOOR = NARROWEST + PADDING;

const cellText = (value: string | number | null): string => (value === null ? '' : printable(String(value)));

const NO_BORDER = Object.fromEntries(
  [
    'top',
    'top-mid',
    'top-left',
    'top-right',
    'bottom',
    'bottom-mid',
    'bottom-left',
    'bottom-right',
    'left',
    'left-mid',
    'mid',
    'mid-mid',
    'right',
    'right-mid',
    'middle',
  ].map((name) => [name, '']),
);

/** One JSON document on stdout; the keys are documented in docs/json.md. */
export const printJson = (io: Io, value: unknown): void => io.out(JSON.stringify(value, null, 2));
