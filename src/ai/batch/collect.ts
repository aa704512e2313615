import type { Collected } from '../../engine/ports/ahead.ts';
import type { BatchRequest, BatchResult, OpenBatch } from '../../engine/ports/batches.ts';
import type { CachedAnswer } from '../../engine/ports/generation.ts';
import type { BatchResult as Told } from '../claude/results.ts';
import { tokensOf } from '../writing.ts';
import type { BatchParts } from './parts.ts';

type BatchOutcome = Extract<Told, { id: string }>['outcome'];

const DAY_MS = 86_400_000;
/** Answers that are stored in one go. */
const CHUNK = 200;

/**
 * Looks at each batch once, and stores what has come back: every answer under the key of its text, unjudged, since the
 * guard judges it when it is used. What has no answer is left to be written by itself.
 */
export async function collect(mayContinue: () => Promise<boolean>, parts: BatchParts): Promise<Collected> {
  const done: Collected = {
    ...{ batches: 0, lost: 0, open: 0, answered: 0, unanswered: {}, cost: 0, problem: null },
  };
  for (const batch of await parts.batches.open()) {
    if (!(await mayContinue())) break;
    const state = await look(batch, done, parts);
    if (state === 'ended' && batch.providerId !== null)
      await fetchResults(batch.id, batch.providerId, done, mayContinue, parts);
    else if (state === 'lost') await close(batch.id, 'lost', done, parts);
    else done.open += 1;
  }
  return done;
}

/** So long its results can be fetched, as far as anybody knows who was not told otherwise. */
const KEPT_MS = 29 * DAY_MS;

async function look(
  { providerId, submittedAt, expiresAt }: OpenBatch,
  done: Collected,
  { claude, clock }: BatchParts,
): Promise<'ended' | 'lost' | 'open'> {
  // Without a name nothing can be fetched: its texts are only left alone until it is over.
  if (providerId === null) return clock() > expiresAt ? 'lost' : 'open';
  const late = clock() > submittedAt + KEPT_MS;
  const state = await claude.batch(providerId);
  switch (state.status) {
    case 'ended':
      return 'ended';
    case 'gone':
      return 'lost';
    case 'failed':
      done.problem ??= state.detail;
      return late ? 'lost' : 'open';
    case 'in_progress':
      return late ? 'lost' : 'open';
  }
}

/** What breaks off is read again by the next one; what was stored by then stays stored. */
async function fetchResults(
  batchId: number,
  providerId: string,
  done: Collected,
  mayContinue: () => Promise<boolean>,
  parts: BatchParts,
): Promise<void> {
  const asked = new Map((await parts.batches.unanswered(batchId)).map((request) => [request.id, request]));
  let chunk: BatchResult[] = [];
  for await (const { id, outcome } of parts.claude.results(providerId)) {
    if (id === null) {
      done.problem ??= outcome.detail;
      await store(chunk, done, parts);
      done.open += 1;
      return;
    }
    const request = asked.get(id);
    if (request) chunk.push(resultOf(request, outcome, parts));
    if (chunk.length < CHUNK) continue;
    await store(chunk, done, parts);
    chunk = [];
    if (!(await mayContinue())) {
      done.open += 1;
      return;
    }
  }
  await store(chunk, done, parts);
  await close(batchId, 'collected', done, parts);
}

async function store(
  results: readonly BatchResult[],
  done: Collected,
  { batches, clock }: BatchParts,
): Promise<void> {
  if (results.length === 0) return;
  for (const { result, call } of await batches.settle(results, clock())) {
    if (result === 'answered') done.answered += 1;
    done.cost += call?.cost ?? 0;
  }
}

async function close(
  batchId: number,
  as: 'collected' | 'lost',
  done: Collected,
  { batches, clock }: BatchParts,
): Promise<void> {
  const { answered: _, ...without } = await batches.close(batchId, as, clock());
  for (const [result, count] of Object.entries(without))
    done.unanswered[result] = (done.unanswered[result] ?? 0) + count;
  if (as === 'lost') done.lost += 1;
  else done.batches += 1;
}

function resultOf(
  request: BatchRequest,
  outcome: BatchOutcome,
  { settings, clock }: BatchParts,
): BatchResult {
  const answered = outcome.status === 'answered';
  const result = answered ? 'answered' : outcome.reason;
  const { usage } = outcome;
  const { campaignId, prospectId } = request;
  return {
    request,
    result,
    answer: answerOf(request, outcome),
    call: usage && {
      ...{ at: clock(), purpose: 'batch', campaignId, prospectId, result, latencyMs: 0 },
      model: answered ? outcome.model : request.model,
      tokens: tokensOf(usage),
      cost: settings.costOf(usage, { batch: true }),
    },
  };
}

/** What Claude would not write it would not write now either; everything else is asked for again at its time. */
function answerOf({ model }: BatchRequest, outcome: BatchOutcome): CachedAnswer | null {
  if (outcome.status === 'answered') return { text: outcome.text, model: outcome.model, repaired: false };
  return outcome.reason === 'refused'
    ? { text: null, reason: 'refused', detail: outcome.detail, model }
    : null;
}
