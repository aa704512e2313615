import { isRecord } from '../../provider-answer.ts';
import { isBatchId } from './batches.ts';
import { STOPPED, unlessStopped } from './deadline.ts';
import type { Exchange } from './exchange.ts';
import { type ClaudeFailure, HALTED } from './failure.ts';
import { linesOf } from './lines.ts';
import { readMessage, type Usage } from './message.ts';

type BatchOutcome =
  | { status: 'answered'; text: string; model: string; usage: Usage }
  | {
      status: 'failed';
      reason: ClaudeFailure | 'expired' | 'canceled' | 'errored';
      detail: string;
      /** Refusals and cut-off texts are paid for. */
      usage: Usage | null;
    };

/**
 * The result of one request, or, without an id and as the last, why there are no more: what has not been told by
 * then can be asked for again.
 */
export type BatchResult =
  | { id: string; outcome: BatchOutcome }
  | { id: null; outcome: { status: 'failed'; reason: ClaudeFailure; detail: string } };

/**
 * The results of a batch that has ended, in any order. A line that cannot be read is left out; a request of which
 * nothing is told has no result. Read from the address of the batch, and not from the one it names as its
 * `results_url`: the key goes along.
 */
export async function* batchResults(
  exchange: Exchange,
  batchId: string,
  model: string,
  stop: AbortSignal | undefined,
): AsyncGenerator<BatchResult, void, void> {
  if (!isBatchId(batchId)) return yield broken('bad_request', 'no id of a batch');
  const called = await exchange.call(
    (client, signal) =>
      client
        .get(`/v1/messages/batches/${batchId}/results`, { headers: { Accept: 'application/binary' }, signal })
        .asResponse(),
    stop,
  );
  if (called.status === 'failed') return yield broken(called.failure.reason, called.failure.detail);
  if (called.data.body === null) return;
  const lines = linesOf(called.data.body, exchange.timeoutMs);
  try {
    for (;;) {
      const next = await unlessStopped(lines.next(), stop);
      if (next === STOPPED) return yield broken(HALTED.reason, HALTED.detail);
      if (next.done) return;
      const result = resultOf(next.value, model, exchange);
      if (result !== null) yield result;
    }
  } catch {
    yield broken('down', 'the results of the batch broke off');
  } finally {
    void lines.return();
  }
}

const broken = (reason: ClaudeFailure, detail: string): BatchResult => ({
  id: null,
  outcome: { status: 'failed', reason, detail },
});

function resultOf(line: string, model: string, { tell }: Exchange): BatchResult | null {
  const told = parsed(line);
  if (!isRecord(told) || typeof told.custom_id !== 'string' || !isRecord(told.result)) return null;
  const { custom_id: id, result } = told;
  const failed = (reason: 'expired' | 'canceled' | 'errored', detail: string): BatchResult => ({
    id,
    outcome: { status: 'failed', reason, detail, usage: null },
  });
  switch (result.type) {
    case 'succeeded': {
      const reading = readMessage(result.message, model, tell);
      if (reading.status === 'answered') return { id, outcome: reading };
      const { reason, detail } = reading.failure;
      return { id, outcome: { status: 'failed', reason, detail, usage: reading.usage } };
    }
    case 'errored':
      return failed(
        'errored',
        `Claude refuses this request of the batch: ${tell(messageOf(result), 'no reason given')}`,
      );
    case 'expired':
      return failed('expired', 'the batch came to its end before this request');
    case 'canceled':
      return failed('canceled', 'the batch was canceled before this request');
    default:
      return null;
  }
}

/** `{type: 'error', error: {type, message}}`; its inner part alone is read as well. */
function messageOf({ error }: Record<string, unknown>): unknown {
  if (!isRecord(error)) return null;
  return isRecord(error.error) ? error.error.message : error.message;
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
