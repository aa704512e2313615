import type { Context } from '../../context.ts';
import { hectorCommand, type OpenContext } from '../command.ts';
import { eachTask } from './each.ts';

export const command = (open: OpenContext) =>
  hectorCommand('skip', {
    summary: 'it was not sent and will not be; go on with the next step',
    description: 'Passes over the step of a task. The person goes on with the next step.',
    examples: ["hector task skip 12 --reason 'profile not found'"],
  })
    .argument('<task...>', 'numbers of hector task list')
    .option('--reason <text>', 'kept in the history')
    .action(async (tasks, options) =>
      skipTasks(open(options), tasks, options.reason ?? 'skipped by the operator'),
    );

export const skipTasks = (context: Context, numbers: readonly string[], reason: string): Promise<void> =>
  eachTask(context, numbers, { key: 'skipped', says: 'Skipped' }, (store, task) =>
    store.skip(task, reason, context.now()),
  );
