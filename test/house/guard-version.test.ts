import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { guardVersion, VERSION_FILE } from '../../scripts/guard-version.ts';

it('the version of the guard is that of its source (npm run gen writes it)', () =>
  expect(readFileSync(VERSION_FILE, 'utf8')).toBe(guardVersion()));
