import type { Config } from '../config.ts';
import type { EmailEnvelope, Sender, Senders, SmsEnvelope } from '../engine/ports/channels.ts';
import { configError } from '../errors.ts';

/**
 * Who sends. A rehearsal writes to the outbox folder only, whatever keys are set; a live campaign never does: a
 * channel whose provider is the outbox has no sender there. SDKs load with the first message.
 * @throws UserError (configuration) when a live provider lacks its keys.
 */
export async function createSenders(
  config: Config,
  outboxFolder: string,
  mode: 'live' | 'rehearsal',
): Promise<Senders> {
  if (mode === 'live') return { email: await liveEmail(config), sms: await liveSms(config) };
  const { createEmailOutbox, createSmsOutbox } = await import('./outbox/sender.ts');
  return { email: createEmailOutbox(outboxFolder), sms: createSmsOutbox(outboxFolder) };
}

async function liveEmail({ email, http, secrets, baseUrls }: Config): Promise<Sender<EmailEnvelope> | null> {
  if (email.provider === 'outbox') return null;
  const apiKey = secret(secrets.resendApiKey, 'RESEND_API_KEY', /^[\x21-\x7e]+$/);
  const { createResendSender } = await import('./resend/sender.ts');
  return createResendSender({
    apiKey,
    baseUrl: baseUrls.resend,
    timeoutMs: http.timeoutMs,
    requestsPerSecond: email.requestsPerSecond,
  });
}

async function liveSms({ sms, http, secrets, baseUrls }: Config): Promise<Sender<SmsEnvelope> | null> {
  if (sms.provider === 'outbox') return null;
  const accountSid = secret(secrets.twilioAccountSid, 'TWILIO_ACCOUNT_SID', /^AC[0-9a-fA-F]{32}$/);
  const authToken = secret(secrets.twilioAuthToken, 'TWILIO_AUTH_TOKEN', /^[\x21-\x7e]+$/);
  const { createTwilioSender } = await import('./twilio/sender.ts');
  return createTwilioSender({
    accountSid,
    authToken,
    baseUrl: baseUrls.twilio,
    timeoutMs: http.timeoutMs,
    requestsPerSecond: sms.requestsPerSecond,
  });
}

/** The value is never shown, only what is wrong with it. */
function secret(value: string | null, name: string, form: RegExp): string {
  if (value === null || value === '') throw configError(`${name} is not set`, 'hector init');
  if (!form.test(value))
    throw configError(`${name} does not look like one: check it for blanks or a cut`, 'hector init');
  return value;
}
