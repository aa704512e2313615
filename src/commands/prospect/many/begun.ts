/** A stream whose first sign is known: '' for one that holds nothing but blanks. All of its bytes are still there. */
export interface Begun {
  sign: string;
  bytes: AsyncIterable<Buffer>;
}

/** Reads as far as the first sign that is no blank. */
export async function begun(stream: AsyncIterable<Buffer | string>): Promise<Begun> {
  const source = stream[Symbol.asyncIterator]();
  const read: Buffer[] = [];
  let sign = '';
  while (sign === '') {
    const next = await source.next();
    if (next.done) break;
    const chunk = Buffer.from(next.value);
    read.push(chunk);
    sign = chunk.toString('utf8').trim().charAt(0);
  }
  return { sign, bytes: allOf(read, source) };
}

async function* allOf(read: Buffer[], source: AsyncIterator<Buffer | string>): AsyncGenerator<Buffer> {
  yield* read;
  for (let next = await source.next(); !next.done; next = await source.next()) yield Buffer.from(next.value);
}
