import { isUtf8 } from 'node:buffer';
import { failure, usageError } from '../errors.ts';
import type { Source } from './source.ts';

const ENCODINGS = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1252'] as const;
export type Encoding = (typeof ENCODINGS)[number];

export interface FoundEncoding {
  encoding: Encoding;
  /** Bytes of the byte order mark, to be skipped. */
  mark: number;
}

const HEAD_BYTES = 64 * 1024;
const SCAN_BYTES = 1024 * 1024;

/**
 * A byte order mark decides; else zero bytes in every other place mean UTF-16; else the whole file is read once
 * to see whether it is valid UTF-8, since the first accent may come in the last line. What is not is
 * Windows-1252, unless its accents are mostly UTF-8 and a few bytes are broken.
 * @throws UserError for an empty or binary file.
 */
export async function findEncoding(source: Source, wanted: Encoding | null): Promise<FoundEncoding> {
  const head = await source.read(0, HEAD_BYTES);
  const marked = byMark(head);
  if (head.length === (marked?.mark ?? 0))
    throw failure(`${source.name} is empty`, 'hector prospect import --help');
  if (wanted !== null) return { encoding: wanted, mark: marked?.encoding === wanted ? marked.mark : 0 };
  if (marked) return marked;
  refuseKnownFormats(head, source.name);
  const wide = byZeroBytes(head);
  if (wide) return { encoding: wide, mark: 0 };
  refuseBinary(head, source.name);
  return { encoding: await scan(source), mark: 0 };
}

/** The name of an encoding as people and programs write it. */
export function parseEncoding(text: string): Encoding {
  const name = text.toLowerCase().replace(/[^a-z0-9]/g, '');
  const found = ENCODINGS.find((encoding) => encoding.replace(/-/g, '') === name) ?? ALIASES.get(name);
  if (found) return found;
  throw usageError(
    `unknown encoding "${text}" (known: ${ENCODINGS.join(', ')})`,
    'hector prospect import --help',
  );
}

const ALIASES: ReadonlyMap<string, Encoding> = new Map([
  ['utf16', 'utf-16le'],
  ['cp1252', 'windows-1252'],
  ['latin1', 'windows-1252'],
  ['iso88591', 'windows-1252'],
  ['iso885915', 'windows-1252'],
  ['ansi', 'windows-1252'],
]);

function byMark(head: Buffer): FoundEncoding | null {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return { encoding: 'utf-8', mark: 3 };
  if (head[0] === 0xff && head[1] === 0xfe) return { encoding: 'utf-16le', mark: 2 };
  if (head[0] === 0xfe && head[1] === 0xff) return { encoding: 'utf-16be', mark: 2 };
  return null;
}

/** Western text in UTF-16 has a zero in nearly every high byte and in no low byte. */
function byZeroBytes(head: Buffer): 'utf-16le' | 'utf-16be' | null {
  const zeros = [0, 0];
  for (let index = 0; index < head.length; index += 1)
    if (head[index] === 0) zeros[index % 2] = (zeros[index % 2] ?? 0) + 1;
  const [even = 0, odd = 0] = zeros;
  const pairs = head.length / 2;
  if (odd > pairs * 0.6 && even < pairs * 0.02) return 'utf-16le';
  if (even > pairs * 0.6 && odd < pairs * 0.02) return 'utf-16be';
  return null;
}

function refuseKnownFormats(head: Buffer, name: string): void {
  const magic = head.toString('latin1', 0, 4);
  if (magic === 'PK\x03\x04' || magic === '\xd0\xcf\x11\xe0')
    throw failure(
      `${name} is a workbook or an archive, not a CSV file: save the sheet as CSV UTF-8 first`,
      'hector prospect import FILE.csv',
    );
  if (magic === '%PDF') throw failure(`${name} is a PDF, not a CSV file`, 'hector prospect import FILE.csv');
}

function refuseBinary(head: Buffer, name: string): void {
  let control = 0;
  for (const byte of head) if (byte < 9 || (byte > 13 && byte < 32)) control += 1;
  if (head.includes(0) || control > head.length / 10)
    throw failure(`${name} is not a text file: it holds binary data`, `file ${name}`);
}

async function scan(source: Source): Promise<'utf-8' | 'windows-1252'> {
  let position = 0;
  for (;;) {
    const chunk = await source.read(position, SCAN_BYTES);
    if (chunk.length === 0) return 'utf-8';
    const last = position + chunk.length >= source.size;
    const whole = last ? chunk : chunk.subarray(0, chunk.length - openSequence(chunk));
    if (!isUtf8(whole)) return weigh(source);
    position += whole.length;
  }
}

/** Bytes at the end that begin a character whose rest comes with the next chunk: 0 to 3. */
function openSequence(chunk: Buffer): number {
  for (let back = 1; back <= 3; back += 1) {
    const byte = chunk[chunk.length - back] ?? 0;
    if (byte < 0x80) return 0;
    if (byte >= 0xc0) return back < sequenceLength(byte) ? back : 0;
  }
  return 0;
}

const sequenceLength = (lead: number): number => (lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2);

/** Accents as UTF-8 sequences against bytes that cannot be UTF-8: two such letters in a row are rare in French. */
async function weigh(source: Source): Promise<'utf-8' | 'windows-1252'> {
  let sequences = 0;
  let strays = 0;
  for (let position = 0; ; ) {
    const chunk = await source.read(position, SCAN_BYTES);
    if (chunk.length === 0) return sequences > strays ? 'utf-8' : 'windows-1252';
    position += chunk.length;
    for (let index = 0; index < chunk.length; index += 1) {
      const byte = chunk[index] ?? 0;
      if (byte < 0x80) continue;
      const length = sequenceLength(byte);
      const valid = byte >= 0xc2 && byte < 0xf5 && isUtf8(chunk.subarray(index, index + length));
      if (valid) sequences += 1;
      else strays += 1;
      if (valid) index += length - 1;
    }
  }
}
