import type { Resend } from 'resend';
import type { Outcome } from '../../engine/ports/channels.ts';
import type { Pace } from '../../pace.ts';
import { waitMs } from '../../provider-answer.ts';
import { type AnswerHeaders, resendOutcome } from './outcomes.ts';

interface Reply {
  data: unknown;
  error: unknown;
  headers: AnswerHeaders;
}

/** Single calls to Resend: paced, bounded in time, with what it says of its limits heeded. */
export class Exchange {
  readonly client: Resend;
  /** The tick's clock, UTC ms. */
  readonly now: number;
  readonly #pace: Pace;
  readonly #timeoutMs: number;

  constructor(client: Resend, pace: Pace, timeoutMs: number, now: number) {
    this.client = client;
    this.now = now;
    this.#pace = pace;
    this.#timeoutMs = timeoutMs;
  }

  /**
   * The SDK never throws for what the network does; a status of null means that no answer came.
   * @param refused sees an error before it becomes an outcome, and may read it in its own way
   */
  async call<T>(
    request: (signal: AbortSignal) => Promise<Reply>,
    accepted: (data: unknown) => T,
    refused: (error: unknown) => T | null = () => null,
  ): Promise<T | Outcome> {
    const held = await this.#pace.turn();
    if (held > 0)
      return { status: 'retry', at: this.now + held, reason: 'Resend asked to slow down', called: false };
    const signal = AbortSignal.timeout(this.#timeoutMs);
    const { data, error, headers } = await request(signal).finally(() => this.#pace.done());
    this.#heed(headers);
    if (!error && data) return accepted(data);
    if (headers === null && signal.aborted)
      return {
        status: 'uncertain',
        reason: `no answer from Resend in ${this.#timeoutMs} ms`,
        repeatable: true,
      };
    const own = refused(error);
    if (own !== null) return own;
    const outcome = resendOutcome(error, headers, this.now);
    if (outcome.status === 'retry') this.#pace.hold(outcome.at - this.now);
    return outcome;
  }

  #heed(headers: AnswerHeaders): void {
    if (headers?.['ratelimit-remaining'] === '0') this.#pace.hold(waitMs(headers['ratelimit-reset']) ?? 0);
  }
}
