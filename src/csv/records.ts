import { CsvError, type Options, Parser } from 'csv-parse';
import { parse } from 'csv-parse/sync';
import type { CsvRecord } from '../engine/ports/imports.ts';
import { failure, type UserError } from '../errors.ts';
import type { Layout } from './layout.ts';

/** No honest row is larger; a quote that is never closed would swallow the file. */
const ROW_LIMIT = 1024 * 1024;

/**
 * csv-parse with a callback for each record: its stream of records costs more, and so does its own callback, which
 * is given two new objects with each.
 */
class Rows extends Parser {
  readonly #add: (cells: string[], lines: number) => void;

  constructor(add: (cells: string[], lines: number) => void, options: Options) {
    super(options);
    this.#add = add;
  }

  override push(record: string[] | null): boolean {
    if (record === null) return super.push(null);
    this.#add(record, this.info.lines);
    return true;
  }
}

/** Collects the records of one file, and knows their lines. */
export class Collector {
  bytes = 0;
  readonly #name: string;
  readonly #parser: Rows;
  readonly #layout: Layout;
  /** Where the next record begins. */
  #line: number;
  #seenLines = 0;
  /** Where a quote opened that the next one closed by mistake. */
  #unclosedAt: number | null = null;
  #batch: CsvRecord[] = [];
  /** The last two chunks, and where the row being read begins, in bytes from the header. */
  #recent: [Buffer, Buffer] = [Buffer.alloc(0), Buffer.alloc(0)];
  #begin = 0;

  constructor(name: string, layout: Layout) {
    this.#name = name;
    this.#line = layout.line;
    this.#layout = layout;
    this.#parser = new Rows((cells, lines) => this.#add(cells, lines), {
      delimiter: layout.delimiter,
      record_delimiter: layout.recordDelimiters,
      relax_column_count: true,
      relax_quotes: true,
      max_record_size: ROW_LIMIT,
    });
    // Each write reports its own failure; the stream's event would only end the program.
    this.#parser.on('error', () => undefined);
  }

  write(chunk: Buffer): Promise<void> {
    this.#recent = [this.#recent[1], chunk];
    this.bytes += chunk.length;
    return this.#settled((done) => void this.#parser.write(chunk, done));
  }

  end(): Promise<void> {
    this.#parser.resume();
    return this.#settled((done) => void this.#parser.end(done));
  }

  get waiting(): number {
    return this.#batch.length;
  }

  take(): CsvRecord[] {
    const batch = this.#batch;
    this.#batch = [];
    return batch;
  }

  async #settled(act: (done: (error?: Error | null) => void) => void): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      act((error) => (error ? reject(this.#explain(error)) : resolve()));
    });
    if (this.#unclosedAt !== null) throw this.#neverClosed(this.#unclosedAt);
  }

  /** `lines` of csv-parse counts CRLF inside a cell twice; it only tells that there is something to count. */
  #add(cells: string[], lines: number): void {
    const line = this.#line;
    if (lines > this.#seenLines + 1) this.#line += this.#breaksWithin(cells);
    this.#seenLines = lines;
    this.#line += 1;
    this.#begin = this.#parser.info.bytes;
    this.#batch.push({ line, cells });
  }

  #breaksWithin(cells: readonly string[]): number {
    let count = 0;
    for (const cell of cells) {
      const breaks = cell.match(/\r\n|\n|\r/g)?.length ?? 0;
      // Where the next opening quote closed a cell by mistake, csv-parse keeps both quotes as text.
      if (breaks > 0 && cell.startsWith('"') && !this.#strictlyReadable()) this.#unclosedAt ??= this.#line;
      count += breaks;
    }
    return count;
  }

  /** The row just read once more, without indulgence for text behind a closing quote. */
  #strictlyReadable(): boolean {
    const recent = Buffer.concat(this.#recent);
    const start = this.bytes - recent.length;
    const row = recent.subarray(Math.max(0, this.#begin - start), this.#parser.info.bytes - start);
    const { delimiter, recordDelimiters } = this.#layout;
    try {
      parse(row, { delimiter, record_delimiter: recordDelimiters });
      return true;
    } catch (error) {
      return !(error instanceof CsvError && error.code === 'CSV_INVALID_CLOSING_QUOTE');
    }
  }

  #explain(error: Error): unknown {
    if (!(error instanceof CsvError)) return error;
    if (error.code === 'CSV_QUOTE_NOT_CLOSED') return this.#neverClosed(this.#line);
    if (error.code !== 'CSV_MAX_RECORD_SIZE') return error;
    return failure(
      `${this.#name}, line ${this.#line}: a row of more than 1 MiB; perhaps a quote opened there is never closed`,
      `sed -n ${this.#line}p ${this.#name} | cut -c 1-200`,
    );
  }

  #neverClosed(line: number): UserError {
    const message = `${this.#name}, line ${line}: a quote opened in this row is never closed`;
    return failure(message, `sed -n ${line},${line + 3}p ${this.#name}`);
  }
}
