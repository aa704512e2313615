import type { CampaignCaps } from '../../src/engine/limits/campaign-caps.ts';
import type { Approval } from '../../src/engine/model.ts';
import type { Scenario } from '../../src/engine/scenario/scenario.ts';
import type { CampaignSender } from '../../src/engine/texts/mailbox.ts';
import type { ProspectOverrides } from '../builders.ts';

/** What the provider says to one call or one message, whether it arrived all the same, and how long it took. */
export interface Answer {
  says: (typeof SAID)[number];
  arrived: boolean;
  takes: number;
}
export const SAID = [
  'sent',
  'rejected',
  'opted_out',
  'out_of_reach',
  'retry',
  'lost',
  'unclear',
  'misconfigured',
  'throws',
] as const;

/** What happens to one of the people or campaigns, by its place in the story, between the acts of a tick or of ticks. */
export type Input =
  | { input: 'reply' | 'opt_out' | 'meeting' | 'blacklist' | 'pause' | 'resume' | 'accept'; person: number }
  | { input: 'pause_campaign' | 'resume_campaign' | 'complete_campaign'; campaign: number }
  | { input: 'task_done' | 'task_skip' | 'task_stop' | 'task_undo'; task: number }
  | { input: 'approve' | 'edit' | 'reject'; draft: number }
  | { input: 'rename'; person: number }
  | { input: 'prepare'; hours: number }
  | { input: 'change_sender'; campaign: number; sender: number };

/** Who may send for a campaign; null: the workspace. */
export const SENDERS: readonly (CampaignSender | null)[] = [
  null,
  { name: 'Claire Martin', email: 'Claire@agence.example' },
  { name: 'Zoé Petit', email: 'zoe@nexalis.example' },
];

/** The acts of a tick in which it may die: a method of its store, or the call to the provider. */
export const ACTS = [
  'start',
  'recover',
  'lookUp',
  'due',
  'remember',
  'apply',
  'claim',
  'send',
  'record',
  'finish',
] as const;

export interface Round {
  /** Ms, or on to the next date of anybody. */
  jump: number | 'next';
  inputs: Input[];
  answers: Answer[];
  /** What the list of the provider says first; the truth after that. */
  lookUp: 'truth' | 'too_early' | 'unknown' | 'throws';
  crash: { act: (typeof ACTS)[number]; nth: number; when: 'before' | 'after' } | null;
  meanwhile: { act: number; input: Input } | null;
  /** At this act somebody asks the tick to stop. */
  stop: number | null;
  limit: number | null;
  concurrency: number;
}

/** Of e-mails and SMS alike, by day and by seven days. */
export interface StoryCaps {
  hour: number;
  day: number;
  week: number;
}

export interface Story {
  start: number;
  caps: StoryCaps | null;
  maxAttempts: number;
  campaigns: {
    scenario: Scenario;
    days: number[];
    hours: readonly [number, number];
    timezone: string;
    approval: Approval;
    /** Touches a day of this campaign alone. */
    own: CampaignCaps;
    sender: number;
  }[];
  people: { facts: ProspectOverrides; campaigns: boolean[] }[];
  rounds: Round[];
}
