import type { CampaignMode, Channel, MessageState, Prospect } from '../model.ts';
import type { Snapshot } from '../plan/snapshot.ts';
import type { Advance, NewMessage } from './ticks.ts';

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
  /** A person has put it off until then; null: never. */
  laterAt: number | null;
  prospect: Prospect;
}

export interface TaskFilter {
  campaign: string | null;
  /** Only these; null: all. */
  channel: Channel | null;
}

/** What a session may still offer beside the filter. Those of rehearsals bother nobody, and are always offered. */
export interface Offer extends TaskFilter {
  /** Live invitations as well. */
  invitations: boolean;
  /** Live messages as well. */
  messages: boolean;
  /** Campaigns whose own cap of the day is reached. */
  full: readonly CampaignLane[];
  /** Live texts only for those whom no other touch has reached since, UTC ms; null: for all. */
  untouchedSince: number | null;
}

export interface CampaignLane {
  campaignId: number;
  invitation: boolean;
}

export const TASK_ACTS = [
  'sent',
  'skipped',
  'stopped',
  'later',
  'not_found',
  'connected',
  'accepted',
] as const;
export type TaskAct = (typeof TASK_ACTS)[number];

/** By what an act is known, to be taken back: the number of its first event; null: it was only put off. */
export type Said = number | null;

export interface Undone {
  act: TaskAct;
  prospectId: number;
}

/**
 * Tasks of paused campaigns, of people who answered and of people on the blacklist are not offered. Each method is
 * one atomic act.
 */
export interface TaskStore {
  /** Those put off come last, else oldest first; those in `except` are left out. Who is on the blacklist is stopped. */
  list(filter: TaskFilter | Offer, limit: number | null, except?: readonly number[]): Promise<Task[]>;
  /**
   * The open task of this message; a UserError says what became of it otherwise.
   * @param cancelled a LinkedIn text that was taken back meanwhile as well: it may have been sent before
   */
  find(messageId: number, cancelled?: boolean): Promise<Task>;
  /** What the next date is computed from. */
  snapshot(enrolmentId: number): Promise<Snapshot>;
  /**
   * It was sent: message, event and next date, `body` as it really went out. Taken even when an answer has closed
   * the task meanwhile: the touch has happened. `advance` is null for an `also` touch.
   */
  done(task: Task, sent: { body: string; advance: Advance | null; at: number }): Promise<Said>;
  /** It was not sent and will not be: the enrolment goes on as after a skipped step. */
  skip(task: Task, reason: string, at: number): Promise<Said>;
  /** To the end of the queue until then. */
  later(task: Task, until: number): Promise<Said>;
  /** There is no such profile: the step goes its other ways, and this profile is not used again. */
  notFound(task: Task, at: number): Promise<Said>;
  /** They are a connection already: open invitations are passed over, and what waits for an acceptance goes on. */
  connected(task: Task, at: number): Promise<Said>;
  /** This person is not to be contacted any more. */
  stop(task: Task, at: number): Promise<Said>;
  /**
   * A LinkedIn invitation was accepted: this one, else the last of the enrolment, else of the person; null when that was known already. A
   * UserError when none was sent.
   */
  accepted(
    prospectId: number,
    at: number,
    of?: { messageId?: number; enrolmentId?: number },
  ): Promise<{ messageId: number; said: Said } | null>;
  /** A person has written it, to be sent later: from now on it is kept as it is. */
  edit(task: Task, body: string, at: number): Promise<Task>;
  /** Another text in its place. */
  rewrite(task: Task, message: NewMessage, remark: string, at: number): Promise<Task>;
  /**
   * Takes back what was last said of this message: all is as it was before, and nothing of it counts. A UserError
   * where there is nothing to take back, or where it has had consequences since.
   * @param said only this, and nothing that somebody else has said after it
   */
  undo(messageId: number, at: number, said?: Said): Promise<Undone>;
}
