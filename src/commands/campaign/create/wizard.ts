import type { Config } from '../../../config.ts';
import type { Context } from '../../../context.ts';
import type {
  CampaignAnswers,
  CampaignDraft,
  CampaignDraftStore,
} from '../../../engine/ports/campaign-drafts.ts';
import { shellWord } from '../../../engine/shell-word.ts';
import { relative } from '../../../io/time.ts';
import { printable } from '../../../io.ts';
import { askChoice } from './ask.ts';
import { firstOpen, runQuestions } from './flow.ts';
import { runReview } from './menu.ts';

/** The answers so far; each is stored when it is given. */
export class Wizard {
  readonly context: Context;
  readonly config: Config;
  readonly drafts: CampaignDraftStore;
  answers: Partial<CampaignAnswers>;
  #draftId: number | null;

  constructor(
    context: Context,
    parts: { config: Config; drafts: CampaignDraftStore },
    draft: { id: number | null; answers: Partial<CampaignAnswers> },
  ) {
    this.context = context;
    this.config = parts.config;
    this.drafts = parts.drafts;
    this.answers = draft.answers;
    this.#draftId = draft.id;
  }

  /** @throws UserError for a name that is taken */
  async keep(answer: Partial<CampaignAnswers>): Promise<void> {
    const { name, ...rest } = { ...this.answers, ...answer };
    if (name !== undefined)
      this.#draftId = await this.drafts.save(this.#draftId, { ...rest, name }, this.context.now());
    this.answers = { ...this.answers, ...answer };
  }

  /** As they would be launched: a name is the first that is asked for. */
  named(): CampaignAnswers {
    const { name, ...rest } = this.answers;
    if (name === undefined) throw new Error('a campaign without a name');
    return { ...rest, name };
  }

  /** It is a campaign now. */
  async forget(): Promise<void> {
    if (this.#draftId !== null) await this.drafts.remove(this.#draftId);
    this.#draftId = null;
  }
}

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
  const chosen = await askChoice(context, 'Go on with a draft?', [
    ...drafts.map(({ id, answers, updatedAt }) => ({
      name: printable(`${answers.name} (${relative(updatedAt, now)})`),
      value: String(id),
    })),
    { name: 'begin a new campaign', value: 'new' },
  ]);
  if (chosen === null) return 'quit';
  return drafts.find(({ id }) => String(id) === chosen) ?? null;
}

/** Ctrl-C at a question ends it there; the answers until then are kept. */
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
    if (error instanceof Error && error.name === 'ExitPromptError') sayKept(wizard);
    throw error;
  }
}

export function sayKept({ context, answers: { name } }: Wizard): void {
  if (name !== undefined)
    context.io.note(
      printable(`Kept as a draft. To go on with it: hector campaign create --resume ${shellWord(name)}`),
    );
}
