import { afterTouch } from './advance.ts';
import { backoffMs } from './backoff.ts';
import { LOOK_UP_AFTER_MS } from './checking.ts';
import { groupBy } from './group.ts';
import type { CampaignMode } from './model.ts';
import { closeChannel, type Pass, type Ready } from './pass.ts';
import { placeOf } from './place.ts';
import { mapPool } from './pool.ts';
import type { Outcome, Outgoing, Sender, Senders } from './ports/channels.ts';
import type { Advance, Allowed, ClaimedMessage, Recorded } from './ports/ticks.ts';
import { count } from './tick-summary.ts';

/** How long to leave a message whose fate is open before it is repeated with the same key. */
const REPEAT_AFTER_MS = 10 * 60_000;
/** A message that a person must mend something for is tried again after this. */
const DAY_MS = 86_400_000;

/**
 * Sends what is ready: claim, call, record, batch by batch. A channel that turns out misconfigured is left alone
 * for the rest of the tick; its texts stay ready. What goes out beside a step comes first: once the step itself is
 * done, nothing would look for it again.
 */
export async function dispatch(ready: readonly Ready[], pass: Pass): Promise<void> {
  for (const primary of [false, true]) {
    const part = ready.filter((message) => message.primary === primary);
    const groups = groupBy(part, ({ channel, snapshot }) => `${snapshot.campaign.mode}:${channel}`);
    const batches = [...groups.values()].flatMap((messages) => batchesOf(messages, pass));
    await mapPool(batches, pass.input.concurrency ?? pass.engine.concurrency, (batch) =>
      sendBatch(batch, pass),
    );
  }
}

interface Batch {
  sender: Sender;
  mode: CampaignMode;
  messages: Ready[];
  key: string | null;
}

/**
 * Messages with a key are repeated together, as they first went out; the others fill batches, those with the same
 * hours in the same place together: a repeat must be within the hours of all of them.
 */
function batchesOf(messages: readonly Ready[], pass: Pass): Batch[] {
  const first = messages[0];
  if (!first) return [];
  const { mode } = first.snapshot.campaign;
  const sender = senderFor(pass.engine.senders[mode], first);
  if (!sender) return [];
  const repeats = groupBy(
    messages.filter(({ key }) => key !== null),
    ({ key }) => key,
  );
  const fresh = messages.filter(({ key }) => key === null);
  const batches: Batch[] = [...repeats].map(([key, group]) => ({ sender, mode, messages: group, key }));
  const places =
    sender.maxBatch === 1 ? [fresh] : groupBy(fresh, (message) => hoursOf(message, pass)).values();
  for (const group of places)
    for (let index = 0; index < group.length; index += sender.maxBatch)
      batches.push({ sender, mode, messages: group.slice(index, index + sender.maxBatch), key: null });
  return batches;
}

const hoursOf = ({ snapshot: { campaign, prospect } }: Ready, { engine }: Pass): string => {
  const { country } = engine.policies[campaign.mode];
  const { zone, region } = placeOf(prospect, { zone: campaign.timezone, region: country });
  return `${zone} ${region} ${JSON.stringify(campaign.window)}`;
};

const senderFor = (senders: Senders, { channel }: Ready): Sender | null =>
  channel === 'linkedin' ? null : senders[channel];

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

const isClosed = ({ sender: { channel }, mode }: Batch, at: number, { closed, gate }: Pass): boolean =>
  closed.has(`${mode}:${channel}`) || (mode === 'live' && gate.circuits.openUntil(channel, at) !== null);

