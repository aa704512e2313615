import { expect, it } from 'vitest';
import { commandNames } from '../../src/cli.ts';
import { withoutHelpWord } from '../../src/commands/help-word.ts';

const asked = (line: string) => withoutHelpWord(line.split(' '), commandNames()).join(' ');

it.each([
  ['help', '--help'],
  ['help help', '--help'],
  ['help tick', 'tick --help'],
  ['help tick now', 'tick --help'],
  ['help campaign', 'campaign --help'],
  ['help prospect add', 'prospect add --help'],
  ['prospect help add', 'prospect add --help'],
  ['prospect help', 'prospect --help'],
  ['help prospect add --json', 'prospect add --help'],
  ['reply add help', 'reply add help'],
  ['explain help', 'explain help'],
])('hector %s is hector %s', (typed, meant) => expect(asked(typed)).toBe(meant));

it.each([
  ['help campain', "unknown command 'campain', did you mean campaign?"],
  ['help campaign shwo', "unknown command 'shwo', did you mean show?"],
  ['campaign help shwo', "unknown command 'shwo', did you mean show?"],
  ['help foo', "unknown command 'foo'"],
  ['help constructor', "unknown command 'constructor'"],
])('hector %s is refused', (typed, message) => {
  expect(() => asked(typed)).toThrow(expect.objectContaining({ message, exitCode: 2 }));
});
