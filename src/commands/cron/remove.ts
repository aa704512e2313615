import type { Context } from '../../context.ts';
import { printJson } from '../../io/table.ts';
import { printable } from '../../io.ts';
import { hectorCommand, type OpenContext } from '../command.ts';

export const command = (open: OpenContext) =>
  hectorCommand('remove', {
    summary: 'take the line out of your crontab',
    description:
      'Takes the line of this workspace out of the crontab of this user and leaves all others as they are: nothing is written or sent any more until somebody ticks.',
    examples: ['hector cron remove'],
  }).action(async (options) => removeCron(open(options)));

export async function removeCron(context: Context): Promise<void> {
  const removed = await (await context.cron()).remove();
  if (context.json) return printJson(context.io, { removed: removed.length });
  for (const { line } of removed) context.io.whole(printable(line));
  context.io.note(
    removed.length === 0
      ? 'There was no line of this workspace; nothing was changed.'
      : 'The line is out of your crontab; the others are as they were.',
  );
}
