/** Exit codes: docs/commands.md. 0 also means "nothing due" and "another tick holds the lock". */
export const EXIT = { done: 0, failed: 1, usage: 2, config: 3, interrupted: 130 } as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

interface Instead {
  typed: string;
  meant: string;
}

/**
 * Something a person can mend: one line that says what is wrong, where, and what to type next. Anything else
 * that reaches main.ts is a bug of ours and is reported as one.
 */
export class UserError extends Error {
  readonly exitCode: ExitCode;
  /** The next command to type, without prose: `hector scenario list`. */
  readonly next: string | undefined;
  /** A word that means several things, and one that means the first of them: the same command may be typed with it. */
  readonly instead: Instead | undefined;

  constructor(
    message: string,
    options: { exitCode?: ExitCode; next?: string; instead?: Instead; cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'UserError';
    this.exitCode = options.exitCode ?? EXIT.failed;
    this.next = options.next;
    this.instead = options.instead;
  }
}

/** Wrong words on the command line, or an unknown campaign, prospect, scenario (exit 2). */
export const usageError = (message: string, next?: string): UserError =>
  new UserError(message, { exitCode: EXIT.usage, ...(next === undefined ? {} : { next }) });

/** Something in hector.yaml, .env, keys or file rights (exit 3). */
export const configError = (message: string, next?: string, cause?: unknown): UserError =>
  new UserError(message, {
    exitCode: EXIT.config,
    ...(next === undefined ? {} : { next }),
    ...(cause === undefined ? {} : { cause }),
  });

/** It was tried and did not work, or a person is needed (exit 1). */
export const failure = (message: string, next?: string, cause?: unknown): UserError =>
  new UserError(message, {
    exitCode: EXIT.failed,
    ...(next === undefined ? {} : { next }),
    ...(cause === undefined ? {} : { cause }),
  });

/** The code of a Node system error (`ENOENT`), or of SQLite (`SQLITE_BUSY`), if it has one. */
export function errorCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
