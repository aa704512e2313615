import { createHash } from 'node:crypto';
import type { CreateEmailOptions } from 'resend';
import type { EmailEnvelope, Outcome, Outgoing } from '../../engine/ports/channels.ts';
import type { Exchange } from './exchange.ts';
import { batchOutcomes, singleOutcome } from './outcomes.ts';

/** What has not been tried during an outage is tried again after this. */
const OUTAGE_MS = 10 * 60_000;

/** The calls of one `send`. */
export class Calls {
  readonly #exchange: Exchange;

  constructor(exchange: Exchange) {
    this.#exchange = exchange;
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
          at: this.#exchange.now + OUTAGE_MS,
          reason: 'Resend gave no clear answer for an earlier mail',
          called: false,
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
    return this.#exchange.call(
      (signal) =>
        this.#exchange.client.batch.send(batch.map(payload), {
          idempotencyKey: shortKey(key),
          batchValidation: 'permissive',
          signal,
        }),
      (data) => batchOutcomes(data, batch.length),
    );
  }

  #single(message: Outgoing<EmailEnvelope>, key: string): Promise<Outcome> {
    return this.#exchange.call(
      (signal) =>
        this.#exchange.client.emails.send(payload(message), { idempotencyKey: shortKey(key), signal }),
      singleOutcome,
    );
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
