import { dirname } from 'node:path';
import { ImportStopped, Interrupted, NoRows } from '../../../engine/import/run.ts';
import { shellWord } from '../../../engine/shell-word.ts';
import { EXIT, type ExitCode, errorCode, UserError } from '../../../errors.ts';

interface Cause {
  message: string;
  exitCode: ExitCode;
  next: string | undefined;
}

/** The line for an import that stopped half-way; anything unknown stays what it is. */
export function explainStop(error: unknown, file: string, database: string): unknown {
  const stopped = error instanceof ImportStopped ? error : null;
  const reason = stopped ? stopped.cause : error;
  if (reason instanceof UserError && (stopped === null || stopped.takenBack)) return reason;
  const cause = explainCause(reason, file, database);
  if (stopped && !stopped.takenBack) return kept(stopped.importId, cause?.message ?? said(reason), reason);
  if (cause === null) return reason;
  const { message, exitCode, next } = cause;
  return new UserError(`${message}: nothing was imported`, {
    exitCode,
    cause: reason,
    ...(next === undefined ? {} : { next }),
  });
}

/** Nothing could be taken back either: a person has to, once there is room. */
function kept(importId: number, why: string, cause: unknown): UserError {
  return new UserError(`${why}; what import ${importId} had taken in until then is still in the base`, {
    next: `hector prospect import --undo ${importId}`,
    cause,
  });
}

const said = (reason: unknown): string => (reason instanceof Error ? reason.message : String(reason));

function explainCause(reason: unknown, file: string, database: string): Cause | null {
  const failed = (message: string, next?: string): Cause => ({ message, exitCode: EXIT.failed, next });
  if (reason instanceof Interrupted)
    return { message: 'interrupted', exitCode: EXIT.interrupted, next: undefined };
  if (reason instanceof NoRows)
    return failed(`${file} has a header but no rows`, 'hector prospect import --help');
  switch (errorCode(reason)) {
    case 'SQLITE_FULL':
    case 'SQLITE_IOERR_WRITE':
    case 'ENOSPC':
      return failed(`no space left on the disk of ${database}`, `df -h ${shellWord(dirname(database))}`);
    case 'SQLITE_BUSY':
      return failed(`${database} is locked by another program`, 'try again in a moment');
    case 'EIO':
      return failed(`${file} cannot be read to its end`, `ls -l ${shellWord(file)}`);
    default:
      return null;
  }
}
