import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { ROOT } from './hector.ts';
import { hasTmux } from './terminal.ts';

it.skipIf(!hasTmux)(
  'docs/tour.md is what the program shows (skipped without tmux; npm run gen:tour writes it)',
  () => {
    const ran = spawnSync(process.execPath, ['scripts/tour.js', '--check'], { cwd: ROOT, encoding: 'utf8' });
    expect(ran).toMatchObject({ status: 0, stderr: '' });
  },
  90_000,
);
