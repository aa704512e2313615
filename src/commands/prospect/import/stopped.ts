import { ImportStopped, Interrupted, NoRows } from '../../../engine/import/run.ts';
import { EXIT, errorCode, failure, UserError } from '../../../errors.ts';

/** The line for an import that stopped half-way; anything unknown stays what it is. */
export function explainStop(error: unknown, file: string, database: string): unknown {
  if (!(error instanceof ImportStopped)) return explainCause(error, file, database) ?? error;
  const cause = explainCause(error.cause, file, database);
  if (error.takenBack) return cause ?? error.cause;
  const why = cause?.message ?? (error.cause instanceof Error ? error.cause.message : String(error.cause));
  return failure(
    `${why}; what import ${error.importId} had taken in until then is still in the base`,
    `hector prospect import --undo ${error.importId}`,
    error,
  );
}

function explainCause(cause: unknown, file: string, database: string): UserError | null {
  if (cause instanceof UserError) return cause;
  if (cause instanceof Interrupted)
    return new UserError('interrupted: nothing was imported', { exitCode: EXIT.interrupted });
  if (cause instanceof NoRows)
    return failure(`${file} has a header but no rows`, 'hector prospect import --help');
  switch (errorCode(cause)) {
    case 'SQLITE_FULL':
    case 'ENOSPC':
      return failure(
        `no space left on the disk of ${database}: nothing was imported`,
        `df -h ${database}`,
        cause,
      );
    case 'SQLITE_BUSY':
      return failure(
        `${database} is locked by another program: nothing was imported`,
        'try again in a moment',
        cause,
      );
    case 'EIO':
      return failure(`${file} cannot be read to its end: nothing was imported`, `ls -l ${file}`, cause);
    default:
      return null;
  }
}
