import type { Context } from '../../context.ts';
import type { Task } from '../../engine/ports/tasks.ts';
import { printJson, printTable } from '../../io/table.ts';
import { relative } from '../../io/time.ts';
import { hectorCommand, type OpenContext } from '../command.ts';
import { positiveInteger } from '../positive-integer.ts';
import { personOf, taskJson } from './print.ts';

export const command = (open: OpenContext) =>
  hectorCommand('list', {
    summary: 'all open tasks: LinkedIn texts, and messages that were perhaps sent',
    description:
      'Lists what waits for a person, oldest first and what was put off last: LinkedIn texts to paste, and messages of which nobody knows whether they went out. On a terminal the first 50, piped all of them.',
    examples: ['hector task list', 'hector task list --json'],
  })
    .option('--campaign <name>', 'only this campaign')
    .option('--limit <number>', 'at most this many', positiveInteger)
    .action(async (options) => listTasks(open(options), options.campaign ?? null, options.limit ?? null));

const TERMINAL_LIMIT = 50;

/** @param asked at most so many; null: 50 on a terminal, else all */
export async function listTasks(
  context: Context,
  campaign: string | null,
  asked: number | null = null,
): Promise<void> {
  const limit = asked ?? (context.io.terminal && !context.json ? TERMINAL_LIMIT : null);
  // One more tells whether there are more.
  const found = await (await context.stores.tasks()).list({ campaign, channel: null }, limit && limit + 1);
  const tasks = limit === null ? found : found.slice(0, limit);
  if (context.json) return printJson(context.io, tasks.map(taskJson));
  if (tasks.length === 0) return context.io.note('No open tasks. Next: hector status');
  const now = context.now();
  await printTable(
    context.io,
    [
      { header: 'Task', value: (task) => task.messageId, align: 'right' },
      { header: 'Person', whole: true, value: (task) => personOf(task) },
      { header: 'Company', drop: 3, value: (task) => task.prospect.company },
      {
        header: 'Campaign',
        drop: 1,
        value: (task) => (task.mode === 'rehearsal' ? `${task.campaign} (rehearsal)` : task.campaign),
      },
      {
        header: 'What',
        value: (task) => what(task, now),
      },
      {
        header: 'Since',
        whole: true,
        drop: 2,
        value: (task) =>
          context.io.terminal ? relative(task.createdAt, now) : new Date(task.createdAt).toISOString(),
      },
    ],
    tasks,
  );
  if (found.length > tasks.length)
    context.io.note(
      `There are more. Next: hector task list --limit ${tasks.length * 10}${context.io.terminal ? ', or pipe it' : ''}`,
    );
}

function what({ state, channel, error, kind, laterAt }: Task, now: number): string {
  if (state === 'uncertain') return `perhaps sent by ${channel}: ${error}`;
  return laterAt !== null && laterAt > now ? `${kind}, put off` : kind;
}
