import { expect, it } from 'vitest';
import { errorLine } from '../../src/io/error-line.ts';
import { testContext } from '../context.ts';

const SENTENCE = 'Nothing was written, and nothing was sent to anybody.';

it('breaks a sentence on a terminal, and nothing that is copied or laid out', () => {
  const { context, stdout } = testContext({ columns: 30 });
  context.io.out(SENTENCE);
  context.io.whole(SENTENCE);
  expect(stdout()).toBe(`Nothing was written, and\nnothing was sent to anybody.\n${SENTENCE}\n`);
});

it.each([
  ['in a pipe', {}],
  ['with --json', { columns: 30, json: true }],
])('breaks nothing %s', (_, where) => {
  const { context, stdout } = testContext(where);
  context.io.out(SENTENCE);
  expect(stdout()).toBe(`${SENTENCE}\n`);
});

it('breaks an error on a terminal, and never what is to be typed', () => {
  const { context } = testContext({ columns: 40 });
  const said = 'hector: this would delete 33 people (12 contacted): say --yes. Try:';
  const next = 'systemctl --user status hector-a-long-name.timer';
  expect(errorLine(context.io.stderr, said, next)).toBe(
    `hector: this would delete 33 people (12\ncontacted): say --yes. Try:\n${next}`,
  );
  expect(errorLine(testContext().context.io.stderr, said, next)).toBe(`${said} ${next}`);
});

it('lets nothing of a file act on the terminal', () => {
  const { context } = testContext({ columns: 80 });
  expect(errorLine(context.io.stderr, 'no "a\u001b[2J\nb"', 'hector "\u0007"')).toBe(
    'no "a?[2J b" hector "?"',
  );
});
