import type { Resend } from 'resend';
import type { EmailEnvelope, Outcome, Outgoing, Sender } from '../../engine/ports/channels.ts';
import { addressOf, isOneAddress } from '../../engine/texts/email.ts';
import { createPace } from '../../pace.ts';
import { Calls } from './calls.ts';
import { Exchange } from './exchange.ts';
import { lookUpEmails } from './look-up.ts';
import { MessageIds } from './message-id.ts';

export interface ResendOptions {
  apiKey: string;
  /** Null: Resend's own. */
  baseUrl: string | null;
  timeoutMs: number;
  requestsPerSecond: number;
}

const MAX_BATCH = 100;
/** For a question that a mail can go out without. */
const BRIEF_MS = 10_000;

/** A repeat with the same key within 24 hours gets the first answer again (resend.com/docs, idempotency keys). */
export function createResendSender(options: ResendOptions): Sender<EmailEnvelope> {
  const pace = createPace(options.requestsPerSecond);
  let client: Promise<Resend> | undefined;
  const messageIds = new MessageIds();
  const open = async (now: number, timeoutMs = options.timeoutMs): Promise<Exchange> => {
    client ??= openClient(options);
    return new Exchange(await client, pace, timeoutMs, now);
  };
  return {
    channel: 'email',
    provider: 'resend',
    maxBatch: MAX_BATCH,
    idempotent: true,
    async send(batch, idempotencyKey, now) {
      if (batch.length > MAX_BATCH)
        throw new RangeError(`${batch.length} mails in one call, ${MAX_BATCH} at most`);
      const calls = new Calls(await open(now));
      return sendSound(batch, (sound) => calls.send(sound, idempotencyKey));
    },
    lookUp: async (pending, now) => lookUpEmails(await open(now), pending),
    messageId: (providerId, now) =>
      messageIds.find(providerId, () => open(now, Math.min(options.timeoutMs, BRIEF_MS))),
  };
}

async function openClient({ apiKey, baseUrl }: ResendOptions): Promise<Resend> {
  const { Resend } = await import('resend');
  // Always said, so that the SDK does not look into the environment by itself.
  return new Resend(apiKey, { baseUrl: (baseUrl ?? 'https://api.resend.com').replace(/\/+$/, '') });
}

/** An address that could be read as two never reaches the provider. */
async function sendSound(
  batch: readonly Outgoing<EmailEnvelope>[],
  send: (sound: readonly Outgoing<EmailEnvelope>[]) => Promise<Outcome[]>,
): Promise<Outcome[]> {
  const sound = batch.filter(({ envelope }) => isOneAddress(addressOf(envelope.to)));
  const outcomes = sound.length === 0 ? [] : await send(sound);
  const bySound = new Map(sound.map((message, index) => [message, outcomes[index]]));
  return batch.map(
    (message) =>
      bySound.get(message) ?? { status: 'rejected', reason: 'not an e-mail address', badAddress: true },
  );
}
