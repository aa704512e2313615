import type { Context } from '../../context.ts';
import { printJson, printTable } from '../../io/table.ts';
import { relative } from '../../io/time.ts';
import { hectorCommand, type OpenContext } from '../command.ts';
import { personOf, taskJson } from './print.ts';

export const command = (open: OpenContext) =>
  hectorCommand('list', {
    summary: 'all open tasks: LinkedIn texts, and messages that were perhaps sent',
    description:
      'Lists what waits for a person, oldest first: LinkedIn texts to paste, and messages of which nobody knows whether they went out.',
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
      { header: 'Person', value: personOf },
      { header: 'Company', value: (task) => task.prospect.company },
      {
        header: 'Campaign',
        value: (task) => (task.mode === 'rehearsal' ? `${task.campaign} (rehearsal)` : task.campaign),
      },
      {
        header: 'What',
        value: (task) =>
          task.state === 'uncertain' ? `perhaps sent by ${task.channel}: ${task.error}` : task.kind,
      },
      {
        header: 'Since',
        value: (task) =>
          context.io.terminal ? relative(task.createdAt, now) : new Date(task.createdAt).toISOString(),
      },
    ],
    tasks,
  );
}
