import { randomBytes } from 'node:crypto';
import contract from '../fixtures/contracts/twilio.json' with { type: 'json' };
import { breach } from './contract.ts';
import { type Answer, type Fault, type Loopback, type RecordedRequest, startLoopback } from './loopback.ts';

interface AcceptedSms {
  sid: string;
  form: Record<string, string>;
}

/** A message in the account's list; what was accepted here, and what else the account has sent or received. */
export interface ListedSms {
  sid: string;
  to: string;
  from: string | null;
  messaging_service_sid: string | null;
  body: string;
  direction: string;
  status: string;
  error_code: number | null;
  /** UTC ms; told in whole seconds. */
  created: number;
}

export interface TwilioStandIn extends Loopback {
  /** What would have gone out: one for each call, a repeat included. */
  accepted: AcceptedSms[];
  /** The account's list, oldest first; a test may add to it, and say what became of a message. */
  listed: ListedSms[];
}

export interface TwilioRules {
  /** Senders of this account; any well-formed one when not given. */
  senders?: string[];
  /** Numbers that have answered STOP. */
  optedOut?: string[];
  /** What the account believes the time is, UTC ms. */
  now?: () => number;
  /** How long a message is accepted before the list has it, ms. */
  lag?: number;
  /** A trial account puts its own words before each text. */
  trial?: boolean;
}

export const TWILIO_TEST_SID = `AC${'0123456789abcdef'.repeat(2)}`;
export const TWILIO_TEST_TOKEN = 'token-of-the-stand-in';

interface Account extends TwilioRules {
  accepted: AcceptedSms[];
  listed: ListedSms[];
}

/** Twilio's Messages.json on loopback; it knows no idempotency, as the true one. */
export async function start(rules: TwilioRules = {}): Promise<TwilioStandIn> {
  const account: Account = { ...rules, accepted: [], listed: [] };
  const { accepted, listed } = account;
  return { ...(await startLoopback((request) => answer(request, account))), accepted, listed };
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

function answer(request: RecordedRequest, account: Account): Answer {
  const { method, headers, body } = request;
  const { pathname, searchParams } = new URL(request.path, 'http://stand-in');
  const named = /^\/2010-04-01\/Accounts\/([^/]+)\/Messages\.json$/.exec(pathname)?.[1];
  if (!['GET', 'POST'].includes(method) || !named || !new RegExp(contract.accountSid).test(named)) {
    return refused(404, 20404, `The requested resource ${pathname} was not found`);
  }
  const credentials = `Basic ${Buffer.from(`${TWILIO_TEST_SID}:${TWILIO_TEST_TOKEN}`).toString('base64')}`;
  if (headers.authorization !== credentials || named !== TWILIO_TEST_SID)
    return refused(401, 20003, 'Authenticate');
  if (method === 'GET') return list(pathname, searchParams, account);
  if (headers['content-type'] !== contract.contentType) return refused(415, 20415, 'Unsupported media type');
  const form = Object.fromEntries(new URLSearchParams(body));
  return problemOf(form, account) ?? create(form, account);
}

const clockOf = ({ now = Date.now }: Account): number => now();

function create(form: Record<string, string>, account: Account): Answer {
  const { To = '', From, MessagingServiceSid, Body = '' } = form;
  const sid = `SM${randomBytes(16).toString('hex')}`;
  account.accepted.push({ sid, form });
  const message: ListedSms = {
    sid,
    to: To,
    from: From ?? null,
    messaging_service_sid: MessagingServiceSid ?? null,
    body: account.trial ? `Sent from your Twilio trial account - ${Body}` : Body,
    direction: 'outbound-api',
    status: MessagingServiceSid ? 'accepted' : 'queued',
    error_code: null,
    created: clockOf(account),
  };
  account.listed.push(message);
  return { status: 201, body: resource(message) };
}

/** Newest first, in pages; a message that is too young for the list is not in it. */
function list(path: string, query: URLSearchParams, account: Account): Answer {
  const asked = Object.fromEntries(query);
  const found = breach(contract.listQuery, asked);
  if (found) return refused(400, 20001, found.message);
  const { To, From, PageSize = '50', Page = '0' } = asked;
  const ripe = clockOf(account) - (account.lag ?? 0);
  const mine = account.listed
    .filter(({ to, from, created }) => created <= ripe && (!To || to === To) && (!From || from === From))
    .sort((a, b) => b.created - a.created);
  const size = Number(PageSize);
  const page = Number(Page);
  // Only a token of the page before leads on.
  if (page > 0 && query.get('PageToken') !== `PA${page}`) return refused(400, 20006, 'Page out of range');
  const uri = (number: number): string => {
    const next = new URLSearchParams({ ...asked, Page: String(number), PageToken: `PA${number}` });
    return `${path}?${next}`;
  };
  const messages = mine.slice(page * size, (page + 1) * size).map(resource);
  const more = (page + 1) * size < mine.length;
  return {
    status: 200,
    body: {
      messages,
      page,
      page_size: size,
      start: page * size,
      end: page * size + messages.length - 1,
      uri: `${path}?${query}`,
      first_page_uri: uri(0),
      previous_page_uri: page === 0 ? null : uri(page - 1),
      next_page_uri: more ? uri(page + 1) : null,
    },
  };
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

function resource(message: ListedSms): unknown {
  const { sid, created, ...fields } = message;
  if (!contract.statuses.includes(fields.status) || !contract.directions.includes(fields.direction))
    throw new Error(`no message of Twilio is ${fields.status} and ${fields.direction}`);
  const date = `${new Date(created).toUTCString().replace('GMT', '+0000')}`;
  const uri = `/2010-04-01/Accounts/${TWILIO_TEST_SID}/Messages/${sid}`;
  const waits = ['accepted', 'queued', 'scheduled'].includes(fields.status);
  return {
    ...fields,
    sid,
    account_sid: TWILIO_TEST_SID,
    api_version: '2010-04-01',
    num_segments: fields.messaging_service_sid ? '0' : '1',
    num_media: '0',
    price: null,
    price_unit: 'USD',
    error_message: null,
    date_created: date,
    date_sent: waits ? null : date,
    date_updated: date,
    uri: `${uri}.json`,
    subresource_uris: { media: `${uri}/Media.json` },
  };
}
