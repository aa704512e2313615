import type { Context } from '../../context.ts';
import { printJson } from '../../io/table.ts';
import { hectorCommand, type OpenContext } from '../command.ts';
import { confirmSent, taskNumber } from './confirm.ts';
import { personOf } from './print.ts';

export const command = (open: OpenContext) =>
  hectorCommand('done', {
    summary: 'it was sent',
    description:
      'Records that a task was done: the LinkedIn text was sent, or a message of unknown fate did go out. The next wait counts from now.',
    examples: ['hector task done 12', 'hector task done 12 13 14'],
  })
    .argument('<task...>', 'numbers of hector task list')
    .action(async (tasks, options) => doneTasks(open(options), tasks));

export async function doneTasks(context: Context, numbers: readonly string[]): Promise<void> {
  const store = await context.stores.tasks();
  const done = [];
  for (const number of numbers.map(taskNumber)) {
    const task = await store.find(number);
    await confirmSent(context, store, task, task.body);
    done.push(number);
    if (!context.json) context.io.out(`Recorded as sent: task ${number}, ${personOf(task)}`);
  }
  if (context.json) printJson(context.io, { done });
}
