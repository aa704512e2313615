import type { Fallback } from '../reasons.ts';
import type { NewMessage } from './ticks.ts';
import type { WriteRequest } from './writer.ts';

/** A text that is wanted before its time, as far as it is known already. */
export type Known =
  /** Claude has answered: it is there for the asking. */
  | { as: 'kept' }
  /** In a batch that has not come back. */
  | { as: 'asked' }
  /** Not asked of Claude: there is none, its step has variants, or its voice cannot be used. */
  | { as: 'template'; because: 'off' | 'variants' | 'voice' }
  /** `estimate` in millionths of a US dollar. */
  | { as: 'wanted'; estimate: number };

export interface Submitted {
  batches: number;
  texts: number;
  /** Millionths of a US dollar. */
  estimate: number;
  /** Texts that were not asked for, by why. */
  left: Partial<Record<Fallback, number>>;
  /** Why there are no more; `uncertain`: a batch may have been taken all the same. */
  problem: { reason: Fallback; detail: string; uncertain: boolean } | null;
}

export interface Collected {
  /** Batches that have come back now, those that will not, and those still under way. */
  batches: number;
  lost: number;
  open: number;
  answered: number;
  /** Texts without an answer, by why: they are written one by one at their time. */
  unanswered: Record<string, number>;
  /** Millionths of a US dollar. */
  cost: number;
  /** Why a batch could not be looked at. */
  problem: string | null;
}

/** Texts asked of Claude before their time, many at once and at half the price. */
export interface TextsAhead {
  known(request: WriteRequest, options: { batch: boolean }): Promise<Known>;
  /** Asks for those of which nothing is known. `keepUntil`: how long the answer is of use, UTC ms. */
  submit(texts: readonly { request: WriteRequest; keepUntil: number }[]): Promise<Submitted>;
  /** Fetches what has come back: one question for each batch that is under way. */
  collect(mayContinue: () => Promise<boolean>): Promise<Collected>;
}

/** What a tick does about it; null: nothing is under way. Cheap to ask then. */
export interface TextCollector {
  collect(mayContinue: () => Promise<boolean>): Promise<Collected | null>;
}

/** Texts of one step that a person must approve, written before the step is due. */
export interface EarlyDraft {
  enrolmentId: number;
  prospectId: number;
  campaignId: number;
  /** As the enrolment was when it was planned: nothing is stored where that has changed. */
  step: string;
  nextAt: number;
  hold: string | null;
  messages: readonly NewMessage[];
}

export interface DraftStore {
  /** How many texts were stored; the enrolments keep their dates. One transaction for all. */
  storeEarly(drafts: readonly EarlyDraft[], now: number): Promise<number>;
}
