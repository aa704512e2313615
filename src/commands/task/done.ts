import type { Context } from '../../context.ts';
import { hectorCommand, type OpenContext } from '../command.ts';
import { confirmSent } from './confirm.ts';
import { eachTask } from './each.ts';

export const command = (open: OpenContext) =>
  hectorCommand('done', {
    summary: 'it was sent',
    description:
      'Records that a task was done: the LinkedIn text was sent, or a message of unknown fate did go out. The next wait counts from now. A LinkedIn text that was taken back meanwhile, as by the end of its campaign, is recorded as well.',
    examples: ['hector task done 12', 'hector task done 12 13 14'],
  })
    .argument('<task...>', 'numbers of hector task list')
    .action(async (tasks, options) => doneTasks(open(options), tasks));

export const doneTasks = (context: Context, numbers: readonly string[]): Promise<void> =>
  eachTask(context, numbers, { key: 'done', says: 'Recorded as sent', cancelled: true }, (store, task) =>
    confirmSent(context, store, task, task.body),
  );
