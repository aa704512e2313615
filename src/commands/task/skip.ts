import type { Context } from '../../context.ts';
import { printJson } from '../../io/table.ts';
import { hectorCommand, type OpenContext } from '../command.ts';
import { taskNumber } from './confirm.ts';
import { personOf } from './print.ts';

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

export async function skipTasks(context: Context, numbers: readonly string[], reason: string): Promise<void> {
  const store = await context.stores.tasks();
  const skipped = [];
  for (const number of numbers.map(taskNumber)) {
    const task = await store.find(number);
    await store.skip(task, reason, context.now());
    skipped.push(number);
    if (!context.json) context.io.out(`Skipped: task ${number}, ${personOf(task)}`);
  }
  if (context.json) printJson(context.io, { skipped });
}
