import type { Channel } from '../model.ts';

/** What is handed to a provider, to the byte; stored before the first call so that a repeat is the same. */
export interface EmailEnvelope {
  channel: 'email';
  /** RFC 5322 mailbox: `Claire Durand <claire@ads.example>`. */
  from: string;
  to: string;
  replyTo: string | null;
  subject: string;
  text: string;
  html: string;
  headers: Record<string, string>;
  /** ASCII letters, digits, `_` and `-` only (Resend). */
  tags: Record<string, string>;
}

export interface SmsEnvelope {
  channel: 'sms';
  /** E.164. */
  to: string;
  /** A number, short code or alphanumeric sender; null when a messaging service chooses. */
  from: string | null;
  messagingService: string | null;
  body: string;
  encoding: 'GSM-7' | 'UCS-2';
  segments: number;
}

/** Never sent by a program: a person pastes it and says so. */
export interface LinkedinEnvelope {
  channel: 'linkedin';
  /** The profile slug. */
  profile: string;
  body: string;
}

export type Envelope = EmailEnvelope | SmsEnvelope | LinkedinEnvelope;

export interface Outgoing<E extends Envelope = Envelope> {
  messageId: number;
  envelope: E;
  /** When the touch happens (UTC ms): the Date header of an .eml, the name of an outbox file. */
  at: number;
}

/**
 * What became of one touch.
 * - `sent`: accepted by the provider.
 * - `rejected`: this message or address will never pass; `suppress` when the person opted out there.
 * - `retry`: surely not sent, may work later (`at`, UTC ms); `down` when the provider could not be reached, `called` false
 *   when nobody was asked, `throttled` when the provider asks all of us to wait.
 * - `uncertain`: perhaps sent (reset, time-out); `repeatable` when a repeat with the same key is safe.
 * - `misconfigured`: nothing on this channel can pass until a person mends something (key, domain); with
 *   `scope: 'message'` others can (a country that the account may not reach), with `sender` those of other senders.
 */
export type Outcome =
  | { status: 'sent'; providerId: string | null; delivered?: boolean }
  | { status: 'rejected'; reason: string; badAddress?: boolean; suppress?: boolean }
  | { status: 'retry'; at: number; reason: string; down?: boolean; called?: false; throttled?: true }
  | { status: 'uncertain'; reason: string; repeatable: boolean }
  | { status: 'misconfigured'; reason: string; scope?: 'message' | 'sender' };

/** A call of unknown fate, to be looked for in the provider's own list. Instants are UTC ms. */
export interface Pending<E extends Envelope = Envelope> {
  messageId: number;
  envelope: E;
  /** The first call: nothing of it can be older. */
  claimedAt: number;
  /** The last call, as far as it is known: lists lag behind, so an absence soon after it says nothing. */
  lastCallAt: number;
  /** Provider ids that the ledger has for other messages to the same address: none of them is this one. */
  taken: readonly string[];
}

/**
 * What the provider's list says of one call.
 * - `sent`: accepted, at `at` (UTC ms), whatever became of it afterwards.
 * - `rejected`: taken and refused for good; as the outcome of that name.
 * - `absent`: surely never accepted, asked late enough.
 * - `too_early`: not known yet, because the list lags or cannot be read now: ask again with the next tick.
 * - `unknown`: asking again would not help; a person must look.
 */
export type Fate =
  | { fate: 'sent'; providerId: string; at: number }
  | { fate: 'rejected'; reason: string; badAddress?: boolean; suppress?: boolean }
  | { fate: 'absent' }
  | { fate: 'too_early' }
  | { fate: 'unknown'; reason: string };

/** A channel that a program can send on. Never throws for what a provider answers. */
export interface Sender<E extends Envelope = Envelope> {
  readonly channel: Channel;
  /** `resend`, `twilio`, `outbox`. */
  readonly provider: string;
  /** How many messages one call may carry. */
  readonly maxBatch: number;
  /** True when a repeat with the same idempotency key cannot reach the person twice. */
  readonly idempotent: boolean;
  /** One outcome for each message, in order. `now` is the tick's clock, UTC ms. */
  send(batch: readonly Outgoing<E>[], idempotencyKey: string, now: number): Promise<Outcome[]>;
  /** One fate for each, in order, where the provider has a list to ask. Never throws for what it answers. */
  lookUp?(pending: readonly Pending<E>[], now: number): Promise<Fate[]>;
  /**
   * The Message-ID under which a sent mail was received, where it can be known: null otherwise, whatever the reason.
   * Never throws.
   */
  messageId?(providerId: string, now: number): Promise<string | null>;
}

export interface Senders {
  email: Sender<EmailEnvelope> | null;
  sms: Sender<SmsEnvelope> | null;
}
