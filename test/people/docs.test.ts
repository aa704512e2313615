import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { LEFT_OUT } from '../../src/engine/ports/campaigns.ts';
import { PEOPLE_PROBLEMS } from '../../src/engine/ports/people-changes.ts';
import { parseWhere } from '../../src/engine/where.ts';

const page = readFileSync('docs/prospects.md', 'utf8');

test('docs/prospects.md names every reason why something is not done with a person', () => {
  const own = Object.keys(PEOPLE_PROBLEMS).filter((code) => !Object.hasOwn(LEFT_OUT, code));
  expect([...page.matchAll(/^\| `(\w+)` \| /gm)].map(([, code]) => code)).toEqual(own);
});

test('and its filters can be typed', () => {
  const filters = [...page.matchAll(/--where '([^']+)'/g)].map(([, text]) => text ?? '');
  expect(filters.length).toBeGreaterThan(2);
  expect(filters.filter((text) => !parseWhere(text).ok)).toEqual([]);
});
