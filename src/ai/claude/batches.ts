import type { MessageCreateParamsNonStreaming } from '@anthropic-ai/sdk/resources/messages';
import { isRecord } from '../../provider-answer.ts';
import type { Called, Exchange } from './exchange.ts';
import type { ClaudeFailure, Failure } from './failure.ts';

/** A call that has failed as a whole. `detail`: one line for a person. */
export interface Failed {
  status: 'failed';
  reason: ClaudeFailure;
  detail: string;
}

/**
 * `uncertain`: the batch may have been taken all the same, and nobody knows its id. It then runs once more than
 * needed when it is submitted again. `expiresAt`: UTC ms.
 */
export type Submission =
  | { status: 'submitted'; batchId: string; expiresAt: number }
  | (Failed & { uncertain: boolean });

/** Requests by how they have ended; all but the first stay 0 until the batch has ended. */
interface BatchCounts {
  processing: number;
  succeeded: number;
  errored: number;
  canceled: number;
  expired: number;
}

/** `gone`: unknown to this account, or its results are no longer kept (29 days). */
export type BatchState =
  | { status: 'in_progress' | 'ended'; counts: BatchCounts }
  | { status: 'gone' }
  | Failed;

const MOST_REQUESTS = 100_000;
const ID = /^[A-Za-z0-9_-]{1,64}$/;
const DAY_MS = 86_400_000;

/** Ids and limits: platform.claude.com/docs, "Batch processing". */
export async function submitBatch(
  exchange: Exchange,
  requests: readonly { id: string; params: MessageCreateParamsNonStreaming }[],
  stop: AbortSignal | undefined,
): Promise<Submission> {
  expectSound(requests.map(({ id }) => id));
  const body = { requests: requests.map(({ id, params }) => ({ custom_id: id, params })) };
  // Not repeated here: a second batch would be paid for as well.
  const called = await exchange.call(
    (client, signal): PromiseLike<unknown> => client.messages.batches.create(body, { signal }),
    stop,
  );
  if (called.status === 'failed')
    return { ...failed(called.failure), uncertain: called.failure.uncertain ?? false };
  const batch = isRecord(called.data) ? called.data : {};
  if (!isBatchId(batch.id)) return { ...UNREADABLE, uncertain: true };
  const expiresAt = Date.parse(String(batch.expires_at));
  return {
    status: 'submitted',
    batchId: batch.id,
    expiresAt: Number.isNaN(expiresAt) ? Date.now() + DAY_MS : expiresAt,
  };
}

/** @throws RangeError: what the caller could have known */
function expectSound(ids: readonly string[]): void {
  if (ids.length === 0 || ids.length > MOST_REQUESTS)
    throw new RangeError(`${ids.length} requests in a batch, 1 to ${MOST_REQUESTS} are possible`);
  if (new Set(ids).size !== ids.length) throw new RangeError('two requests of a batch have the same id');
  const wrong = ids.find((id) => !ID.test(id));
  if (wrong !== undefined) throw new RangeError(`${JSON.stringify(wrong)} cannot be an id in a batch`);
}

export async function batchState(
  exchange: Exchange,
  batchId: string,
  stop: AbortSignal | undefined,
): Promise<BatchState> {
  if (!isBatchId(batchId)) return { status: 'gone' };
  return stateOf(
    await exchange.call(
      (client, signal): PromiseLike<unknown> => client.messages.batches.retrieve(batchId, {}, { signal }),
      stop,
    ),
  );
}

/** What has begun may still be finished, and paid for: the state after it says how it went. */
export async function cancelBatch(
  exchange: Exchange,
  batchId: string,
  stop: AbortSignal | undefined,
): Promise<BatchState> {
  if (!isBatchId(batchId)) return { status: 'gone' };
  return stateOf(
    await exchange.call(
      (client, signal): PromiseLike<unknown> => client.messages.batches.cancel(batchId, {}, { signal }),
      stop,
    ),
  );
}

/** It becomes part of a path. */
export const isBatchId = (id: unknown): id is string =>
  typeof id === 'string' && /^[A-Za-z0-9_-]{1,200}$/.test(id);

function stateOf(called: Called<unknown>): BatchState {
  if (called.status === 'failed')
    return called.failure.reason === 'no_model' ? { status: 'gone' } : failed(called.failure);
  const { data } = called;
  if (!isRecord(data)) return UNREADABLE;
  if (typeof data.archived_at === 'string') return { status: 'gone' };
  const counts = countsOf(data.request_counts);
  switch (data.processing_status) {
    case 'in_progress':
    case 'canceling':
      return { status: 'in_progress', counts };
    case 'ended':
      return { status: 'ended', counts };
    default:
      return UNREADABLE;
  }
}

const UNREADABLE: Failed = {
  status: 'failed',
  reason: 'down',
  detail: 'the answer of Claude cannot be read',
};

const failed = ({ reason, detail }: Failure): Failed => ({ status: 'failed', reason, detail });

function countsOf(value: unknown): BatchCounts {
  const told = isRecord(value) ? value : {};
  const count = (name: keyof BatchCounts): number => {
    const number = told[name];
    return typeof number === 'number' && Number.isSafeInteger(number) && number >= 0 ? number : 0;
  };
  return {
    processing: count('processing'),
    succeeded: count('succeeded'),
    errored: count('errored'),
    canceled: count('canceled'),
    expired: count('expired'),
  };
}
