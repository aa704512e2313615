import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { Batches, batchBody, type Ending } from './anthropic-batches.ts';
import { Author, type Reply, sampleOf } from './anthropic-message.ts';
import { ANTHROPIC_MODELS } from './anthropic-models.ts';
import { type Breach, breachOf } from './anthropic-rules.ts';
import { isFields } from './contract.ts';
import { type Answer, type Fault, type Loopback, type RecordedRequest, startLoopback } from './loopback.ts';

type Fields = Record<string, unknown>;

interface WrittenMessage {
  /** The body that was sent. */
  request: Fields;
  /** The message that was answered. */
  message: Fields;
}

export interface AnthropicStandIn extends Loopback {
  /** What was paid for, in order: direct messages, and those of a batch when it has ended. */
  messages: WrittenMessage[];
  /** What is answered next, before `reply` is asked. */
  say(...replies: Reply[]): void;
  /** All batches come to their end. */
  endBatches(): void;
}

export interface AnthropicRules {
  apiKey?: string;
  /** The text of an answer to a body; the plainest that the schema allows when not given. */
  reply?: (body: Fields) => Reply;
  /** Before each message, ms. */
  latency?: number;
  /** Calls in any minute; none when not given. */
  requestsPerMinute?: number;
  /** Of a body; 32 MB when not given. */
  maxBytes?: number;
  /** For the prompt cache and batches, UTC ms. */
  now?: () => number;
  /** How a request of a batch ends: well, when not given. */
  ending?: (customId: string) => Ending;
  /** A batch has ended at its nth look; when not given, with `endBatches`. */
  endsAtPoll?: number;
}

export const ANTHROPIC_TEST_KEY = 'sk-ant-test-0123456789abcdef';
const VERSION = '2026-10-21';
const MINUTE_MS = 60_000;

/** Claude on loopback, as strict as the published contract: messages, batches, models. */
export async function startAnthropic(rules: AnthropicRules = {}): Promise<AnthropicStandIn> {
  const messages: WrittenMessage[] = [];
  const next: Reply[] = [];
  const desk = new Desk(rules, messages, next);
  const loopback = await startLoopback((request) => desk.answer(request));
  desk.url = loopback.url;
  return {
    ...loopback,
    messages,
    say: (...replies) => void next.push(...replies),
    endBatches: () => desk.batches.end(),
  };
}

/** The answer of an error, with its number in both places. */
function refusal(
  { status, type, message }: Breach,
  more: { headers?: Record<string, string>; code?: string } = {},
): Answer {
  const id = `req_${randomUUID().replaceAll('-', '').slice(0, 24)}`;
  const details = more.code === undefined ? {} : { details: { error_code: more.code } };
  return {
    status,
    headers: { 'request-id': id, ...more.headers },
    body: { type: 'error', error: { type, message, ...details }, request_id: id },
  };
}

/** For `fail`: one call is refused. @param more `code`: the error code in the details */
export const refused = (
  status: number,
  type: string,
  message = 'Some reason.',
  more: { headers?: Record<string, string>; code?: string } = {},
): Fault => ({ fault: 'answer', ...refusal({ status, type, message }, more) });

/** For `fail`: 200 as it should be, with a body that is no JSON, or half of one. */
export const garbled = (body = '{"id":"msg_01","type":"mess'): Fault => ({
  fault: 'answer',
  status: 200,
  headers: { 'Content-Type': 'application/json' },
  body,
});

const isBreach = (value: object): value is Breach => 'message' in value && 'status' in value;

class Desk {
  /** Of the stand-in itself: batches name it. */
  url = '';
  readonly batches: Batches;
  readonly #rules: AnthropicRules;
  readonly #author: Author;
  readonly #messages: WrittenMessage[];
  readonly #next: Reply[];
  #calls: number[] = [];

  constructor(rules: AnthropicRules, messages: WrittenMessage[], next: Reply[]) {
    this.#rules = rules;
    this.#messages = messages;
    this.#next = next;
    const now = rules.now ?? Date.now;
    this.#author = new Author(now);
    this.batches = new Batches({
      ending: rules.ending ?? (() => 'succeeded'),
      endsAtPoll: rules.endsAtPoll ?? null,
      now,
      write: (params) => this.#write(params, 'batch'),
    });
  }

  async answer(request: RecordedRequest): Promise<Answer> {
    const answer = this.#stranger(request) ?? this.#tooMany() ?? (await this.#route(request));
    return { ...answer, headers: { 'request-id': `req_${randomUUID().slice(0, 8)}`, ...answer.headers } };
  }

