import type { Context } from '../../../context.ts';
import type { CampaignAnswers, CampaignDraft } from '../../../engine/ports/campaign-drafts.ts';
import { EXIT, UserError } from '../../../errors.ts';
import { relative } from '../../../io/time.ts';
import { printable } from '../../../io.ts';
import { firstOpen, runQuestions } from './flow.ts';
import { runReview } from './menu.ts';
import { sayKept, Wizard } from './wizard.ts';

/** A new campaign, or one of the drafts: that of the name given, or one that is chosen. */
export async function startWizard(context: Context, given: Partial<CampaignAnswers>): Promise<void> {
  const drafts = await context.stores.campaignDrafts();
  const draft =
    given.name === undefined
      ? await chooseDraft(context, await drafts.list())
      : await drafts.find(given.name);
  if (draft === 'quit') return;
  if (!draft) return run(context, { id: null, answers: {} }, given);
  await run(context, draft, { ...given, name: draft.answers.name });
}

export const resumeWizard = (context: Context, draft: CampaignDraft): Promise<void> =>
  run(context, draft, {});

/** The newest first; null: a new one. */
async function chooseDraft(
  context: Context,
  drafts: readonly CampaignDraft[],
): Promise<CampaignDraft | null | 'quit'> {
  if (drafts.length === 0) return null;
  const now = context.now();
  const chosen = await context.prompter().select('Go on with a draft?', [
    ...drafts.map(({ id, answers, updatedAt }) => ({
      name: printable(`${answers.name} (${relative(updatedAt, now)})`),
      value: String(id),
    })),
    { name: 'begin a new campaign', value: 'new' },
    { name: 'quit', value: 'quit' },
  ]);
  if (chosen === 'quit') return 'quit';
  return drafts.find(({ id }) => String(id) === chosen) ?? null;
}

/** Ctrl-C ends it there, at a question or in long work; the answers until then are kept. */
async function run(
  context: Context,
  draft: { id: number | null; answers: Partial<CampaignAnswers> },
  given: Partial<CampaignAnswers>,
): Promise<void> {
  const parts = { config: await context.config(), drafts: await context.stores.campaignDrafts() };
  const wizard = new Wizard(context, parts, draft);
  context.io.note(
    'A new campaign in five steps. "<" at the end of an answer goes back; Ctrl-C keeps a draft.',
  );
  if (Object.values(given).some((value) => value !== undefined)) await wizard.keep(given);
  try {
    if (!(await runQuestions(wizard, firstOpen(wizard)))) return sayKept(wizard);
    await runReview(wizard);
  } catch (error) {
    if (isInterrupt(error)) sayKept(wizard);
    throw error;
  }
}

const isInterrupt = (error: unknown): boolean =>
  error instanceof UserError
    ? error.exitCode === EXIT.interrupted
    : error instanceof Error && error.name === 'ExitPromptError';
