import type { CsvList, CsvRecord } from '../engine/ports/imports.ts';
import { failure, usageError } from '../errors.ts';
import { decoder, utf8Chunks } from './decode.ts';
import { type FoundEncoding, findEncoding, parseEncoding } from './encoding.ts';
import { findLayout, type Layout } from './layout.ts';
import { Collector } from './records.ts';
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

const HEAD_BYTES = 64 * 1024;

/**
 * A batch becomes one transaction. Names and addresses come in no order, so that each transaction writes most
 * pages of each index again: with 1,000 rows that costs more than all the rest. More rows cost memory: what lives long is collected late.
 */
const BATCH_ROWS = 3_000;
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
