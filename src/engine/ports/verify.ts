import type { Channel } from '../model.ts';
import type { Breach, Check } from '../verify/checks.ts';

/** Who and what a breach is about; null where that does not apply. */
export interface BreachRow {
  code: Breach;
  messageId: number | null;
  enrolmentId: number | null;
  prospectId: number | null;
  campaignId: number | null;
  /** What was found, for a person: `email-1 email, 2026-11-23T19:40:00.000Z`. */
  detail: string | null;
}

/** What one check found. */
export interface Findings {
  /** Rows looked at. */
  looked: number;
  breaches: number;
  /** The first of them. */
  rows: BreachRow[];
  /** Rows written by an older version, which did not note what they would be judged by. */
  notCheckable: number;
  /** Told apart: what a person did by hand, at a time that says nothing about hector. */
  byHand: number;
}

/** An e-mail or SMS of a live campaign that was handed to a provider, or perhaps was. */
export interface Call {
  messageId: number;
  enrolmentId: number;
  prospectId: number;
  campaignId: number;
  step: string;
  channel: Exclude<Channel, 'linkedin'>;
  sender: string | null;
  idempotencyKey: string | null;
  /** The first call under its key, UTC ms. */
  claimedAt: number;
  /** Null while its fate is open. */
  sentAt: number | null;
  /** JSON of ports/ticks.ts Allowed. */
  allowed: string | null;
}

/** The caps that were in force on a date of a sender, in its zone. */
export interface CapOfDay {
  sender: string;
  lane: string;
  date: string;
  dayCap: number | null;
  weekCap: number | null;
}

/** What only the engine can judge. Calls come person by person, each person's in the order in which they happened. */
export interface Judges {
  hours(call: Call): 'inside' | 'outside' | 'unknown';
  /** What is wrong between a call and those of the same person before it. */
  sequence(call: Call): Breach | null;
  countSend(call: Call): void;
  /** Caps that the counted sends exceed. */
  exceeded(caps: readonly CapOfDay[]): BreachRow[];
}

/**
 * One method, one act: everything is read from one state of the database, and nothing is written. A damaged file
 * yields its one check and no other.
 */
export interface VerifyStore {
  /** @param limit rows kept of each check; all are counted */
  /** @param progress told before each part of the work */
  examine(
    judges: Judges,
    limit: number,
    progress?: (done: number, total: number) => void,
  ): Promise<Partial<Record<Check, Findings>>>;
}
