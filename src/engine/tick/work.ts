import { groupBy } from '../group.ts';
import { openGate } from '../limits/gate.ts';
import type { Channel } from '../model.ts';
import type { Planned } from '../plan/decision.ts';
import type { Campaign, Snapshot } from '../plan/snapshot.ts';
import type { Change, StoredMessage, TickStore } from '../ports/ticks.ts';
import { RETRIED_HOLDS } from '../reasons.ts';
import { Admission } from './admission.ts';
import { dispatch } from './dispatch.ts';
import { draft, isWaiting } from './draft.ts';
import { exchangesOf } from './exchanges.ts';
import { closeChannel, isShut, type Pass, type Ready, type TickInput } from './pass.ts';
import { mapPool } from './pool.ts';
import { count } from './summary.ts';
import { tally } from './tally.ts';
import { threadsOf } from './threads.ts';
import { dueInTurns } from './turns.ts';

/** Plans, writes, stores and sends whatever is due, chunk by chunk. */
export async function work(input: TickInput, run: Pick<Pass, 'tickId' | 'now' | 'summary'>): Promise<void> {
  const engine = await input.engine();
  const gate = await openGate({ ...engine, store: input.store, now: run.now });
  await input.store.remember(gate.caps, gate.circuits.states());
  const pass: Pass = { ...run, input, engine, gate, closed: new Set(), lost: false };
  const admission = new Admission({
    ...{ policies: engine.policies, gate, now: run.now, limit: input.limit },
    isClosed: (campaign, channel) => isClosed(pass, campaign, channel),
  });
  for await (const planned of planDue({ ...input, now: run.now }, admission)) {
    if (!(await mayContinue(pass))) break;
    pass.summary.considered += planned.length;
    await dispatch(await prepare(planned, pass, admission), pass);
    if (!(await mayContinue(pass))) break;
  }
  pass.summary.caps = gate.standing();
  pass.summary.own_caps = gate.ownStandings();
  await input.store.remember([], gate.circuits.states());
}

async function mayContinue({ input, summary, lost }: Pass): Promise<boolean> {
  if (input.stopping()) summary.interrupted = true;
  return !lost && !summary.limited && !summary.interrupted && (await input.store.heartbeat(input.owner));
}

function isClosed(pass: Pass, campaign: Campaign, channel: Channel): boolean {
  const { mode, language } = campaign;
  const problem = mode === 'live' ? pass.engine.liveProblem(channel, language) : null;
  if (problem) closeChannel(pass, mode, channel, problem);
  return isShut(pass, mode, channel, campaign);
}

/** Everything due, planned, in chunks. Reads only: `tick --dry-run` is this and nothing else. */
export async function* planDue(
  input: Pick<TickInput, 'campaignId'> & { now: number; store: Pick<TickStore, 'due' | 'dueCampaigns'> },
  admission: Admission,
): AsyncGenerator<Planned[]> {
  const seen = new Set<number>();
  for await (const due of dueInTurns(input.store, input.now, input.campaignId)) {
    // What this tick has put off to `now` comes up again behind the cursor: its turn is the next tick.
    const fresh = due.filter(({ enrolment }) => !seen.has(enrolment.id));
    for (const { enrolment } of fresh) seen.add(enrolment.id);
    yield heldLast(fresh).map((snapshot) => admission.plan(snapshot));
  }
}

/** Who could not be written to yesterday perhaps cannot today, and must not take the room of others. */
function heldLast(due: readonly Snapshot[]): Snapshot[] {
  const held = ({ enrolment: { hold } }: Snapshot): boolean =>
    RETRIED_HOLDS.some((reason) => reason === hold);
  return [...due.filter((each) => !held(each)), ...due.filter(held)];
}

/** Writes and stores the texts, applies every other decision; returns what is ready to be sent. */
async function prepare(planned: readonly Planned[], pass: Pass, admission: Admission): Promise<Ready[]> {
  const { input, summary } = pass;
  const wanted = planned.filter(({ left }) => left === null);
  for (const { left } of planned) {
    if (left === 'limit') summary.limited = true;
    if (left === 'channel_closed') count(summary.waiting, left);
  }
  const drafted = await draftAll(wanted, pass);
  for (const { item, change } of drafted) {
    tally(summary, change, item.snapshot.campaign.mode);
    if (isTouch(item) && !goesOut(change)) admission.giveBack(item);
  }
  const stored = await input.store.apply(
    drafted.map(({ change }) => change),
    pass.tickId,
    pass.now,
  );
  return readyMessages(drafted, stored);
}

const isTouch = ({ plan }: Planned): boolean => plan.decision.do === 'touch';

/** A text that only waits for approval takes no room; it does when it goes out. */
const goesOut = ({ outcome }: Change): boolean =>
  outcome.do === 'touch' && (outcome.repeats || !outcome.messages.some(isWaiting));

interface Drafted {
  item: Planned;
  change: Change;
}

/** Texts may take minutes to write: the lease is kept meanwhile, and an end of the program waits for none of them. */
async function draftAll(wanted: readonly Planned[], pass: Pass): Promise<Drafted[]> {
  const { input, engine } = pass;
  const exchanges = await exchangesOf(wanted, input.store);
  const threads = await threadsOf(wanted, input.store, { senders: engine.senders, now: pass.now });
  const { considered } = pass.summary;
  const of = wanted.filter(isTouch).length;
  let done = 0;
  const tell = () => input.progress?.({ considered, doing: 'write', done, of });
  tell();
  const drafted = await mapPool(wanted, input.concurrency ?? engine.concurrency, async (item) => {
    if (pass.lost || input.stopping()) return null;
    if (isTouch(item) && !(await input.store.heartbeat(input.owner))) pass.lost = true;
    const change = await draft(item, { exchanges: exchanges(item), thread: threads(item) }, engine);
    if (isTouch(item)) done += 1;
    tell();
    return pass.lost ? null : { item, change };
  });
  return drafted.filter((each) => each !== null);
}

/** Texts stored now, and those stored by an earlier tick that did not get out. */
function readyMessages(drafted: readonly Drafted[], stored: readonly StoredMessage[]): Ready[] {
  const byEnrolment = groupBy(stored, ({ enrolmentId }) => enrolmentId);
  return drafted.flatMap(({ item: { snapshot, plan }, change: { outcome } }) => {
    const { decision } = plan;
    if (decision.do !== 'touch' || outcome.do !== 'touch') return [];
    const { step, channel: primary, existing } = decision;
    const fresh = byEnrolment.get(snapshot.enrolment.id) ?? [];
    const rewritten = outcome.messages.map(({ replaces }) => replaces);
    // What stands beside a text that is not approved yet waits for it, unless it has been called for.
    const waits = outcome.messages.some(isWaiting);
    const waiting = existing
      .filter((touch) => touch.channel !== 'linkedin' && !rewritten.includes(touch.messageId))
      .filter((touch) => !waits || touch.idempotencyKey !== null)
      .map((touch) => ({ ...touch, key: touch.idempotencyKey }));
    return [...waiting, ...(waits ? [] : fresh).map((message) => ({ ...message, key: null }))].map(
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
