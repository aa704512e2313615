import { createHash, randomUUID } from 'node:crypto';
import { type Breach, breachOf } from './anthropic-rules.ts';
import { isFields } from './contract.ts';

type Fields = Record<string, unknown>;
export type Ending = 'succeeded' | 'errored' | 'expired' | 'canceled';

interface Entry {
  id: string;
  params: Fields;
  refused: Breach | null;
}

interface Batch {
  id: string;
  entries: Entry[];
  /** UTC ms. */
  created: number;
  cancelled: number | null;
  ended: number | null;
  polls: number;
  lines: Fields[];
}

export interface BatchRules {
  /** How a request ends; those that break a rule end in an error all the same. */
  ending: (customId: string) => Ending;
  /** It has ended at this look at it; null: when the test says so. */
  endsAtPoll: number | null;
  now: () => number;
  write: (params: Fields) => Fields;
}

const DAY_MS = 86_400_000;
const invalid = (message: string): Breach => ({ status: 400, type: 'invalid_request_error', message });
const iso = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());

/** The batches of an account. A batch that has not ended when its day is over expires. */
export class Batches {
  readonly #rules: BatchRules;
  readonly #batches: Batch[] = [];

  constructor(rules: BatchRules) {
    this.#rules = rules;
  }

  create(body: unknown): Batch | Breach {
    const requests = isFields(body) ? body.requests : undefined;
    if (!Array.isArray(requests) || requests.length === 0)
      return invalid('requests: at least one is required');
    if (requests.length > 100_000) return invalid('requests: at most 100000');
    const entries: Entry[] = [];
    for (const [index, request] of requests.entries()) {
      const { custom_id: id, params } = isFields(request) ? request : {};
      if (typeof id !== 'string' || !/^[A-Za-z0-9_-]{1,64}$/.test(id))
        return invalid(`requests.${index}.custom_id: String should match pattern '^[a-zA-Z0-9_-]{1,64}$'`);
      if (entries.some((entry) => entry.id === id)) return invalid(`custom_id must be unique: ${id}`);
      if (!isFields(params)) return invalid(`requests.${index}.params: Field required`);
      entries.push({ id, params, refused: breachOf(params) });
    }
    const id = `msgbatch_${randomUUID().replaceAll('-', '').slice(0, 24)}`;
    const created = this.#rules.now();
    const batch: Batch = { id, entries, created, cancelled: null, ended: null, polls: 0, lines: [] };
    this.#batches.push(batch);
    return batch;
  }

  find(id: string): Batch | undefined {
    const batch = this.#batches.find((each) => each.id === id);
    if (batch && this.#rules.now() >= batch.created + DAY_MS) this.#end(batch);
    return batch;
  }

  /** A look at it. */
  poll(batch: Batch): void {
    batch.polls += 1;
    if (this.#rules.endsAtPoll !== null && batch.polls >= this.#rules.endsAtPoll) this.#end(batch);
  }

  cancel(batch: Batch): Breach | null {
    if (batch.ended !== null) return invalid('Batch cannot be canceled: it has ended.');
    batch.cancelled ??= this.#rules.now();
    return null;
  }

  list(): Batch[] {
    return this.#batches.toReversed();
  }

  remove(batch: Batch): Breach | null {
    if (batch.ended === null) return invalid('Batch cannot be deleted while it is in progress.');
    this.#batches.splice(this.#batches.indexOf(batch), 1);
    return null;
  }

  end(): void {
    for (const batch of this.#batches) this.#end(batch);
  }

  #end(batch: Batch): void {
    if (batch.ended !== null) return;
    batch.ended = this.#rules.now();
    const late = batch.ended >= batch.created + DAY_MS;
    const general: Ending | null = batch.cancelled !== null ? 'canceled' : late ? 'expired' : null;
    batch.lines = batch.entries
      .map((entry) => ({ custom_id: entry.id, result: this.#result(entry, general) }))
      .sort((one, other) => (shuffled(one.custom_id) < shuffled(other.custom_id) ? -1 : 1));
  }

  #result({ id, params, refused }: Entry, general: Ending | null): Fields {
    const type = general ?? (refused ? 'errored' : this.#rules.ending(id));
    if (type === 'succeeded') return { type, message: this.#rules.write(params) };
    if (type !== 'errored') return { type };
    const error = refused ?? { type: 'api_error', message: 'Internal server error' };
    return {
      type,
      error: { type: 'error', error: { type: error.type, message: error.message }, request_id: null },
    };
  }
}

/** An order that is not that of the requests, and always the same. */
const shuffled = (id: string): string => createHash('sha256').update(id).digest('hex');

export function batchBody(batch: Batch, url: string): Fields {
  const { id, entries, created, cancelled, ended, lines } = batch;
  const ends = (type: Ending): number =>
    lines.filter(({ result }) => isFields(result) && result.type === type).length;
  return {
    id,
    type: 'message_batch',
    processing_status: ended !== null ? 'ended' : cancelled !== null ? 'canceling' : 'in_progress',
    request_counts: {
      processing: ended === null ? entries.length : 0,
      succeeded: ends('succeeded'),
      errored: ends('errored'),
      canceled: ends('canceled'),
      expired: ends('expired'),
    },
    created_at: iso(created),
    expires_at: iso(created + DAY_MS),
    ended_at: iso(ended),
    archived_at: null,
    cancel_initiated_at: iso(cancelled),
    results_url: ended === null ? null : `${url}/v1/messages/batches/${id}/results`,
  };
}
