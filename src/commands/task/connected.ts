import type { Context } from '../../context.ts';
import { hectorCommand, type OpenContext } from '../command.ts';
import { eachTask } from './each.ts';

export const command = (open: OpenContext) =>
  hectorCommand('connected', {
    summary: 'a connection already: no invitation is needed',
    description:
      'Records that the person of a task is a connection already. The invitation is passed over, and whatever waits for its acceptance goes on with the next tick.',
    examples: ['hector task connected 12'],
  })
    .argument('<task...>', 'numbers of hector task list')
    .action(async (tasks, options) => connectedTasks(open(options), tasks));

export const connectedTasks = (context: Context, numbers: readonly string[]): Promise<void> =>
  eachTask(context, numbers, { key: 'connected', says: 'Connected already' }, (store, task) =>
    store.connected(task, context.now()),
  );
