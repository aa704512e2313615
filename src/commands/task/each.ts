import type { Context } from '../../context.ts';
import type { Task, TaskStore } from '../../engine/ports/tasks.ts';
import { printJson } from '../../io/table.ts';
import { taskNumber } from './confirm.ts';
import { personOf } from './print.ts';

/** The same of each of these tasks, in their order; the first that is not open ends it. */
export async function eachTask(
  context: Context,
  numbers: readonly string[],
  { key, says }: { key: string; says: string },
  act: (store: TaskStore, task: Task) => Promise<void>,
): Promise<void> {
  const store = await context.stores.tasks();
  const settled: number[] = [];
  for (const number of numbers.map(taskNumber)) {
    const task = await store.find(number);
    await act(store, task);
    settled.push(number);
    if (!context.json) context.io.out(`${says}: task ${number}, ${personOf(task)}`);
  }
  if (context.json) printJson(context.io, { [key]: settled });
}
