import type { Encoding } from './encoding.ts';
import type { Source } from './source.ts';

const CHUNK_BYTES = 256 * 1024;

/** The source from `from` on as UTF-8 bytes; a byte that stands for nothing becomes U+FFFD. */
export async function* utf8Chunks(source: Source, encoding: Encoding, from: number): AsyncGenerator<Buffer> {
  const decode = decoder(encoding);
  for (let position = from; ; ) {
    const chunk = await source.read(position, CHUNK_BYTES);
    position += chunk.length;
    yield decode(chunk, chunk.length === 0);
    if (chunk.length === 0) return;
  }
}

/** Bytes in, UTF-8 bytes out; a character cut in two by a chunk's end is kept for the next. */
export function decoder(encoding: Encoding): (chunk: Buffer, end: boolean) => Buffer {
  if (encoding === 'utf-8') return (chunk) => chunk;
  if (encoding === 'windows-1252') return (chunk) => Buffer.from(windows1252(chunk));
  const text = new TextDecoder(encoding, { ignoreBOM: true });
  return (chunk, end) => Buffer.from(text.decode(chunk, { stream: !end }));
}

/** Not by TextDecoder: some Node versions read `windows-1252` as Latin-1 and lose `€`, `’` and `œ`. */
function windows1252(chunk: Buffer): string {
  return chunk.toString('latin1').replace(/[\x80-\x9f]/g, (char) => HIGH[char.charCodeAt(0) - 0x80] ?? char);
}

/** 0x80 to 0x9F (WHATWG Encoding, index windows-1252; the five unassigned bytes stay as they are). */
const HIGH = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ';
