import type { CachedAnswer, GenerationStore, ModelCall } from '../engine/ports/generation.ts';
import { type Connection, write } from './connection.ts';
import { NOT_ERASED } from './forget-answers.ts';
import { Together } from './together.ts';

/** Old entries are looked for no more often than this, in writes. */
const SWEEP_EVERY = 200;

/** @param entries how many answers are kept at most; the first to expire go first */
export function createGenerationStore(connection: Connection, entries: number): GenerationStore {
  let writes = 0;
  const together = new Together<Settled>((all) =>
    write(connection, () => {
      for (const { calls, entry, now } of all) {
        recordCalls(connection, calls);
        if (entry) keep(connection, entry, now);
        if (entry && writes++ % SWEEP_EVERY === 0) sweep(connection, entries, now);
      }
    }),
  );
  return {
    async cached(key, now) {
      const answer = connection
        .prepare<[string, number], string>('select answer from text_cache where key = ? and expires_at > ?')
        .pluck()
        .get(key, now);
      return answer === undefined ? null : cachedAnswer(answer);
    },
    settle: (calls, entry, now) => together.add({ calls, entry: entries === 0 ? null : entry, now }),
    async spent(since, campaignId) {
      const of = campaignId === null ? '' : 'and campaign_id = @campaignId';
      return (
        connection
          .prepare<[{ since: number; campaignId: number | null }], number>(
            `select coalesce((select sum(cost) from model_call where at >= @since ${of}), 0)
               + coalesce((select sum(estimate) from text_batch_request where result = 'submitted' ${of}), 0)`,
          )
          .pluck()
          .get({ since, campaignId }) ?? 0
      );
    },
  };
}

type Entry = NonNullable<Parameters<GenerationStore['settle']>[1]>;

interface Settled {
  calls: readonly ModelCall[];
  entry: Entry | null;
  now: number;
}

/**
 * Whose data were erased while Claude was asked is not kept: who asks takes no lease. An invented person, of a preview,
 * is in no base at all.
 */
function keep(connection: Connection, { key, prospectId, answer, expiresAt }: Entry, now: number): void {
  connection
    .prepare<[string, number, string, number, number, number]>(
      `insert into text_cache (key, prospect_id, answer, created_at, expires_at) select ?, ?, ?, ?, ?
       where ${NOT_ERASED}
       on conflict (key) do update set answer = excluded.answer, expires_at = excluded.expires_at`,
    )
    .run(key, prospectId, JSON.stringify(answer), now, expiresAt, prospectId);
}

const cachedAnswer = (json: string): CachedAnswer => JSON.parse(json);

export function recordCalls(connection: Connection, calls: readonly ModelCall[]): void {
  const insert = connection.prepare<(string | number | null)[]>(
    `insert into model_call (at, purpose, campaign_id, prospect_id, model, input_tokens, output_tokens,
       cache_read_tokens, cache_write_tokens, cost, latency_ms, result) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  for (const call of calls)
    insert.run(
      call.at,
      call.purpose,
      call.campaignId,
      call.prospectId,
      call.model,
      call.tokens.input,
      call.tokens.output,
      call.tokens.cacheRead,
      call.tokens.cacheWrite,
      call.cost,
      Math.round(call.latencyMs),
      call.result,
    );
}

export function sweep(connection: Connection, entries: number, now: number): void {
  connection.prepare<[number]>('delete from text_cache where expires_at <= ?').run(now);
  const excess =
    (connection.prepare<[], number>('select count(*) from text_cache').pluck().get() ?? 0) - entries;
  if (excess > 0)
    connection
      .prepare<[number]>(
        'delete from text_cache where key in (select key from text_cache order by expires_at limit ?)',
      )
      .run(excess);
}
