import type { Used } from '../limits/capacity.ts';
import type { Lane } from '../limits/caps.ts';
import type { Circuit } from '../limits/circuit.ts';
import type { Shielded } from '../limits/shield.ts';
import type { CampaignMode, Channel, MessageKind, SendingWindow } from '../model.ts';
import type { Skip } from '../plan/decision.ts';
import type { Campaign, Snapshot } from '../plan/snapshot.ts';
import type { HoldReason, StopReason, WaitReason } from '../reasons.ts';
import type { Exchange } from '../texts/facts.ts';
import type { TickSummary } from '../tick/summary.ts';
import type { Envelope, Outgoing, Pending } from './channels.ts';
import type { Writing } from './writer.ts';

export interface Owner {
  host: string;
  pid: number;
}

/** Where a scan of due enrolments goes on; each is looked at once a tick, whatever became of it. */
export interface DueCursor {
  nextAt: number;
  id: number;
}

export interface NewMessage {
  channel: Channel;
  kind: MessageKind;
  state: 'ready' | 'awaiting_operator' | 'awaiting_approval';
  /** The stored text that this one takes the place of: it was never called for, and its facts have changed. */
  replaces: number | null;
  subject: string | null;
  body: string;
  envelope: Envelope;
  source: string;
  template: string | null;
  writing: Writing;
  factsKey: string;
  /** Whose caps it counts against: the address of the sender, or `linkedin`. */
  sender: string;
}

/** A stored text that will not go out any more; `sending` when an earlier call may have: the provider is asked. */
export interface StaleMessage {
  messageId: number;
  state: 'expired' | 'failed' | 'sending';
  reason: string;
}

/** What the plan of one enrolment changes. Applied only if the enrolment is still as it was planned. */
export interface Change {
  enrolmentId: number;
  prospectId: number;
  campaignId: number;
  plannedStep: string;
  plannedHold: string | null;
  plannedNextAt: number;
  skips: readonly Skip[];
  step: string;
  anchorAt: number;
  stepAt: number;
  stale: readonly StaleMessage[];
  outcome:
    | { do: 'wait'; until: number; reason: WaitReason }
    | { do: 'hold'; reason: HoldReason; detail: string | null }
    | { do: 'stop'; reason: StopReason }
    | { do: 'complete' }
    /**
     * `existing`: how many texts stored earlier go out as well; `repeats`: one of them was called for before, and goes
     * first, whatever waits; `handOver`: which of them are for a person to paste.
     */
    | {
        do: 'touch';
        channel: Channel;
        messages: readonly NewMessage[];
        existing: number;
        repeats: boolean;
        handOver: readonly number[];
      };
}

/** Where the enrolment goes after a touch; `step` null: that was the last one. */
export interface Advance {
  step: string | null;
  anchorAt: number;
  nextAt: number | null;
}

/**
 * What became of a claimed message. An `also` touch moves and holds nothing: its `advance` is null, `holds` false,
 * and one that surely did not go out in its pass is `dropped`.
 */
export type Recorded = { messageId: number } & (
  | { result: 'sent'; providerId: string | null; delivered: boolean; advance: Advance | null }
  | { result: 'rejected'; reason: string; suppress: boolean; holds: boolean }
  /** `called` false: nobody was asked, so that it is no failed call. */
  | { result: 'retry'; at: number; reason: string; called: boolean }
  | { result: 'repeat'; at: number; reason: string }
  | { result: 'uncertain'; reason: string; holds: boolean }
  /** Stays `sending`, without its key, until the provider has been asked (UTC ms). */
  | { result: 'checking'; until: number; reason: string; holds: boolean }
  /** The provider could not say yet: as it is, until the next time. */
  | { result: 'unsettled'; until: number; holds: boolean }
  /** Surely not sent: out again, if the enrolment still stands there. */
  | { result: 'absent'; holds: boolean }
  | { result: 'released'; reason: string }
  | { result: 'dropped'; reason: string }
  /** Given up: the step's fallback channel is tried, else the step is passed over. */
  | { result: 'failed'; reason: string }
);

/** A call of unknown fate that is not repeated: the provider is asked what became of it. */
export interface OpenCall extends Pending {
  provider: string;
  mode: CampaignMode;
  step: string;
  /** What the next date is computed from. */
  snapshot: Snapshot;
}

export interface StoredMessage {
  messageId: number;
  enrolmentId: number;
  channel: Channel;
}

/** The hours and the place by which a call is allowed, stored with the message for `hector verify`. */
export interface Claim {
  messageId: number;
  allowed: Allowed;
}

export interface Allowed extends SendingWindow {
  zone: string;
  region: string;
}

