import { readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { shellWord } from '../../engine/shell-word.ts';
import { counted } from '../counted.ts';
import { megabytes } from '../db/holdings.ts';
import { type Check, type CheckLine, warn } from './check.ts';

const NAME = 'leftovers';
const HOUR_MS = 3_600_000;
const OLD_COPY_DAYS = 30;

interface Found {
  path: string;
  bytes: number;
  /** Since it was last written. */
  age: number;
}

/** Whole copies of the database, with all of its people, that nobody counts as backups. */
export const leftovers: Check = {
  name: NAME,
  async look({ context }) {
    const { root, database } = context.workspace();
    const backups = join(root, 'backups');
    const at = context.now();
    const start = `.${basename(database)}-`;
    return [
      ...killed(
        'restore',
        matching(root, at, (name) => isOfRestore(name, basename(database))),
      ),
      ...killed(
        'backup',
        matching(backups, at, (name) => name.startsWith(start) && name.includes('.part')),
      ),
      ...before(
        matching(backups, at, (name) => /^before-restore-.*\.db$/.test(name)),
        backups,
      ),
    ];
  },
};

const isOfRestore = (name: string, database: string): boolean =>
  ['.restoring', '.salvaged'].some((end) => name.startsWith(`${database}${end}`));

function matching(folder: string, now: number, isMeant: (name: string) => boolean): Found[] {
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return [];
  return readdirSync(folder)
    .filter(isMeant)
    .sort()
    .flatMap((name) => {
      const path = join(folder, name);
      const stat = statSync(path, { throwIfNoEntry: false });
      return stat?.isFile() ? [{ path, bytes: stat.size, age: now - stat.mtimeMs }] : [];
    });
}

/** One that is at work writes all the time. */
const killed = (act: 'restore' | 'backup', found: readonly Found[]): CheckLine[] =>
  found
    .filter(({ age }) => age > HOUR_MS)
    .map(({ path, bytes }) =>
      warn(
        NAME,
        `${path} is left of a ${act} that was killed (${megabytes(bytes)})`,
        `rm ${shellWord(path)}`,
      ),
    );

/** What a restore could not take over is only there: a person says when it is needed no more. */
function before(found: readonly Found[], folder: string): CheckLine[] {
  const old = found.filter(({ age }) => age > OLD_COPY_DAYS * 24 * HOUR_MS);
  if (old.length === 0) return [];
  const bytes = old.reduce((sum, each) => sum + each.bytes, 0);
  const what = `${counted(old.length, 'database')} from before a restore, older than ${OLD_COPY_DAYS} days (${megabytes(bytes)}), in ${folder}: delete what nobody needs`;
  return [warn(NAME, what, `ls -l ${shellWord(folder)}`)];
}
