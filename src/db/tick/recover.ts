import type { Channel } from '../../engine/model.ts';
import type { OpenCall } from '../../engine/ports/ticks.ts';
import { type Connection, write } from '../connection.ts';
import { openMessages } from '../open-messages.ts';

/** Resend keeps an idempotency key for 24 hours; an hour less leaves room for the call itself. */
export const KEY_LIFETIME_MS = 23 * 3_600_000;

/**
 * Calls of unknown fate, while we hold the lease: what a dead tick left `sending`, what is kept `sending` until its
 * provider has been asked (without a key), and what has waited longer than its key lives.
 */
const OPEN_CALLS = `
  from message m indexed by message_open where ${openMessages('m')}
    and (m.state = 'sending' or (m.state = 'ready' and m.idempotency_key is not null and m.claimed_at <= @stale))`;

type Parameters = Record<string, string | number>;

interface LeftRow {
  id: number;
  enrolment_id: number;
  step: string;
  claimed_at: number;
}

/**
 * With a provider that takes a repeat as the same message, what was left `sending` becomes ready again, key and
 * bytes as they were. Somebody who answered meanwhile gets no repeat: it would be a mail after no if the first had
 * not arrived.
 */
export function recoverSending(
  connection: Connection,
  now: number,
  idempotentProviders: readonly string[],
): { repeated: number; open: boolean } {
  const stale = now - KEY_LIFETIME_MS;
  const find = connection.prepare<[Parameters], number>(`select 1 ${OPEN_CALLS} limit 1`).pluck();
  if (!find.get({ stale })) return { repeated: 0, open: false };
  const repeated = write(connection, () => {
    const left = connection
      .prepare<[Parameters], LeftRow>(
        `select m.id, m.enrolment_id, m.step, m.claimed_at ${OPEN_CALLS}
           and m.state = 'sending' and m.idempotency_key is not null and m.claimed_at > @stale
           and m.provider in (select value from json_each(@providers))
           and (select e.status in ('active', 'paused') from enrolment e where e.id = m.enrolment_id)`,
      )
      .all({ stale, providers: JSON.stringify(idempotentProviders) });
    repeat(connection, left, now);
    return left.length;
  });
  return { repeated, open: find.get({ stale }) !== undefined };
}

/** Due in this very tick, whatever held them: the planner says what now. Who has gone on stays where they are. */
function repeat(connection: Connection, rows: readonly LeftRow[], now: number): void {
  const ready = connection.prepare<[number]>(
    "update message set state = 'ready', error = 'the tick died while sending' where id = ?",
  );
  const wake = connection.prepare<[number, number, string]>(
    "update enrolment set next_at = ? where id = ? and step = ? and status = 'active'",
  );
  for (const row of rows) {
    ready.run(row.id);
    // Before all that is due since: a limit of touches must not leave it behind for ever.
    wake.run(Math.min(now, row.claimed_at), row.enrolment_id, row.step);
  }
}

interface OpenRow {
  id: number;
  enrolment_id: number;
  step: string;
  channel: Channel;
  mode: OpenCall['mode'];
  provider: string | null;
  envelope: string;
  claimed_at: number | null;
  last_call_at: number | null;
  taken: string;
}

/** What the ledger has sent to the same address since shortly before the call: none of it is this one. */
const TAKEN = `select json_group_array(o.provider_id) from message o indexed by message_ledger
  where o.mode = 'live' and o.sent_at is not null and o.sender = m.sender and o.channel = m.channel
    and o.sent_at >= m.claimed_at - 600000 and o.provider_id is not null
    and json_extract(o.envelope, '$.to') = json_extract(m.envelope, '$.to')`;

/** A tick that lived to its end made its calls before that; of one that died only the beginning is known. */
const LAST_CALL =
  'select max(m.claimed_at, coalesce(t.finished_at, t.started_at)) from tick t where t.id = m.tick_id';

export async function openCalls(
  connection: Connection,
  now: number,
  page: { after: number; limit: number },
): Promise<OpenCall[]> {
  const { snapshotOf } = await import('./due.ts');
  const rows = connection
    .prepare<[Parameters], OpenRow>(
      `select m.id, m.enrolment_id, m.step, m.channel, m.mode, m.provider, m.envelope, m.claimed_at,
         (${LAST_CALL}) as last_call_at, (${TAKEN}) as taken
       ${OPEN_CALLS} and m.id > @after order by m.id limit @limit`,
    )
    .all({ stale: now - KEY_LIFETIME_MS, ...page });
  return rows.flatMap((row): OpenCall[] => {
    const snapshot = snapshotOf(connection, row.enrolment_id, now);
    if (!snapshot) return [];
    const claimedAt = row.claimed_at ?? now;
    return [
      {
        messageId: row.id,
        envelope: JSON.parse(row.envelope),
        claimedAt,
        lastCallAt: row.last_call_at ?? claimedAt,
        taken: JSON.parse(row.taken),
        provider: row.provider ?? '',
        mode: row.mode,
        step: row.step,
        snapshot,
      },
    ];
  });
}
