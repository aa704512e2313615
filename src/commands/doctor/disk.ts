import { statSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { shellWord } from '../../engine/shell-word.ts';
import { megabytes } from '../db/holdings.ts';
import { type Check, fail, ok, warn } from './check.ts';

const NAME = 'disk';
/** With less, a tick may send and not be able to record it. */
const LEAST_BYTES = 50_000_000;
const GIGABYTE = 1_000_000_000;
const ENOUGH_BYTES = 500_000_000;

/** Room for the database, and for a copy of it. */
export const disk: Check = {
  name: NAME,
  async look({ context }) {
    const { root, database } = context.workspace();
    const { bavail, bsize } = await statfs(root);
    const [free, size] = [bavail * bsize, statSync(database, { throwIfNoEntry: false })?.size ?? 0];
    const what = `${free < GIGABYTE ? megabytes(free) : `${Math.floor(free / GIGABYTE)} GB`} free`;
    if (free < LEAST_BYTES) return [fail(NAME, `only ${what}`, `df -h ${shellWord(root)}`)];
    if (free < Math.max(ENOUGH_BYTES, 3 * size))
      return [warn(NAME, `only ${what}`, `df -h ${shellWord(root)}`)];
    return [ok(NAME, what)];
  },
};
