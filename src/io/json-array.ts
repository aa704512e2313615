import { once } from 'node:events';

/** A JSON array, written as its items come: memory does not grow with them, and a slow reader is waited for. */
export async function printJsonArray(
  out: NodeJS.WritableStream,
  items: Iterable<unknown> | AsyncIterable<unknown>,
): Promise<void> {
  let before = '[\n';
  for await (const item of items) {
    if (!out.write(`${before}${JSON.stringify(item)}`)) await once(out, 'drain');
    before = ',\n';
  }
  out.write(before === '[\n' ? '[]\n' : '\n]\n');
}
