import type { Skip } from '../decision.ts';
import type { Channel, MessageKind, SendingWindow } from '../model.ts';
import type { HoldReason, StopReason, WaitReason } from '../reasons.ts';
import type { Snapshot } from '../snapshot.ts';
import type { TickSummary } from '../tick-summary.ts';
import type { Envelope, Outgoing } from './channels.ts';

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
  state: 'ready' | 'awaiting_operator';
  subject: string | null;
  body: string;
  envelope: Envelope;
  source: string;
  template: string | null;
  /** Whose caps it counts against: the address of the sender, or `linkedin`. */
  sender: string;
}

/** A stored text that will not go out any more: `uncertain` when an earlier call may have reached the provider. */
export interface StaleMessage {
  messageId: number;
  state: 'expired' | 'failed' | 'uncertain';
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
    /** `existing`: how many texts stored earlier go out as well. */
    | { do: 'touch'; channel: Channel; messages: readonly NewMessage[]; existing: number };
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
  | { result: 'rejected'; reason: string; suppress: boolean }
  | { result: 'retry'; at: number; reason: string }
  | { result: 'repeat'; at: number; reason: string }
  | { result: 'uncertain'; reason: string; holds: boolean }
  | { result: 'released'; reason: string }
  | { result: 'dropped'; reason: string }
);

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

interface ClaimedMessage extends Outgoing {
  /** 1: the first call. */
  attempt: number;
}

export interface Claimed {
  /** Stored with each message before this returns. */
  idempotencyKey: string;
  outgoing: ClaimedMessage[];
}

/** Each method is one atomic act. */
export interface TickStore {
  /** Takes the lease, replacing a dead owner, and opens a row in the run log. Null: a live tick holds it. */
  start(owner: Owner, at: number): Promise<number | null>;
  /** Settles what a dead tick left `sending`: repeatable ones become ready, the others uncertain. */
  recover(
    now: number,
    idempotentProviders: readonly string[],
  ): Promise<{ repeated: number; uncertain: number }>;
  /** Running campaigns with something due, in order. Cheap enough to ask before anything heavy is loaded. */
  dueCampaigns(now: number, only: number | null): Promise<number[]>;
  /** One campaign's due enrolments, the longest due first. */
  due(
    now: number,
    options: { limit: number; after: DueCursor | null; campaignId: number },
  ): Promise<Snapshot[]>;
  /** Returns the messages stored `ready`. One transaction for all. */
  apply(changes: readonly Change[], tickId: number, now: number): Promise<StoredMessage[]>;
  /**
   * ready -> sending, only where enrolment and campaign still run. Messages that carry a key are repeated with it,
   * all of them or none: null when the set is no longer whole (they become uncertain).
   */
  claim(
    messages: readonly Claim[],
    by: { provider: string; tickId: number; key: string | null },
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
