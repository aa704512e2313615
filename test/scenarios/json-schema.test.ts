import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { asset } from '../../src/assets.ts';
import { scenarioJsonSchema } from '../../src/scenarios/json-schema.ts';

it('the JSON schema for editors is that of the code (npm run gen writes it)', () => {
  expect(readFileSync(asset('scenarios', 'scenario.schema.json'), 'utf8')).toBe(scenarioJsonSchema());
});

it('the built-in scenarios name it in their first line', () => {
  const text = readFileSync(asset('scenarios', 'connexion-douce.yaml'), 'utf8');
  expect(text.split('\n')[0]).toBe('# yaml-language-server: $schema=./scenario.schema.json');
});
