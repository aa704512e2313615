import { expect, it } from 'vitest';
import { wrapped } from '../../src/io/wrap.ts';

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
