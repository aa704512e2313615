import type { FileKind } from '../linkedin/files.ts';
import type { Policy } from '../plan/decision.ts';
import type { CsvRecord } from './imports.ts';
import type { StoppedCounts } from './people.ts';

/** One file of LinkedIn's data export, wherever it lay. */
export interface LinkedinFile {
  /** As a person would name it: `messages.csv`, `export.zip: messages.csv`. */
  name: string;
  kind: FileKind;
  header: readonly string[];
  /** From the beginning each time; throws a UserError with the line of a broken row. */
  records(): AsyncIterable<CsvRecord[]>;
}

export interface LinkedinExport {
  files: readonly LinkedinFile[];
  /** Files of an archive or a folder that are none of these. */
  ignored: number;
  close(): Promise<void>;
}

/** Somebody of the base with the name and firm of a connection. */
export interface Namesake {
  id: number;
  name: string;
  /** Their profile, or null. */
  linkedin: string | null;
}

/** A text that waits to be sent on LinkedIn, of a live campaign. */
export interface OpenText {
  messageId: number;
  prospectId: number;
  invitation: boolean;
  body: string;
  /** UTC ms. */
  createdAt: number;
}

/** A text that was sent to somebody on LinkedIn, in a live campaign. */
export interface SentText {
  prospectId: number;
  invitation: boolean;
  body: string;
  /** UTC ms. */
  at: number;
}

export interface FoundConnection {
  prospectId: number;
  /** ISO date. */
  on: string;
  /** A profile that was not known of them; null: nothing new. */
  slug: string | null;
}

/** The text of a task seems to have gone out, at an instant in UTC ms. */
export interface FoundSending {
  messageId: number;
  prospectId: number;
  invitation: boolean;
  at: number;
  /** As it went out; null: not known. */
  body: string | null;
}

export interface FoundReply {
  prospectId: number;
  conversation: string;
  sender: string;
  /** UTC ms. */
  at: number;
  text: string;
  optOut: boolean;
  /** False: a refusal from before anything of ours. It counts for no campaign, and as a refusal. */
  answersUs: boolean;
}

export interface Findings {
  connections: readonly FoundConnection[];
  sendings: readonly FoundSending[];
  replies: readonly FoundReply[];
}

export type TakenWhat =
  | 'accepted'
  | 'connected'
  | 'connected_known'
  | 'sent'
  | 'looks_sent'
  | 'replied'
  | 'opted_out'
  | 'reply_known';

export interface Taken {
  outcomes: { what: TakenWhat; prospectId: number; at: number | null; detail: string | null }[];
  /** Profiles filled in, and those that are another person's. */
  profiles: { filled: number; taken: number };
  /** Open invitations to people who are connected. */
  closed: number;
  stopped: StoppedCounts;
  colleagues: StoppedCounts;
  blacklisted: number;
}

export interface TakeOptions {
  /** Everything happens in a copy of the base, which keeps nobody from writing and is gone in the end. */
  dryRun: boolean;
  /** Texts that seem to have gone out are recorded as sent; else they are listed. */
  confirmSent: boolean;
  /** Of live campaigns: by what the next date is reckoned. */
  rules: Pick<Policy, 'calendar' | 'country' | 'spread'>;
  /** The zone of the workspace. */
  zone: string;
  /** UTC ms. */
  now: number;
}

/** UTC ms. */
export interface KnownSince {
  /** The first touch, or the first enrolment. */
  knownAt: number;
  /** The first touch; null: none yet. */
  touchedAt: number | null;
}

/** What reading asks the base. */
export interface FindingsStore {
  /** People by profile. */
  bySlug(slugs: readonly string[]): Promise<Map<string, number>>;
  /** People by name and firm (engine/linkedin/match.ts); those with none of the keys are left out. */
  byKey(keys: ReadonlySet<string>): Promise<Map<string, Namesake[]>>;
  /** From when on an answer counts. Those whom no campaign has, or had, are left out. */
  knownSince(prospectIds: readonly number[]): Promise<Map<number, KnownSince>>;
  openTexts(): Promise<OpenText[]>;
  sentTexts(prospectIds: readonly number[]): Promise<SentText[]>;
}

export interface LinkedinStore extends FindingsStore {
  names(prospectIds: readonly number[]): Promise<Map<number, string>>;
  /**
   * A file has told who was connected by then, UTC ms: as if somebody had looked up all invitations from before. Of a
   * file in which is nobody who connected after an invitation of ours, nothing is taken.
   */
  lookedUp(until: number, connections: readonly FoundConnection[]): Promise<void>;
  /** The firms whose people an answer of one of them may stop; who has none is left out. */
  firms(prospectIds: readonly number[]): Promise<Map<number, string>>;
  begin(options: TakeOptions): Promise<Taking>;
}

export interface Taking {
  /** One act; it stays in whatever happens then. What is known already changes nothing. */
  take(portion: Findings): Promise<Taken>;
  /** Whatever happened. */
  end(): Promise<void>;
}
