import type { Context } from '../../context.ts';
import { hectorCommand, type OpenContext } from '../command.ts';
import { eachTask } from './each.ts';

export const command = (open: OpenContext) =>
  hectorCommand('not-found', {
    summary: 'there is no such LinkedIn profile',
    description:
      'Records that the profile of a task is not there. The step goes its other ways (fallback), or is passed over; no later step uses this profile, until the person has another one.',
    examples: ['hector task not-found 12'],
  })
    .argument('<task...>', 'numbers of hector task list')
    .action(async (tasks, options) => notFoundTasks(open(options), tasks));

export const notFoundTasks = (context: Context, numbers: readonly string[]): Promise<void> =>
  eachTask(context, numbers, { key: 'not_found', says: 'Profile not found' }, (store, task) =>
    store.notFound(task, context.now()),
  );
