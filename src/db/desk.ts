import { join } from 'node:path';
import type { DatabaseDesk } from '../engine/ports/database.ts';
import type { Owner } from '../engine/ports/ticks.ts';
import { backupName, deleteOlder, makeBackup, ownBackups } from './backup.ts';
import { healthOf } from './health.ts';
import { inspectBackup, restoreBackup } from './restore.ts';

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
    async backup({ target, replace, keep }, progress) {
      const own = target ?? join(folder, backupName(clock()));
      const backup = await makeBackup({ file, target: own, replace }, progress);
      return { ...backup, deleted: keep === null ? [] : deleteOlder(folder, keep) };
    },
    inspect: async (source) => inspectBackup(source, file),
    restore: async (source) => restoreBackup(source, { file, folder, owner, now: clock() }),
  };
}
