import type { Context } from '../../context.ts';
import type { InstalledLine } from '../../engine/ports/cron.ts';
import { printJson } from '../../io/table.ts';
import { isoOrNull, relative } from '../../io/time.ts';
import { printable } from '../../io.ts';
import { hectorCommand, type OpenContext } from '../command.ts';
import { counted } from '../counted.ts';

export const command = (open: OpenContext) =>
  hectorCommand('show', {
    summary: 'the line in your crontab, and when it last ran',
    description:
      'Shows the line of this workspace in the crontab of this user, where its ticks are told, and the last tick of the run log.',
    examples: ['hector cron show', 'hector cron show --json'],
  }).action(async (options) => showCron(open(options)));

export async function showCron(context: Context): Promise<void> {
  const { io } = context;
  const cron = await context.cron();
  const installed = await cron.installed();
  const { lastTick } = await (await context.stores.status()).read(context.now());
  if (context.json) {
    const lines = (installed ?? []).map(({ every, ...line }) => ({ ...line, every_minutes: every }));
    const last_tick_at = isoOrNull(lastTick?.startedAt ?? null);
    return printJson(io, { crontab: installed !== null, lines, log: cron.log, last_tick_at });
  }
  for (const { line } of installed ?? []) io.whole(printable(line));
  io.note(standing(installed));
  if (installed !== null && installed.length > 0) io.note(`Told in ${cron.log}`);
  io.note(
    lastTick
      ? `Last tick: ${io.terminal ? relative(lastTick.startedAt, context.now()) : isoOrNull(lastTick.startedAt)}`
      : 'No tick has run yet.',
  );
}

function standing(installed: readonly InstalledLine[] | null): string {
  if (installed === null) return 'There is no crontab program in PATH. Next: hector cron install --systemd';
  const [first] = installed;
  if (!first) return 'Cron does not tick here yet. Next: hector cron install';
  if (installed.length > 1) return `${installed.length} lines for one workspace. Next: hector cron install`;
  if (!first.active) return 'The line is commented out. Next: hector cron install';
  return first.every === null ? 'Changed by hand.' : `Every ${counted(first.every, 'minute')}.`;
}
