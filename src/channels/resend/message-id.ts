import { isRecord } from '../../provider-answer.ts';
import type { Exchange } from './exchange.ts';

/** After so many refusals in a row nobody is asked any more in this process: a thread is worth no long wait. */
const PATIENCE = 3;

/** Asks Resend under which Message-ID a mail was received: sending does not tell. */
export class MessageIds {
  #refusals = 0;

  /** @param open one for this question, with a short time-out */
  async find(providerId: string, open: () => Promise<Exchange>): Promise<string | null> {
    if (this.#refusals >= PATIENCE) return null;
    const exchange = await open();
    const answer = await exchange.call(
      (signal) => exchange.client.emails.get(providerId, { signal }),
      (body) => ({ told: isRecord(body) && typeof body.message_id === 'string' ? body.message_id : null }),
    );
    // No answer, or a key that may only send: the mail goes out without the thread.
    const told = 'told' in answer ? answer.told : null;
    this.#refusals = told === null ? this.#refusals + 1 : 0;
    return told;
  }
}
