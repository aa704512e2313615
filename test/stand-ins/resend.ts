import { randomUUID } from 'node:crypto';
import contract from '../fixtures/contracts/resend.json' with { type: 'json' };
import { breach, isFields } from './contract.ts';
import { type Answer, type Loopback, type RecordedRequest, startLoopback } from './loopback.ts';

interface AcceptedEmail {
  id: string;
  key: string | undefined;
  email: Record<string, unknown>;
  /** UTC ms. */
  created: number;
  /** What became of it, by `last_event`. */
  event: string;
}

export interface ResendStandIn extends Loopback {
  /** What would have gone out, once each. */
  accepted: AcceptedEmail[];
}

export interface ResendRules {
  apiKey?: string;
  /** Sending domains that are verified; any when not given. */
  domains?: string[];
  /** Requests a second; none when not given. */
  requestsPerSecond?: number;
  /** For the 24 hours of an idempotency key, and the dates of mails. */
  now?: () => number;
  /** How long a mail is accepted before the list has it, ms. */
  lag?: number;
  /** The key may only send. */
  sendingOnly?: boolean;
  /** Mails are told without their tags, as the published schema has them. */
  untagged?: boolean;
}

export const RESEND_TEST_KEY = 're_test_123456789';
const DAY_MS = 86_400_000;
const ADDRESS = String.raw`[^\s@<>,;:"]+@[^\s@<>,;:".]+(?:\.[^\s@<>,;:".]+)+`;
const MAILBOX = new RegExp(`^(?:${ADDRESS}|[^<>@,;"\\r\\n]{1,200} <${ADDRESS}>)$`, 'u');

/** Resend's sending calls and its list on loopback, as strict as the published contract and its error list. */
export async function start(rules: ResendRules = {}): Promise<ResendStandIn> {
  const accepted: AcceptedEmail[] = [];
  const desk = new Desk(rules, accepted);
  return { ...(await startLoopback((request) => desk.answer(request))), accepted };
}

const refusal = (
  statusCode: number,
  name: string,
  message: string,
  headers?: Record<string, string>,
): Answer => ({
  status: statusCode,
  body: { statusCode, name, message },
  ...(headers ? { headers } : {}),
});

class Desk {
  readonly #rules: ResendRules;
  readonly #accepted: AcceptedEmail[];
  readonly #known = new Map<string, { body: string; answer: Answer; at: number }>();
  #window = { from: 0, calls: 0 };

  constructor(rules: ResendRules, accepted: AcceptedEmail[]) {
    this.#rules = rules;
    this.#accepted = accepted;
  }

  answer(request: RecordedRequest): Answer {
    const { answer, headers } = this.#limited(request);
    return { ...answer, headers: { ...headers, ...answer.headers } };
  }

