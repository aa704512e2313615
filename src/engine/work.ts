import { dispatch } from './dispatch.ts';
import { draft } from './draft.ts';
import { groupBy } from './group.ts';
import {
  closeChannel,
  type Pass,
  type Planned,
  type Ready,
  type TickEngine,
  type TickInput,
} from './pass.ts';
import { plan } from './plan.ts';
import { mapPool } from './pool.ts';
import type { StoredMessage, TickStore } from './ports/ticks.ts';
import type { Snapshot } from './snapshot.ts';
import { tally } from './tick-summary.ts';
import { dueInTurns } from './turns.ts';

/** Plans, writes, stores and sends whatever is due, chunk by chunk. */
export async function work(input: TickInput, run: Pick<Pass, 'tickId' | 'now' | 'summary'>): Promise<void> {
  const engine = await input.engine();
  const pass: Pass = { ...run, input, engine, touches: 0, closed: new Set(), lost: false };
  for await (const planned of planDue({ ...input, now: run.now }, engine)) {
    pass.summary.considered += planned.length;
    await dispatch(await prepare(planned, pass), pass);
    if (pass.lost || pass.summary.limited || !(await input.store.heartbeat(input.owner))) return;
  }
}

/** Everything due, planned, in chunks. Reads only: `tick --dry-run` is this and nothing else. */
export async function* planDue(
  input: Pick<TickInput, 'campaignId'> & { now: number; store: Pick<TickStore, 'due' | 'dueCampaigns'> },
  engine: Pick<TickEngine, 'policies'>,
): AsyncGenerator<Planned[]> {
  const contacted = new Set<string>();
  const seen = new Set<number>();
  for await (const due of dueInTurns(input.store, input.now, input.campaignId)) {
    // What this tick has put off to `now` comes up again behind the cursor: its turn is the next tick.
    const fresh = due.filter(({ enrolment }) => !seen.has(enrolment.id));
    for (const { enrolment } of fresh) seen.add(enrolment.id);
    yield fresh.map((snapshot) => planOnce(snapshot, engine, input.now, contacted));
  }
}

/** Two enrolments of one person in one pass: the second sees the touch that the first is about to make. */
function planOnce(
  snapshot: Snapshot,
  engine: Pick<TickEngine, 'policies'>,
  now: number,
  contacted: Set<string>,
): Planned {
  const person = `${snapshot.campaign.mode}:${snapshot.prospect.id}`;
  const seen = contacted.has(person) ? { ...snapshot, lastContactAt: now } : snapshot;
  const decided = plan(seen, engine.policies[snapshot.campaign.mode], now);
  if (decided.decision.do === 'touch') contacted.add(person);
  return { snapshot, plan: decided };
}

/** Writes and stores the texts, applies every other decision; returns what is ready to be sent. */
async function prepare(planned: readonly Planned[], pass: Pass): Promise<Ready[]> {
  const { input, engine, summary } = pass;
  const wanted = planned.filter((item) => mayGoOn(item, pass));
  const changes = await mapPool(wanted, input.concurrency ?? engine.concurrency, (item) =>
    draft(item, engine),
  );
  for (const [index, change] of changes.entries())
    tally(summary, change, wanted[index]?.snapshot.campaign.mode);
  const stored = await input.store.apply(changes, pass.tickId, pass.now);
  return readyMessages(wanted, stored);
}

/** Texts stored now, and those stored by an earlier tick that did not get out. */
function readyMessages(planned: readonly Planned[], stored: readonly StoredMessage[]): Ready[] {
  const byEnrolment = groupBy(stored, ({ enrolmentId }) => enrolmentId);
  return planned.flatMap(({ snapshot, plan: { decision } }) => {
    if (decision.do !== 'touch') return [];
    const { step, channel: primary, existing } = decision;
    const fresh = byEnrolment.get(snapshot.enrolment.id) ?? [];
    const waiting = existing.map((touch) => ({ ...touch, key: touch.idempotencyKey }));
    return [...waiting, ...fresh.map((message) => ({ ...message, key: null }))].map(
      ({ messageId, channel, key }) => ({
        snapshot,
        step: step.id,
        messageId,
        channel,
        primary: channel === primary,
        key,
      }),
    );
  });
}

/** A touch on a closed channel, or beyond the limit, is left due: nothing is written or stored for it. */
function mayGoOn({ snapshot, plan: { decision } }: Planned, pass: Pass): boolean {
  if (decision.do !== 'touch') return true;
  const { mode, language } = snapshot.campaign;
  const problem = mode === 'live' ? pass.engine.liveProblem(decision.channel, language) : null;
  if (problem) closeChannel(pass, mode, decision.channel, problem);
  return !pass.closed.has(`${mode}:${decision.channel}`) && withinLimit(pass);
}

function withinLimit(pass: Pass): boolean {
  const { limit } = pass.input;
  if (limit === null || pass.touches < limit) {
    pass.touches += 1;
    return true;
  }
  pass.summary.limited = true;
  return false;
}
