import { once } from 'node:events';

export interface CsvColumn<Row> {
  header: string;
  value(row: Row): string | number | null;
}

export interface CsvOptions {
  /** For French Excel: `;`, UTF-8 with BOM, CRLF, decimal commas. Else `,`, UTF-8, LF, decimal points. */
  excelFr: boolean;
}

const CHUNK_ROWS = 500;

/**
 * Writes header and rows, streaming: memory does not grow with the rows, and a slow reader is waited for. Cells
 * that a spreadsheet would run are disarmed in both forms (see `disarmed`). `out` stays open.
 */
export async function printCsv<Row>(
  out: NodeJS.WritableStream,
  columns: readonly CsvColumn<Row>[],
  rows: Iterable<Row> | AsyncIterable<Row>,
  options: CsvOptions,
): Promise<void> {
  const { stringify } = await import('csv-stringify/sync');
  const format = {
    delimiter: options.excelFr ? ';' : ',',
    record_delimiter: options.excelFr ? '\r\n' : '\n',
    // A lone CR or LF inside a cell is quoted too, whatever ends a record.
    quote_record_delimiter: true,
  };
  const emit = async (records: string[][]): Promise<void> => {
    if (records.length > 0 && !out.write(stringify(records, format))) await once(out, 'drain');
  };
  if (options.excelFr) out.write('\ufeff');
  let chunk = [columns.map((column) => disarmed(column.header, options))];
  for await (const row of rows) {
    chunk.push(columns.map((column) => cellText(column.value(row), options)));
    if (chunk.length < CHUNK_ROWS) continue;
    await emit(chunk);
    chunk = [];
  }
  await emit(chunk);
}

function cellText(value: string | number | null, options: CsvOptions): string {
  if (value === null) return '';
  if (typeof value === 'string') return disarmed(value, options);
  return options.excelFr ? String(value).replace('.', ',') : String(value);
}

/** What makes a spreadsheet read a cell as a formula (OWASP, "CSV injection"), full-width forms included. */
const FORMULA_START = /^[=+\-@\t\r\n＝＋－＠]/;
const PLAIN_NUMBER = /^[+-]?\d{1,15}(?:[.,]\d{1,15})?$/;

/**
 * An apostrophe before what a spreadsheet would run. A signed number can do no harm and is left to be read by
 * programs (`-3`, `+33612345678`), except in the Excel form, where a phone would become 3,36E+10: it gets the
 * apostrophe too. `prospect import` takes such apostrophes off again.
 */
export function disarmed(text: string, options: CsvOptions): string {
  if (!FORMULA_START.test(text)) return text;
  const keep = PLAIN_NUMBER.test(text) && !(options.excelFr && /^\+\d{8}/.test(text));
  return keep ? text : `'${text}`;
}
