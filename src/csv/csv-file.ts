import { CsvError, Parser } from 'csv-parse';
import type { CsvList, CsvRecord } from '../engine/ports/imports.ts';
import { failure, usageError } from '../errors.ts';
import { decoder, utf8Chunks } from './decode.ts';
import { type FoundEncoding, findEncoding, parseEncoding } from './encoding.ts';
import { findLayout, type Layout } from './layout.ts';
import { openSource, type Source } from './source.ts';

export interface CsvFileOptions {
  /** What a relative path starts from. */
  cwd: string;
  /** The bytes of `-`. */
  stdin: AsyncIterable<Buffer | string>;
  /** Null: found by itself. */
  encoding: string | null;
  delimiter: string | null;
  /** Whether a cell is the name of a column somebody would recognise. */
  known(cell: string): boolean;
}

/** No honest row is larger; a quote that is never closed would swallow the file. */
const ROW_LIMIT = 1024 * 1024;
const HEAD_BYTES = 64 * 1024;

/**
 * A batch becomes one transaction. Names and addresses come in no order, so that each transaction writes most
 * pages of each index again: with 1,000 rows that costs more than all the rest, with 10,000 little.
 */
const BATCH_ROWS = 4_000;
const BATCH_BYTES = 4 * 1024 * 1024;

/**
 * A CSV file or stdin (`-`) as header and records, whatever its encoding, delimiter and lines before the header.
 * Records are streamed: memory does not grow with the file.
 * @throws UserError when it cannot be read, is empty or binary, or holds a broken row (with its line).
 */
export async function openCsvFile(path: string, options: CsvFileOptions): Promise<CsvList> {
  const encoding = options.encoding === null ? null : parseEncoding(options.encoding);
  const delimiter = options.delimiter === null ? null : parseDelimiter(options.delimiter);
  const source = await openSource(path, options.cwd, options.stdin);
  try {
    const found = await findEncoding(source, encoding);
    const head = decoder(found.encoding)(await source.read(found.mark, HEAD_BYTES), false);
    const layout = findLayout(head, delimiter, options.known);
    return await readHeader(source, found, layout);
  } catch (error) {
    await source.close();
    throw error;
  }
}

function parseDelimiter(text: string): string {
  const named: Record<string, string> = { tab: '\t', '\\t': '\t', comma: ',', semicolon: ';', pipe: '|' };
  const delimiter = named[text.toLowerCase()] ?? text;
  if (delimiter.length === 1 && !/["\r\n\s]/.test(delimiter.replace('\t', ''))) return delimiter;
  throw usageError(
    `no delimiter: "${text}" (one character, or tab)`,
    'hector prospect import FILE --delimiter ";"',
  );
}

async function readHeader(source: Source, found: FoundEncoding, layout: Layout): Promise<CsvList> {
  let bytesRead = 0;
  const batches = records(source, found, layout, (bytes) => {
    bytesRead = bytes;
  });
  const first = await batches.next();
  const [header, ...rest] = first.done ? [] : first.value;
  if (!header || header.cells.every((cell) => cell.trim() === ''))
    throw failure(`${source.name} has no header row`, 'hector prospect import --help');
  return {
    name: source.name,
    pipe: source.pipe,
    encoding: found.encoding,
    delimiter: layout.delimiter,
    header: header.cells,
    size: source.size,
    bytesRead: () => bytesRead,
    async *records() {
      if (rest.length > 0) yield rest;
      yield* batches;
    },
    close: () => source.close(),
  };
}

/** Batches of records; `onBytes` is told how far the file is read. */
async function* records(
  source: Source,
  found: FoundEncoding,
  layout: Layout,
  onBytes: (bytes: number) => void,
): AsyncGenerator<CsvRecord[], void, void> {
  const collector = new Collector(source.name, layout);
  let skip = layout.offset;
  let taken = 0;
  for await (const chunk of utf8Chunks(source, found.encoding, found.mark)) {
    const skipped = Math.min(skip, chunk.length);
    skip -= skipped;
    await collector.write(chunk.subarray(skipped));
    onBytes(Math.min(source.size, collector.bytes + layout.offset));
    if (collector.waiting >= BATCH_ROWS || collector.bytes - taken >= BATCH_BYTES) {
      taken = collector.bytes;
      yield collector.take();
    }
  }
  await collector.end();
  const batch = collector.take();
  if (batch.length > 0) yield batch;
}

/** csv-parse with a callback for each record, which costs less than its stream of records. */
class Collector {
  bytes = 0;
  readonly #name: string;
  readonly #parser: Parser;
  readonly #unclosed: RegExp;
  /** Where the next record begins. */
  #line: number;
  #seenLines = 1;
  #batch: CsvRecord[] = [];

  constructor(name: string, layout: Layout) {
    this.#name = name;
    this.#line = layout.line;
    this.#unclosed = new RegExp(`^"[^]*[\\n\\r${layout.delimiter.replace(/[\\\]^|-]/g, '\\$&')}]"`);
    this.#parser = new Parser({
      delimiter: layout.delimiter,
      record_delimiter: layout.recordDelimiters,
      relax_column_count: true,
      relax_quotes: true,
      max_record_size: ROW_LIMIT,
      on_record: (cells: string[], info) => {
        this.#add(cells, info.lines);
        return null;
      },
    });
    // Each write reports its own failure; the stream's event would only end the program.
    this.#parser.on('error', () => undefined);
  }

  write(chunk: Buffer): Promise<void> {
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

  #settled(act: (done: (error?: Error | null) => void) => void): Promise<void> {
    return new Promise((resolve, reject) => {
      act((error) => (error ? reject(this.#explain(error)) : resolve()));
    });
  }

  /** `lines` of csv-parse counts CRLF inside a cell twice; it only tells that there is something to count. */
  #add(cells: string[], lines: number): void {
    const line = this.#line;
    if (lines > this.#seenLines + 1) this.#line += this.#breaksWithin(cells);
    this.#seenLines = lines;
    this.#line += 1;
    this.#batch.push({ line, cells });
  }

  #breaksWithin(cells: readonly string[]): number {
    let count = 0;
    for (const cell of cells) {
      const breaks = cell.match(/\r\n|\n|\r/g)?.length ?? 0;
      // The next opening quote closed this cell by mistake: csv-parse then keeps both quotes as text.
      if (breaks > 0 && this.#unclosed.test(cell)) throw new Unclosed();
      count += breaks;
    }
    return count;
  }

  #explain(error: Error): unknown {
    const next = `sed -n ${this.#line},${this.#line + 3}p ${this.#name}`;
    if (error instanceof Unclosed || (error instanceof CsvError && error.code === 'CSV_QUOTE_NOT_CLOSED'))
      return failure(`${this.#name}, line ${this.#line}: a quote opened in this row is never closed`, next);
    if (error instanceof CsvError && error.code === 'CSV_MAX_RECORD_SIZE')
      return failure(
        `${this.#name}, line ${this.#line}: a row of more than 1 MiB; perhaps a quote opened there is never closed`,
        `sed -n ${this.#line}p ${this.#name} | cut -c 1-200`,
      );
    return error;
  }
}

class Unclosed extends Error {}
