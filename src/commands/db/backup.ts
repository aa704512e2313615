import { resolve } from 'node:path';
import type { Context } from '../../context.ts';
import type { Standing } from '../../engine/ports/database.ts';
import { usageError } from '../../errors.ts';
import { createProgress } from '../../io/progress.ts';
import { printJson } from '../../io/table.ts';
import { isoOrNull } from '../../io/time.ts';
import { printable } from '../../io.ts';
import { hectorCommand, type OpenContext } from '../command.ts';
import { counted } from '../counted.ts';
import { positiveInteger } from '../positive-integer.ts';
import { contentsLine, holdingsLine, megabytes } from './holdings.ts';

export const command = (open: OpenContext) =>
  hectorCommand('backup', {
    summary: 'a whole copy of the database, while others work',
    description:
      'Copies the database while ticks and people go on, reads the copy back, and puts it into backups/ of the workspace, or where you say. It holds what the database holds, people included: keep it as safe.',
    examples: [
      'hector db backup',
      'hector db backup /mnt/safe/hector.db --yes',
      'hector db backup --keep 14   # of those in backups/, for a nightly line in a crontab',
    ],
  })
    .argument('[file]', 'where to (default: backups/hector-YYYYMMDD-HHMMSS.db, in UTC)')
    .option(
      '--keep <number>',
      'delete all but so many of those in backups/, the oldest first',
      positiveInteger,
    )
    .option('-y, --yes', 'replace a file that is there')
    .action(async (file, { keep, yes, ...common }) =>
      dbBackup(open(common), { file, keep: keep ?? null, yes: yes === true }),
    );

export interface BackupOptions {
  file: string | undefined;
  keep: number | null;
  yes: boolean;
}

export async function dbBackup(context: Context, options: BackupOptions): Promise<void> {
  const { file, keep, yes } = options;
  if (file !== undefined && keep !== null)
    throw usageError('--keep goes with the folder backups/, not with a file', 'hector db backup --keep 14');
  const desk = await context.database();
  const target = file === undefined ? null : resolve(context.cwd, file);
  const standing = target === null ? null : await desk.standing(target);
  if (standing !== null) context.io.note(printable(`There now:  ${contents(context, standing)}`));
  const asks = standing !== null && !yes && context.io.interactive && !context.json;
  if (asks && !(await context.prompter().confirm('Replace it?')))
    return context.io.note('Nothing was changed.');
  const progress = createProgress(context.io, 'Copying');
  const backup = await desk
    .backup({ target, replace: yes || asks, keep }, (done, of) => progress.at(done, of))
    .finally(() => progress.end());
  if (context.json) {
    const { file: copy, bytes, schema, latestAt, holdings, deleted } = backup;
    const facts = { file: copy, bytes, schema, latest_at: isoOrNull(latestAt), holdings, deleted };
    return printJson(context.io, facts);
  }
  context.io.whole(printable(backup.file));
  context.io.note(`Verified: ${megabytes(backup.bytes)}, ${holdingsLine(backup.holdings)}.`);
  if (backup.deleted.length === 0) return;
  context.io.note(`${counted(backup.deleted.length, 'older one')} deleted; ${keep} kept:`);
  for (const old of backup.deleted) context.io.note(`  ${printable(old)}`);
}

const contents = (context: Context, { holdings, latestAt }: Standing): string =>
  holdings === null
    ? 'nothing that can be read'
    : contentsLine({ holdings, latestAt }, { io: context.io, now: context.now() });
