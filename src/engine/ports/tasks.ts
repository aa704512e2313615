import type { CampaignMode, Channel, MessageState, Prospect } from '../model.ts';
import type { Snapshot } from '../plan/snapshot.ts';
import type { Advance } from './ticks.ts';

/** A message that waits for a person. Instants are UTC ms. */
export interface Task {
  messageId: number;
  enrolmentId: number;
  campaign: string;
  mode: CampaignMode;
  step: string;
  channel: Channel;
  kind: string;
  state: Extract<MessageState, 'awaiting_operator' | 'uncertain'>;
  body: string;
  subject: string | null;
  /** Why it is uncertain. */
  error: string | null;
  createdAt: number;
  /** When it was handed to the provider, which is when it reached the person if it did; null for LinkedIn. */
  claimedAt: number | null;
  prospect: Prospect;
}

export interface TaskFilter {
  campaign: string | null;
  /** Only these; null: all. */
  channel: Channel | null;
}

/**
 * Tasks of paused campaigns, of people who answered and of people on the blacklist are not offered. Each method is
 * one atomic act.
 */
export interface TaskStore {
  /** Oldest first; those in `except` (put off for now) are left out. Who is on the blacklist is stopped. */
  list(filter: TaskFilter, limit: number | null, except?: readonly number[]): Promise<Task[]>;
  count(filter: TaskFilter): Promise<number>;
  /** The open task of this message; a UserError says what became of it otherwise. */
  find(messageId: number): Promise<Task>;
  /** What the next date is computed from. */
  snapshot(enrolmentId: number): Promise<Snapshot>;
  /**
   * It was sent: message, event and next date, `body` as it really went out. Taken even when an answer has closed
   * the task meanwhile: the touch has happened. `advance` is null for an `also` touch.
   */
  done(task: Task, sent: { body: string; advance: Advance | null; at: number }): Promise<void>;
  /** It was not sent and will not be: the enrolment goes on as after a skipped step. */
  skip(task: Task, reason: string, at: number): Promise<void>;
  /** This person is not to be contacted any more. */
  stop(task: Task, at: number): Promise<void>;
  /** The LinkedIn invitation was accepted. False when it was known already; a UserError when none was sent. */
  accepted(prospectId: number, at: number): Promise<boolean>;
}
