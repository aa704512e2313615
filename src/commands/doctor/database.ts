import { existsSync } from 'node:fs';
import type { Context } from '../../context.ts';
import type { DatabaseDesk, DatabaseHealth } from '../../engine/ports/database.ts';
import { shellWord } from '../../engine/shell-word.ts';
import { faultsOf } from '../db/check.ts';
import { holdingsLine, megabytes } from '../db/holdings.ts';
import { type Check, type CheckLine, fail, ok, settingFault, warn } from './check.ts';

const NAME = 'database';
const DAY_MS = 86_400_000;
/** Beyond it, reading every page takes longer than a doctor may. */
const LARGE_BYTES = 300_000_000;
const LARGE_LOG_BYTES = 64_000_000;
const OLD_BACKUP_DAYS = 7;

/** Whole, of this version, and backed up. */
export const database: Check = {
  name: NAME,
  async look({ context }) {
    const { database: file, root } = context.workspace();
    const desk = await context.database();
    if (!existsSync(file))
      return [settingFault(NAME, `${file} is missing`, desk.cure() ?? `hector init ${shellWord(root)}`)];
    const light = await desk.health('none');
    const large = light.bytes > LARGE_BYTES;
    const health = large ? light : await desk.health('quick');
    const faults = faultsOf(health);
    if (faults.length > 0) {
      const more = faults.length > 1 ? ` (and ${faults.length - 1} more)` : '';
      return [fail(NAME, `${file} is damaged: ${faults[0]}${more}`, desk.cure() ?? 'hector db check')];
    }
    return [whole(health, large), ...log(health), ...(await backups(context, desk, health))];
  },
};

function whole({ bytes, holdings }: DatabaseHealth, large: boolean): CheckLine {
  const what = `${megabytes(bytes)}, ${holdingsLine(holdings)}`;
  return ok(NAME, large ? `${what}; too large to be read through here: hector db check` : `whole: ${what}`);
}

/** SQLite folds the log back in by itself, unless somebody never stops reading. */
function log({ walBytes }: DatabaseHealth): CheckLine[] {
  if (walBytes <= LARGE_LOG_BYTES) return [];
  const what = `its log has grown to ${megabytes(walBytes)}: some program keeps it open`;
  return [warn(NAME, what, 'close what reads the database, then: hector db check')];
}

async function backups(
  context: Context,
  desk: DatabaseDesk,
  { holdings }: DatabaseHealth,
): Promise<CheckLine[]> {
  const latest = await desk.latestBackup();
  if (latest === null) {
    const what = `there is no backup in ${desk.folder}`;
    return holdings.campaigns > 0 ? [warn(NAME, what, 'hector db backup')] : [];
  }
  const days = Math.floor((context.now() - latest) / DAY_MS);
  const what = `the last backup is ${days < 1 ? 'of today' : `${days} day${days > 1 ? 's' : ''} old`}`;
  return [days > OLD_BACKUP_DAYS ? warn(NAME, what, 'hector db backup --keep 14') : ok(NAME, what)];
}
