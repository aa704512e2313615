import type { BatchRequest, BatchResult, BatchStore, OpenBatch } from '../engine/ports/batches.ts';
import { type Connection, write } from './connection.ts';
import { NOBODY } from './forget-answers.ts';
import { recordCalls, sweep } from './generation-store.ts';

/** Begun, and not yet fetched. `submitting`: nobody knows whether the provider has taken it. */
const OPEN = "status in ('submitting', 'submitted')";

/** What each tick asks before anything is loaded: one row, or none. */
export const isBatchOpen = (connection: Connection): boolean =>
  connection.prepare(`select 1 from text_batch where ${OPEN} limit 1`).get() !== undefined;

/** @param entries how many answers are kept at most */
export function createBatchStore(connection: Connection, entries: number): BatchStore {
  return {
    isAsked: async (key) => isAsked(connection, key),
    open: async () =>
      connection
        .prepare<[], OpenBatch>(
          `select id, provider_id as providerId, submitted_at as submittedAt, expires_at as expiresAt
           from text_batch where ${OPEN} order by id`,
        )
        .all(),
    begin: async (requests, dates) => write(connection, () => begin(connection, requests, dates)),
    async submitted(batchId, providerId, expiresAt) {
      write(connection, () =>
        connection
          .prepare<[string, number, number]>(
            "update text_batch set provider_id = ?, expires_at = ?, status = 'submitted' where id = ?",
          )
          .run(providerId, expiresAt, batchId),
      );
    },
    async withdraw(batchId) {
      write(connection, () => {
        connection.prepare<[number]>('delete from text_batch_request where batch_id = ?').run(batchId);
        connection.prepare<[number]>('delete from text_batch where id = ?').run(batchId);
      });
    },
    unanswered: async (batchId) =>
      connection
        .prepare<[number], BatchRequest>(
          `select id, key, prospect_id as prospectId, campaign_id as campaignId, model, estimate,
             keep_until as keepUntil
           from text_batch_request where batch_id = ? and result = 'submitted'`,
        )
        .all(batchId),
    settle: async (results, now) =>
      write(connection, () => {
        const fresh = results.filter((result) => settle(connection, result, now));
        sweep(connection, entries, now);
        return fresh;
      }),
    close: async (batchId, as, now) => write(connection, () => close(connection, { batchId, as, now })),
  };
}

const isAsked = (connection: Connection, key: string): boolean =>
  connection
    .prepare<[string]>("select 1 from text_batch_request where key = ? and result = 'submitted'")
    .get(key) !== undefined;

function begin(
  connection: Connection,
  wanted: readonly Omit<BatchRequest, 'id'>[],
  { at, expiresAt }: { at: number; expiresAt: number },
): { id: number; requests: BatchRequest[] } | null {
  forget(connection, at - KEPT_MS);
  const fresh = wanted.filter(({ key }) => !isAsked(connection, key));
  if (fresh.length === 0) return null;
  const id = Number(
    connection
      .prepare<[number, number]>(
        "insert into text_batch (status, submitted_at, expires_at) values ('submitting', ?, ?)",
      )
      .run(at, expiresAt).lastInsertRowid,
  );
  const insert = connection.prepare<[BatchRequest & { batchId: number }]>(
    `insert into text_batch_request (id, batch_id, key, prospect_id, campaign_id, model, estimate, keep_until, result)
     values (@id, @batchId, @key, @prospectId, @campaignId, @model, @estimate, @keepUntil, 'submitted')`,
  );
  const requests = fresh.map((request) => ({ ...request, id: `b${id}-${request.key.slice(0, 40)}` }));
  for (const request of requests) insert.run({ ...request, batchId: id });
  return { id, requests };
}

/** Of batches that are over only their counts are kept for good. */
const KEPT_MS = 30 * 86_400_000;

const forget = (connection: Connection, before: number): void =>
  void connection
    .prepare<[number]>(
      'delete from text_batch_request where batch_id in (select id from text_batch where collected_at < ?)',
    )
    .run(before);

/** False: another program was quicker. An answer that is kept already stays, for as long as the longer of the two. */
function settle(
  connection: Connection,
  { request, result, call, answer }: BatchResult,
  now: number,
): boolean {
  const asked = connection
    .prepare<[string, string], { prospectId: number }>(
      `update text_batch_request set result = ? where id = ? and result = 'submitted'
       returning prospect_id as prospectId`,
    )
    .get(result, request.id);
  if (!asked) return false;
  const isGone = asked.prospectId === NOBODY;
  if (call) recordCalls(connection, [isGone ? { ...call, prospectId: null } : call]);
  if (answer && !isGone)
    connection
      .prepare<[Record<string, string | number>]>(
        `insert into text_cache (key, prospect_id, answer, created_at, expires_at)
         values (@key, @prospectId, @answer, @now, @keepUntil)
         on conflict (key) do update set expires_at = max(expires_at, excluded.expires_at),
           answer = case when expires_at > @now then answer else excluded.answer end`,
      )
      .run({
        key: request.key,
        prospectId: request.prospectId,
        answer: JSON.stringify(answer),
        now,
        keepUntil: request.keepUntil,
      });
  return true;
}

/** Claude may have written them all the same. Entered when they were asked for, since no day after that paid for them. */
const payLost = (connection: Connection, batchId: number): void =>
  void connection
    .prepare<[number]>(
      `insert into model_call (at, purpose, campaign_id, prospect_id, model, input_tokens, output_tokens,
         cache_read_tokens, cache_write_tokens, cost, latency_ms, result)
       select b.submitted_at, 'batch', r.campaign_id, nullif(r.prospect_id, ${NOBODY}), r.model, 0, 0, 0, 0, r.estimate, 0,
         'lost'
       from text_batch b join text_batch_request r on r.batch_id = b.id
       where b.id = ? and b.provider_id is not null and r.result = 'submitted'`,
    )
    .run(batchId);

function close(
  connection: Connection,
  { batchId, as, now }: { batchId: number; as: 'collected' | 'lost'; now: number },
): Record<string, number> {
  if (as === 'lost') payLost(connection, batchId);
  connection
    .prepare<[string, number]>(
      "update text_batch_request set result = ? where batch_id = ? and result = 'submitted'",
    )
    .run(as === 'lost' ? 'lost' : 'no_result', batchId);
  const rows = connection
    .prepare<[number], { result: string; count: number }>(
      'select result, count(*) as count from text_batch_request where batch_id = ? group by result',
    )
    .all(batchId);
  const counts = Object.fromEntries(rows.map(({ result, count }) => [result, count]));
  connection
    .prepare<[string, number, string, number]>(
      'update text_batch set status = ?, collected_at = ?, counts = ? where id = ?',
    )
    .run(as, now, JSON.stringify(counts), batchId);
  return counts;
}
