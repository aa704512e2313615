import { placeOf } from '../dates/place.ts';
import { groupBy } from '../group.ts';
import type { Outcome, Outgoing, Sender } from '../ports/channels.ts';
import type { Allowed, ClaimedMessage, Recorded } from '../ports/ticks.ts';
import { type Batch, batchesOf } from './batches.ts';
import { countOpen, recorded, settledBeside } from './outcome.ts';
import { isShut, type Pass, type Ready } from './pass.ts';
import { mapPool } from './pool.ts';

/**
 * Sends what is ready: claim, call, record, batch by batch. A channel that turns out misconfigured is left alone
 * for the rest of the tick; its texts stay ready. What goes out beside a step comes first: once the step itself is
 * done, nothing would look for it again.
 */
export async function dispatch(ready: readonly Ready[], pass: Pass): Promise<void> {
  const { considered } = pass.summary;
  let done = 0;
  for (const primary of [false, true]) {
    const part = ready.filter((message) => message.primary === primary);
    const groups = groupBy(part, ({ channel, snapshot }) => `${snapshot.campaign.mode}:${channel}`);
    const batches = [...groups.values()].flatMap((messages) => batchesOf(messages, pass));
    await mapPool(batches, pass.input.concurrency ?? pass.engine.concurrency, async (batch) => {
      await sendBatch(batch, pass);
      done += batch.messages.length;
      pass.input.progress?.({ considered, doing: 'send', done, of: ready.length });
    });
  }
}

async function sendBatch(batch: Batch, pass: Pass): Promise<void> {
  const { sender, mode, key } = batch;
  const { store, owner, clock } = pass.input;
  if (pass.lost || pass.input.stopping()) return;
  if (!(await store.heartbeat(owner))) {
    pass.lost = true;
    return;
  }
  const at = clock();
  const open = isClosed(batch, at, pass) ? [] : openNow(batch, at, pass);
  await leave(batch, open, at, pass);
  if (open.length === 0) return;
  const claims = open.map((message) => ({
    messageId: message.messageId,
    allowed: allowedFor(message, at, pass),
  }));
  const lookUp = sender.lookUp !== undefined;
  const by = { provider: sender.provider, tickId: pass.tickId, key, lookUp };
  const claimed = await store.claim(claims, by, at);
  if (!claimed) {
    countOpen(sender, pass, open.length);
    return;
  }
  if (claimed.outgoing.length === 0) return;
  const outcomes = await call(sender, claimed.outgoing, claimed.idempotencyKey, at);
  if (mode === 'live') watch(sender, outcomes, at, pass);
  await store.record(results(batch, claimed.outgoing, outcomes, at, pass), at);
}

const isClosed = ({ sender: { channel }, mode, messages }: Batch, at: number, pass: Pass): boolean =>
  messages.some(({ snapshot }) => isShut(pass, mode, channel, snapshot.campaign)) ||
  (mode === 'live' && pass.gate.circuits.openUntil(channel, at) !== null);

/** A shorter pause is waited for in the tick, or over by the next. */
const PATIENCE_MS = 60_000;

/** A call in which nothing got through or was judged counts towards opening the circuit. */
function watch(
  { channel }: Sender,
  outcomes: readonly (Outcome | undefined)[],
  at: number,
  { gate: { circuits }, summary }: Pass,
): void {
  for (const outcome of outcomes)
    if (outcome?.status === 'retry' && outcome.throttled && outcome.at - at > PATIENCE_MS)
      circuits.hold(channel, outcome.reason, outcome.at);
  const failure = outcomes.find((outcome) => outcome?.status === 'uncertain' || isDown(outcome));
  if (outcomes.some((outcome) => outcome?.status === 'sent' || outcome?.status === 'rejected'))
    circuits.worked(channel);
  else if (failure && 'reason' in failure && circuits.failed(channel, failure.reason, at))
    summary.down[channel] = failure.reason;
}

const isDown = (outcome: Outcome | undefined): boolean =>
  outcome?.status === 'retry' && outcome.down === true;

/** What the touch is judged by: the campaign's hours, in the person's place. */
function allowedFor({ snapshot: { campaign, prospect } }: Ready, at: number, { engine }: Pass): Allowed {
  const { calendar, country } = engine.policies[campaign.mode];
  const place = placeOf(prospect, { zone: campaign.timezone, region: country });
  const { window } = campaign;
  // A year of days off need not stand with each message: only today's could be in its way.
  const today = calendar.dateOf(at, place.zone);
  return { ...window, daysOff: window.daysOff.filter((date) => date === today), ...place };
}

/** The tick may have taken long: what its hours have left behind stays ready. A key is not let grow old. */
const openNow = ({ sender, messages, key }: Batch, at: number, { engine }: Pass): Ready[] =>
  key !== null
    ? messages
    : messages.filter(({ snapshot: { campaign, prospect } }) => {
        const { calendar, country } = engine.policies[campaign.mode];
        const place = placeOf(prospect, { zone: campaign.timezone, region: country });
        return calendar.nextOpening(at, campaign.window, place, sender.channel) === at;
      });

/** A text beside a step goes out in this pass or not at all; the step's own stays ready. */
async function leave(batch: Batch, open: readonly Ready[], at: number, pass: Pass): Promise<void> {
  const left = batch.messages.filter((message) => !message.primary && !open.includes(message));
  if (left.length === 0) return;
  const reason = 'could not go out beside its step: the channel was closed';
  await pass.input.store.record(
    left.map(({ messageId, key }) => settledBeside({ messageId, key, sender: batch.sender, at }, reason)),
    at,
  );
}

/** A sender never throws for what a provider answers; where it does after all, nobody knows how far it came. */
async function call(
  sender: Sender,
  outgoing: readonly Outgoing[],
  key: string,
  at: number,
): Promise<(Outcome | undefined)[]> {
  try {
    return await sender.send(outgoing, key, at);
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    const reason = `the program failed while sending: ${said}`;
    return outgoing.map(() => ({ status: 'uncertain', reason, repeatable: true }));
  }
}

/** A key claims all that went out under it, also what this batch does not know: recorded, and planned later. */
function results(
  { sender, mode, messages, key }: Batch,
  outgoing: readonly ClaimedMessage[],
  outcomes: readonly (Outcome | undefined)[],
  at: number,
  pass: Pass,
): Recorded[] {
  const byId = new Map(messages.map((message) => [message.messageId, message]));
  const together = outgoing[0]?.messageId ?? 0;
  return outgoing.map(({ messageId, attempt }, index) => {
    const outcome = outcomes[index] ?? {
      status: 'uncertain',
      reason: 'no answer for this message',
      repeatable: false,
    };
    const message = byId.get(messageId) ?? null;
    return recorded({ messageId, attempt, together, message, outcome, sender, mode, key, at }, pass);
  });
}
