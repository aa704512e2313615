import type { Envelope, Fate, Outcome, Outgoing, Pending, Sender } from '../../src/engine/ports/channels.ts';
import { addressOf } from '../../src/engine/texts/email.ts';
import { DAY } from '../builders.ts';
import type { Answer, Round } from './story.ts';

/** A message that has reached its person. */
export interface Delivery {
  messageId: number;
  /** The address that it came from, in small letters. */
  from: string;
  /** The clock when the call began, UTC ms. */
  at: number;
}

interface Known {
  body: string;
  outcomes: Outcome[];
  at: number;
}

/** How long a list may lag behind. */
const LAG_MS = 10 * 60_000;
const SENT: Answer = { says: 'sent', arrived: true, takes: 0 };

/**
 * A provider that answers as it is told and keeps the truth to itself: what has arrived stands in `deliveries`. An
 * idempotent one gives a known key its first answer again for 24 hours, and refuses it with other bytes.
 */
export class Provider {
  readonly deliveries: Delivery[] = [];
  answers: Answer[] = [];
  lookUp: Round['lookUp'] = 'truth';
  readonly #keys = new Map<string, Known>();
  readonly #idempotent: boolean;
  /** Lets the clock go on while a call takes its time. */
  readonly #pass: (ms: number) => void;

  constructor(idempotent: boolean, pass: (ms: number) => void) {
    this.#idempotent = idempotent;
    this.#pass = pass;
  }

  answer(batch: readonly Outgoing[], key: string, now: number): Outcome[] {
    const body = JSON.stringify(batch.map(({ envelope }) => envelope));
    const known = this.#idempotent ? this.#keys.get(key) : undefined;
    if (known && now - known.at < DAY)
      return known.body === body
        ? known.outcomes
        : batch.map(() => ({
            status: 'uncertain',
            reason: 'another text under this key',
            repeatable: false,
          }));
    const first = this.answers.shift() ?? SENT;
    this.#pass(first.takes);
    const whole = isWhole(first);
    const answers = batch.map((_, index) => (whole || index === 0 ? first : this.#next()));
    const arrived = (index: number) => hasArrived(answers[index] ?? SENT);
    for (const [index, { messageId, envelope }] of batch.entries())
      if (arrived(index)) this.deliveries.push({ messageId, from: addressIn(envelope), at: now });
    if (!whole || arrived(0)) this.#keys.set(key, { body, outcomes: answers.map(truth), at: now });
    if (first.says === 'throws') throw new Error('a bug in the sender');
    return answers.map((each) => said(each, now));
  }

  /** The list lags behind: what is not in it yet may still come. */
  fates(calls: readonly Pending[], now: number): Fate[] {
    const said = this.lookUp;
    this.lookUp = 'truth';
    if (said === 'throws') throw new Error('a bug in the look-up');
    return calls.map(({ messageId, lastCallAt }) => {
      if (said === 'unknown') return { fate: 'unknown', reason: 'two of them look alike' };
      const found = this.deliveries.find((delivery) => delivery.messageId === messageId);
      if (said === 'too_early' || now - lastCallAt < LAG_MS) return { fate: 'too_early' };
      return found ? { fate: 'sent', providerId: `id-${messageId}`, at: found.at } : { fate: 'absent' };
    });
  }

  #next(): Answer {
    const next = this.answers[0];
    return next && !isWhole(next) ? (this.answers.shift() ?? SENT) : SENT;
  }
}

export const addressIn = (envelope: Envelope): string =>
  envelope.channel === 'linkedin' ? '' : addressOf(envelope.from ?? '').toLowerCase();

/** One answer for the whole call, whatever it carried. */
const isWhole = ({ says }: Answer): boolean =>
  says === 'retry' || says === 'lost' || says === 'unclear' || says === 'misconfigured' || says === 'throws';

const hasArrived = ({ says, arrived }: Answer): boolean =>
  says === 'sent' || (arrived && (says === 'lost' || says === 'unclear' || says === 'throws'));

/** What a repeat under the same key is told. */
const truth = (answer: Answer): Outcome =>
  hasArrived(answer) ? { status: 'sent', providerId: null } : said(answer, 0);

function said({ says }: Answer, now: number): Outcome {
  switch (says) {
    case 'sent':
      return { status: 'sent', providerId: null };
    case 'rejected':
      return { status: 'rejected', reason: 'no such address', badAddress: true };
    case 'opted_out':
      return { status: 'rejected', reason: 'answered STOP', suppress: true };
    case 'out_of_reach':
      return { status: 'misconfigured', reason: 'this country is closed', scope: 'message' };
    case 'retry':
      return { status: 'retry', at: now + 5 * 60_000, reason: 'slow down' };
    case 'lost':
      return { status: 'uncertain', reason: 'no answer', repeatable: true };
    case 'unclear':
    case 'throws':
      return { status: 'uncertain', reason: 'a strange answer', repeatable: false };
    case 'misconfigured':
      return { status: 'misconfigured', reason: 'the key is wrong' };
  }
}

/** The sender of a tick; `act` may end the program before or after the call. */
export const senderOf = <E extends Envelope>(
  { channel, provider: name, maxBatch, idempotent }: Sender<E>,
  provider: Provider,
  act: <T>(name: 'send' | 'lookUp', body: () => Promise<T>) => Promise<T>,
): Sender<E> => ({
  ...{ channel, provider: name, maxBatch, idempotent },
  send: (batch, key, now) => act('send', async () => provider.answer(batch, key, now)),
  lookUp: (calls, now) => act('lookUp', async () => provider.fates(calls, now)),
});
