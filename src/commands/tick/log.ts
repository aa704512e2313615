import { resolve } from 'node:path';
import type { Context } from '../../context.ts';
import type { TickSummary } from '../../engine/tick/summary.ts';
import { errorCode, failure, UserError } from '../../errors.ts';
import { appendLog } from '../../io/log-file.ts';
import { printable } from '../../io.ts';
import { printSummary } from './summary.ts';

/** What a person at a terminal would have read, for the log of cron. */
export function logSummary(context: Context, file: string, summary: TickSummary | null): void {
  const lines: string[] = summary === null ? ['another tick is running'] : [];
  const say = (line: string) => void lines.push(printable(line));
  if (summary !== null) printSummary({ io: { out: say, note: say, warn: say }, json: false }, summary);
  append(context, file, lines.length > 0 ? lines : ['nothing new']);
}

/** Why a tick could not be made; the error itself goes its way, also where it cannot be told. */
export function logError(context: Context, file: string, error: unknown): void {
  try {
    append(context, file, [`hector: ${printable(error instanceof Error ? error.message : String(error))}`]);
  } catch (unwritable) {
    if (!(unwritable instanceof UserError)) throw unwritable;
  }
}

function append({ cwd }: Context, file: string, lines: string[]): void {
  const path = resolve(cwd, file);
  try {
    appendLog(path, Date.now(), lines);
  } catch (error) {
    if (errorCode(error) === undefined) throw error;
    throw failure(`cannot write the log ${path} (${errorCode(error)})`, `ls -ld ${path}`, error);
  }
}
