import { shellWord } from '../engine/shell-word.ts';
import { UserError } from '../errors.ts';

/** A word that means several people leads to the same command with the number of the first; any other error stays. */
export function retyped(error: unknown, words: readonly string[]): unknown {
  if (!(error instanceof UserError) || error.instead === undefined) return error;
  const { typed, meant } = error.instead;
  const place = words.findIndex((word) => word.trim() === typed);
  if (place === -1) return error;
  const next = ['hector', ...words.with(place, meant).map(plainOrQuoted)].join(' ');
  return new UserError(error.message, { exitCode: error.exitCode, next, cause: error.cause });
}

/** Options are words of their own, `--mark-sent`; anything else is quoted where a shell would read it. */
const plainOrQuoted = (word: string): string => (/^--?[a-z][a-z-]*$/.test(word) ? word : shellWord(word));
