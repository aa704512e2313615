import { expect, it } from 'vitest';
import { fitted, wrapped } from '../../src/io/wrap.ts';

it.each<[string, string, number, string[]]>([
  ['a short text', 'un deux', 40, ['un deux']],
  ['an empty text', '', 40, ['']],
  ['a long text at a blank', 'un deux trois quatre cinq', 20, ['un deux trois quatre', 'cinq']],
  [
    'no word in the middle',
    'https://exemple.example/une/adresse',
    20,
    ['https://exemple.example/une/adresse'],
  ],
  ['nothing at a no-break space', 'un deux trois quatre\u00a0?', 20, ['un deux trois', 'quatre\u00a0?']],
])('breaks %s', (_, text, width, expected) => expect(wrapped(text, width)).toEqual(expected));

it('indents each line', () => expect(wrapped('a b', 80, '  ')).toEqual(['  a b']));

it.each<[string, string, number, string]>([
  ['a short line', 'Next: hector status', 40, 'Next: hector status'],
  ['a line at a blank', 'Nothing was written or sent.', 20, 'Nothing was written\nor sent.'],
  [
    'nothing in a command',
    "Nothing is due. Next: hector campaign show 'PME Ouest' --limit 20",
    40,
    "Nothing is due. Next:\nhector campaign show 'PME Ouest' --limit 20",
  ],
  [
    'no command in the middle of a sentence',
    'A template stands in, and hector voice lint says why.',
    40,
    'A template stands in, and\nhector voice lint says why.',
  ],
  [
    'no command on a line of its own',
    "The same without a question:\n  hector campaign create X --days lun-ven --hours '9h-18h'",
    40,
    "The same without a question:\n  hector campaign create X --days lun-ven --hours '9h-18h'",
  ],
  ['a quoted text behind its bar', '  | un deux trois quatre cinq', 24, '  | un deux trois quatre\n  | cinq'],
  ['wide signs as two columns', '日本語日本語 日本語日本語', 20, '日本語日本語\n日本語日本語'],
  [
    'marks as none',
    'e\u0301te\u0301 e\u0301te\u0301 e\u0301te\u0301 e\u0301te\u0301 e\u0301te\u0301',
    20,
    'e\u0301te\u0301 e\u0301te\u0301 e\u0301te\u0301 e\u0301te\u0301 e\u0301te\u0301',
  ],
  [
    'a coloured line as what is seen of it',
    '\u001b[1mun deux trois\u001b[22m quatre',
    20,
    '\u001b[1mun deux trois\u001b[22m quatre',
  ],
  ['a line with its indent', '  un deux trois quatre cinq six', 22, '  un deux trois quatre\n  cinq six'],
])('fits %s', (_, text, width, expected) => expect(fitted(text, width)).toBe(expected));
