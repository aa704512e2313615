import { afterTouch } from './advance.ts';
import { groupBy } from './group.ts';
import { closeChannel, type Pass, type Ready } from './pass.ts';
import { mapPool } from './pool.ts';
import type { Outcome, Sender, Senders } from './ports/channels.ts';
import type { Recorded } from './ports/ticks.ts';
import { count } from './tick-summary.ts';

/** How long to leave a message whose fate is open before it is repeated with the same key. */
const REPEAT_AFTER_MS = 10 * 60_000;

/**
 * Sends what is ready: claim, call, record, batch by batch. A channel that turns out misconfigured is left alone
 * for the rest of the tick; its texts stay ready.
 */
export async function dispatch(ready: readonly Ready[], pass: Pass): Promise<void> {
  const batches = [
    ...groupBy(ready, ({ channel, snapshot }) => `${snapshot.campaign.mode}:${channel}`).values(),
  ]
    .flatMap((messages) => batchesOf(messages, pass.engine.senders))
    .filter(({ messages }) => messages.length > 0);
  await mapPool(batches, pass.input.concurrency ?? pass.engine.concurrency, (batch) =>
    sendBatch(batch, pass),
  );
}

interface Batch {
  sender: Sender;
  messages: Ready[];
  key: string | null;
}

/** Messages with a key are repeated together, as they first went out; the others fill batches. */
function batchesOf(messages: readonly Ready[], senders: Pass['engine']['senders']): Batch[] {
  const first = messages[0];
  const sender = first && senderFor(senders[first.snapshot.campaign.mode], first);
  if (!sender) return [];
  const repeats = groupBy(
    messages.filter(({ key }) => key !== null),
    ({ key }) => key,
  );
  const fresh = messages.filter(({ key }) => key === null);
  const batches: Batch[] = [...repeats].map(([key, group]) => ({ sender, messages: group, key }));
  for (let index = 0; index < fresh.length; index += sender.maxBatch)
    batches.push({ sender, messages: fresh.slice(index, index + sender.maxBatch), key: null });
  return batches;
}

const senderFor = (senders: Senders, { channel }: Ready): Sender | null =>
  channel === 'linkedin' ? null : senders[channel];

async function sendBatch({ sender, messages, key }: Batch, pass: Pass): Promise<void> {
  const { input, summary, tickId } = pass;
  const { store, now } = input;
  const mode = messages[0]?.snapshot.campaign.mode;
  if (pass.closed.has(`${mode}:${sender.channel}`)) return;
  const byId = new Map(messages.map((message) => [message.messageId, message]));
  const claimed = await store.claim([...byId.keys()], { provider: sender.provider, tickId, key }, now);
  if (!claimed) {
    summary.uncertain += messages.length;
    return;
  }
  if (claimed.outgoing.length === 0) return;
  const outcomes = await sender.send(claimed.outgoing, claimed.idempotencyKey, now);
  const results = claimed.outgoing.flatMap(({ messageId }, index) => {
    const message = byId.get(messageId);
    const outcome = outcomes[index] ?? {
      status: 'uncertain',
      reason: 'no answer for this message',
      repeatable: false,
    };
    return message ? [recorded(message, outcome, sender, pass)] : [];
  });
  await store.record(results, now);
}

/** What is stored for an outcome, and its count in the summary. */
function recorded(message: Ready, outcome: Outcome, sender: Sender, pass: Pass): Recorded {
  const { summary, engine, input } = pass;
  const { messageId, channel } = message;
  switch (outcome.status) {
    case 'sent': {
      count(summary.sent, channel);
      if (sender.provider === 'outbox') summary.rehearsed += 1;
      const policy = engine.policies[message.snapshot.campaign.mode];
      const advance = message.primary ? afterTouch(message.snapshot, message.step, input.now, policy) : null;
      return {
        messageId,
        result: 'sent',
        providerId: outcome.providerId,
        delivered: outcome.delivered === true,
        advance,
      };
    }
    case 'rejected':
      count(summary.rejected, outcome.reason);
      return { messageId, result: 'rejected', reason: outcome.reason, suppress: outcome.suppress === true };
    case 'retry':
      summary.retried += 1;
      // This call did nothing, but an earlier one under the same key may have: the key must stay.
      return { messageId, result: message.key ? 'repeat' : 'retry', at: outcome.at, reason: outcome.reason };
    case 'uncertain':
      if (outcome.repeatable && sender.idempotent) {
        summary.retried += 1;
        return { messageId, result: 'repeat', at: input.now + REPEAT_AFTER_MS, reason: outcome.reason };
      }
      summary.uncertain += 1;
      return { messageId, result: 'uncertain', reason: outcome.reason };
    case 'misconfigured':
      closeChannel(pass, message.snapshot.campaign.mode, channel, outcome.reason);
      return message.key
        ? { messageId, result: 'repeat', at: input.now, reason: outcome.reason }
        : { messageId, result: 'released', reason: outcome.reason };
  }
}
