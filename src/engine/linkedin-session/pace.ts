const MINUTE_MS = 60_000;

/** What a task takes while little is known: a look at the profile, the text, the paste. */
const USUAL_MS = 1.5 * MINUTE_MS;
/** From so many on, the person's own pace says more. */
const MEASURED_FROM = 5;
/** Nobody reads and pastes faster: quick keys are those that pass people over. */
const LEAST_MS = 20_000;
/** A longer one was a pause. */
const LONGEST_MS = 10 * MINUTE_MS;

/**
 * Minutes that this many tasks will take, at least one.
 * @param took how long each task of this session has taken, ms
 */
export function minutesFor(tasks: number, took: readonly number[]): number {
  if (tasks === 0) return 0;
  return Math.max(1, Math.round((tasks * paceOf(took)) / MINUTE_MS));
}

function paceOf(took: readonly number[]): number {
  if (took.length < MEASURED_FROM) return USUAL_MS;
  const mean = took.reduce((sum, each) => sum + Math.min(each, LONGEST_MS), 0) / took.length;
  return Math.max(LEAST_MS, mean);
}
