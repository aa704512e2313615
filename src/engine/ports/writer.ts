import type { Channel, Language, Prospect } from '../model.ts';
import type { Fallback } from '../reasons.ts';
import type { Step } from '../scenario/scenario.ts';
import type { Exchange } from '../texts/facts.ts';
import type { CampaignSender } from '../texts/mailbox.ts';

/** Who writes, as the workspace's configuration says; the variables `sender.*` of a template. */
export interface SenderFacts {
  name: string | null;
  title: string | null;
  company: string | null;
  email: string | null;
  phone: string | null;
  website: string | null;
}

export interface PastTouch {
  step: string;
  channel: Channel;
  subject: string | null;
  body: string;
  /** UTC ms. */
  sentAt: number;
  /** The address of an e-mail's sender, in small letters; null or absent: not known. */
  sender?: string | null;
}

export interface WriteRequest {
  step: Step;
  channel: Channel;
  language: Language;
  prospect: Prospect;
  sender: SenderFacts;
  /** The opt-out sentence of this channel and language; a template places it with `{{ opt_out }}`. */
  optOut: string;
  campaign: {
    id: number | null;
    name: string;
    objective: string | null;
    voice: string | null;
    /** Null: the workspace's, in whose name `sender` speaks then. */
    sender: CampaignSender | null;
  };
  /** Where the data came from, for the first message (CNIL), or null. */
  dataSource: string | null;
  /** Touches of this enrolment so far, oldest first. */
  history: readonly PastTouch[];
  /** The last of what was said with this person on any channel, in any campaign of this mode, oldest first. */
  exchanges: readonly Exchange[];
  /** Template sources kept with the scenario version, by name (`connexion-douce/email-1`, `default/email`). */
  templates: Readonly<Record<string, string>>;
  /** What a person wants otherwise about the text before; null: nothing. */
  remark?: { text: string; before: { subject: string | null; body: string } } | null;
}

/** A statement about the person or the firm, and what it rests on. */
export interface Claim {
  statement: string;
  fact: string;
  value: string;
  source: string;
}

/** How a text came about; kept with its message. */
export interface Writing {
  /** Why not by Claude; null: it is by Claude, or Claude was not asked for it. */
  fallback: Fallback | null;
  /** What there is to say beyond the reason. */
  detail: string | null;
  model: string | null;
  prompt: string | null;
  voice: string | null;
  /** The profile it was written for, and whether that is a proposal. */
  disc: { profile: string; source: string } | null;
  tokens: { input: number; output: number; cacheRead: number; cacheWrite: number } | null;
  /** Millionths of a US dollar, paid for this text now: 0 for one that was kept. */
  cost: number;
  /** Of all calls for it; null: none was made. */
  latencyMs: number | null;
  /** It was asked for earlier: by a dry run, by `prepare`. */
  kept: boolean;
  /** A second answer was asked for, after the guard refused the first. */
  repaired: boolean;
  claims: readonly Claim[];
}

export const BY_TEMPLATE: Writing = {
  fallback: null,
  detail: null,
  model: null,
  prompt: null,
  voice: null,
  disc: null,
  tokens: null,
  cost: 0,
  latencyMs: null,
  kept: false,
  repaired: false,
  claims: [],
};

/**
 * A finished text, or why there is none. `held` names what is missing, so that a person can fill it in; a text
 * with a blank in it is never returned.
 */
export type Written =
  | {
      status: 'written';
      /** For e-mail only. */
      subject: string | null;
      body: string;
      source: 'claude' | 'template' | 'channel_template';
      template: string | null;
      writing: Writing;
    }
  | {
      status: 'held';
      reason: 'missing_variable' | 'bad_template' | 'too_long';
      detail: string;
      writing: Writing;
    };

export interface Writer {
  write(request: WriteRequest): Promise<Written>;
  /** Names the facts that a text rests on: with other facts it is another text. */
  factsKey(request: WriteRequest): string;
}
