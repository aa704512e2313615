import type { Prompter } from '../src/io/prompter.ts';

const unasked = (message: string): Promise<never> => Promise.reject(new Error(`nobody answers "${message}"`));

/** Fails with the question: spread it, and answer what is to be asked. */
export const silent: Prompter = {
  choose: unasked,
  edit: unasked,
  confirm: unasked,
  ask: unasked,
  key: unasked,
  select: unasked,
  input: unasked,
};

/** Answers to `key`, `select`, `input`, `confirm`, `ask` and `choose` in the order in which they are asked. */
export function scripted(answers: (string | boolean)[], asked: string[] = []): Prompter {
  const next = (message: string): string | boolean => {
    asked.push(message);
    const answer = answers.shift();
    if (answer === undefined) throw new Error(`no answer is left for "${message}"`);
    return answer;
  };
  const among = <V extends string>(message: string, options: readonly { value: V }[]): V => {
    const answer = next(message);
    const found = options.find(({ value }) => value === answer);
    if (!found) throw new Error(`"${answer}" is no choice of "${message}"`);
    return found.value;
  };
  return {
    ...silent,
    choose: async (message, choices) => among(message, choices),
    key: async (message, keys) => among(message, keys),
    select: async (message, options) => among(message, options),
    confirm: async (message) => next(message) === true,
    ask: async (message) => String(next(message)),
    async input(message, { standing, check }) {
      for (;;) {
        const answer = String(next(message)) || standing;
        const problem = await check(answer);
        if (problem === null) return answer;
        asked.push(problem);
      }
    },
  };
}
