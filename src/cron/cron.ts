import { join } from 'node:path';
import type { Cron } from '../engine/ports/cron.ts';
import { failure } from '../errors.ts';
import { linesOf, withLine, withoutLine } from './crontab.ts';
import { type Job, LOG, lineOf } from './line.ts';
import { type Crontab, findCrontab } from './program.ts';
import { parseEvery } from './schedule.ts';
import { unitsOf } from './systemd.ts';

/** The crontab of this user by the program in PATH of `env`, for one workspace. */
export function createCron(where: Omit<Job, 'every'>, env: Record<string, string | undefined>): Cron {
  const { workspace } = where;
  const program = findCrontab(env);
  const line = (every: number): string => lineOf({ ...where, every });
  return {
    log: join(workspace, LOG),
    parseEvery,
    line,
    units: (every) => unitsOf({ ...where, every }),
    async installed() {
      return program && linesOf(await program.read(), workspace);
    },
    async install(every) {
      const { before, write } = await standing(program);
      const after = withLine(before, workspace, line(every));
      if (after === before) return 'present';
      await write(after);
      return linesOf(before, workspace).length > 0 ? 'replaced' : 'added';
    },
    async remove() {
      const { before, write } = await standing(program);
      const found = linesOf(before, workspace);
      if (found.length > 0) await write(withoutLine(before, workspace));
      return found;
    },
  };
}

/** @throws UserError where there is no crontab, or it cannot be read: nothing is then written */
async function standing(program: Crontab | null): Promise<{ before: string; write: Crontab['write'] }> {
  if (program === null)
    throw failure(
      'there is no crontab program in PATH: install cron, or use a systemd timer',
      'hector cron install --systemd',
    );
  return { before: await program.read(), write: (text) => program.write(text) };
}
