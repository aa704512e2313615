/** Questions to a person. Commands get it from the context, tests give their own. */
export interface Prompter {
  /** One letter each; the first is not a default: nothing is confirmed by an empty answer. */
  choose<V extends string>(message: string, choices: readonly Choice<V>[]): Promise<V>;
  /** The text as it was left in $EDITOR. */
  edit(message: string, text: string): Promise<string>;
  confirm(message: string): Promise<boolean>;
}

export interface Choice<V extends string> {
  key: ChoiceKey;
  name: string;
  value: V;
}

/** `h` is taken by the prompt's own help. */
type ChoiceKey = 'a' | 'e' | 'l' | 'n' | 'o' | 'q' | 's' | 'k' | 'x' | 'y';

/** Loads the prompts with the first question; Ctrl-C ends the program with exit code 130. */
export const terminalPrompter = (): Prompter => ({
  async choose(message, choices) {
    const { expand } = await import('@inquirer/prompts');
    return expand({ message, choices: [...choices], expanded: true });
  },
  async edit(message, text) {
    const { editor } = await import('@inquirer/prompts');
    return (await editor({ message, default: text, waitForUserInput: false })).trim();
  },
  async confirm(message) {
    const { confirm } = await import('@inquirer/prompts');
    return confirm({ message, default: false });
  },
});
