import { Readable, Writable } from 'node:stream';
import { expect, it } from 'vitest';
import { createIo } from '../../src/io.ts';

const sink = (isTTY: boolean) =>
  Object.assign(new Writable({ write: (_chunk, _encoding, done) => done() }), { isTTY });

it.each<[string, boolean, Record<string, string>, boolean, boolean]>([
  ['a terminal', true, {}, true, true],
  ['a pipe', false, {}, true, false],
  ['NO_COLOR', true, { NO_COLOR: '1' }, true, false],
  ['an empty NO_COLOR', true, { NO_COLOR: '' }, true, true],
  ['--no-color', true, {}, false, false],
  ['--no-color against FORCE_COLOR', true, { FORCE_COLOR: '1' }, false, false],
  ['FORCE_COLOR in a pipe', false, { FORCE_COLOR: '1' }, true, true],
  ['FORCE_COLOR=0', true, { FORCE_COLOR: '0' }, true, false],
  ['NO_COLOR against FORCE_COLOR', false, { FORCE_COLOR: '1', NO_COLOR: '1' }, true, false],
  ['TERM=dumb', true, { TERM: 'dumb' }, true, false],
])('%s', (_, terminal, env, color, colored) => {
  const io = createIo(
    { stdin: Readable.from([]), stdout: sink(terminal), stderr: sink(terminal) },
    { env, quiet: false, color },
  );
  expect(io.color.bold('x') !== 'x').toBe(colored);
});
