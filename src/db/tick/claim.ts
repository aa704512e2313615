import { createHash } from 'node:crypto';
import type { Claim, Claimed } from '../../engine/ports/ticks.ts';
import { type Connection, write } from '../connection.ts';
import { eventWriter } from '../events.ts';
import { KEY_LIFETIME_MS } from './recover.ts';

interface ClaimedRow {
  id: number;
  envelope: string;
  attempts: number;
}

interface LostRow {
  id: number;
  enrolment_id: number;
  prospect_id: number;
  campaign_id: number;
  step: string;
}

export interface ClaimedBy {
  provider: string;
  tickId: number;
  /** The key of an earlier call that may have reached the provider. */
  key: string | null;
}

/** Only what may still go out at this very moment: the last look before the call. */
const CLAIM = `
  update message set state = 'sending', provider = @provider, tick_id = @tickId,
    allowed = coalesce(claim.allowed, message.allowed),
    attempts = attempts + 1, claimed_at = case when idempotency_key is null then @now else claimed_at end
  from (select value ->> 0 as id, value ->> 1 as allowed from json_each(@claims)) as claim
  where message.id = claim.id and state = 'ready'
    and (select e.status = 'active' and c.status = 'running'
         from enrolment e join campaign c on c.id = e.campaign_id where e.id = message.enrolment_id)
  returning message.id, envelope, attempts`;

/**
 * ready -> sending, and the key of the coming call stored with each message, in one transaction. A set that
 * carries a key must go out whole, as it first did; if it cannot, its messages become uncertain and null returns.
 */
export function claimMessages(
  connection: Connection,
  messages: readonly Claim[],
  by: ClaimedBy,
  now: number,
): Claimed | null {
  const allowed = new Map(messages.map((claim) => [claim.messageId, claim.allowed]));
  return write(connection, () => {
    const ids = by.key === null ? messages.map(({ messageId }) => messageId) : idsWithKey(connection, by.key);
    if (by.key !== null && keyIsStale(connection, ids, now)) {
      giveUp(connection, ids, 'perhaps sent, and the provider has forgotten its key by now', now);
      return null;
    }
    const rows = connection
      .prepare<[Record<string, string | number>], ClaimedRow>(CLAIM)
      .all({
        now,
        provider: by.provider,
        tickId: by.tickId,
        claims: JSON.stringify(ids.map((id) => [id, allowed.get(id) ?? null])),
      })
      .sort((a, b) => a.id - b.id);
    if (by.key !== null && rows.length !== ids.length) {
      giveUp(connection, ids, 'perhaps sent in a batch that can no longer be repeated as it was', now);
      return null;
    }
    const idempotencyKey = by.key ?? newKey(connection, rows);
    connection
      .prepare<[string, string]>(
        'update message set idempotency_key = ? where id in (select value from json_each(?))',
      )
      .run(idempotencyKey, JSON.stringify(rows.map(({ id }) => id)));
    return {
      idempotencyKey,
      outgoing: rows.map((row) => ({
        messageId: row.id,
        envelope: JSON.parse(row.envelope),
        at: now,
        attempt: row.attempts,
      })),
    };
  });
}

/** Sent ones among them are settled; any other state means that the set is no longer whole. */
const idsWithKey = (connection: Connection, key: string): number[] =>
  connection
    .prepare<[string], number>(
      "select id from message where idempotency_key is not null and idempotency_key = ? and state <> 'sent'",
    )
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

/** `claimed_at` is that of the first call under the key. */
const keyIsStale = (connection: Connection, ids: readonly number[], now: number): boolean =>
  (connection
    .prepare<[string], number | null>(
      'select min(claimed_at) from message where id in (select value from json_each(?))',
    )
    .pluck()
    .get(JSON.stringify(ids)) ?? now) <=
  now - KEY_LIFETIME_MS;

function giveUp(connection: Connection, ids: readonly number[], reason: string, now: number): void {
  const lost = connection
    .prepare<[string, string], LostRow>(
      `update message set state = 'uncertain', error = ? where id in (select value from json_each(?))
       and state in ('ready', 'sending') returning id, enrolment_id, prospect_id, campaign_id, step`,
    )
    .all(reason, JSON.stringify(ids));
  // The planner takes the date away, unless the message was only beside the step.
  const hold = connection.prepare<[number, number, string]>(
    "update enrolment set next_at = ?, hold = 'uncertain' where id = ? and step = ? and status = 'active'",
  );
  const event = eventWriter(connection);
  for (const row of lost) {
    hold.run(now, row.enrolment_id, row.step);
    event({
      type: 'uncertain',
      at: now,
      prospectId: row.prospect_id,
      campaignId: row.campaign_id,
      enrolmentId: row.enrolment_id,
      messageId: row.id,
      data: { reason },
    });
  }
}
