import type { Prompter } from '../../src/io/prompter.ts';
import { aStep } from '../builders.ts';
import { type ContextOverrides, type TestContext, testContext } from '../context.ts';
import { silent } from '../prompter.ts';
import { enrolled, SMS_STEP, TEMPLATES, withProviders } from '../tick/providers.ts';
import type { TickWorkspace } from '../tick/workspace.ts';

export const LINKEDIN_STEP = aStep({
  id: 'li',
  channel: 'linkedin',
  kind: 'message',
  template: 'default/message',
});
export const EMAIL_STEP = aStep();
export { SMS_STEP };

export const NO_FILTER = { campaign: null, channel: null, step: null };

type Campaign = Parameters<typeof enrolled>[2];
export type Space = Awaited<ReturnType<typeof withProviders>>;

/** A workspace in which one tick has written texts that wait for approval. */
export async function waiting(
  people = 1,
  campaign: Campaign = {},
  providers: Parameters<typeof withProviders>[0] = {},
): Promise<Space> {
  const space = await withProviders(providers);
  enrolled(space, people, { approval: 'all', templates: TEMPLATES, ...campaign });
  await space.tick();
  return space;
}

/** Commands in the same workspace, with their own streams. */
export const commandIn = ({ folder, env }: TickWorkspace, more: ContextOverrides = {}): TestContext =>
  testContext({ folder, env, now: Date.parse(env.HECTOR_NOW ?? ''), ...more });

export interface Script {
  /** What is chosen, in order; a function is done first, as by somebody else at that moment. */
  answers?: (string | (() => Promise<unknown> | unknown))[];
  edits?: ((text: string) => string | Promise<never>)[];
  asked?: string[];
  /** `enter`: an empty answer. */
  confirms?: (boolean | 'enter')[];
}

/** Answers a review as it was told; no answer left is a failure of the test. */
function scripted({ answers = [], edits = [], asked = [], confirms = [] }: Script): Prompter {
  const next = <T>(list: T[], what: string): T => {
    const value = list.shift();
    if (value === undefined) throw new Error(`no ${what} is left`);
    return value;
  };
  return {
    ...silent,
    async choose(_, choices) {
      for (;;) {
        const answer = next(answers, 'answer');
        if (typeof answer === 'string') {
          const found = choices.find(({ value }) => value === answer);
          if (!found) throw new Error(`no choice "${answer}"`);
          return found.value;
        }
        await answer();
      }
    },
    edit: async (_, text) => next(edits, 'edit')(text),
    confirm: async (_, otherwise = false) => {
      const answer = next(confirms, 'yes or no');
      return answer === 'enter' ? otherwise : answer;
    },
    ask: async () => next(asked, 'line'),
  };
}

/** On a terminal, with these answers. */
export const atTerminal = (space: TickWorkspace, script: Script): TestContext =>
  commandIn(space, { columns: 100, interactive: true, prompter: scripted(script) });