  /** Version 2026-10-21 takes the key as a bearer, and no longer as `x-api-key`. */
  #stranger({ method, headers, body }: RecordedRequest): Answer | null {
    const key = /^Bearer (.+)$/.exec(headers.authorization ?? '')?.[1];
    if (key !== (this.#rules.apiKey ?? ANTHROPIC_TEST_KEY))
      return refusal({ status: 401, type: 'authentication_error', message: 'invalid bearer token' });
    if (headers['anthropic-version'] !== VERSION)
      return this.#invalid(`anthropic-version: "${VERSION}" is required`);
    if (method === 'POST' && body !== '' && !/^application\/json\b/.test(headers['content-type'] ?? ''))
      return this.#invalid('content-type: application/json is required');
    return Buffer.byteLength(body) > (this.#rules.maxBytes ?? 32 * 1024 * 1024)
      ? refusal({ status: 413, type: 'request_too_large', message: 'Request exceeds the maximum size' })
      : null;
  }

  #tooMany(): Answer | null {
    const { requestsPerMinute } = this.#rules;
    if (requestsPerMinute === undefined) return null;
    const now = performance.now();
    this.#calls = this.#calls.filter((at) => now - at < MINUTE_MS);
    const [first = now] = this.#calls;
    if (this.#calls.length >= requestsPerMinute) {
      const wait = Math.ceil((first + MINUTE_MS - now) / 1000);
      const breach = {
        status: 429,
        type: 'rate_limit_error',
        message: 'This request would exceed your rate limit.',
      };
      return refusal(breach, { headers: { 'retry-after': String(wait) } });
    }
    this.#calls.push(now);
    return null;
  }

  async #route({ method, path, body }: RecordedRequest): Promise<Answer> {
    const { pathname, searchParams } = new URL(path, 'http://stand-in');
    const [, id, verb] = /^\/v1\/messages\/batches\/([^/]+)(?:\/(\w+))?$/.exec(pathname) ?? [];
    if (id !== undefined) return this.#batch(`${method} ${verb ?? ''}`, id);
    const { limit = '20' } = Object.fromEntries(searchParams);
    switch (`${method} ${pathname}`) {
      case 'POST /v1/messages':
        return this.#message(parsed(body));
      case 'POST /v1/messages/batches':
        return this.#submit(parsed(body));
      case 'GET /v1/messages/batches':
        return this.#page(
          this.batches.list().map((batch) => batchBody(batch, this.url)),
          limit,
        );
      case 'GET /v1/models':
        return this.#page(Object.keys(ANTHROPIC_MODELS).map(modelBody), limit);
      default:
        return this.#unknown(pathname);
    }
  }

  async #message(body: unknown): Promise<Answer> {
    const breach = breachOf(body);
    if (breach) return refusal(breach);
    if (this.#rules.latency !== undefined) await delay(this.#rules.latency);
    return { status: 200, body: this.#write(isFields(body) ? body : {}, 'standard') };
  }

  #write(request: Fields, tier: 'standard' | 'batch'): Fields {
    const reply = this.#next.shift() ?? this.#rules.reply?.(request) ?? plain(request);
    const message = this.#author.write(request, reply, tier);
    this.#messages.push({ request, message });
    return message;
  }

  #submit(body: unknown): Answer {
    const batch = this.batches.create(body);
    return isBreach(batch) ? refusal(batch) : { status: 200, body: batchBody(batch, this.url) };
  }

  #batch(call: string, id: string): Answer {
    const batch = this.batches.find(id);
    if (!batch) return this.#unknown(id);
    const told = (breach: Breach | null, body: Fields): Answer =>
      breach ? refusal(breach) : { status: 200, body };
    switch (call) {
      case 'GET ':
        this.batches.poll(batch);
        return { status: 200, body: batchBody(batch, this.url) };
      case 'POST cancel':
        return told(this.batches.cancel(batch), batchBody(batch, this.url));
      case 'DELETE ':
        return told(this.batches.remove(batch), { id, type: 'message_batch_deleted' });
      case 'GET results':
        if (batch.ended === null) return this.#unknown(`${id}/results`);
        return {
          status: 200,
          headers: { 'Content-Type': 'application/x-jsonl' },
          body: batch.lines.map((line) => `${JSON.stringify(line)}\n`).join(''),
        };
      default:
        return this.#unknown(id);
    }
  }

  #page(items: Fields[], limit: string): Answer {
    const size = Number(limit);
    if (!Number.isInteger(size) || size < 1 || size > 1000) return this.#invalid('limit: 1 to 1000');
    const data = items.slice(0, size);
    const { id: first_id = null } = data[0] ?? {};
    const { id: last_id = null } = data.at(-1) ?? {};
    return { status: 200, body: { data, has_more: items.length > data.length, first_id, last_id } };
  }

  #invalid(message: string): Answer {
    return refusal({ status: 400, type: 'invalid_request_error', message });
  }

  #unknown(what: string): Answer {
    return refusal({ status: 404, type: 'not_found_error', message: `Not found: ${what}` });
  }
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
}

function plain({ output_config: output }: Fields): Reply {
  const format = isFields(output) ? output.format : null;
  return isFields(format) ? JSON.stringify(sampleOf(format.schema)) : 'Bonjour';
}

function modelBody(id: string): Fields {
  const facts = ANTHROPIC_MODELS[id];
  const gone = facts?.lifecycle !== 'active';
  return {
    type: 'model',
    id,
    display_name: id,
    created_at: '2026-01-01T00:00:00Z',
    lifecycle: facts?.lifecycle,
    deprecated_at: gone ? '2026-10-01T00:00:00Z' : null,
    retires_at: gone ? '2026-12-31T00:00:00Z' : null,
    line: null,
    max_input_tokens: facts?.maxInputTokens,
    max_tokens: facts?.maxTokens,
    capabilities: null,
  };
}
