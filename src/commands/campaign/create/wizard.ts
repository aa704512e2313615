import type { Config } from '../../../config.ts';
import type { Context } from '../../../context.ts';
import type { CampaignAnswers, CampaignDraftStore } from '../../../engine/ports/campaign-drafts.ts';
import { shellWord } from '../../../engine/shell-word.ts';
import { printable } from '../../../io.ts';
import { workspaceFlag } from '../../workspace-flag.ts';
import { wholeReferences } from './whole-paths.ts';

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

  /** Null: nothing is stored before there is a name. */
  get draftId(): number | null {
    return this.#draftId;
  }

  /** @throws UserError for a name that is taken */
  async keep(given: Partial<CampaignAnswers>): Promise<void> {
    const answer = wholeReferences(this.context, given);
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
}

export function sayKept({ context, answers: { name } }: Wizard): void {
  if (name !== undefined)
    context.io.note(
      printable(
        `Kept as a draft. To go on with it: hector campaign create --resume ${shellWord(name)}${workspaceFlag(context)}`,
      ),
    );
}
