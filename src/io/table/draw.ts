import Table from 'cli-table3';
import { cutTo, linesOf, padded, widthOf } from './cell.ts';
import { GAP, layOut } from './layout.ts';

export interface DrawnColumn {
  header: string;
  align: 'left' | 'right';
  wrap: boolean;
  whole: boolean;
  drop: number | null;
}

export interface Drawing {
  lines: string[];
  /** Headers of the columns that had no room. */
  left: string[];
}

/** Below this a table of many columns is read better as lines of `Header: value`. */
const NARROW = 50;
const MANY = 4;

/**
 * @param bold how headers are shown
 * @param available columns of the terminal
 */
export function draw(
  columns: readonly DrawnColumn[],
  cells: readonly string[][],
  available: number,
  bold: (text: string) => string,
): Drawing {
  const natural = columns.map(({ header }, index) =>
    cells.reduce((widest, row) => Math.max(widest, widthOf(row[index] ?? '')), widthOf(header)),
  );
  const needed = natural.reduce((sum, width) => sum + width, GAP * (columns.length - 1));
  if (available < NARROW && columns.length > MANY && needed > available)
    return { lines: blocks(columns, cells, available, bold), left: [] };
  const rooms = columns.map(({ whole, align, drop }, index) => ({
    ...{ drop, whole: whole || align === 'right' },
    natural: natural[index] ?? 0,
  }));
  const { widths } = layOut(rooms, available);
  const shown = columns.flatMap((column, index) => {
    const width = widths[index];
    return width === undefined || width === null ? [] : [{ ...column, index, width }];
  });
  const header = shown.map(({ header: text, width, align }) => {
    const cut = cutTo(text, width);
    return padded(cut, width, align).replace(cut, () => (cut === '' ? '' : bold(cut)));
  });
  return {
    lines: joined([header, ...cells.map((row) => fitted(shown, row))]),
    left: columns.filter((_, index) => widths[index] === null).map(({ header: text }) => text),
  };
}

type Shown = DrawnColumn & { index: number; width: number };

/** Every line of a cell as wide as its column: the table has nothing left to cut, which it would do inside an emoji. */
const fitted = (shown: readonly Shown[], row: readonly string[]): string[] =>
  shown.map(({ index, width, align, wrap }) => {
    const text = row[index] ?? '';
    const lines = wrap ? linesOf(text, width) : [cutTo(text, width)];
    return lines.map((line) => padded(line, width, align)).join('\n');
  });

/** In pieces: cli-table3 overflows the stack on a hundred thousand rows. */
function joined(rows: string[][]): string[] {
  const lines: string[] = [];
  for (let from = 0; from < rows.length; from += PIECE) {
    const table = new Table({ style: PLAIN, chars: BORDER });
    table.push(...rows.slice(from, from + PIECE));
    lines.push(...table.toString().split('\n'));
  }
  return lines.map((line) => line.trimEnd());
}

const PIECE = 200;
/** cli-table3 colours head and border by itself unless these are empty. */
const PLAIN = { head: [], border: [], 'padding-left': 0, 'padding-right': 0 };
const BORDER = {
  ...{ top: '', 'top-mid': '', 'top-left': '', 'top-right': '' },
  ...{ bottom: '', 'bottom-mid': '', 'bottom-left': '', 'bottom-right': '' },
  ...{ left: '', 'left-mid': '', mid: '', 'mid-mid': '', right: '', 'right-mid': '' },
  middle: ' '.repeat(GAP),
};

/** A row after another, an empty line between; a cell without a value is not shown. */
function blocks(
  columns: readonly DrawnColumn[],
  cells: readonly string[][],
  available: number,
  bold: (text: string) => string,
): string[] {
  return cells.flatMap((row, number) => {
    const lines = columns.flatMap(({ header }, index) => {
      const text = row[index] ?? '';
      if (text === '') return [];
      const [first = '', ...rest] = linesOf(header === '' ? text : `${header}: ${text}`, available);
      const label = header === '' ? '' : `${header}:`;
      return [first.startsWith(label) ? bold(label) + first.slice(label.length) : first, ...rest];
    });
    return number === 0 ? lines : ['', ...lines];
  });
}
