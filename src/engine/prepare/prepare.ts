import type { Planned } from '../plan/decision.ts';
import type { Snapshot } from '../plan/snapshot.ts';
import type { EarlyDraft, Submitted } from '../ports/ahead.ts';
import type { Background } from '../tick/draft.ts';
import { exchangesOf } from '../tick/exchanges.ts';
import { mapPool } from '../tick/pool.ts';
import { threadsOf } from '../tick/threads.ts';
import { dueInTurns } from '../tick/turns.ts';
import { foresee } from './foresee.ts';
import type { PrepareInput, Run } from './run.ts';
import { emptyPreparation, type PrepareSummary } from './summary.ts';
import { writeEarly } from './write-early.ts';

/** A batch is submitted when so many texts have come together, so that none is too big to be held. */
const SUBMIT_AT = 10_000;

/**
 * Writes what will be due within a time, so that the tick only sends. What Claude answers is kept under the hash of
 * all that went in: the tick that asks the same finds it, and whatever has changed by then is written anew. Texts that
 * a person must approve are stored at once; every enrolment keeps its date. Needs no lease: a tick may run meanwhile.
 */
export async function prepare(input: PrepareInput): Promise<PrepareSummary> {
  const now = input.clock();
  const until = now + input.within;
  const summary = emptyPreparation();
  const run: Run = { input, now, until, summary, seen: new Set(), begun: 0, queue: [] };
  if (input.ahead && !input.dryRun) {
    summary.collected = await input.ahead.collect(async () => !input.stopping());
    summary.cost += summary.collected.cost;
  }
  for await (const due of dueInTurns(input.store, until, input.campaignId)) {
    await prepareChunk(due, run);
    if (run.queue.length >= SUBMIT_AT) await submit(run);
    if (!mayContinue(run)) break;
  }
  if (run.queue.length > 0 && !summary.interrupted && !summary.submitted?.problem) await submit(run);
  return summary;
}

function mayContinue({ input, summary }: Run): boolean {
  if (input.stopping()) summary.interrupted = true;
  return !summary.interrupted && !summary.limited && !summary.submitted?.problem;
}

async function prepareChunk(due: readonly Snapshot[], run: Run): Promise<void> {
  const { input, summary, now } = run;
  const items = due.flatMap((snapshot) => foreseen(snapshot, run));
  const planned = items.map((item) => item.planned);
  const exchanges = await exchangesOf(planned, input.store);
  const threads = await threadsOf(planned.filter(needsApproval), input.store, {
    senders: input.engine.senders,
    now,
  });
  const backgroundOf = (item: Planned): Background => ({
    exchanges: exchanges(item),
    thread: threads(item),
  });
  const drafts = await mapPool(items, input.engine.concurrency, async ({ planned: item, at }) => {
    if (!mayContinue(run)) return null;
    const draft = await writeEarly(item, at, backgroundOf(item), run);
    input.progress(summary);
    return draft;
  });
  const stored = drafts.filter((draft): draft is EarlyDraft => draft !== null);
  if (stored.length > 0) summary.drafts += await input.drafts.storeEarly(stored, now);
}

const needsApproval = ({ snapshot: { campaign } }: Planned): boolean => campaign.approval !== 'off';

function foreseen(snapshot: Snapshot, { input, now, until, summary, seen }: Run) {
  summary.considered += 1;
  const { mode } = snapshot.campaign;
  const person = `${mode}:${snapshot.prospect.id}`;
  const found = foresee(snapshot, input.engine.policies[mode], { now, until });
  if (found.do === 'undecided') summary.undecided += 1;
  if (found.do !== 'touch' || seen.has(person) || isClosed(found.planned, input)) return [];
  seen.add(person);
  summary.touches += 1;
  return [found];
}

/** What cannot be sent before a person mends something need not be written yet. */
const isClosed = ({ snapshot, plan: { decision } }: Planned, { engine }: PrepareInput): boolean =>
  decision.do === 'touch' &&
  snapshot.campaign.mode === 'live' &&
  engine.liveProblem(decision.channel, snapshot.campaign.language) !== null;

async function submit(run: Run): Promise<void> {
  const { ahead } = run.input;
  if (!ahead) return;
  const done = await ahead.submit(run.queue.splice(0));
  run.summary.submitted = together(run.summary.submitted, done);
}

const together = (before: Submitted | null, now: Submitted): Submitted =>
  before === null
    ? now
    : {
        batches: before.batches + now.batches,
        texts: before.texts + now.texts,
        estimate: before.estimate + now.estimate,
        left: sum(before.left, now.left),
        problem: now.problem,
      };

const sum = (one: Submitted['left'], other: Submitted['left']): Submitted['left'] => {
  const total = { ...one };
  for (const reason of keysOf(other)) total[reason] = (total[reason] ?? 0) + (other[reason] ?? 0);
  return total;
};

function keysOf<T extends object>(counts: T): Extract<keyof T, string>[] {
  const keys: Extract<keyof T, string>[] = [];
  for (const key in counts) keys.push(key);
  return keys;
}
