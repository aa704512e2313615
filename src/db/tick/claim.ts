import { createHash } from 'node:crypto';
import type { Claimed } from '../../engine/ports/ticks.ts';
import { type Connection, write } from '../connection.ts';

interface ClaimedRow {
  id: number;
  envelope: string;
}

export interface ClaimedBy {
  provider: string;
  tickId: number;
  /** The key of an earlier call that may have reached the provider. */
  key: string | null;
}

/** Only what may still go out at this very moment: the last look before the call. */
const CLAIM = `
  update message set state = 'sending', claimed_at = @now, provider = @provider, tick_id = @tickId,
    attempts = attempts + 1
  where id in (select value from json_each(@ids)) and state = 'ready'
    and (select e.status = 'active' and c.status = 'running'
         from enrolment e join campaign c on c.id = e.campaign_id where e.id = message.enrolment_id)
  returning id, envelope`;

/**
 * ready -> sending, and the key of the coming call stored with each message, in one transaction. A set that
 * carries a key must go out whole, as it first did; if it cannot, its messages become uncertain and null returns.
 */
export function claimMessages(
  connection: Connection,
  messageIds: readonly number[],
  by: ClaimedBy,
  now: number,
): Claimed | null {
  return write(connection, () => {
    const ids = by.key === null ? [...messageIds] : idsWithKey(connection, by.key);
    const rows = connection
      .prepare<[Record<string, string | number>], ClaimedRow>(CLAIM)
      .all({ now, provider: by.provider, tickId: by.tickId, ids: JSON.stringify(ids) })
      .sort((a, b) => a.id - b.id);
    if (by.key !== null && rows.length !== ids.length) {
      giveUp(connection, ids);
      return null;
    }
    const idempotencyKey = by.key ?? newKey(connection, rows);
    connection
      .prepare<[string, string]>('update message set idempotency_key = ? where id in (select value from json_each(?))')
      .run(idempotencyKey, JSON.stringify(rows.map(({ id }) => id)));
    return {
      idempotencyKey,
      outgoing: rows.map((row) => ({ messageId: row.id, envelope: JSON.parse(row.envelope), at: now })),
    };
  });
}

/** Sent ones among them are settled; any other state means that the set is no longer whole. */
const idsWithKey = (connection: Connection, key: string): number[] =>
  connection
    .prepare<[string], number>("select id from message where idempotency_key is not null and idempotency_key = ? and state <> 'sent'")
    .pluck()
    .all(key);

/** Workspace and message say which touch it is; a batch is named by its sorted messages. */
function newKey(connection: Connection, rows: readonly ClaimedRow[]): string {
  const uuid = connection.prepare<[], string>('select uuid from workspace').pluck().get() ?? '';
  const [only, second] = rows;
  if (only && !second) return `hector-${uuid}-${only.id}`;
  const ids = rows.map(({ id }) => id).join(',');
  return `hector-${uuid}-batch-${createHash('sha256').update(ids).digest('hex').slice(0, 40)}`;
}

function giveUp(connection: Connection, ids: readonly number[]): void {
  const list = JSON.stringify(ids);
  const reason = 'perhaps sent in a batch that can no longer be repeated as it was';
  connection
    .prepare<[string, string]>(
      `update message set state = 'uncertain', error = ? where id in (select value from json_each(?))
       and state in ('ready', 'sending')`,
    )
    .run(reason, list);
  connection
    .prepare<[string]>(
      `update enrolment set next_at = null, hold = 'uncertain' where status = 'active'
       and id in (select enrolment_id from message where state = 'uncertain' and id in (select value from json_each(?)))`,
    )
    .run(list);
}
