import type { Campaign } from '../plan/snapshot.ts';
import type { StepChange } from '../scenario/change.ts';
import type { LoadedScenario } from './texts.ts';

/** A campaign as it is to be; what does not change stands as it is. */
export interface CampaignEdit
  extends Pick<
    Campaign,
    'name' | 'objective' | 'timezone' | 'window' | 'approval' | 'voice' | 'caps' | 'sender'
  > {
  /** Null: the scenario stays. */
  loaded: LoadedScenario | null;
}

/** What an edit does to people and messages. Counts are of people unless said otherwise. */
export interface EditEffect {
  /** Empty when the scenario stays. `people`: who stands at the step before the edit. */
  steps: (StepChange & { people: number })[];
  /** What else differs in the scenario: its keys, `default texts`. */
  other: string[];
  /** Whose step was taken out; `to` null: the scenario ends for them. */
  moved: { from: string; to: string | null; people: number }[];
  /** Messages that were not sent, of steps that were taken out. */
  cancelled: number;
  /** Texts not sent, of steps that say something else now, or that a person must approve from now on. */
  writtenAnew: number;
  /** Texts not sent, of steps that have changed, which stay: a person has written or holds them, or only dates change. */
  keptTexts: number;
  /** Who gets another date. */
  rescheduled: number;
  /** The first date of an active person after it, UTC ms. */
  nextAt: number | null;
}

export interface CampaignEditor {
  /**
   * What `apply` would do; writes nothing.
   * @throws UserError for a name that is taken, or a scenario that would send a step again
   */
  preview(campaignId: number, edit: CampaignEdit, now: number): Promise<EditEffect>;
  /**
   * Campaign, people and messages in one act. Only what is not sent changes; who has ended stays so.
   * @throws UserError as `preview`, and while a tick is at work
   */
  apply(campaignId: number, edit: CampaignEdit, now: number): Promise<EditEffect>;
}
