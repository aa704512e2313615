import type { Context } from '../../context.ts';
import type { Said, Task, TaskStore } from '../../engine/ports/tasks.ts';
import { afterTouch, movesOn } from '../../engine/tick/advance.ts';
import { usageError } from '../../errors.ts';

/**
 * A person says that it went out. The next wait counts from the real touch: now for a pasted text, the call to the
 * provider for one of unknown fate.
 */
export async function confirmSent(
  context: Context,
  store: TaskStore,
  task: Task,
  body: string,
): Promise<Said> {
  const at = (task.state === 'uncertain' ? task.claimedAt : null) ?? context.now();
  const snapshot = await store.snapshot(task.enrolmentId);
  const advance = movesOn(snapshot.version.scenario, task.step, task.channel)
    ? afterTouch(snapshot, task.step, at, await context.dateRules(snapshot.campaign.mode))
    : null;
  return store.done(task, { body, advance, at });
}

/** Put off, a task comes last until the day of the workspace is over. */
export async function laterUntil(context: Context): Promise<number> {
  const [calendar, { timezone }] = await Promise.all([context.calendar(), context.config()]);
  return calendar.endOfDay(context.now(), timezone);
}

/** `12` or `#12`, as `task list` shows it. */
export function taskNumber(text: string): number {
  const match = /^#?(\d{1,15})$/.exec(text.trim());
  if (!match?.[1]) throw usageError(`"${text}" is no task number`, 'hector task list');
  return Number(match[1]);
}
