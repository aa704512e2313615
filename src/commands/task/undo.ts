import type { Context } from '../../context.ts';
import { printJson } from '../../io/table.ts';
import { hectorCommand, type OpenContext } from '../command.ts';
import { taskNumber } from './confirm.ts';

export const command = (open: OpenContext) =>
  hectorCommand('undo', {
    summary: 'take back what was last said of a task',
    description:
      'Takes back what was last said of a task: done, skip, later, not-found, connected, accepted, or stopped in the session. All is as it was, and nothing of it counts. Refused where it has had consequences since: a tick has gone on, or the person has answered.',
    examples: ['hector task undo 12'],
  })
    .argument('<task...>', 'their numbers')
    .action(async (tasks, options) => undoTasks(open(options), tasks));

export async function undoTasks(context: Context, numbers: readonly string[]): Promise<void> {
  const store = await context.stores.tasks();
  const undone = [];
  for (const number of numbers.map(taskNumber)) {
    const { act } = await store.undo(number, context.now());
    undone.push({ id: number, act });
    if (!context.json) context.io.out(`Taken back: task ${number}, ${act.replace('_', ' ')}`);
  }
  if (context.json) printJson(context.io, { undone });
}
