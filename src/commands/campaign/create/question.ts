import type { CampaignAnswers } from '../../../engine/ports/campaign-drafts.ts';
import type { Wizard } from './wizard.ts';

export type StepNumber = 1 | 2 | 3 | 4;

export interface Question {
  step: StepNumber;
  /** The answer it gives: it is open as long as that is absent. */
  gives: keyof CampaignAnswers;
  /** False: back. The answer is kept by then. */
  ask(wizard: Wizard): Promise<boolean>;
}
