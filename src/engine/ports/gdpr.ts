import type { SuppressionKey } from '../model.ts';
import type { BlacklistEntry } from './people.ts';

/** A row as it stands in the database; texts that hold JSON are read, instants are ISO times. */
export type HeldRow = Record<string, unknown>;

/** All that is held about one person. */
export interface HeldData {
  prospectId: number;
  person: HeldRow;
  /** The lists that brought or completed them. */
  imports: HeldRow[];
  campaigns: HeldRow[];
  /** By table: each row that is about them. */
  tables: Record<string, HeldRow[]>;
  /** Beginnings of campaigns that name them. */
  drafts: HeldRow[];
  /** Entries that forbid contacting them, expired ones too. */
  blacklist: BlacklistEntry[];
  /** Whose files may lie in the outbox. */
  messageIds: number[];
}

/** What erasing somebody would touch. */
export interface ErasureScope {
  prospectId: number;
  name: string;
  company: string | null;
  openEnrolments: number;
  messages: number;
  events: number;
  /** Entries of the blacklist that become fingerprints. */
  entries: number;
  messageIds: number[];
  /** Why it cannot be done now; null: it can. */
  obstacle: string | null;
}

export interface Erased {
  people: number;
  stopped: number;
  /** Kept, so that they are never contacted again. */
  fingerprints: number;
  /** Of theirs: files of them may lie in the outbox. */
  messageIds: number[];
}

/** `request`: they asked for it, and are never contacted again; `purge`: their time is over, which is no objection. */
export type ErasureCause = 'request' | 'purge';

export interface StalePerson {
  id: number;
  name: string;
  company: string | null;
  /** UTC ms; of somebody who was never contacted, when they were taken in. */
  lastContactAt: number;
}

export interface GdprStore {
  collect(prospectId: number): Promise<HeldData>;
  scope(prospectIds: readonly number[]): Promise<ErasureScope[]>;
  /**
   * One act. Facts go from every table; rows stay as far as something is counted by them.
   * @throws UserError where a message is being sent, or a tick is at work
   */
  erase(prospectIds: readonly number[], cause: ErasureCause, now: number): Promise<Erased>;
  /** Whether anybody in the base has this address. */
  isHeld(key: SuppressionKey): Promise<boolean>;
  /**
   * Keeps fingerprints of somebody who is not in the base; whoever has come into it since is stopped. How many are new.
   */
  refuse(keys: readonly SuppressionKey[], now: number): Promise<number>;
  /** Of everybody who was ever erased: files of them may have been left in the outbox. */
  messagesOfErased(): Promise<number[]>;
  /** Nobody who is in an open enrolment. @param receivedOnly what we sent does not count as contact */
  stale(before: number, receivedOnly: boolean): Promise<StalePerson[]>;
  /** Writes the file anew, so that nothing erased is left in its free pages; false: something else holds it open. */
  compact(): Promise<boolean>;
}

/** Files of rehearsed messages in the outbox. */
export interface MessageFiles {
  /** Names. */
  of(messageIds: readonly number[]): string[];
  text(name: string): string;
  /** @throws a Node system error */
  remove(name: string): void;
}
