import type { Key } from './press-key.ts';

/** Questions to a person. Commands get it from the context, tests give their own. */
export interface Prompter {
  /** One letter each; the first is not a default: nothing is confirmed by an empty answer. */
  choose<V extends string>(message: string, choices: readonly Choice<V>[]): Promise<V>;
  /** The text as it was left in $VISUAL or $EDITOR; a UserError where that failed. */
  edit(message: string, text: string): Promise<string>;
  /** @param otherwise what an empty answer means; no, if not said */
  confirm(message: string, otherwise?: boolean): Promise<boolean>;
  /** One line, perhaps empty. */
  ask(message: string): Promise<string>;
  /** One key, at once, without Enter; what is no choice is ignored. Ctrl-C ends the program. */
  key<V extends string>(message: string, keys: readonly Key<V>[]): Promise<V>;
  /** One of a list, by the arrow keys or by typing part of it. */
  select<V extends string>(message: string, options: readonly Option<V>[], standing?: V): Promise<V>;
  /**
   * One line; an empty answer is the standing one.
   * @param question.check what is wrong with an answer, or null; asked again until it is null
   */
  input(message: string, question: Input): Promise<string>;
}

interface Option<V extends string> {
  name: string;
  value: V;
  /** Shown below the list while it is pointed at. */
  description?: string;
}

interface Input {
  standing: string;
  check(answer: string): Promise<string | null> | string | null;
}

export interface Choice<V extends string> {
  key: ChoiceKey;
  name: string;
  value: V;
}

/** `h` is taken by the prompt's own help. */
type ChoiceKey = 'a' | 'e' | 'l' | 'n' | 'o' | 'q' | 'r' | 's' | 'k' | 'w' | 'x' | 'y';

/** Loads the prompts with the first question; Ctrl-C ends the program with exit code 130. */
export const terminalPrompter = (env: Record<string, string | undefined>): Prompter => ({
  async choose(message, choices) {
    const { expand } = await import('@inquirer/prompts');
    return expand({ message, choices: [...choices], expanded: true });
  },
  async edit(_, text) {
    const { editText } = await import('./editor.ts');
    return (await editText(text, env)).trim();
  },
  async confirm(message, otherwise = false) {
    const { confirm } = await import('@inquirer/prompts');
    return confirm({ message, default: otherwise });
  },
  async ask(message) {
    const { input } = await import('@inquirer/prompts');
    return (await input({ message })).trim();
  },
  async key(message, keys) {
    const { pressKey } = await import('./press-key.ts');
    return pressKey(message, keys);
  },
  async select(message, options, standing) {
    const { select } = await import('@inquirer/prompts');
    const choices = [...options];
    return select({
      message,
      choices,
      pageSize: 12,
      ...(standing === undefined ? {} : { default: standing }),
    });
  },
  async input(message, { standing, check }) {
    const { input } = await import('@inquirer/prompts');
    const validate = async (answer: string) => (await check(answer.trim() || standing)) ?? true;
    const answer = await input({ message, default: standing, prefill: 'editable', validate });
    return answer.trim();
  },
});
