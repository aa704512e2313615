import type { Usage } from './message.ts';

/** USD per million tokens. What is written to the prompt cache for 5 minutes costs 1.25 times the input. */
interface Price {
  input: number;
  output: number;
  cacheRead: number;
}

/**
 * How a model is kept from thinking before it writes: it may be switched off, or, without tools, by `between_tools`;
 * some always think, and what they think counts as output.
 */
type Thinking = 'disabled' | 'between_tools' | 'always';

export interface Model {
  id: string;
  /** Null: not published when this table was made. */
  price: Price | null;
  /** For the whole of a prompt that is longer than so many tokens, its cached part included. */
  longPrompt?: { above: number; price: Price };
  thinking: Thinking;
  /** Whether it takes `output_config.effort`. */
  effort: boolean;
  /** The smallest prompt that is cached, tokens. */
  cacheableFrom: number;
  /** What is known of its end. */
  note?: string;
}

/** The date of this table: platform.claude.com/docs, "Pricing", "Models overview", "Prompt caching". */
export const PRICES_AS_OF = '2026-11-22';

export const DEFAULT_MODEL = 'claude-sonnet-5-5';

const CACHE_WRITE = 1.25;
const BATCH = 0.5;

const usd = (input: number, output: number, cacheRead = input / 10): Price => ({ input, output, cacheRead });

/** Newest first. Legacy ones stay as long as they answer. */
export const MODELS: readonly Model[] = [
  {
    id: 'claude-haiku-5-5',
    price: usd(0.1, 0.5),
    longPrompt: { above: 100_000, price: usd(0.5, 2.5) },
    thinking: 'disabled',
    effort: true,
    cacheableFrom: 512,
  },
  model('claude-sonnet-5-5', usd(2, 10, 0.1), 'between_tools', 512),
  model('claude-opus-5-5', usd(4, 20, 0.2), 'always', 512),
  model('claude-fable-5-2', null, 'always', 512),
  model('claude-fable-5-1', usd(10, 50, 0.25), 'always', 512),
  model('claude-opus-5', usd(5, 25), 'disabled', 512),
  model('claude-sonnet-5', usd(2, 10), 'disabled', 1024),
  model('claude-opus-4-8', usd(5, 25), 'disabled', 1024),
  model('claude-opus-4-7', usd(5, 25), 'disabled', 2048),
  model('claude-opus-4-6', usd(5, 25), 'disabled', 4096),
  model('claude-sonnet-4-6', usd(3, 15), 'disabled', 1024),
  { ...model('claude-opus-4-5', usd(5, 25), 'disabled', 4096), note: 'not retired before 2026-11-24' },
  {
    ...model('claude-haiku-4-5', usd(1, 5), 'disabled', 4096),
    effort: false,
    note: 'not retired before 2026-10-15',
  },
  {
    ...model('claude-sonnet-4-5', usd(3, 15), 'disabled', 1024),
    effort: false,
    note: 'retired on 2026-11-30',
  },
];

function model(id: string, price: Price | null, thinking: Thinking, cacheableFrom: number): Model {
  return { id, price, thinking, effort: true, cacheableFrom };
}

/** By its name, or by a dated one: `claude-haiku-4-5-20251001`. Undefined: not in the table. */
export function modelOf(id: string): Model | undefined {
  const name = id.replace(/-\d{8}$/, '');
  return MODELS.find((each) => each.id === name);
}

/** An unknown model is asked as the current ones are: it may think, and nothing is said about it. */
export const UNKNOWN_MODEL: Pick<Model, 'thinking' | 'effort'> = { thinking: 'always', effort: true };

/** Prices of the settings, for a model that is not in the table or costs something else. USD per million tokens. */
export interface PriceOverride {
  input: number;
  output: number;
  /** Null: a tenth of `input`. */
  cacheRead: number | null;
}

/**
 * What a call costs, in millionths of a US dollar, rounded up; null when the price is not known.
 * A batch costs half. USD per million tokens are millionths of a dollar per token.
 */
export function costOf(
  id: string,
  usage: Usage,
  { batch = false, prices = null }: { batch?: boolean; prices?: PriceOverride | null } = {},
): number | null {
  const price = prices ? usd(prices.input, prices.output, prices.cacheRead ?? undefined) : priceOf(id, usage);
  if (price === null) return null;
  const { inputTokens, outputTokens, cacheReadTokens, cacheWriteTokens } = usage;
  const whole =
    inputTokens * price.input +
    cacheWriteTokens * price.input * CACHE_WRITE +
    cacheReadTokens * price.cacheRead +
    outputTokens * price.output;
  // Sums of binary fractions end in stray digits, which must not become another millionth.
  return Math.ceil(Number((whole * (batch ? BATCH : 1)).toFixed(6)));
}

function priceOf(id: string, { inputTokens, cacheReadTokens, cacheWriteTokens }: Usage): Price | null {
  const known = modelOf(id);
  const prompt = inputTokens + cacheReadTokens + cacheWriteTokens;
  if (known?.longPrompt && prompt > known.longPrompt.above) return known.longPrompt.price;
  return known?.price ?? null;
}
