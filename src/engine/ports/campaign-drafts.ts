import type { Approval } from '../model.ts';

/** What `campaign create` was told, each answer as its flag takes it; what is absent was not asked yet. */
export interface CampaignAnswers {
  name: string;
  objective?: string | undefined;
  scenario?: string | undefined;
  /** Each as `--from` takes it. */
  from?: readonly string[] | undefined;
  /** People given by hand, each as `--person` takes it. */
  person?: readonly string[] | undefined;
  timezone?: string | undefined;
  days?: string | undefined;
  hours?: string | undefined;
  daysOff?: string | undefined;
  start?: string | undefined;
  language?: string | undefined;
  approval?: Approval | undefined;
  voice?: string | undefined;
  caps?: string | undefined;
  sender?: string | undefined;
  mode?: 'auto' | 'live' | 'rehearsal' | undefined;
  includeAnswered?: boolean | undefined;
  again?: boolean | undefined;
}

export interface CampaignDraft {
  id: number;
  answers: CampaignAnswers;
  /** UTC ms. */
  createdAt: number;
  updatedAt: number;
}

/** Campaigns that are not launched yet. */
export interface CampaignDraftStore {
  /** Newest change first. */
  list(): Promise<CampaignDraft[]>;
  /** By name, without case and accents; null: there is none. */
  find(name: string): Promise<CampaignDraft | null>;
  /**
   * @param id null for a new one
   * @returns its number
   * @throws UserError for a name that a campaign or another draft has
   */
  save(id: number | null, answers: CampaignAnswers, now: number): Promise<number>;
  remove(id: number): Promise<void>;
}