/** A call in which nothing got through or was judged counts towards opening the circuit. */
function watch(
  { channel }: Sender,
  outcomes: readonly (Outcome | undefined)[],
  at: number,
  { gate: { circuits }, summary }: Pass,
): void {
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

type Call = Pick<Result, 'messageId' | 'key' | 'sender' | 'at'>;

const settledBeside = (call: Call, reason: string): Recorded =>
  call.key === null
    ? { messageId: call.messageId, result: 'dropped', reason }
    : ofUnknownFate(call, reason, false);

/** Perhaps sent, and not to be repeated: its provider is asked by a later tick, else a person. */
const ofUnknownFate = ({ messageId, sender, at }: Call, reason: string, holds: boolean): Recorded =>
  sender.lookUp
    ? { messageId, result: 'checking', until: at + LOOK_UP_AFTER_MS, reason, holds }
    : { messageId, result: 'uncertain', reason, holds };

function countOpen({ lookUp }: Sender, { summary }: Pass, messages = 1): void {
  if (lookUp) summary.waiting.checking = (summary.waiting.checking ?? 0) + messages;
  else summary.uncertain += messages;
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

interface Result {
  messageId: number;
  /** Of how many calls this was the last: 1 is the first. */
  attempt: number;
  /** The first message of its call: what may have gone out together comes again together. */
  together: number;
  message: Ready | null;
  outcome: Outcome;
  sender: Sender;
  mode: CampaignMode;
  key: string | null;
  /** When it happened, UTC ms. */
  at: number;
}

/** What is stored for an outcome, and its count in the summary. */
function recorded(result: Result, pass: Pass): Recorded {
  const { messageId, outcome, sender, mode, key, at } = result;
  const { summary } = pass;
  const beside = result.message?.primary === false;
  switch (outcome.status) {
    case 'sent':
      count(summary.sent, sender.channel);
      if (sender.provider === 'outbox') summary.rehearsed += 1;
      return {
        messageId,
        result: 'sent',
        providerId: outcome.providerId,
        delivered: outcome.delivered === true,
        advance: advanceOf(result, pass),
      };
    case 'rejected':
      count(summary.rejected, outcome.reason);
      return {
        messageId,
        result: 'rejected',
        reason: outcome.reason,
        suppress: outcome.suppress === true,
        holds: !beside,
      };
    case 'retry':
      return putOff(result, outcome, pass);
    case 'uncertain': {
      if (outcome.repeatable && sender.idempotent && !beside) {
        summary.retried += 1;
        return { messageId, result: 'repeat', at: at + repeatAfter(result), reason: outcome.reason };
      }
      countOpen(sender, pass);
      return ofUnknownFate(result, outcome.reason, !beside);
    }
    case 'misconfigured':
      if (outcome.scope === 'message') {
        summary.misconfigured[sender.channel] ??= outcome.reason;
        return putOff(result, { at: at + DAY_MS, reason: outcome.reason }, pass);
      }
      closeChannel(pass, mode, sender.channel, outcome.reason);
      if (beside) return settledBeside(result, outcome.reason);
      return key === null
        ? { messageId, result: 'released', reason: outcome.reason }
        : { messageId, result: 'repeat', at, reason: outcome.reason };
  }
}

const repeatAfter = ({ attempt, together }: Result): number => REPEAT_AFTER_MS + backoffMs(attempt, together);

/** This call did nothing, but an earlier one under the same key may have: the key must stay. */
function putOff(
  result: Result,
  { at: asked, reason, called = true }: { at: number; reason: string; called?: boolean },
  pass: Pass,
): Recorded {
  const { messageId, attempt, together, message, key, at } = result;
  if (message?.primary === false) {
    count(pass.summary.rejected, reason);
    return settledBeside(result, reason);
  }
  if (key === null && called && attempt >= pass.engine.maxAttempts) {
    pass.summary.failed += 1;
    return { messageId, result: 'failed', reason: `given up after ${attempt} calls: ${reason}` };
  }
  pass.summary.retried += 1;
  const until = Math.max(asked, at + backoffMs(attempt, key === null ? messageId : together));
  return key === null
    ? { messageId, result: 'retry', at: until, reason, called }
    : { messageId, result: 'repeat', at: until, reason };
}

/** Null for what moves nobody: a touch beside a step, or one whose person this batch does not know. */
function advanceOf({ message, mode, at }: Result, { engine }: Pass): Advance | null {
  if (!message?.primary) return null;
  return afterTouch(message.snapshot, message.step, at, engine.policies[mode]);
}
