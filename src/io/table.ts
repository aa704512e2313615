import { once } from 'node:events';
import { type Io, printable } from '../io.ts';

export interface Column<Row> {
  header: string;
  value(row: Row): string | number | null;
  align?: 'left' | 'right';
  /** Sentences go over several lines on a narrow terminal; other cells are cut with `…`. */
  wrap?: boolean;
  /** Stays whole as long as another column has something to give: names, dates. Numbers do by themselves. */
  whole?: boolean;
  /** Left out where there is no room, the highest first, or nobody fills it; not said: never left out. */
  drop?: number;
}

/**
 * A table that fits the terminal, as blocks of `Header: value` where it is very narrow; tab-separated lines without
 * header when piped. Cells are made printable.
 */
export async function printTable<Row>(
  io: Io,
  columns: readonly Column<Row>[],
  rows: readonly Row[],
): Promise<void> {
  if (!io.terminal) {
    await inPipe(
      io,
      rows.map((row) => columns.map((column) => cellText(column.value(row))).join('\t')),
    );
    return;
  }
  const filled = columns.filter(
    ({ drop, value }) => drop === undefined || rows.some((row) => cellText(value(row)) !== ''),
  );
  const cells = rows.map((row) => filled.map((column) => cellText(column.value(row))));
  const { draw } = await import('./table/draw.ts');
  const drawn = filled.map(({ header, align = 'left', wrap = false, whole = false, drop = null }) => ({
    ...{ header, align, wrap, whole, drop },
  }));
  const { lines, left } = draw(drawn, cells, io.width, (text) => io.color.bold(text));
  for (const line of lines) io.whole(line);
  if (left.length > 0) io.note(`No room for: ${left.join(', ')}.`);
}

/** Waits for a slow reader; where nobody reads any more, the program must be told before it goes on. */
async function inPipe({ stdout }: Io, lines: readonly string[]): Promise<void> {
  if (lines.length > 0 && !stdout.write(`${lines.join('\n')}\n`)) await once(stdout, 'drain');
}

const cellText = (value: string | number | null): string => (value === null ? '' : printable(String(value)));

/** One JSON document on stdout; the keys are documented in docs/json.md. */
export const printJson = (io: Pick<Io, 'out'>, value: unknown): void =>
  io.out(JSON.stringify(value, null, 2));
