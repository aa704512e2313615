import { createHash } from 'node:crypto';
import type { CreateEmailOptions, Resend } from 'resend';
import type { EmailEnvelope, Outcome, Outgoing } from '../../engine/ports/channels.ts';
import { waitMs } from '../answer.ts';
import type { Pace } from '../pace.ts';
import { type AnswerHeaders, batchOutcomes, resendOutcome, singleOutcome } from './outcomes.ts';

/** What has not been tried during an outage is tried again after this. */
const OUTAGE_MS = 10 * 60_000;

/** The calls of one `send`. */
export class Calls {
  readonly #client: Resend;
  readonly #pace: Pace;
  readonly #timeoutMs: number;
  readonly #now: number;

  constructor(client: Resend, pace: Pace, timeoutMs: number, now: number) {
    this.#client = client;
    this.#pace = pace;
    this.#timeoutMs = timeoutMs;
    this.#now = now;
  }

  async send(batch: readonly Outgoing<EmailEnvelope>[], key: string): Promise<Outcome[]> {
    const [only] = batch;
    if (batch.length === 1 && only) return [await this.#single(only, key)];
    const result = await this.#batch(batch, key);
    if (Array.isArray(result)) return result;
    if (result.status !== 'rejected') return batch.map(() => result);
    return this.#oneByOne(batch, key);
  }

  /**
   * After a batch was refused as a whole: each mail alone, so that one bad mail does not hold back the others. These
   * keys live only here: nobody can repeat a part of the batch with them later, so nothing is left repeatable.
   */
  async #oneByOne(batch: readonly Outgoing<EmailEnvelope>[], key: string): Promise<Outcome[]> {
    const outcomes: Outcome[] = [];
    let others: Outcome | null = null;
    for (const message of batch) {
      const outcome: Outcome = others ?? (await this.#settled(message, `${key}-${message.messageId}`));
      outcomes.push(outcome);
      if (outcome.status === 'misconfigured') others = outcome;
      if (outcome.status === 'uncertain') {
        others ??= {
          status: 'retry',
          at: this.#now + OUTAGE_MS,
          reason: 'Resend gave no clear answer for an earlier mail',
        };
      }
    }
    return outcomes;
  }

  /** Asks once more at once where the fate of a mail is open; only a plain yes settles it. */
  async #settled(message: Outgoing<EmailEnvelope>, key: string): Promise<Outcome> {
    const outcome = await this.#single(message, key);
    if (outcome.status !== 'uncertain') return outcome;
    const again = outcome.repeatable ? await this.#single(message, key) : outcome;
    return again.status === 'sent' ? again : { ...outcome, repeatable: false };
  }

  #batch(batch: readonly Outgoing<EmailEnvelope>[], key: string): Promise<Outcome | Outcome[]> {
    return this.#call(
      (signal) =>
        this.#client.batch.send(batch.map(payload), {
          idempotencyKey: shortKey(key),
          batchValidation: 'permissive',
          signal,
        }),
      (data) => batchOutcomes(data, batch.length),
    );
  }

  #single(message: Outgoing<EmailEnvelope>, key: string): Promise<Outcome> {
    return this.#call(
      (signal) => this.#client.emails.send(payload(message), { idempotencyKey: shortKey(key), signal }),
      singleOutcome,
    );
  }

  /** The SDK never throws for what the network does; a status of null means that no answer came. */
  async #call<T>(
    request: (signal: AbortSignal) => Promise<{ data: unknown; error: unknown; headers: AnswerHeaders }>,
    accepted: (data: unknown) => T,
  ): Promise<T | Outcome> {
    const held = await this.#pace.turn();
    if (held > 0) return { status: 'retry', at: this.#now + held, reason: 'Resend asked to slow down' };
    const signal = AbortSignal.timeout(this.#timeoutMs);
    const { data, error, headers } = await request(signal);
    this.#heed(headers);
    if (!error && data) return accepted(data);
    if (headers === null && signal.aborted)
      return {
        status: 'uncertain',
        reason: `no answer from Resend in ${this.#timeoutMs} ms`,
        repeatable: true,
      };
    const outcome = resendOutcome(error, headers, this.#now);
    if (outcome.status === 'retry') this.#pace.hold(outcome.at - this.#now);
    return outcome;
  }

  #heed(headers: AnswerHeaders): void {
    if (headers?.['ratelimit-remaining'] === '0') this.#pace.hold(waitMs(headers['ratelimit-reset']) ?? 0);
  }
}

const payload = ({ envelope }: Outgoing<EmailEnvelope>): CreateEmailOptions => ({
  from: envelope.from,
  to: [envelope.to],
  subject: envelope.subject,
  text: envelope.text,
  html: envelope.html,
  headers: envelope.headers,
  tags: Object.entries(envelope.tags).map(([name, value]) => ({ name, value })),
  ...(envelope.replyTo === null ? {} : { replyTo: envelope.replyTo }),
});

/** 256 characters at most; a longer one is replaced by its hash, the same for the same key. */
const shortKey = (key: string): string =>
  key.length <= 256 ? key : createHash('sha256').update(key).digest('hex');
