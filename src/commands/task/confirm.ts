import type { Context } from '../../context.ts';
import { afterTouch, movesOn } from '../../engine/advance.ts';
import type { Task, TaskStore } from '../../engine/ports/tasks.ts';
import { usageError } from '../../errors.ts';

/** The person says that it went out, now: the next wait counts from this moment. */
export async function confirmSent(
  context: Context,
  store: TaskStore,
  task: Task,
  body: string,
): Promise<void> {
  const at = context.now();
  const [snapshot, calendar, { country }] = await Promise.all([
    store.snapshot(task.enrolmentId),
    context.calendar(),
    context.config(),
  ]);
  const advance = movesOn(snapshot.version.scenario, task.step, task.channel)
    ? afterTouch(snapshot, task.step, at, { calendar, country })
    : null;
  await store.done(task, { body, advance, at });
}

/** `12` or `#12`, as `task list` shows it. */
export function taskNumber(text: string): number {
  const match = /^#?(\d{1,15})$/.exec(text.trim());
  if (!match?.[1]) throw usageError(`"${text}" is no task number`, 'hector task list');
  return Number(match[1]);
}
