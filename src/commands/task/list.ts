import type { Context } from '../../context.ts';
import type { Task } from '../../engine/ports/tasks.ts';
import { printJson, printTable } from '../../io/table.ts';
import { relative } from '../../io/time.ts';
import { hectorCommand, type OpenContext } from '../command.ts';
import { personOf, taskJson } from './print.ts';

export const command = (open: OpenContext) =>
  hectorCommand('list', {
    summary: 'all open tasks: LinkedIn texts, and messages that were perhaps sent',
    description:
      'Lists what waits for a person, oldest first and what was put off last: LinkedIn texts to paste, and messages of which nobody knows whether they went out.',
    examples: ['hector task list', 'hector task list --json'],
  })
    .option('--campaign <name>', 'only this campaign')
    .action(async (options) => listTasks(open(options), options.campaign ?? null));

export async function listTasks(context: Context, campaign: string | null): Promise<void> {
  const tasks = await (await context.stores.tasks()).list({ campaign, channel: null }, null);
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
}

function what({ state, channel, error, kind, laterAt }: Task, now: number): string {
  if (state === 'uncertain') return `perhaps sent by ${channel}: ${error}`;
  return laterAt !== null && laterAt > now ? `${kind}, put off` : kind;
}
