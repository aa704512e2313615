import { shellWord } from '../engine/shell-word.ts';
import { UserError } from '../errors.ts';

/**
 * A word that means several people leads to the same command with the number of the first; any other error stays. What
 * cannot be taken back is never typed for somebody: the first is but one of those that may be meant.
 */
export function retyped(error: unknown, words: readonly string[]): unknown {
  if (!(error instanceof UserError) || error.instead === undefined) return error;
  const { typed, meant } = error.instead;
  const places = words.flatMap((word, index) => (word.trim() === typed ? [index] : []));
  const [place, ...others] = places;
  if (place === undefined || others.length > 0 || isFinal(words)) return error;
  const next = ['hector', ...words.with(place, meant).map(plainOrQuoted)].join(' ');
  return new UserError(error.message, { exitCode: error.exitCode, next, cause: error.cause });
}

const FINAL: readonly string[] = ['gdpr erase', 'prospect remove', 'blacklist add'];

const isFinal = (words: readonly string[]): boolean =>
  FINAL.includes(words.slice(0, 2).join(' ')) || words.some((word) => word === '-y' || word === '--yes');

/** Options are words of their own, `--mark-sent`; anything else is quoted where a shell would read it. */
const plainOrQuoted = (word: string): string => (/^--?[a-z][a-z-]*$/.test(word) ? word : shellWord(word));
