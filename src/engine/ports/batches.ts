import type { CachedAnswer, ModelCall } from './generation.ts';

/** One text of a batch; `id` is what it is known by to the provider. */
export interface BatchRequest {
  id: string;
  /** Under which the answer is kept. */
  key: string;
  prospectId: number;
  campaignId: number | null;
  model: string;
  /** Millionths of a US dollar, set aside in the budgets until the answer is there. */
  estimate: number;
  /** UTC ms. */
  keepUntil: number;
}

/** `providerId` null: nobody knows whether the provider has taken it. */
export interface OpenBatch {
  id: number;
  providerId: string | null;
  /** UTC ms. */
  submittedAt: number;
  /** UTC ms. */
  expiresAt: number;
}

export interface BatchResult {
  request: BatchRequest;
  /** `answered`, or why not. */
  result: string;
  /** Null: nothing was paid. */
  call: ModelCall | null;
  /** What is kept under the key. */
  answer: CachedAnswer | null;
}

/** Each method is one atomic act. */
export interface BatchStore {
  isAsked(key: string): Promise<boolean>;
  open(): Promise<OpenBatch[]>;
  /**
   * Writes down what is about to be asked, before it is: leaves out what another program has asked for meanwhile.
   * Null: nothing is left.
   */
  begin(
    requests: readonly Omit<BatchRequest, 'id'>[],
    dates: { at: number; expiresAt: number },
  ): Promise<{ id: number; requests: BatchRequest[] } | null>;
  submitted(batchId: number, providerId: string, expiresAt: number): Promise<void>;
  /** Surely not taken: as if it had never been begun. */
  withdraw(batchId: number): Promise<void>;
  /** Those without a result. */
  unanswered(batchId: number): Promise<BatchRequest[]>;
  /** Each result counts once, whoever fetches it; returns those that were new. */
  settle(results: readonly BatchResult[], now: number): Promise<BatchResult[]>;
  /**
   * What has no result by now gets none. Returns how many, by result. What a provider had taken and is lost is taken
   * as paid for, at its estimate.
   */
  close(batchId: number, as: 'collected' | 'lost', now: number): Promise<Record<string, number>>;
}
