import { join } from 'node:path';
import type { DatabaseDesk } from '../engine/ports/database.ts';
import type { Owner } from '../engine/ports/ticks.ts';
import { standingAt } from './backup/target.ts';
import { makeBackup, makeOwnBackup } from './backup.ts';
import { deleteOlder, ownBackups, restoreCommand } from './backup-files.ts';
import { healthOf } from './health.ts';
import { inspectBackup } from './restore/inspect.ts';
import { restoreBackup } from './restore.ts';

export interface DeskParts {
  file: string;
  /** The workspace's folder. */
  root: string;
  owner: Owner;
  clock(): number;
}

/** The database file as such; what is in it is the stores' business. */
export function createDatabaseDesk({ file, root, owner, clock }: DeskParts): DatabaseDesk {
  const folder = join(root, 'backups');
  return {
    file,
    folder,
    health: async (pages) => healthOf(file, pages),
    latestBackup: async () => ownBackups(folder)[0]?.at ?? null,
    cure: () => restoreCommand(file),
    standing: async (target) => standingAt(target, file),
    async backup({ target, replace, keep }, progress) {
      if (target !== null) return { ...(await makeBackup({ file, target, replace }, progress)), deleted: [] };
      const backup = await makeOwnBackup(file, { folder, at: clock() }, progress);
      return { ...backup, deleted: keep === null ? [] : deleteOlder(folder, keep, backup.file) };
    },
    inspect: async (source) => inspectBackup(source, file),
    restore: async (source) => restoreBackup(source, { file, folder, owner, now: clock() }),
  };
}
