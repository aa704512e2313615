import type { CampaignMode, Channel, MessageKind, MessageState, Prospect } from '../model.ts';
import type { Snapshot } from '../plan/snapshot.ts';
import type { Exchange } from '../texts/facts.ts';
import type { Envelope } from './channels.ts';
import type { NewMessage } from './ticks.ts';
import type { Writing } from './writer.ts';

/** A text that waits for approval. Instants are UTC ms. */
export interface Draft {
  messageId: number;
  enrolmentId: number;
  campaign: string;
  mode: CampaignMode;
  step: string;
  channel: Channel;
  kind: MessageKind;
  subject: string | null;
  body: string;
  /** `claude`, `template`, `channel_template`, or `operator` once a person has edited it. */
  source: string;
  template: string | null;
  writing: Writing | null;
  createdAt: number;
  prospect: Prospect;
  /** The last that was said with this person, on any channel. */
  exchange: Exchange | null;
  /** Names the text as it stands: who has seen another one does not settle this one. */
  fingerprint: string;
}

export interface DraftFilter {
  campaign: string | null;
  /** Only these; null: all. */
  channel: Channel | null;
  step: string | null;
}

/** A draft as a person has seen it. */
export type Seen = Pick<Draft, 'messageId' | 'fingerprint'>;

/** What of a draft a person may write anew, and what it makes of the envelope. */
export interface EditedText {
  subject: string | null;
  body: string;
  envelope: Envelope;
}

export interface Approved {
  approved: number[];
  /** Settled or changed by somebody else meanwhile; each `why` is one line. */
  left: { messageId: number; why: string }[];
}

/** What people have decided of a text: `fingerprint` names it as it stood then, `reason` is the remark or reason. */
interface PastDecision {
  what: 'approved' | 'edited' | 'rewritten' | 'declined';
  fingerprint: string | null;
  reason: string | null;
}

/** A message whose text waits or has waited, wherever it stands now. */
export interface PastDraft
  extends Pick<
    Draft,
    'messageId' | 'enrolmentId' | 'mode' | 'channel' | 'kind' | 'subject' | 'body' | 'fingerprint'
  > {
  state: MessageState;
  error: string | null;
  /** In the order they were taken. */
  decisions: readonly PastDecision[];
}

/**
 * Drafts of paused campaigns, of people who are paused, who answered or are on the blacklist, and of steps that have
 * been passed are not offered. Each method is one atomic act. Where two people review at once the first one wins: the
 * second gets a UserError, or a line in `left`.
 */
export interface ReviewStore {
  /** Oldest first; those in `except` (put off for now) are left out. Who is on the blacklist is stopped. */
  list(filter: DraftFilter, limit: number | null, except?: readonly number[]): Promise<Draft[]>;
  count(filter: DraftFilter): Promise<number>;
  /** By its number, of a paused campaign or person as well; a UserError says what became of it otherwise. */
  find(messageId: number): Promise<Draft>;
  /** By its number, whether it still waits or not; null: there is none. */
  past(messageId: number): Promise<PastDraft | null>;
  /** What another text is written from. */
  snapshot(enrolmentId: number): Promise<Snapshot>;
  /** Ready for the next tick, which looks at every rule again. Those of a step go together. One act for some hundred texts. */
  approve(seen: readonly Seen[], at: number): Promise<Approved>;
  /** It will not go out, and the step is passed over. */
  reject(seen: Seen, reason: string, at: number): Promise<void>;
  /** A person has written it: from now on it is kept as it is. */
  edit(seen: Seen, text: EditedText, at: number): Promise<Draft>;
  /** Another text in its place, which waits for approval as it did. */
  replace(seen: Seen, message: NewMessage, remark: string | null, at: number): Promise<Draft>;
  /** This person is not to be contacted any more. */
  stop(seen: Seen, at: number): Promise<void>;
}
