import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { linesOf } from '../../../src/ai/claude/lines.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }));
afterEach(() => void vi.useRealTimers());

/** Comes piece by piece, every 40 ms, and then no more. */
const slowly = (...pieces: (string | Uint8Array)[]): ReadableStream<Uint8Array> =>
  new ReadableStream({
    async pull(controller) {
      await new Promise((resolve) => setTimeout(resolve, 40));
      const piece = pieces.shift();
      if (piece === undefined) controller.close();
      else controller.enqueue(typeof piece === 'string' ? new TextEncoder().encode(piece) : piece);
    },
  });

async function read(body: ReadableStream<Uint8Array>): Promise<string[]> {
  const lines: string[] = [];
  const reading = (async () => {
    for await (const line of linesOf(body, 100)) lines.push(line);
  })().catch((error: unknown) => lines.push(String(error)));
  await vi.advanceTimersByTimeAsync(2000);
  await reading;
  return lines;
}

const LATE = 'Error: no line in time';

it('a body may take long as long as its lines come in time', async () => {
  expect(await read(slowly('a\n', 'b\n', 'c\nd\n', 'e'))).toEqual(['a', 'b', 'c', 'd', 'e']);
});

it('a line that does not end in time ends it', async () => {
  expect(await read(slowly('a\n', '.', '.', '.', '\nb\n'))).toEqual(['a', LATE]);
});

it('blank lines are no lines', async () => {
  expect(await read(slowly('a\n', '\n', ' \n', '\r\n', 'b\n'))).toEqual(['a', LATE]);
});

it('a sign in two pieces is one sign', async () => {
  const bytes = new TextEncoder().encode('é\n');
  expect(await read(slowly(bytes.slice(0, 1), bytes.slice(1)))).toEqual(['é']);
});

it('nothing is left of a line that nobody reads, in one piece or in several', async () => {
  const long = 'x'.repeat(4 * 1024 * 1024 + 1);
  expect(await read(slowly(`a\n${long}`, 'y\nb\n', `${long}\nc`))).toEqual(['a', 'b', 'c']);
});
