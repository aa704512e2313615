import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it, vi } from 'vitest';
import { writePrivateFile } from '../../src/io/private-file.ts';

// As in a folder of many users, such as /tmp: what another one has put there cannot be removed.
vi.mock('node:fs/promises', async (original) => ({
  ...(await original<typeof import('node:fs/promises')>()),
  rm: () => Promise.reject(Object.assign(new Error('not yours'), { code: 'EPERM' })),
}));

const folder = mkdtempSync(join(tmpdir(), 'hector-private-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it.each(['the file of somebody', 'a file that is not there yet'])(
  'is never written through a link that lies in wait, to %s',
  async (victim) => {
    const target = join(folder, victim);
    if (victim.startsWith('the')) writeFileSync(target, 'theirs');
    const file = join(folder, `${victim}.csv`);
    symlinkSync(target, join(folder, `.${victim}.csv.${process.pid}.partial`));
    const written = writePrivateFile(file, async (out) => void out.write('ours'));
    await expect(written).rejects.toMatchObject({ code: 'EEXIST' });
    expect(existsSync(file)).toBe(false);
    expect(existsSync(target) && readFileSync(target, 'utf8')).toBe(
      victim.startsWith('the') ? 'theirs' : false,
    );
  },
);
