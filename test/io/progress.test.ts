import { Readable, Writable } from 'node:stream';
import { afterEach, expect, it, vi } from 'vitest';
import { createProgress, whileBusy, whileWaiting } from '../../src/io/progress.ts';
import { createIo } from '../../src/io.ts';

type Options = { columns?: number | null; quiet?: boolean; json?: boolean; term?: string; label?: string };

function progressOn({ columns = 80, quiet = false, json = false, term = 'xterm', label = 'Sent' }: Options) {
  let written = '';
  const stderr = new Writable({
    write(chunk: Buffer, _encoding, done) {
      written += chunk.toString();
      done();
    },
  });
  const io = createIo(
    {
      stdin: Readable.from([]),
      stdout: stderr,
      stderr: Object.assign(stderr, columns === null ? {} : { isTTY: true, columns }),
    },
    { env: { TERM: term }, quiet, json, color: false },
  );
  let now = 0;
  const progress = createProgress(io, label, () => now);
  const after = (ms: number): void => {
    now += ms;
  };
  return { io, progress, after, written: () => written };
}

afterEach(() => vi.useRealTimers());

const CLEAR = '\r\u001b[K';

it('says nothing of what is done at once, then rewrites one line, and takes it away', () => {
  const { progress, after, written } = progressOn({});
  progress.at(1);
  after(499);
  progress.at(2);
  expect(written()).toBe('');
  after(1);
  progress.at(3);
  progress.at(4);
  after(100);
  progress.at(50, 200, '$0.12');
  progress.end();
  progress.end();
  expect(written()).toBe(`${CLEAR}Sent: 3${CLEAR}Sent: 50 of 200 (25 %) · $0.12${CLEAR}`);
});

it.each<[string, Options]>([
  ['in a pipe', { columns: null }],
  ['with --quiet', { quiet: true }],
  ['with --json', { json: true }],
  ['on a terminal that can do nothing', { term: 'dumb' }],
])('says nothing %s', (_, options) => {
  const { progress, after, written } = progressOn(options);
  after(5_000);
  progress.at(1);
  progress.end();
  expect(written()).toBe('');
});

it('stays on one line, whatever the name of a file is', () => {
  const { progress, after, written } = progressOn({ columns: 20, label: '日本語\u001b[2J\n日本語日本語' });
  after(500);
  progress.at(1);
  expect(written()).toBe(`${CLEAR}日本語?[2J 日本語日`);
});

it('shows where it stands while one part of the work takes long', () => {
  vi.useFakeTimers();
  const { progress, written } = progressOn({});
  progress.at(0, 3);
  vi.advanceTimersByTime(500);
  progress.end();
  vi.advanceTimersByTime(5_000);
  expect(written()).toBe(`${CLEAR}Sent: 0 of 3 (0 %)${CLEAR}`);
});

it('counts the seconds of one call, and takes the line away', async () => {
  vi.useFakeTimers();
  const { io, written } = progressOn({});
  const answer = new Promise<string>((resolve) => setTimeout(resolve, 2_500, 'written'));
  const waited = whileWaiting(io, 'Claude is writing', answer);
  await vi.advanceTimersByTimeAsync(2_500);
  expect(await waited).toBe('written');
  expect(written()).toBe(`${CLEAR}Claude is writing: 1 s${CLEAR}Claude is writing: 2 s${CLEAR}`);
});

it('says nothing of a call that fails at once, or in a pipe', async () => {
  vi.useFakeTimers();
  const live = progressOn({});
  await expect(whileWaiting(live.io, 'Claude is writing', Promise.reject(new Error('no')))).rejects.toThrow(
    'no',
  );
  const piped = progressOn({ columns: null });
  const waited = whileWaiting(
    piped.io,
    'Claude is writing',
    new Promise((resolve) => setTimeout(resolve, 2_500)),
  );
  await vi.advanceTimersByTimeAsync(2_500);
  await waited;
  expect(live.written() + piped.written()).toBe('');
});

it('names what holds the program up before it begins, and takes the line away whatever happened', async () => {
  const { io, written } = progressOn({});
  let before = '';
  const work = () => {
    before = written();
    return Promise.reject(new Error('no'));
  };
  await expect(whileBusy(io, 'Erasing', work)).rejects.toThrow('no');
  expect([before, written()]).toEqual([`${CLEAR}Erasing …`, `${CLEAR}Erasing …${CLEAR}`]);
  expect(await whileBusy(progressOn({ columns: null }).io, 'Erasing', async () => 1)).toBe(1);
});
