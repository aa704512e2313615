import type { CampaignMode, CampaignStatus } from '../model.ts';
import type { Campaign } from '../plan/snapshot.ts';
import type { ScenarioVersion } from '../scenario/scenario.ts';
import type { PeopleFilter } from './people.ts';
import type { LoadedScenario } from './texts.ts';

export interface NewCampaign extends Omit<Campaign, 'id' | 'status' | 'scenarioVersionId'> {
  loaded: LoadedScenario;
}

export interface CampaignRowSummary {
  name: string;
  scenario: string;
  status: CampaignStatus;
  mode: CampaignMode;
  people: number;
  active: number;
  sent: number;
  replied: number;
  /** Why the bounce shield has paused it, or null. */
  pauseReason: string | null;
  /** Its launch was cut off, or is still under way. */
  unfinished: boolean;
  /** Next date of any of its enrolments, UTC ms. */
  nextAt: number | null;
}

export interface CampaignDetail {
  campaign: Campaign;
  version: ScenarioVersion;
  createdAt: number;
  /** Why the bounce shield has paused it; null: it has not, or a person has resumed it. */
  pauseReason: string | null;
  /** Enrolments by status, and active ones by step. */
  statuses: Record<string, number>;
  steps: Record<string, number>;
  nextAt: number | null;
  /** Messages by state. */
  messages: Record<string, number>;
}

export type PeopleSource =
  | { kind: 'all' }
  | { kind: 'import'; id: number }
  /** Everybody who is or was in it. */
  | { kind: 'campaign'; name: string }
  /** `now`: what waits too long is told from it, UTC ms. */
  | { kind: 'where'; filter: PeopleFilter; now: number };

export interface CampaignStore {
  /** Paused, until its people are in it: half of them are no campaign. A taken name is a UserError. */
  create(input: NewCampaign, now: number): Promise<Campaign>;
  /**
   * Its people are in it: it runs. One that somebody has paused meanwhile stays paused.
   * @throws UserError for one that has ended, or is gone
   */
  start(id: number): Promise<Campaign>;
  list(): Promise<CampaignRowSummary[]>;
  /** By name, without case; unknown ones are UserErrors with a suggestion. */
  find(name: string): Promise<Campaign>;
  detail(id: number): Promise<CampaignDetail>;
  /** Number of the campaign by this name whose launch was cut off, or is still under way; null: there is none. */
  unfinished(name: string): Promise<number | null>;
  /** Numbers of the people that `--from` names, in order. */
  candidates(source: PeopleSource): Promise<number[]>;
  /** Addresses that live campaigns send from instead of the workspace's, in small letters; none of completed ones. */
  senders(): Promise<string[]>;
  /**
   * Resuming what the shield has paused, it counts from now on.
   * @returns how many people a cap had put off, whom the next tick looks at again
   * @throws UserError for one that has ended
   */
  setStatus(id: number, status: 'running' | 'paused', now: number): Promise<number>;
}

export const LEFT_OUT = {
  blacklisted: 'on the blacklist',
  already_enrolled: 'in this campaign already',
  active_elsewhere: 'active in another campaign',
  said_no: 'asked for no more, in an earlier campaign',
  answered: 'answered or agreed to meet, in an earlier campaign (--include-answered takes them)',
  had_it: 'have had this scenario before (--again takes them)',
  unreachable: 'no address for any channel of the scenario',
} as const;
export type LeftOut = keyof typeof LEFT_OUT;
export const LEFT_OUT_REASONS: readonly LeftOut[] = [
  'blacklisted',
  'already_enrolled',
  'active_elsewhere',
  'said_no',
  'answered',
  'had_it',
  'unreachable',
];

/** Who is left out unless asked for. */
export interface TakenToo {
  /** Who answered in an earlier campaign. */
  answered: boolean;
  /** Whom a live campaign of the same scenario has reached: they get its steps once more. */
  again: boolean;
}

export interface EnrolResult {
  enrolled: number;
  left_out: Partial<Record<LeftOut, number>>;
}

export interface Enroller {
  /**
   * Nobody is enrolled twice, after a no, nor while on the blacklist or active in another running campaign of this mode.
   * @param campaign its name; the number of one that is launched, since another may have that name by then
   * @param too nobody unless given
   * @throws UserError for a campaign that has ended, also where it ends meanwhile
   */
  enrol(
    campaign: string | number,
    prospectIds: readonly number[],
    now: number,
    too?: TakenToo,
  ): Promise<EnrolResult>;
}
