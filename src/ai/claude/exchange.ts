import type { Anthropic } from '@anthropic-ai/sdk';
import type { Pace, RealTime } from '../../pace.ts';
import { boundedFetch } from './bounded-fetch.ts';
import { Deadline, STOPPED, unlessStopped } from './deadline.ts';
import { type Failure, failureOf, HALTED } from './failure.ts';
import { createTell, type Tell } from './tell.ts';

export interface ExchangeOptions {
  apiKey: string;
  /** Null: Anthropic's own. */
  baseUrl: string | null;
  /** For each call, its body included. */
  timeoutMs: number;
  pace: Pace;
}

/** `ms`: how long the call took; `calls`: 0 when it was not made. */
export type Called<T> =
  | { status: 'done'; data: T; ms: number; calls: 1 }
  | { status: 'failed'; failure: Failure; ms: number; calls: 0 | 1 };

type Sdk = typeof import('@anthropic-ai/sdk');
interface Opened {
  sdk: Sdk;
  client: Anthropic;
}

const OWN_ADDRESS = 'https://api.anthropic.com';

/** Where nothing listened, nothing was begun. */
const NOT_REACHED = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'];

/** Single calls to Claude: paced, bounded in time and size, with every failure told as one of ours. */
export class Exchange {
  readonly tell: Tell;
  readonly #options: ExchangeOptions;
  readonly #time: RealTime;
  #opened: Promise<Opened> | undefined;

  constructor(options: ExchangeOptions, time: RealTime) {
    this.#options = options;
    this.#time = time;
    this.tell = createTell(options.apiKey);
  }

  get timeoutMs(): number {
    return this.#options.timeoutMs;
  }

  async call<T>(
    request: (client: Anthropic, signal: AbortSignal) => PromiseLike<T>,
    stop?: AbortSignal,
  ): Promise<Called<T>> {
    const uncalled = (failure: Failure): Called<T> => ({ status: 'failed', failure, ms: 0, calls: 0 });
    // The HTTP library would quote the key in its error.
    if (!/^[\x21-\x7e]+$/.test(this.#options.apiKey))
      return uncalled({ reason: 'bad_key', detail: 'ANTHROPIC_API_KEY is not a key', again: false });
    this.#opened ??= open(this.#options);
    const opened = await this.#opened;
    const held = await this.#turn(stop);
    if (held === STOPPED) return uncalled(HALTED);
    if (held > 0)
      return uncalled({
        reason: 'rate_limited',
        detail: 'Claude asked to slow down',
        again: true,
        retryAfterMs: held,
      });
    return this.#within(opened, request, stop);
  }

  /** After a 0 a place is ours, and is given back if nobody waits for it any more. */
  async #turn(stop: AbortSignal | undefined): Promise<number | typeof STOPPED> {
    const turn = this.#options.pace.turn();
    const held = await unlessStopped(turn, stop);
    if (held === STOPPED) void turn.then((late) => late === 0 && this.#options.pace.done());
    return held;
  }

  async #within<T>(
    { client, sdk }: Opened,
    request: (client: Anthropic, signal: AbortSignal) => PromiseLike<T>,
    stop: AbortSignal | undefined,
  ): Promise<Called<T>> {
    const deadline = new Deadline(this.#options.timeoutMs, stop);
    const begun = this.#time.now();
    // An answer takes seconds to write: a place that were kept until it is there would be a limit of texts at once.
    this.#options.pace.done();
    const ms = (): number => Math.round(this.#time.now() - begun);
    try {
      return { status: 'done', data: await request(client, deadline.signal), ms: ms(), calls: 1 };
    } catch (error) {
      const failure = stop?.aborted ? { ...HALTED, uncertain: true } : this.#failure(error, deadline, sdk);
      if (failure.reason === 'rate_limited') this.#options.pace.hold(failure.retryAfterMs ?? 0);
      return { status: 'failed', failure, ms: ms(), calls: 1 };
    } finally {
      deadline.end();
    }
  }

  #failure(error: unknown, { late }: Deadline, sdk: Sdk): Failure {
    if (error instanceof sdk.APIError && error.status !== undefined) return failureOf(error, this.tell);
    if (late || error instanceof sdk.APIConnectionTimeoutError)
      // Who has waited for so long once does not wait three times.
      return down(`no answer from Claude in ${this.#options.timeoutMs} ms`, { again: false });
    if (error instanceof sdk.APIConnectionError) {
      const code = codeOf(error);
      return down(`no answer from Claude${code === null ? '' : ` (${code})`}`, {
        uncertain: code === null || !NOT_REACHED.includes(code),
      });
    }
    if (error instanceof RangeError) return down('the answer of Claude is too long', { again: false });
    return down('the answer of Claude cannot be read');
  }
}

const down = (detail: string, { again = true, uncertain = true } = {}): Failure => ({
  reason: 'down',
  detail,
  again,
  uncertain,
});

/** The system's name for it, which lies below one or two errors of the HTTP library. */
function codeOf(error: unknown): string | null {
  for (let inner = error; inner instanceof Error; inner = inner.cause)
    if ('code' in inner && typeof inner.code === 'string' && /^[A-Z_\d]{1,40}$/.test(inner.code))
      return inner.code;
  return null;
}

async function open({ apiKey, baseUrl, timeoutMs }: ExchangeOptions): Promise<Opened> {
  const sdk = await import('@anthropic-ai/sdk');
  // Everything is said, so that the SDK looks for nothing in the environment or in profiles.
  const client = withoutCustomHeaders(
    () =>
      new sdk.Anthropic({
        apiKey,
        authToken: null,
        webhookKey: null,
        baseURL: (baseUrl ?? OWN_ADDRESS).replace(/\/+$/, ''),
        timeout: timeoutMs,
        maxRetries: 0,
        logLevel: 'off',
        openTelemetry: false,
        fetch: boundedFetch,
      }),
  );
  return { sdk, client };
}

/** For headers from the environment, another key among them, the SDK has no such option. */
function withoutCustomHeaders<T>(make: () => T): T {
  const { ANTHROPIC_CUSTOM_HEADERS: headers } = process.env;
  delete process.env.ANTHROPIC_CUSTOM_HEADERS;
  try {
    return make();
  } finally {
    if (headers !== undefined) process.env.ANTHROPIC_CUSTOM_HEADERS = headers;
  }
}
