import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { voiceSchema } from '../../../src/ai/voice/schema.ts';
import { tablesOf } from '../../docs/tables.ts';

const tables = tablesOf(readFileSync('docs/voice.md', 'utf8'));
const codes = (heading: string): string[] => (tables.get(heading) ?? []).map(({ code }) => code);

it('docs/voice.md explains each key, in the order of the file', () =>
  expect(codes('key')).toEqual(Object.keys(voiceSchema.shape)));

it('docs/voice.md explains each rule of lint, errors first', () => {
  const source = readFileSync('src/ai/voice/rule.ts', 'utf8');
  const rules = [...source.matchAll(/\| '([a-z-]+)'/g)].map(([, rule]) => rule);
  expect(rules.length).toBeGreaterThan(10);
  expect(codes('rule').sort()).toEqual(rules.sort());
});