  #limited(request: RecordedRequest): { answer: Answer; headers: Record<string, string> } {
    const limit = this.#rules.requestsPerSecond;
    if (limit === undefined) return { answer: this.#checked(request), headers: {} };
    const now = performance.now();
    if (now - this.#window.from >= 1000) this.#window = { from: now, calls: 0 };
    this.#window.calls += 1;
    const headers = {
      'ratelimit-limit': String(limit),
      'ratelimit-remaining': String(Math.max(limit - this.#window.calls, 0)),
      'ratelimit-reset': '1',
    };
    if (this.#window.calls <= limit) return { answer: this.#checked(request), headers };
    const refused = refusal(429, 'rate_limit_exceeded', 'Too many requests.', { 'retry-after': '1' });
    return { answer: refused, headers };
  }

  #checked(request: RecordedRequest): Answer {
    const { method, path, headers } = request;
    if (!headers['user-agent']) return { status: 403, body: 'error code: 1010' };
    const key = /^Bearer (.+)$/.exec(headers.authorization ?? '')?.[1];
    if (!key) return refusal(401, 'missing_api_key', 'Missing API Key');
    if (key !== (this.#rules.apiKey ?? RESEND_TEST_KEY))
      return refusal(401, 'invalid_api_key', 'API key is invalid');
    if (method === 'GET') return this.#look(path);
    if (path !== '/emails' && path !== '/emails/batch')
      return refusal(404, 'not_found', 'The requested endpoint does not exist.');
    if (method !== 'POST')
      return refusal(405, 'method_not_allowed', 'Method is not allowed for the requested path.');
    if (!/^application\/json\b/.test(headers['content-type'] ?? ''))
      return refusal(400, 'validation_error', 'No JSON.');
    return this.#once(request);
  }

  #look(path: string): Answer {
    const { pathname, searchParams } = new URL(path, 'http://stand-in');
    const id = /^\/emails\/([^/]+)$/.exec(pathname)?.[1];
    if (pathname !== '/emails' && (id === undefined || id === 'batch'))
      return refusal(404, 'not_found', 'The requested endpoint does not exist.');
    if (this.#rules.sendingOnly)
      return refusal(401, 'restricted_api_key', 'This API key is restricted to only send emails');
    return id === undefined ? this.#list(Object.fromEntries(searchParams)) : this.#one(id);
  }

  #one(id: string): Answer {
    const mail = this.#accepted.find((each) => each.id === id);
    if (!mail) return refusal(404, 'not_found', 'Email not found');
    const { html = null, text = null, tags } = mail.email;
    const told = this.#rules.untagged || tags === undefined ? {} : { tags };
    return { status: 200, body: { object: 'email', ...itemOf(mail), html, text, ...told } };
  }

  /** Newest first; a mail that is too young for the list is not in it. */
  #list(query: Record<string, string>): Answer {
    const found = breach(contract.listQuery, query);
    if (found) return refusal(422, 'validation_error', found.message);
    const { limit = '20', after, before } = query;
    const ripe = this.#now() - (this.#rules.lag ?? 0);
    const mails = this.#accepted.filter(({ created }) => created <= ripe).reverse();
    const cursor = after ?? before;
    const place = mails.findIndex(({ id }) => id === cursor);
    if (cursor !== undefined && place === -1)
      return refusal(422, 'validation_error', 'The cursor does not exist.');
    const rest = after ? mails.slice(place + 1) : before ? mails.slice(0, place) : mails;
    const data = rest.slice(0, Number(limit)).map(itemOf);
    return { status: 200, body: { object: 'list', has_more: rest.length > data.length, data } };
  }

  #now(): number {
    return (this.#rules.now ?? Date.now)();
  }

  /** The same key and body within 24 hours: the first answer again. */
  #once(request: RecordedRequest): Answer {
    const key = headerOf(request, 'idempotency-key');
    if (key === undefined) return this.#read(request, key);
    if (breach(contract.idempotencyKey, key, 'Idempotency-Key')) {
      return refusal(400, 'invalid_idempotency_key', 'The key must be between 1-256 chars.');
    }
    const now = this.#now();
    const known = this.#known.get(key);
    if (known && now - known.at < DAY_MS) {
      return known.body === request.path + request.body
        ? known.answer
        : refusal(
            409,
            'invalid_idempotent_request',
            'Same idempotency key used with a different request payload.',
          );
    }
    const answer = this.#read(request, key);
    if (answer.status === 200) this.#known.set(key, { body: request.path + request.body, answer, at: now });
    return answer;
  }

  #read(request: RecordedRequest, key: string | undefined): Answer {
    const body: unknown = JSON.parse(request.body);
    if (request.path === '/emails') return this.#single(body, key);
    return this.#batch(body, headerOf(request, 'x-batch-validation') ?? 'strict', key);
  }

  #single(body: unknown, key: string | undefined): Answer {
    const refused = this.#problem(body, []);
    return refused ?? { status: 200, body: { id: this.#accept(body, key) } };
  }

  #batch(body: unknown, validation: string, key: string | undefined): Answer {
    if (!Array.isArray(body))
      return refusal(422, 'validation_error', 'The `request.body` field must be an `array`.');
    if (body.length === 0 || body.length > contract.maxBatch) {
      return refusal(422, 'validation_error', `A batch has 1 to ${contract.maxBatch} emails.`);
    }
    if (validation !== 'strict' && validation !== 'permissive') {
      return refusal(422, 'validation_error', 'Unknown batch validation.');
    }
    const refused = body.map((email) => this.#problem(email, contract.batchForbids));
    const first = refused.find(Boolean);
    // An unverified sender is refused as a whole, in either mode.
    if (first && (validation === 'strict' || first.status === 403)) return first;
    const data = body
      .filter((_, index) => !refused[index])
      .map((email) => ({ id: this.#accept(email, key) }));
    if (validation === 'strict') return { status: 200, body: { data } };
    const errors = refused.flatMap((answer, index) =>
      answer ? [{ index, message: messageOf(answer) }] : [],
    );
    return { status: 200, body: { data, errors } };
  }

  #problem(email: unknown, forbidden: string[]): Answer | null {
    const found = breach(contract.email, email);
    if (found)
      return refusal(422, found.missing ? 'missing_required_field' : 'validation_error', found.message);
    if (!isFields(email)) return refusal(422, 'validation_error', 'No object.');
    const banned = forbidden.find((field) => email[field] !== undefined);
    if (banned)
      return refusal(422, 'validation_error', `Invalid \`${banned}\` field. Not allowed in a batch.`);
    for (const field of ['from', 'to', 'reply_to']) {
      const bad = [email[field] ?? []].flat().find((mailbox) => !MAILBOX.test(String(mailbox)));
      if (bad !== undefined) {
        const needs =
          'The email address needs to follow the `email@example.com` or `Name <email@example.com>` format.';
        return refusal(422, 'validation_error', `Invalid \`${field}\` field. ${needs}`);
      }
    }
    if (email.html === undefined && email.text === undefined) {
      return refusal(422, 'missing_required_field', 'Missing `html` or `text` field.');
    }
    return this.#unverified(String(email.from)) ?? brokenHeader(email);
  }

  #unverified(from: string): Answer | null {
    const domain = /@([^>\s]+)>?$/.exec(from)?.[1] ?? '';
    if (!this.#rules.domains || this.#rules.domains.includes(domain)) return null;
    return refusal(403, 'validation_error', `The ${domain} domain is not verified.`);
  }

  #accept(email: unknown, key: string | undefined): string {
    const id = randomUUID();
    const fields = isFields(email) ? email : {};
    this.#accepted.push({ id, key, email: fields, created: this.#now(), event: 'delivered' });
    return id;
  }
}

/** As Resend tells it in a list: dates in the manner of Postgres. */
function itemOf({ id, email, created, event }: AcceptedEmail): Record<string, unknown> {
  if (!contract.events.includes(event)) throw new Error(`no mail of Resend is ${event}`);
  const { from, to, subject, cc, bcc, reply_to } = email;
  const several = (value: unknown): unknown[] | null => (value === undefined ? null : [value].flat());
  return {
    id,
    message_id: `<${id}@eu-west-1.amazonses.com>`,
    to: several(to),
    from,
    created_at: new Date(created).toISOString().replace('T', ' ').replace('Z', '+00'),
    subject,
    cc: several(cc),
    bcc: several(bcc),
    reply_to: several(reply_to),
    last_event: event,
    scheduled_at: null,
  };
}

function brokenHeader(email: Record<string, unknown>): Answer | null {
  const lines = [email.subject, ...Object.entries(isFields(email.headers) ? email.headers : {}).flat()];
  return lines.some((line) => /[\r\n\0]/.test(String(line)))
    ? refusal(422, 'validation_error', 'Invalid `headers` field. Line breaks are not allowed.')
    : null;
}

const headerOf = ({ headers }: RecordedRequest, name: string): string | undefined => {
  const value = headers[name];
  return Array.isArray(value) ? value[0] : value;
};

const messageOf = ({ body }: Answer): string => (isFields(body) ? String(body.message) : '');
