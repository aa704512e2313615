import { EXIT, UserError } from '../../../errors.ts';
import { hearInterrupt, watchInterrupt } from '../../../io/interrupt.ts';
import { printable } from '../../../io.ts';
import { whileClaudeWrites } from '../../claude-writes.ts';
import { dollars } from '../../money.ts';
import { workspaceFlag } from '../../workspace-flag.ts';
import { plainly } from './ask.ts';
import { commandLine } from './command-line.ts';
import { type Costs, costsOf } from './costs.ts';
import { runStep, STEP_NAMES } from './flow.ts';
import { createCampaign, launchable } from './launch.ts';
import { firstTexts } from './previews.ts';
import { printReview } from './print-review.ts';
import { heldWithoutSender } from './print-settings.ts';
import { printTexts } from './print-texts.ts';
import type { StepNumber } from './question.ts';
import { type Review, reviewOf } from './review.ts';
import { namesPeople } from './roster.ts';
import { Selections } from './selections.ts';
import { askSender } from './setting-questions.ts';
import { sayKept, type Wizard } from './wizard.ts';

type Choice = 'launch' | 'draft' | 'claude' | 'sender' | '1' | '2' | '3' | '4' | 'quit';

const STEPS: Record<'1' | '2' | '3' | '4', StepNumber> = { 1: 1, 2: 2, 3: 3, 4: 4 };

/** Step 5: what would become of it, until it is launched or left as a draft. */
export async function runReview(wizard: Wizard): Promise<void> {
  const selections = new Selections(wizard.context);
  let shown = await show(wizard, selections);
  for (;;) {
    const choice = await wizard.context.prompter().select<Choice>('What now?', choices(shown));
    if (choice === 'draft' || choice === 'quit') return leave(wizard);
    if (choice === 'launch') {
      if (await launch(wizard)) return;
      selections.forget();
    }
    if (choice === 'claude' && shown) await previewByClaude(wizard, shown.review);
    if (choice === '1' || choice === '2' || choice === '3' || choice === '4') {
      await runStep(wizard, STEPS[choice]);
      shown = await show(wizard, selections);
    }
    if (choice === 'sender' && (await askSender(wizard))) shown = await show(wizard, selections);
  }
}

interface Shown {
  review: Review;
  /** E-mails and SMS would be held without one. */
  lacksSender: boolean;
  costs: Costs;
}

/** The first is what Enter does: nobody launches an empty campaign by it, and one that would be refused not at all. */
function toBegin(shown: Shown | null): { name: string; value: Choice }[] {
  const draft = { name: 'keep it as a draft', value: 'draft' as const };
  if (shown === null) return [draft];
  const { selection, answers } = shown.review;
  if (selection.count > 0) return [{ name: 'launch it', value: 'launch' }, draft];
  return namesPeople(answers) ? [draft] : [draft, { name: 'launch it without people', value: 'launch' }];
}

const choices = (shown: Shown | null): { name: string; value: Choice }[] => [
  ...toBegin(shown),
  ...(shown?.lacksSender ? [{ name: 'fill in the sender of this campaign', value: 'sender' as const }] : []),
  ...(shown !== null && shown.costs.claude !== null
    ? [{ name: 'these texts by Claude, which is paid for', value: 'claude' as const }]
    : []),
  ...(['1', '2', '3', '4'] as const).map((value) => ({
    name: `back to step ${value}: ${STEP_NAMES[STEPS[value]]}`,
    value,
  })),
  { name: 'quit; the draft stays', value: 'quit' },
];

/** Null: an answer cannot be used any more, which has been said. */
async function show(wizard: Wizard, selections: Selections): Promise<Shown | null> {
  const { context } = wizard;
  const { io } = context;
  io.note(`\n${io.color.bold('Step 5 of 5: review')}`);
  const interrupt = watchInterrupt();
  const rest = () => hearInterrupt(interrupt);
  try {
    const review = await reviewOf(context, wizard.named(), selections, rest);
    const costs = await costsOf(context, review);
    await printReview(context, review, costs);
    printTexts(context, review, await firstTexts(context, review, 'template'));
    await rest();
    return { review, costs, lacksSender: heldWithoutSender(wizard.config, review) > 0 };
  } catch (error) {
    if (!(error instanceof UserError) || error.exitCode === EXIT.interrupted) throw error;
    io.warn(`It cannot be launched yet: ${plainly(error)}.`);
    return null;
  } finally {
    interrupt.stop();
  }
}

async function previewByClaude({ context }: Wizard, review: Review): Promise<void> {
  const texts = await whileClaudeWrites(context.io, firstTexts(context, review, 'claude'));
  printTexts(context, review, texts);
  const cost = texts.reduce((sum, { step }) => sum + step.previewed.written.writing.cost, 0);
  context.io.note(`Paid for these texts: ${dollars(cost)}`);
}

/** False where it was refused: the review is there again. */
async function launch(wizard: Wizard): Promise<boolean> {
  try {
    await createCampaign(wizard.context, launchable(wizard.named()), wizard.draftId);
  } catch (error) {
    if (!(error instanceof UserError) || error.exitCode === EXIT.interrupted) throw error;
    wizard.context.io.warn(`Not launched: ${plainly(error)}.`);
    return false;
  }
  sayCommand(wizard);
  return true;
}

function leave(wizard: Wizard): void {
  sayKept(wizard);
  sayCommand(wizard);
}

/** Not cut or broken: it is to be copied. */
function sayCommand(wizard: Wizard): void {
  const { io } = wizard.context;
  if (wizard.answers.scenario)
    io.note(
      `The same without a question:\n  ${printable(commandLine(wizard.named()) + workspaceFlag(wizard.context))}`,
    );
}
