import { randomUUID } from 'node:crypto';
import { ANTHROPIC_MODELS } from './anthropic-models.ts';
import { isFields } from './contract.ts';

type Fields = Record<string, unknown>;

/** An answer that ends otherwise than with its last word. */
export class Stop {
  readonly reason: string;
  readonly text: string;
  readonly details: Fields | null;

  constructor(reason: string, text: string, details: Fields | null) {
    this.reason = reason;
    this.text = text;
    this.details = details;
  }
}

/** For a reply: the model declines. */
export const refusing = (explanation: string | null = 'This request may break the usage policy.'): Stop =>
  new Stop('refusal', '', { type: 'refusal', category: 'general_harms', explanation });

/** For a reply: it stops for this reason, `max_tokens` for one, after this text. */
export const stopping = (reason: string, text = ''): Stop => new Stop(reason, text, null);

/** The text, what is told as JSON, or another end. */
export type Reply = string | object;

const THINKING_TOKENS = 700;
const CACHE_MS = { '5m': 300_000, '1h': 3_600_000 };

/** As many as French text has at least; no provider tells how it counts. */
const tokensOf = (text: string): number => Math.ceil(text.length / 4);

/** Writes messages, and keeps account of the prompt cache. */
export class Author {
  readonly #cached = new Map<string, number>();
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** The answer to a sound body. What it writes to the cache is there for whoever comes after it. */
  write(body: Fields, reply: Reply, tier: 'standard' | 'batch'): Fields {
    const model = String(body.model);
    const ended = reply instanceof Stop ? reply : null;
    const whole = ended?.text ?? (typeof reply === 'string' ? reply : JSON.stringify(reply));
    const thinking = thinks(body) ? THINKING_TOKENS : 0;
    const room = Number(body.max_tokens) - thinking;
    const cut = tokensOf(whole) > room;
    const text = cut ? whole.slice(0, Math.max(room, 0) * 4) : whole;
    return {
      id: `msg_${randomUUID().replaceAll('-', '').slice(0, 24)}`,
      type: 'message',
      role: 'assistant',
      model,
      content: [
        ...(thinking > 0 ? [{ type: 'thinking', thinking: '', signature: 'c2lnbmF0dXJl' }] : []),
        ...(text === '' ? [] : [{ type: 'text', text, citations: null }]),
      ],
      stop_reason: cut ? 'max_tokens' : (ended?.reason ?? 'end_turn'),
      stop_sequence: null,
      stop_details: ended?.details ?? null,
      usage: {
        ...this.#input(body),
        output_tokens: Math.min(thinking + tokensOf(text), Number(body.max_tokens)),
        output_tokens_details: { thinking_tokens: Math.min(thinking, Number(body.max_tokens)) },
        service_tier: tier,
        inference_geo: 'global',
      },
    };
  }

  #input(body: Fields): Fields {
    const { prefix, rest, ttl } = marked(body);
    const size = tokensOf(prefix);
    const key = `${String(body.model)}\n${prefix}`;
    const now = this.#now();
    const cacheable = size > 0 && size >= (ANTHROPIC_MODELS[String(body.model)]?.cacheableFrom ?? 0);
    const hit = cacheable && (this.#cached.get(key) ?? 0) > now;
    if (cacheable) this.#cached.set(key, now + CACHE_MS[ttl]);
    const written = cacheable && !hit ? size : 0;
    return {
      input_tokens: tokensOf(rest) + (cacheable ? 0 : size),
      cache_creation_input_tokens: written,
      cache_read_input_tokens: hit ? size : 0,
      cache_creation: {
        ephemeral_5m_input_tokens: ttl === '5m' ? written : 0,
        ephemeral_1h_input_tokens: ttl === '1h' ? written : 0,
      },
    };
  }
}

function thinks({ model, thinking }: Fields): boolean {
  if (!isFields(thinking)) return ANTHROPIC_MODELS[String(model)]?.thinks ?? false;
  return thinking.type === 'adaptive' || thinking.type === 'enabled';
}

/** What stands up to the last mark of the system part, and all that comes after it. */
function marked({ system, messages }: Fields): { prefix: string; rest: string; ttl: '5m' | '1h' } {
  const blocks = Array.isArray(system) ? system.filter(isFields) : [];
  const last = blocks.findLastIndex(({ cache_control: mark }) => isFields(mark));
  const mark = blocks[last]?.cache_control;
  const text = (part: Fields[]): string => part.map((block) => String(block.text)).join('\n');
  const before = typeof system === 'string' ? system : text(blocks.slice(last + 1));
  return {
    prefix: text(blocks.slice(0, last + 1)),
    rest: before + JSON.stringify(messages),
    ttl: isFields(mark) && mark.ttl === '1h' ? '1h' : '5m',
  };
}

/** The plainest value that a schema allows: what is written when nobody has said what to write. */
export function sampleOf(schema: unknown): unknown {
  if (!isFields(schema)) return null;
  const { type, properties, items, anyOf, enum: values, const: only } = schema;
  if (only !== undefined) return only;
  if (Array.isArray(values)) return values[0];
  if (Array.isArray(anyOf)) return sampleOf(anyOf[0]);
  if (type === 'object' || isFields(properties))
    return Object.fromEntries(
      Object.entries(isFields(properties) ? properties : {}).map(([name, inner]) => [name, sampleOf(inner)]),
    );
  if (type === 'array') return schema.minItems === 1 ? [sampleOf(items)] : [];
  if (type === 'boolean') return false;
  if (type === 'integer' || type === 'number') return 0;
  return type === 'null' ? null : 'Bonjour';
}
