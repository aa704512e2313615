import { parse } from 'csv-parse/sync';

const DELIMITERS = [',', ';', '\t', '|'] as const;

export interface Layout {
  delimiter: string;
  recordDelimiters: string[];
  /** Where the header begins: bytes from the start of the text, and its line, from 1. */
  offset: number;
  line: number;
}

interface HeadRow {
  cells: string[];
  offset: number;
}

/** By what a header is told from the rows under it. */
export interface HeaderSigns {
  /** Whether a cell is the name of a column somebody would recognise. */
  known(cell: string): boolean;
  /** Whether a row can be no header, by its first cell; not said: any row can. */
  isRecord?(first: string): boolean;
}

const HEAD_ROWS = 40;

/**
 * Delimiter and header row from the first bytes of the text (UTF-8): the delimiter under which a row holds the
 * most known column names wins, then the one that cuts the rows most evenly. Lines before the header are skipped.
 * Where every row is plainly one of the list, the first is no header's, and none is skipped, whatever words it holds.
 */
export function findLayout(head: Buffer, wanted: string | null, signs: HeaderSigns): Layout {
  const stated = /^"?sep=(.)"?[ \t]*(?:\r\n|\n|\r)/i.exec(head.toString('utf8', 0, 32));
  const start = stated ? Buffer.byteLength(stated[0]) : 0;
  const recordDelimiters = head.includes(0x0a) ? ['\r\n', '\n'] : ['\r'];
  const delimiter = wanted ?? stated?.[1];
  const rated = (delimiter === undefined ? DELIMITERS : [delimiter]).map((candidate) => {
    const rows = headRows(head.subarray(start), candidate, recordDelimiters);
    return { delimiter: candidate, ...rate(rows, signs) };
  });
  const best = rated.reduce((left, right) => (right.score > left.score ? right : left));
  const offset = start + best.offset;
  return {
    delimiter: best.delimiter,
    recordDelimiters,
    offset,
    line: 1 + lineBreaks(head, offset, recordDelimiters),
  };
}

function headRows(head: Buffer, delimiter: string, recordDelimiters: string[]): HeadRow[] {
  const rows: HeadRow[] = [];
  let offset = 0;
  try {
    parse(head, {
      delimiter,
      record_delimiter: recordDelimiters,
      relax_column_count: true,
      relax_quotes: true,
      to: HEAD_ROWS,
      on_record: (cells: string[], info) => {
        rows.push({ cells, offset });
        offset = info.bytes;
        return null;
      },
    });
  } catch {
    // The head may end inside a quoted cell; the rows before it are enough here, the real reading will tell.
  }
  return rows;
}

function rate(rows: readonly HeadRow[], { known, isRecord }: HeaderSigns): { score: number; offset: number } {
  const filled = rows.filter(({ cells }) => cells.some((cell) => cell.trim()));
  const [first] = filled;
  if (first && isRecord && filled.every(({ cells }) => isRecord(cells[0] ?? '')))
    return { score: HEADLESS + evenness(rows, first), offset: first.offset };
  const counts = rows.map((row) => row.cells.filter(known).length);
  const most = Math.max(0, ...counts);
  // Two known names make a header; one may be a word of a note above it, unless no row has more.
  const named = counts.findIndex((count) => count >= Math.min(2, most) && count > 0);
  const header = rows[named] ?? rows[firstUsualRow(rows)];
  if (!header) return { score: 0, offset: 0 };
  return { score: (counts[named] ?? 0) * 1000 + evenness(rows, header), offset: header.offset };
}

/** More than any number of names. */
const HEADLESS = 1_000_000;

function evenness(rows: readonly HeadRow[], { cells }: HeadRow): number {
  return cells.length < 2 ? 0 : rows.filter((row) => row.cells.length === cells.length).length;
}

/** Where nothing is recognised: the first row as wide as most rows are. */
function firstUsualRow(rows: readonly HeadRow[]): number {
  const widths = new Map<number, number>();
  for (const { cells } of rows)
    if (cells.some((cell) => cell.trim())) widths.set(cells.length, (widths.get(cells.length) ?? 0) + 1);
  const usual = [...widths].sort((left, right) => right[1] - left[1] || right[0] - left[0])[0]?.[0];
  return rows.findIndex((row) => row.cells.length === usual && row.cells.some((cell) => cell.trim()));
}

function lineBreaks(head: Buffer, end: number, recordDelimiters: readonly string[]): number {
  const mark = recordDelimiters.includes('\n') ? 0x0a : 0x0d;
  let count = 0;
  for (let index = head.indexOf(mark); index !== -1 && index < end; index = head.indexOf(mark, index + 1))
    count += 1;
  return count;
}
