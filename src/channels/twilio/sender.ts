import type Twilio from 'twilio/lib/rest/Twilio.js';
import type { Outcome, Sender, SmsEnvelope } from '../../engine/ports/channels.ts';
import { createPace } from '../../pace.ts';
import { openClient, type TwilioOptions } from './client.ts';
import { lookUpSms } from './look-up.ts';
import { createdOutcome, isThrottled, twilioOutcome } from './outcomes.ts';

/**
 * Twilio has no idempotency key on sending, so one message a call, and what may have been sent is never repeated
 * by a program before a look at Twilio's own list has shown that it was not.
 */
export function createTwilioSender(options: TwilioOptions): Sender<SmsEnvelope> {
  const pace = createPace(options.requestsPerSecond);
  let client: Promise<Twilio> | undefined;

  async function sendOne(envelope: SmsEnvelope, now: number): Promise<Outcome> {
    const unfit = check(envelope);
    if (unfit) return unfit;
    client ??= openClient(options);
    const { messages } = await client;
    const held = await pace.turn();
    if (held > 0)
      return { status: 'retry', at: now + held, reason: 'Twilio asked to slow down', called: false };
    try {
      return createdOutcome(await messages.create(formOf(envelope)).finally(pace.done), now);
    } catch (error) {
      const outcome = twilioOutcome(error, now);
      if (outcome.status === 'retry' && isThrottled(error)) pace.hold(outcome.at - now);
      return outcome;
    }
  }

  return {
    channel: 'sms',
    provider: 'twilio',
    maxBatch: 1,
    idempotent: false,
    async send(batch, _idempotencyKey, now) {
      const outcomes: Outcome[] = [];
      for (const { envelope } of batch) outcomes.push(await sendOne(envelope, now));
      return outcomes;
    },
    async lookUp(pending, now) {
      client ??= openClient(options);
      const { messages } = await client;
      return lookUpSms(messages, pace, pending, now);
    },
  };
}

function check({ to, from, messagingService }: SmsEnvelope): Outcome | null {
  if (!/^\+[1-9]\d{6,14}$/.test(to))
    return { status: 'rejected', reason: 'not a phone number in E.164 form', badAddress: true };
  if (from === null && messagingService === null) {
    return { status: 'misconfigured', reason: 'no sender is set (sms.from or sms.messaging_service)' };
  }
  return null;
}

const formOf = ({ to, from, messagingService, body }: SmsEnvelope) => ({
  to,
  body,
  ...(from === null ? {} : { from }),
  ...(messagingService === null ? {} : { messagingServiceSid: messagingService }),
});
