import type { Submitted, TextsAhead } from '../../engine/ports/ahead.ts';
import type { BatchRequest } from '../../engine/ports/batches.ts';
import type { ClaudeRequest } from '../claude/request.ts';
import { expectedUsage, mostUsage } from '../expected-usage.ts';
import { assignmentOf, type BatchParts } from './parts.ts';

/** Less than the API takes (100,000 requests, 256 MB): a batch is held in memory while it is sent. */
const MOST_REQUESTS = 10_000;
const MOST_BYTES = 100 * 1024 * 1024;
const DAY_MS = 86_400_000;

interface Packed {
  ask: ClaudeRequest;
  /** What it will cost about; what is set aside is the most that it may cost. */
  expected: number;
  request: Omit<BatchRequest, 'id'>;
}

/**
 * Submits what has no answer and is not under way, in as many batches as it takes. Each is written down before it is
 * submitted: a crash in between, or no answer from Claude, leaves a batch of unknown fate, whose texts are not asked
 * for again in a day, so that nothing is paid for twice; a tick that needs one writes it by itself.
 */
export async function submit(
  texts: Parameters<TextsAhead['submit']>[0],
  parts: BatchParts,
): Promise<Submitted> {
  const done: Submitted = { batches: 0, texts: 0, estimate: 0, left: {}, problem: null };
  const seen = new Set<string>();
  let pack: Packed[] = [];
  let bytes = 0;
  for (const text of texts) {
    const packed = await admitted(text, seen, done, parts);
    if (!packed) continue;
    const size = JSON.stringify(packed.ask).length * 2;
    if (pack.length === MOST_REQUESTS || bytes + size > MOST_BYTES) {
      await submitPack(pack, done, parts);
      [pack, bytes] = [[], 0];
    }
    if (done.problem) {
      release([packed], parts);
      return done;
    }
    pack.push(packed);
    bytes += size;
  }
  if (pack.length > 0) await submitPack(pack, done, parts);
  return done;
}

/** With its estimate set aside; null: it is not to be asked for, or no budget has room for it. */
async function admitted(
  { request, keepUntil }: Parameters<TextsAhead['submit']>[0][number],
  seen: Set<string>,
  { left }: Submitted,
  parts: BatchParts,
): Promise<Packed | null> {
  const { store, batches, budget, settings, clock, claude } = parts;
  const assignment = await assignmentOf(request, parts);
  if (typeof assignment === 'string' || seen.has(assignment.key)) return null;
  const { key, ask } = assignment;
  seen.add(key);
  if ((await store.cached(key, clock())) || (await batches.isAsked(key))) return null;
  const { id: campaignId } = request.campaign;
  const estimate = settings.costOf(mostUsage(ask, settings), { batch: true });
  const full = await budget.reserve(campaignId, estimate);
  if (full) {
    left[full] = (left[full] ?? 0) + 1;
    return null;
  }
  const { id: prospectId } = request.prospect;
  const expected = settings.costOf(expectedUsage(ask), { batch: true });
  return {
    ask,
    expected,
    request: { key, prospectId, campaignId, model: claude.model, estimate, keepUntil },
  };
}

async function submitPack(pack: readonly Packed[], done: Submitted, parts: BatchParts): Promise<void> {
  const { batches, claude, clock } = parts;
  const at = clock();
  const begun = await batches.begin(
    pack.map(({ request }) => request),
    { at, expiresAt: at + DAY_MS },
  );
  const byKey = new Map(begun?.requests.map((request) => [request.key, request.id]));
  release(
    pack.filter(({ request }) => !byKey.has(request.key)),
    parts,
  );
  if (!begun) return;
  const mine = pack.flatMap((packed) => {
    const id = byKey.get(packed.request.key);
    return id === undefined ? [] : [{ id, packed }];
  });
  // The ledger has them from here on.
  for (const { packed } of mine) settle(packed, packed.request.estimate, parts);
  const submission = await claude.submit(mine.map(({ id, packed }) => ({ id, request: packed.ask })));
  if (submission.status === 'submitted') {
    await batches.submitted(begun.id, submission.batchId, submission.expiresAt);
    done.batches += 1;
    done.texts += mine.length;
    done.estimate += mine.reduce((sum, { packed }) => sum + packed.expected, 0);
    return;
  }
  const { reason, detail, uncertain } = submission;
  done.problem = { reason, detail, uncertain };
  if (uncertain) return;
  await batches.withdraw(begun.id);
  for (const { packed } of mine) parts.budget.settle(packed.request.campaignId, 0, -packed.request.estimate);
}

function release(packs: readonly Packed[], parts: BatchParts): void {
  for (const packed of packs) settle(packed, 0, parts);
}

const settle = ({ request }: Packed, cost: number, { budget }: BatchParts): void =>
  budget.settle(request.campaignId, request.estimate, cost);
