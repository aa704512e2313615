import type { Context } from '../../context.ts';
import type { Said, Task, TaskStore } from '../../engine/ports/tasks.ts';
import { printJson } from '../../io/table.ts';
import { taskNumber } from './confirm.ts';
import { personOf } from './print.ts';

/**
 * The same of each of these tasks, in their order. One that is not open keeps all from being settled.
 * @param what `cancelled`: LinkedIn texts that were taken back meanwhile are taken, too
 */
export async function eachTask(
  context: Context,
  numbers: readonly string[],
  { key, says, cancelled = false }: { key: string; says: string; cancelled?: boolean },
  act: (store: TaskStore, task: Task) => Promise<Said>,
): Promise<void> {
  const store = await context.stores.tasks();
  const tasks: Task[] = [];
  for (const number of numbers.map(taskNumber)) tasks.push(await store.find(number, cancelled));
  await oneByOne(
    tasks,
    async (task) => {
      await act(store, task);
      if (!context.json) context.io.out(`${says}: task ${task.messageId}, ${personOf(task)}`);
      return task.messageId;
    },
    (settled) => context.json && printJson(context.io, { [key]: settled }),
  );
}

/** What was done before one of them failed is told as well. */
export async function oneByOne<Item, Result>(
  items: readonly Item[],
  act: (item: Item) => Promise<Result>,
  tell: (results: Result[]) => void,
): Promise<void> {
  const results: Result[] = [];
  try {
    for (const item of items) results.push(await act(item));
  } catch (error) {
    if (results.length > 0) tell(results);
    throw error;
  }
  tell(results);
}
