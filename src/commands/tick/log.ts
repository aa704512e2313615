import { dirname, resolve } from 'node:path';
import type { Context } from '../../context.ts';
import { namingNobody } from '../../engine/gdpr/nobody-named.ts';
import { shellWord } from '../../engine/shell-word.ts';
import type { TickSummary } from '../../engine/tick/summary.ts';
import { configError, errorCode } from '../../errors.ts';
import { appendLog, openLog } from '../../io/log-file.ts';
import { printable } from '../../io.ts';
import { printSummary } from './summary.ts';

/**
 * Before anything is sent: a tick of which nothing can be told is not made.
 * @throws UserError (config) naming the file
 */
export function assertWritable({ cwd }: Context, file: string): void {
  const path = resolve(cwd, file);
  try {
    openLog(path);
  } catch (error) {
    if (errorCode(error) === undefined) throw error;
    throw configError(
      unwritable(path, error),
      `ls -ld ${shellWord(path)} ${shellWord(dirname(path))}`,
      error,
    );
  }
}

const unwritable = (path: string, error: unknown): string =>
  `cannot write the log ${path} (${errorCode(error)})`;

/** What a person at a terminal would have read, for the log of cron. */
export function logSummary(context: Context, file: string, summary: TickSummary | null): void {
  const lines: string[] = summary === null ? ['another tick is running'] : [];
  const say = (line: string) => void lines.push(printable(line));
  if (summary !== null) printSummary({ io: { out: say, note: say, warn: say }, json: false }, summary);
  append(context, file, lines.length > 0 ? lines : ['nothing new']);
}

/** Why a tick could not be made; the error itself goes its way, also where it cannot be told. */
export function logError(context: Context, file: string, error: unknown): void {
  append(context, file, [`hector: ${printable(error instanceof Error ? error.message : String(error))}`]);
}

/**
 * What was sent is sent and recorded: a disk that is full by now makes no failure of it. Whoever is erased later stands in
 * no log, wherever it lies and however often it was moved aside.
 */
function append(context: Context, file: string, lines: string[]): void {
  const path = resolve(context.cwd, file);
  try {
    appendLog(path, context.now(), lines.map(namingNobody));
  } catch (error) {
    if (errorCode(error) === undefined) throw error;
    context.io.warn(`hector: ${unwritable(printable(path), error)}`);
  }
}
