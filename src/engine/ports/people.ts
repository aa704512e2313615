import type {
  CampaignMode,
  CampaignStatus,
  Channel,
  EnrolmentStatus,
  HashName,
  MessageState,
  Prospect,
  ProspectField,
  SuppressionKey,
  SuppressionKind,
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
  /** What allows their data to be held, where it was said for them alone. */
  legalBasis: string | null;
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
  /** Of the same firm and in a running or paused campaign; a few, and how many there are. */
  colleagues: { people: Colleague[]; all: number };
  /** The list that brought them; null: not known. */
  importedBy: { id: number; file: string; at: number } | null;
  /** The last touch that went out for real, UTC ms. */
  lastContactAt: number | null;
  createdAt: number;
  updatedAt: number;
}

interface Colleague {
  id: number;
  name: string;
  title: string | null;
  campaign: string;
  status: EnrolmentStatus;
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
  /** The step that comes next, and the channel of that step. */
  step: string | null;
  channel: Channel | null;
  /** Whether they have answered or agreed to meet, ever; with `campaign`: there. */
  replied: boolean | null;
  /** Only those whom nothing moves on by itself: engine/stuck.ts. */
  stuck: boolean;
  /** Part of a name, company, title or e-mail, without case and accents. */
  text: string | null;
  company: string | null;
  source: string | null;
  /** One of their tags, whole. */
  tag: string | null;
  /** Whom this import created or completed. */
  importId: number | null;
  /** Facts that must be there, and facts that must not. */
  has: readonly ProspectField[];
  lacks: readonly ProspectField[];
}

/** What a filter asks of an enrolment itself, and not of the person. */
export type StandingFilter = Pick<PeopleFilter, 'campaign' | 'status' | 'step' | 'channel' | 'stuck'>;

/** Leaves nobody out: spread it and set what is to be asked. */
export const EVERYBODY: PeopleFilter = {
  campaign: null,
  status: null,
  step: null,
  channel: null,
  replied: null,
  stuck: false,
  text: null,
  company: null,
  source: null,
  tag: null,
  importId: null,
  has: [],
  lacks: [],
};

/** `next`: whose next date comes first; `contacted`, `added`: the latest first. */
export const PEOPLE_SORTS = ['id', 'name', 'company', 'next', 'contacted', 'added'] as const;
export type PeopleSort = (typeof PEOPLE_SORTS)[number];

export interface Resolved {
  /** In the order they were named, each once. */
  ids: number[];
  /** References that name nobody, as they were typed. */
  unknown: string[];
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
  /** Streaming; `limit` null is all of them. Whose data were erased are never among them. By id, if not said. */
  list(filter: PeopleFilter, limit: number | null, sort?: PeopleSort): AsyncIterable<PersonRow>;
  count(filter: PeopleFilter): Promise<number>;
  /** Ascending. */
  ids(filter: PeopleFilter): Promise<number[]>;
  /** The same people as `find` would give, without looking for names: many references at once. */
  resolve(references: readonly string[], country: string): Promise<Resolved>;
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
  /** Who put it there: `operator`, `reply`, a provider, a file. */
  source: string;
  createdAt: number;
  /** UTC ms: it forbids nothing from then on; null: for good. */
  expiresAt: number | null;
}

/** What to list, by whom and why. Instants are UTC ms. */
export interface Listing {
  reason: string;
  source: string;
  now: number;
  /** Null or left out: for good. */
  expiresAt?: number | null;
}

/** `renewed`: there before, and now for longer; `known`: nothing had to change. */
export type ListingResult = 'added' | 'renewed' | 'known';

export interface ListedKeys extends Record<ListingResult, SuppressionKey[]> {
  /** People in the base whom the keys match, stopped or not. */
  matched: number;
  stopped: StoppedCounts;
}

export interface BlacklistFilter {
  kind: SuppressionKind | null;
  /** Part of the value, reason or source, without case and accents. */
  text: string | null;
  /** Only what has expired; else only what stands. */
  expired: boolean;
}

export interface StoppedCounts {
  people: number;
  enrolments: number;
  messages: number;
}

export interface SuppressionStore {
  /** Stores the entries and stops everyone they match, in one act; entries already there stop people again. */
  add(keys: readonly SuppressionKey[], by: Listing): Promise<ListedKeys>;
  /** Whom these keys match, by plain values, and how many of them are under way in a campaign. */
  matching(keys: readonly SuppressionKey[]): Promise<{ people: number; underWay: number }>;
  /** The entries that were there. Nobody is started again by this. */
  remove(keys: readonly SuppressionKey[]): Promise<SuppressionKey[]>;
  /** Oldest first, streaming. */
  list(filter: BlacklistFilter): AsyncIterable<BlacklistEntry>;
  /** The entries for these keys, hashed ones too, and those that have expired. */
  entries(keys: readonly SuppressionKey[]): Promise<BlacklistEntry[]>;
  /** The same key hashed; a firm's domain or SIREN, and what is hashed already, as it is. */
  hashed(key: SuppressionKey, hash: HashName): SuppressionKey;
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
  /** Its id in the source it came from, which takes it once. */
  externalId?: string;
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
