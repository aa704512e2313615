import { randomBytes } from 'node:crypto';
import contract from '../fixtures/contracts/twilio.json' with { type: 'json' };
import { breach } from './contract.ts';
import { type Answer, type Fault, type Loopback, type RecordedRequest, startLoopback } from './loopback.ts';

interface AcceptedSms {
  sid: string;
  form: Record<string, string>;
}

export interface TwilioStandIn extends Loopback {
  /** What would have gone out: one for each call, a repeat included. */
  accepted: AcceptedSms[];
}

export interface TwilioRules {
  /** Senders of this account; any well-formed one when not given. */
  senders?: string[];
  /** Numbers that have answered STOP. */
  optedOut?: string[];
}

export const TWILIO_TEST_SID = `AC${'0123456789abcdef'.repeat(2)}`;
export const TWILIO_TEST_TOKEN = 'token-of-the-stand-in';

/** Twilio's Messages.json on loopback; it knows no idempotency, as the true one. */
export async function start(rules: TwilioRules = {}): Promise<TwilioStandIn> {
  const accepted: AcceptedSms[] = [];
  return { ...(await startLoopback((request) => answer(request, rules, accepted))), accepted };
}

/** A refusal with a Twilio error code, to be told to `fail`. */
export const refusal = (
  status: number,
  code: number,
  message: string,
  headers?: Record<string, string>,
): Fault => ({
  fault: 'answer',
  ...refused(status, code, message),
  ...(headers ? { headers } : {}),
});

const refused = (status: number, code: number, message: string): Answer => ({
  status,
  body: { code, message, more_info: `https://www.twilio.com/docs/errors/${code}`, status },
});

function answer(request: RecordedRequest, rules: TwilioRules, accepted: AcceptedSms[]): Answer {
  const { method, path, headers, body } = request;
  const account = /^\/2010-04-01\/Accounts\/([^/]+)\/Messages\.json$/.exec(path)?.[1];
  if (method !== 'POST' || !account || !new RegExp(contract.accountSid).test(account)) {
    return refused(404, 20404, `The requested resource ${path} was not found`);
  }
  const credentials = `Basic ${Buffer.from(`${TWILIO_TEST_SID}:${TWILIO_TEST_TOKEN}`).toString('base64')}`;
  if (headers.authorization !== credentials || account !== TWILIO_TEST_SID)
    return refused(401, 20003, 'Authenticate');
  if (headers['content-type'] !== contract.contentType) return refused(415, 20415, 'Unsupported media type');
  const form = Object.fromEntries(new URLSearchParams(body));
  const problem = problemOf(form, rules);
  if (problem) return problem;
  const sid = `SM${randomBytes(16).toString('hex')}`;
  accepted.push({ sid, form });
  return { status: 201, body: resource(sid, form) };
}

function problemOf(form: Record<string, string>, rules: TwilioRules): Answer | null {
  const { To = '', From, MessagingServiceSid, Body = '' } = form;
  const found = breach(contract.message, form);
  if (found)
    return found.missing
      ? refused(400, 21604, "A 'To' phone number is required.")
      : refused(400, 20001, found.message);
  if (!/^\+[1-9]\d{6,14}$/.test(To))
    return refused(400, 21211, `The 'To' number ${To} is not a valid phone number.`);
  if (From === undefined && MessagingServiceSid === undefined)
    return refused(400, 21603, "A 'From' phone number is required.");
  if (From !== undefined && !isSender(From))
    return refused(400, 21212, `The 'From' number ${From} is not valid.`);
  if (From !== undefined && rules.senders && !rules.senders.includes(From)) {
    return refused(400, 21606, `The 'From' phone number ${From} is not a valid, SMS-capable sender.`);
  }
  if (Body === '') return refused(400, 21602, 'Message body is required.');
  if ([...Body].length > 1600)
    return refused(400, 21617, 'The concatenated message body exceeds the 1600 character limit.');
  return rules.optedOut?.includes(To)
    ? refused(400, 21610, 'Attempt to send to unsubscribed recipient')
    : null;
}

const isSender = (from: string): boolean =>
  /^\+[1-9]\d{6,14}$/.test(from) ||
  /^\d{3,8}$/.test(from) ||
  (/^[A-Za-z0-9 ]{3,11}$/.test(from) && /[A-Za-z]/.test(from));

function resource(
  sid: string,
  { To = '', From, MessagingServiceSid, Body = '' }: Record<string, string>,
): unknown {
  const date = `${new Date().toUTCString().replace('GMT', '+0000')}`;
  const uri = `/2010-04-01/Accounts/${TWILIO_TEST_SID}/Messages/${sid}`;
  return {
    sid,
    account_sid: TWILIO_TEST_SID,
    api_version: '2010-04-01',
    status: MessagingServiceSid ? 'accepted' : 'queued',
    direction: 'outbound-api',
    to: To,
    from: From ?? null,
    messaging_service_sid: MessagingServiceSid ?? null,
    body: Body,
    num_segments: MessagingServiceSid ? '0' : '1',
    num_media: '0',
    price: null,
    price_unit: 'USD',
    error_code: null,
    error_message: null,
    date_created: date,
    date_sent: null,
    date_updated: date,
    uri: `${uri}.json`,
    subresource_uris: { media: `${uri}/Media.json` },
  };
}
