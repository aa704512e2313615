import type {
  CampaignMode,
  CampaignStatus,
  Channel,
  EnrolmentStatus,
  EventType,
  MessageState,
} from '../model.ts';
import type { Owner } from './ticks.ts';
import type { Writing } from './writer.ts';

/** One row of the ledger, and where its enrolment stands. Instants are UTC ms. */
export interface LedgerMessage {
  id: number;
  prospectId: number;
  person: string;
  campaign: string;
  campaignStatus: CampaignStatus;
  mode: CampaignMode;
  step: string;
  channel: Channel;
  kind: string;
  state: MessageState;
  /** The address it went to, or will. */
  to: string | null;
  subject: string | null;
  body: string;
  source: string;
  template: string | null;
  provider: string | null;
  providerId: string | null;
  attempts: number;
  /** What the provider said, or why it did not go out. */
  error: string | null;
  createdAt: number;
  /** The first call that may still count. */
  claimedAt: number | null;
  sentAt: number | null;
  enrolment: { status: EnrolmentStatus; reason: string | null; step: string | null };
}

/** Something that happened to one message. */
export interface LifeEvent {
  /** UTC ms. */
  at: number;
  what: EventType;
  /** What was said with it: a reason, a remark, the words of an answer. */
  detail: string | null;
}

/** What only one message at a time is asked for. */
export interface MessageDetail {
  message: LedgerMessage;
  /** Null: it was written before this was kept. */
  writing: Writing | null;
  /** Millionths of a US dollar, for texts that stood here before and were written anew by a remark. */
  costBefore: number;
  /** In the order it happened. */
  life: LifeEvent[];
}

export interface MessageFilter {
  states: readonly MessageState[];
  campaign: string | null;
  channel: Channel | null;
}

/** Each method is one atomic act. */
export interface MessageStore {
  /** Newest first, unless told otherwise; null: all. */
  list(filter: MessageFilter, limit: number | null, order?: 'newest' | 'oldest'): Promise<LedgerMessage[]>;
  count(filter: MessageFilter): Promise<number>;
  /** @throws UserError when there is none */
  find(id: number): Promise<LedgerMessage>;
  /** @throws UserError when there is none */
  detail(id: number): Promise<MessageDetail>;
  /**
   * Failed, rejected or uncertain ones go out again as a first call, all of them or none. A UserError says which
   * cannot: its enrolment has ended, or has gone on.
   */
  retry(ids: readonly number[], at: number): Promise<void>;
  /** What a dead tick left `sending` becomes uncertain; refused while a tick is at work, which may be sending it. */
  giveUp(id: number, owner: Owner, at: number): Promise<void>;
}
