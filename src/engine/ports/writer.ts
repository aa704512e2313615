import type { Channel, Language, Prospect } from '../model.ts';
import type { Step } from '../scenario/scenario.ts';

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
}

export interface WriteRequest {
  step: Step;
  channel: Channel;
  language: Language;
  prospect: Prospect;
  sender: SenderFacts;
  /** The opt-out sentence of this channel and language; a template places it with `{{ opt_out }}`. */
  optOut: string;
  campaign: { name: string; objective: string | null };
  /** Where the data came from, for the first message (CNIL), or null. */
  dataSource: string | null;
  /** Touches of this enrolment so far, oldest first. */
  history: readonly PastTouch[];
  /** Template sources kept with the scenario version, by name (`connexion-douce/email-1`, `default/email`). */
  templates: Readonly<Record<string, string>>;
}

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
    }
  | { status: 'held'; reason: 'missing_variable' | 'bad_template' | 'too_long'; detail: string };

export interface Writer {
  write(request: WriteRequest): Promise<Written>;
}