export interface ClaimedMessage extends Outgoing {
  /** 1: the first call. */
  attempt: number;
}

export interface Claimed {
  /** Stored with each message before this returns. */
  idempotencyKey: string;
  outgoing: ClaimedMessage[];
}

/** An e-mail that has gone out, as its provider knows it. */
export interface SentMail {
  enrolmentId: number;
  provider: string;
  providerId: string;
  /** The header `References` that it went out with. */
  references: string | null;
}

/** What has gone out on a lane, or perhaps has; LinkedIn texts that a person holds count as well. */
export interface Usage extends Used {
  /** The first send of this sender on the channel, UTC ms; null: none yet. */
  firstAt: number | null;
}

/** A live campaign with caps or a sender of its own. */
export type OwnLimits = Pick<Campaign, 'id' | 'name' | 'caps' | 'sender'>;

/** The caps of a sender, or of a campaign (`campaign 12`), on a date in the zone of the workspace. */
export interface CapRow {
  sender: string;
  lane: Lane;
  date: string;
  day: number | null;
  week: number | null;
}

/** What the caps and the circuits of senders are remembered by. */
export interface SenderStore {
  /** Live campaigns with caps or a sender of their own. */
  ownLimits(): Promise<OwnLimits[]>;
  /** Sends since three instants, from the ledger; in the order of `lanes`. */
  usage(
    lanes: readonly { lane: Lane; channel: Channel; sender: string }[],
    since: Record<keyof Used, number>,
  ): Promise<Usage[]>;
  /** Sends of each live campaign since an instant (UTC ms), whoever sent them, counted as `usage` does. */
  campaignUsage(since: number): Promise<{ campaignId: number; lane: Lane; sent: number }[]>;
  circuits(): Promise<Circuit[]>;
  /** Once a tick that has work: what `hector verify` judges the day by, and circuits for the next tick. */
  remember(caps: readonly CapRow[], circuits: readonly Circuit[]): Promise<void>;
}

/** Each method is one atomic act. */
export interface TickStore extends SenderStore {
  /** Takes the lease, replacing a dead owner, and opens a row in the run log. Null: a live tick holds it. */
  start(owner: Owner, at: number): Promise<number | null>;
  /**
   * What a dead tick left `sending` becomes ready where its provider takes a repeat with the same key. `open`: calls
   * of unknown fate are left that nothing can be repeated of.
   */
  recover(now: number, idempotentProviders: readonly string[]): Promise<{ repeated: number; open: boolean }>;
  /** Those calls, by message, after this one. */
  openCalls(now: number, page: { after: number; limit: number }): Promise<OpenCall[]>;
  /**
   * Pauses running live campaigns whose mails bounce, or are complained about, too often: only a person resumes them.
   * Cheap while none has any bounce.
   */
  shield(now: number): Promise<Shielded[]>;
  /** Running campaigns with something due, in order. Cheap enough to ask before anything heavy is loaded. */
  dueCampaigns(now: number, only: number | null): Promise<number[]>;
  /** One campaign's due enrolments, the longest due first. */
  due(
    now: number,
    options: { limit: number; after: DueCursor | null; campaignId: number },
  ): Promise<Snapshot[]>;
  /** The last `most` of what was said with each person, oldest first: sent in this mode, and received. */
  exchanges(
    prospectIds: readonly number[],
    mode: CampaignMode,
    most: number,
  ): Promise<Map<number, Exchange[]>>;
  /** The e-mails of these enrolments that have gone out, the first first. */
  sentMails(enrolmentIds: readonly number[]): Promise<SentMail[]>;
  /** Returns the messages stored `ready`. One transaction for all. */
  apply(changes: readonly Change[], tickId: number, now: number): Promise<StoredMessage[]>;
  /**
   * ready -> sending, only where enrolment and campaign still run. Messages that carry a key are repeated with it,
   * all of them or none: null when the set is no longer whole. They are then checked, or uncertain where the
   * provider has no look-up.
   */
  claim(
    messages: readonly Claim[],
    by: { provider: string; tickId: number; key: string | null; lookUp: boolean },
    now: number,
  ): Promise<Claimed | null>;
  /**
   * Message, event and enrolment in one transaction for the batch. Never refuses: the touch has happened. Waits for
   * minutes where another program writes.
   */
  record(results: readonly Recorded[], now: number): Promise<void>;
  /** False when another tick has taken the lease: this one was thought dead, and must not begin anything. */
  heartbeat(owner: Owner): Promise<boolean>;
  finish(tickId: number, owner: Owner, summary: TickSummary, at: number): Promise<void>;
}
