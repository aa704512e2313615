import type { SendingWindow } from '../model.ts';
import type { Campaign } from '../plan/snapshot.ts';
import type { StepChange } from '../scenario/change.ts';
import type { LoadedScenario } from './texts.ts';

/** What of a campaign can be changed. */
export type EditableSettings = Pick<
  Campaign,
  'name' | 'objective' | 'timezone' | 'window' | 'approval' | 'voice' | 'caps' | 'sender'
>;

/** What is asked for. The rest stays as it stands when the edit is applied: somebody else may have changed it by then. */
export interface CampaignEdit extends Partial<Omit<EditableSettings, 'window'>> {
  window?: Partial<SendingWindow>;
  /** Null: the scenario stays. */
  loaded: LoadedScenario | null;
}

/** The settings of a campaign as an edit would leave them. */
export function withEdit<C extends EditableSettings>(
  campaign: C,
  { loaded: _, window, ...settings }: CampaignEdit,
): C {
  return { ...campaign, ...settings, window: { ...campaign.window, ...window } };
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

/** Called now and then with how many people are planned anew. */
export type EditProgress = (done: number, total: number) => void;

export interface CampaignEditor {
  /**
   * What `apply` would do; writes nothing.
   * @throws UserError for a name that is taken, or a scenario that would send a step again
   */
  preview(campaignId: number, edit: CampaignEdit, now: number, progress?: EditProgress): Promise<EditEffect>;
  /**
   * Campaign, people and messages in one act. Only what is not sent changes; who has ended stays so.
   * @throws UserError as `preview`, and while a tick is at work
   */
  apply(campaignId: number, edit: CampaignEdit, now: number, progress?: EditProgress): Promise<EditEffect>;
}
