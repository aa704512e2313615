import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';

const page = readFileSync('docs/dependencies.md', 'utf8');
const rows = [...page.matchAll(/^\| `([^`]+)` \| (.*?) \|/gm)].map(([, name = '', cell = '']) => ({
  name,
  cell,
}));
const manifest = z.object({
  version: z.string(),
  license: z.string(),
  dependencies: z.record(z.string(), z.string()).default({}),
});
const read = (...path: string[]) =>
  manifest.parse(JSON.parse(readFileSync(join(...path, 'package.json'), 'utf8')));
const named = Object.keys(read('.').dependencies).sort();

it('each table has each library of package.json once, and no other', () => {
  expect(rows.map(({ name }) => name)).toEqual([...named, ...named]);
});

describe('the versions and licences are those that are installed', () => {
  it.each(named)('%s', (name) => {
    const installed = read('node_modules', ...name.split('/'));
    const cell = rows.find((row) => row.name === name)?.cell ?? '';
    expect(cell.startsWith(`${installed.version}, `), `${cell}: ${installed.version} is installed`).toBe(
      true,
    );
    for (const licence of installed.license.replace(/[()]/g, '').split(' AND '))
      expect(cell).toContain(licence);
  });
});
