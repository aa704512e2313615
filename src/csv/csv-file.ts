import type { CsvList, CsvRecord } from '../engine/ports/imports.ts';
import { failure, usageError } from '../errors.ts';
import { decoded, decoder } from './decode.ts';
import { type Encoding, type FoundEncoding, findEncoding, parseEncoding } from './encoding.ts';
import { findLayout, type HeaderSigns, type Layout } from './layout.ts';
import { Rows } from './rows.ts';
import { openSource, type Source } from './source.ts';

export interface CsvFileOptions extends HeaderSigns {
  /** What a relative path starts from. */
  cwd: string;
  /** The bytes of `-`. */
  stdin: AsyncIterable<Buffer | string>;
  /** Null: found by itself. */
  encoding: string | null;
  delimiter: string | null;
}

const HEAD_BYTES = 64 * 1024;

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
    return await readList(source, { ...options, encoding, delimiter });
  } catch (error) {
    await source.close();
    throw error;
  }
}

/** The list that a source holds; it may be read as often as wanted, and stays open when that fails. */
export async function readList(
  source: Source,
  options: HeaderSigns & { encoding: Encoding | null; delimiter: string | null },
): Promise<CsvList> {
  const found = await findEncoding(source, options.encoding);
  const head = decoder(found.encoding)(await source.read(found.mark, HEAD_BYTES), false);
  const layout = findLayout(Buffer.from(head), options.delimiter, options);
  return readHeader(source, found, layout, head);
}

const NAMED_DELIMITERS: ReadonlyMap<string, string> = new Map([
  ['tab', '\t'],
  ['\\t', '\t'],
  ['comma', ','],
  ['semicolon', ';'],
  ['pipe', '|'],
]);

function parseDelimiter(text: string): string {
  const delimiter = NAMED_DELIMITERS.get(text.toLowerCase()) ?? text;
  if (delimiter.length === 1 && !/["\r\n\s]/.test(delimiter.replace('\t', ''))) return delimiter;
  throw usageError(
    `no delimiter: "${text}" (one character, or tab)`,
    'hector prospect import FILE --delimiter ";"',
  );
}

async function readHeader(
  source: Source,
  found: FoundEncoding,
  layout: Layout,
  head: string,
): Promise<CsvList> {
  let bytesRead = 0;
  const skip = Buffer.from(head).toString('utf8', 0, layout.offset).length;
  const batches = records(source, found, new Rows(source.name, layout), skip, (bytes) => {
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

/** Batches of records, without the first `skip` characters; `onBytes` is told how far the file is read. */
async function* records(
  source: Source,
  found: FoundEncoding,
  rows: Rows,
  skip: number,
  onBytes: (bytes: number) => void,
): AsyncGenerator<CsvRecord[], void, void> {
  let toSkip = skip;
  for await (const { text, position, last } of decoded(source, found.encoding, found.mark)) {
    rows.feed(text.slice(toSkip), last);
    toSkip = Math.max(0, toSkip - text.length);
    onBytes(position);
    if (rows.waiting > 0) yield rows.take();
  }
}
