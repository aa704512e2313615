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
});
