import { CsvError } from 'csv-parse';
import { parse } from 'csv-parse/sync';
import type { CsvRecord } from '../engine/ports/imports.ts';
import { failure, type UserError } from '../errors.ts';
import type { Layout } from './layout.ts';

/** Characters. No honest row is larger; a quote that is never closed would swallow the file. */
const ROW_LIMIT = 1024 * 1024;

/**
 * Text in, rows out. A row that stands on one line with its quotes in order is cut here, which is several times as
 * fast as csv-parse; rows of several lines and odd quotes are left to it.
 */
export class Rows {
  readonly #name: string;
  readonly #layout: Layout;
  readonly #lineEnd: '\n' | '\r';
  /** Where the next row begins. */
  #line: number;
  #rest = '';
  #rows: CsvRecord[] = [];

  constructor(name: string, layout: Layout) {
    this.#name = name;
    this.#layout = layout;
    this.#line = layout.line;
    this.#lineEnd = layout.recordDelimiters.includes('\n') ? '\n' : '\r';
  }

  get waiting(): number {
    return this.#rows.length;
  }

  take(): CsvRecord[] {
    const rows = this.#rows;
    this.#rows = [];
    return rows;
  }

  /** @throws UserError with the line of a row that cannot be read */
  feed(piece: string, last: boolean): void {
    const text = this.#rest + piece;
    let quote = text.indexOf('"');
    let start = 0;
    while (start < text.length) {
      const end = this.#endOfLine(text, start, last);
      if (end === -1) break;
      if (quote !== -1 && quote < start) quote = text.indexOf('"', start);
      const line = text.slice(start, this.#endOfText(text, start, end));
      const cells =
        quote === -1 || quote >= end
          ? line.split(this.#layout.delimiter)
          : cutQuoted(line, this.#layout.delimiter);
      if (cells) {
        this.#add(cells);
        start = end + 1;
        continue;
      }
      const stop = this.#endOfBlock(text, start, end, last);
      if (stop === -1) break;
      start += this.#parse(text.slice(start, stop + 1), last && stop + 1 >= text.length);
    }
    this.#rest = text.slice(start);
    if (this.#rest.length > ROW_LIMIT) throw this.#tooLarge();
  }

  /** Of the last line, whether or not it ends in a line end; -1 when more must come. */
  #endOfLine(text: string, from: number, last: boolean): number {
    const end = text.indexOf(this.#lineEnd, from);
    return end === -1 && last ? text.length : end;
  }

  #endOfText(text: string, start: number, end: number): number {
    return this.#lineEnd === '\n' && end > start && text.charCodeAt(end - 1) === 13 ? end - 1 : end;
  }

  /**
   * The end of the first line after which as many quotes were opened as closed. A quote in a cell that is not quoted
   * makes the count odd for good: at the limit csv-parse gets what there is, and can tell.
   */
  #endOfBlock(text: string, start: number, firstEnd: number, last: boolean): number {
    let quotes = 0;
    let [from, end] = [start, firstEnd];
    for (;;) {
      quotes += countQuotes(text, from, end);
      if (quotes % 2 === 0 || end - start > ROW_LIMIT) return end;
      const next = end + 1 < text.length ? this.#endOfLine(text, end + 1, last) : -1;
      if (next === -1) return last ? end : -1;
      [from, end] = [end + 1, next];
    }
  }

  /** How many characters of the block were rows: all, unless it was cut inside one. */
  #parse(block: string, last: boolean): number {
    const { delimiter, recordDelimiters } = this.#layout;
    const lines = this.#line;
    let bytes = 0;
    try {
      parse(block, {
        delimiter,
        record_delimiter: recordDelimiters,
        relax_column_count: true,
        relax_quotes: true,
        on_record: (cells: string[], info) => {
          this.#addQuoted(cells, block);
          bytes = info.bytes;
          return null;
        },
      });
      return block.length;
    } catch (error) {
      if (!(error instanceof CsvError && error.code === 'CSV_QUOTE_NOT_CLOSED')) throw error;
      if (last) throw this.#neverClosed();
      if (this.#line === lines) throw this.#tooLarge();
      return Buffer.from(block).toString('utf8', 0, bytes).length;
    }
  }

  #add(cells: string[]): void {
    this.#rows.push({ line: this.#line, cells });
    this.#line += 1;
  }

  #addQuoted(cells: string[], block: string): void {
    let breaks = 0;
    for (const cell of cells) {
      const inCell = cell.match(/\r\n|\n|\r/g)?.length ?? 0;
      // Where the next opening quote closed a cell by mistake, csv-parse keeps both quotes as text.
      if (inCell > 0 && cell.startsWith('"') && !this.#strictlyReadable(block)) throw this.#neverClosed();
      breaks += inCell;
    }
    this.#add(cells);
    this.#line += breaks;
  }

  /** Once more, without indulgence for text behind a closing quote. */
  #strictlyReadable(block: string): boolean {
    const { delimiter, recordDelimiters } = this.#layout;
    try {
      parse(block, { delimiter, record_delimiter: recordDelimiters, relax_column_count: true });
      return true;
    } catch (error) {
      return !(error instanceof CsvError && error.code === 'CSV_INVALID_CLOSING_QUOTE');
    }
  }

  #tooLarge(): UserError {
    return failure(
      `${this.#name}, line ${this.#line}: a row of more than 1 MiB; perhaps a quote opened there is never closed`,
      `sed -n ${this.#line}p ${this.#name} | cut -c 1-200`,
    );
  }

  #neverClosed(): UserError {
    return failure(
      `${this.#name}, line ${this.#line}: a quote opened in this row is never closed`,
      `sed -n ${this.#line},${this.#line + 3}p ${this.#name}`,
    );
  }
}

/** The cells of a line whose quotes are in order; null for any other. */
function cutQuoted(line: string, delimiter: string): string[] | null {
  const cells: string[] = [];
  for (let start = 0; ; ) {
    const quoted = line.startsWith('"', start);
    const end = quoted ? closingQuote(line, start) + 1 : line.indexOf(delimiter, start);
    const stop = end === -1 ? line.length : end;
    const cell = quoted ? line.slice(start + 1, stop - 1) : line.slice(start, stop);
    if (end === 0 || (stop < line.length && line[stop] !== delimiter)) return null;
    if (!cell.includes('"')) cells.push(cell);
    else if (quoted) cells.push(cell.replaceAll('""', '"'));
    else return null;
    if (stop === line.length) return cells;
    start = stop + 1;
  }
}

/** -1 when the cell goes on in the next line. */
function closingQuote(line: string, opening: number): number {
  let quote = line.indexOf('"', opening + 1);
  while (quote !== -1 && line[quote + 1] === '"') quote = line.indexOf('"', quote + 2);
  return quote;
}

function countQuotes(text: string, from: number, to: number): number {
  let count = 0;
  for (let index = text.indexOf('"', from); index !== -1 && index < to; index = text.indexOf('"', index + 1))
    count += 1;
  return count;
}
