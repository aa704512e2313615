import type { Context } from '../../../context.ts';
import { EXIT, UserError } from '../../../errors.ts';
import { printable } from '../../../io.ts';

/** Typed at the end of any answer, or chosen: the question before. */
const BACK = '<';

export interface LineQuestion {
  /** What an empty answer means. */
  standing: string;
  /** Throws a UserError for what cannot be. */
  check(answer: string): Promise<unknown> | unknown;
}

/** One line; null: back. A bad answer is asked again, with the reason. */
export async function askLine(
  context: Context,
  message: string,
  { standing, check }: LineQuestion,
): Promise<string | null> {
  const answer = await context.prompter().input(message, {
    standing,
    check: (typed) => (isBack(typed) ? null : problemOf(() => check(typed))),
  });
  return isBack(answer) ? null : answer.trim();
}

/** The same where nothing is an answer: `-` takes back what stands there. */
export async function askOptional(
  context: Context,
  message: string,
  { standing, check }: LineQuestion,
): Promise<string | null> {
  const without = (typed: string): string => (typed.trim() === '-' ? '' : typed);
  const answer = await askLine(context, `${message} (${standing ? '- for none' : 'may be empty'})`, {
    standing,
    check: (typed) => (without(typed) === '' ? undefined : check(typed)),
  });
  return answer === null ? null : without(answer);
}

/** One of a list, and the way back; null: back. */
export async function askChoice<V extends string>(
  context: Context,
  message: string,
  options: readonly { name: string; value: V; description?: string }[],
  standing?: V,
): Promise<V | null> {
  const all: { name: string; value: V | typeof BACK; description?: string }[] = [
    ...options,
    { name: '< back', value: BACK },
  ];
  const answer = await context.prompter().select(message, all, standing);
  return answer === BACK ? null : answer;
}

const isBack = (typed: string): boolean => typed.trimEnd().endsWith(BACK);

/** The line of a UserError, without the command that would be typed elsewhere; null: none was thrown. */
export async function problemOf(act: () => Promise<unknown> | unknown): Promise<string | null> {
  try {
    await act();
    return null;
  } catch (error) {
    if (error instanceof UserError && error.exitCode !== EXIT.interrupted) return plainly(error);
    throw error;
  }
}

/** The line without the flag that it names: who is asked has typed none. */
export const plainly = ({ message }: UserError): string =>
  printable(message.replace(/^--[a-z-]+(?: where)?: /, ''));
