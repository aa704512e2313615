import { PEOPLE_QUESTIONS } from './people-questions.ts';
import type { Question, StepNumber } from './question.ts';
import { SCENARIO_QUESTIONS } from './scenario-questions.ts';
import { SETTING_QUESTIONS } from './setting-questions.ts';
import type { Wizard } from './wizard.ts';

export const STEP_NAMES: Record<StepNumber, string> = {
  1: 'name and objective',
  2: 'scenario',
  3: 'people',
  4: 'days, hours, caps, sender, approval',
};

const QUESTIONS: readonly Question[] = [...SCENARIO_QUESTIONS, ...PEOPLE_QUESTIONS, ...SETTING_QUESTIONS];

/** Where to go on: at the first question without an answer; their number where none is open. */
export function firstOpen({ answers }: Wizard): number {
  const open = QUESTIONS.findIndex(({ gives }) => answers[gives] === undefined);
  return open < 0 ? QUESTIONS.length : open;
}

/** From one question to the last; false: back before the first. */
export async function runQuestions(wizard: Wizard, from: number): Promise<boolean> {
  return walk(wizard, QUESTIONS, from);
}

/** Those of one step again. */
export async function runStep(wizard: Wizard, step: StepNumber): Promise<void> {
  await walk(
    wizard,
    QUESTIONS.filter((question) => question.step === step),
    0,
  );
}

async function walk(wizard: Wizard, questions: readonly Question[], from: number): Promise<boolean> {
  let shown: StepNumber | null = null;
  for (let index = from; index < questions.length; ) {
    const question = questions[index];
    if (!question) break;
    if (question.step !== shown) {
      shown = question.step;
      const { io } = wizard.context;
      io.note(`\n${io.color.bold(`Step ${shown} of 5: ${STEP_NAMES[shown]}`)}`);
    }
    index += (await question.ask(wizard)) ? 1 : -1;
    if (index < 0) return false;
  }
  return true;
}
