import type { Context } from '../../context.ts';
import { hectorCommand, type OpenContext } from '../command.ts';
import { laterUntil } from './confirm.ts';
import { eachTask } from './each.ts';

export const command = (open: OpenContext) =>
  hectorCommand('later', {
    summary: 'put it off: to the end of the queue for today',
    description:
      'Puts tasks at the end of the queue until the day is over. Nothing is lost: task list shows them, task next offers them after the others.',
    examples: ['hector task later 12', 'hector task later 12 13'],
  })
    .argument('<task...>', 'numbers of hector task list')
    .action(async (tasks, options) => putOffTasks(open(options), tasks));

export async function putOffTasks(context: Context, numbers: readonly string[]): Promise<void> {
  const until = await laterUntil(context);
  await eachTask(context, numbers, { key: 'later', says: 'Put off' }, (store, task) =>
    store.later(task, until),
  );
}
