import type {
  CampaignMode,
  CampaignStatus,
  Channel,
  EnrolmentStatus,
  MessageState,
  Prospect,
  SuppressionKey,
} from '../model.ts';

/** Where one person stands in one campaign. Instants are UTC ms; `timezone` is the campaign's, to show them in. */
export interface EnrolmentView {
  id: number;
  campaign: string;
  campaignStatus: CampaignStatus;
  mode: CampaignMode;
  timezone: string;
  status: EnrolmentStatus;
  reason: string | null;
  step: string | null;
  nextAt: number | null;
  hold: string | null;
  createdAt: number;
  endedAt: number | null;
}

/** Open enrolments first, then the newest. */
export interface PersonRow {
  prospect: Prospect;
  enrolments: EnrolmentView[];
  /** The entry of the blacklist that forbids contacting them. */
  suppressedBy: SuppressionKey | null;
}

export interface HistoryLine {
  at: number;
  /** A message's state (`sent`, `ready` ...) or an event's type (`replied`, `opened` ...). */
  what: string;
  campaign: string | null;
  timezone: string | null;
  step: string | null;
  channel: Channel | null;
  /** Subject or text of a message, words of a reply, reason of a skip. Untrusted. */
  text: string | null;
  message: { id: number; state: MessageState } | null;
}

export interface PersonCard extends PersonRow {
  /** Oldest first. */
  history: HistoryLine[];
  blacklist: BlacklistEntry[];
  createdAt: number;
  updatedAt: number;
}

export const PERSON_STATUSES = [
  'active',
  'paused',
  'replied',
  'meeting',
  'completed',
  'stopped',
  'failed',
  'none',
] as const satisfies readonly (EnrolmentStatus | 'none')[];

export interface PeopleFilter {
  /** A campaign's name, compared without case. */
  campaign: string | null;
  /** `none`: in no campaign. With `campaign`: the status there. */
  status: (typeof PERSON_STATUSES)[number] | null;
  /** Part of a name, company, title or e-mail, without case and accents. */
  text: string | null;
  company: string | null;
}

export interface PauseResult {
  /** As they are now. */
  changed: EnrolmentView[];
  /** Where nothing was there to pause or resume: what there is instead. */
  instead: EnrolmentView[];
}

/** Each method is one atomic act. References that name nobody, or several people, are UserErrors. */
export interface PeopleStore {
  find(reference: string, country: string): Promise<Prospect>;
  card(prospectId: number): Promise<PersonCard>;
  /** By id, streaming; `limit` null is all of them. */
  list(filter: PeopleFilter, limit: number | null): AsyncIterable<PersonRow>;
  count(filter: PeopleFilter): Promise<number>;
  /** Names of the custom fields that someone in the selection has, sorted. */
  customFields(filter: PeopleFilter): Promise<string[]>;
  /** active -> paused. The next date is kept for resume. */
  pause(prospectId: number, campaign: string | null, now: number): Promise<PauseResult>;
  /** paused -> active, at once or at its next date, whichever is later; the planner decides from there. */
  resume(prospectId: number, campaign: string | null, now: number): Promise<PauseResult>;
  /** Deletes a person and their enrolments. Refuses who has been contacted: the ledger is kept. */
  remove(prospectId: number): Promise<{ enrolments: number }>;
}

export interface BlacklistEntry extends SuppressionKey {
  reason: string;
  /** Who put it there: `operator`, `reply`, a provider. */
  source: string;
  createdAt: number;
}

export interface StoppedCounts {
  people: number;
  enrolments: number;
  messages: number;
}

export interface SuppressionStore {
  /** Stores the entries and stops everyone they match, in one act; entries already there stop people again. */
  add(
    keys: readonly SuppressionKey[],
    by: { reason: string; source: string; now: number },
  ): Promise<{ added: SuppressionKey[]; known: SuppressionKey[]; matched: number; stopped: StoppedCounts }>;
  /** The entries that were there. Nobody is started again by this. */
  remove(keys: readonly SuppressionKey[]): Promise<SuppressionKey[]>;
  list(): Promise<BlacklistEntry[]>;
  /** The entries among these keys. */
  entries(keys: readonly SuppressionKey[]): Promise<BlacklistEntry[]>;
  /** Of these people, who is on the blacklist and by which entry. */
  suppressed(
    items: readonly { id: number; keys: readonly SuppressionKey[] }[],
  ): Promise<Map<number, SuppressionKey>>;
}

export interface Reply {
  prospectId: number;
  text: string;
  meeting: boolean;
  /** The person asked not to be contacted again: their addresses go on the blacklist. */
  optOut: boolean;
  /** Where it came in; null: the channel of the touch it answers. */
  channel: Channel | null;
  /** When it came in, UTC ms. */
  at: number;
  now: number;
}

export interface ReplyResult {
  /** The touch it counts for: the last one before it. Null for a person who is in no campaign. */
  answers: {
    enrolmentId: number;
    campaign: string;
    mode: CampaignMode;
    step: string | null;
    channel: Channel | null;
    /** What the enrolment became, or stays when it had ended for a reason that an answer does not change. */
    status: EnrolmentStatus;
  } | null;
  stopped: StoppedCounts;
  /** People of the same company who were stopped by it. */
  colleagues: StoppedCounts;
  blacklisted: SuppressionKey[];
}

/** The last e-mail before `at` came back, or was called spam. Instants are UTC ms. */
export interface DeliveryProblem {
  prospectId: number;
  type: 'bounced' | 'complained';
  at: number;
  now: number;
}

export interface ReplyStore {
  /** Event, statuses, cancelled messages, company stop and blacklist in one act. */
  add(reply: Reply): Promise<ReplyResult>;
  /** Event, ended enrolments, cancelled messages and blacklist in one act. `answers` is the mail it is about. */
  deliveryProblem(problem: DeliveryProblem): Promise<ReplyResult>;
}
