import type { Context } from '../../context.ts';
import { printJson } from '../../io/table.ts';
import { hectorCommand, type OpenContext } from '../command.ts';
import { taskNumber } from './confirm.ts';
import { oneByOne } from './each.ts';

export const command = (open: OpenContext) =>
  hectorCommand('undo', {
    summary: 'take back what was last said of a task',
    description:
      'Takes back what was last said of a task: done, skip, later, not-found, connected, accepted, or stopped in the session. All is as it was, and nothing of it counts. Refused where it has had consequences since: a tick has gone on, the person or a colleague has answered, the campaign has ended, another one has begun.',
    examples: ['hector task undo 12'],
  })
    .argument('<task...>', 'their numbers')
    .action(async (tasks, options) => undoTasks(open(options), tasks));

export async function undoTasks(context: Context, numbers: readonly string[]): Promise<void> {
  const store = await context.stores.tasks();
  await oneByOne(
    numbers.map(taskNumber),
    async (id) => {
      const { act } = await store.undo(id, context.now());
      if (!context.json) context.io.out(`Taken back: task ${id}, ${act.replace('_', ' ')}`);
      return { id, act };
    },
    (undone) => context.json && printJson(context.io, { undone }),
  );
}
