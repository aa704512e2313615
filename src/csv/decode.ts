import type { Encoding } from './encoding.ts';
import type { Source } from './source.ts';

/** Small enough for its text to be collected young: large strings pile up until a full collection. */
const CHUNK_BYTES = 32 * 1024;

export interface Piece {
  text: string;
  /** Bytes read so far. */
  position: number;
  last: boolean;
}

/** The source from `from` on as text; a byte that stands for nothing becomes U+FFFD. */
export async function* decoded(source: Source, encoding: Encoding, from: number): AsyncGenerator<Piece> {
  const decode = decoder(encoding);
  for (let position = from; ; ) {
    const chunk = await source.read(position, CHUNK_BYTES);
    const last = chunk.length === 0;
    position += chunk.length;
    yield { text: decode(chunk, last), position, last };
    if (last) return;
  }
}

/** A character cut in two by a chunk's end is kept for the next. */
export function decoder(encoding: Encoding): (chunk: Buffer, last: boolean) => string {
  if (encoding === 'windows-1252') return windows1252;
  const text = new TextDecoder(encoding, { ignoreBOM: true });
  return (chunk, last) => text.decode(chunk, { stream: !last });
}

/** Not by TextDecoder: some Node versions read `windows-1252` as Latin-1 and lose `€`, `’` and `œ`. */
const windows1252 = (chunk: Buffer): string =>
  chunk.toString('latin1').replace(/[\x80-\x9f]/g, (char) => HIGH[char.charCodeAt(0) - 0x80] ?? char);

/** 0x80 to 0x9F (WHATWG Encoding, index windows-1252; the five unassigned bytes stay as they are). */
const HIGH = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ';
