import type { Fallback } from '../reasons.ts';
import type { Claim } from './writer.ts';

/** What of an answer may be sent, and what that was judged by: under the same stamp it would be judged the same. */
interface JudgedAnswer {
  stamp: string;
  subject: string | null;
  body: string;
  claims: readonly Claim[];
}

/** What Claude once said to a request, or why nothing usable came of it. */
export type CachedAnswer =
  | { text: string; model: string; repaired: boolean; judged?: JudgedAnswer }
  | { text: null; reason: Fallback; detail: string; model: string };

type CallPurpose = 'write' | 'repair' | 'rewrite' | 'disc' | 'batch';

/** One paid request. */
export interface ModelCall {
  /** UTC ms. */
  at: number;
  purpose: CallPurpose;
  campaignId: number | null;
  prospectId: number | null;
  model: string;
  tokens: { input: number; output: number; cacheRead: number; cacheWrite: number };
  /** Millionths of a US dollar. */
  cost: number;
  latencyMs: number;
  /** `answered`, or why not. */
  result: string;
}

/** Each method is one atomic act. */
export interface GenerationStore {
  /** Null when nothing is kept under this key, or not any more. */
  cached(key: string, now: number): Promise<CachedAnswer | null>;
  /** Calls, and what is kept of them under `key` until `expiresAt` (UTC ms); `entry` null: nothing. */
  settle(
    calls: readonly ModelCall[],
    entry: { key: string; prospectId: number; answer: CachedAnswer; expiresAt: number } | null,
    now: number,
  ): Promise<void>;
  /** Millionths of a US dollar since an instant, and what batches under way will cost; of one campaign, or of all. */
  spent(since: number, campaignId: number | null): Promise<number>;
}
