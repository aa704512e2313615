import { createHash } from 'node:crypto';
import type { Channel } from '../../engine/model.ts';
import { LOOK_UP_AFTER_MS } from '../../engine/plan/checking.ts';
import type { Claim, Claimed } from '../../engine/ports/ticks.ts';
import { suppressionKeys } from '../../engine/suppression.ts';
import { addressOf } from '../../engine/texts/email.ts';
import { movesOn } from '../../engine/tick/advance.ts';
import { type Connection, write } from '../connection.ts';
import { findSuppressed } from '../suppression-lookup.ts';
import { versionOf } from './due.ts';
import { createRecorder } from './record.ts';
import { KEY_LIFETIME_MS } from './recover.ts';

interface ClaimedRow {
  id: number;
  envelope: string;
  attempts: number;
}

export interface ClaimedBy {
  provider: string;
  tickId: number;
  /** The key of an earlier call that may have reached the provider. */
  key: string | null;
  /** The provider can be asked what became of a call. */
  lookUp: boolean;
}

/** Only what may still go out at this very moment: the last look before the call. */
const CLAIM = `
  update message set state = 'sending', provider = @provider, tick_id = @tickId,
    allowed = case when idempotency_key is null then coalesce(claim.allowed, message.allowed) else message.allowed end,
    attempts = attempts + 1, claimed_at = case when idempotency_key is null then @now else claimed_at end
  from (select value ->> 0 as id, value ->> 1 as allowed from json_each(@claims)) as claim
  where message.id = claim.id and state = 'ready'
    and (select e.status = 'active' and c.status = 'running'
         from enrolment e join campaign c on c.id = e.campaign_id where e.id = message.enrolment_id)
  returning message.id, envelope, attempts`;

/**
 * ready -> sending, and the key of the coming call stored with each message, in one transaction. A set that
 * carries a key must go out whole, as it first did; if it cannot, its messages are left for the look-up, or
 * uncertain without one, and null returns.
 */
export function claimMessages(
  connection: Connection,
  messages: readonly Claim[],
  by: ClaimedBy,
  now: number,
): Claimed | null {
  const allowed = new Map(messages.map((claim) => [claim.messageId, claim.allowed]));
  return write(connection, () => {
    const all = by.key === null ? messages.map(({ messageId }) => messageId) : idsWithKey(connection, by.key);
    const ids = withoutSuppressed(connection, all, by.key, now);
    if (by.key !== null && keyIsStale(connection, all, now)) {
      giveUp(connection, all, 'perhaps sent, and the provider has forgotten its key by now', by, now);
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
    const idempotencyKey = newKey(connection, rows);
    // The key names its set: with one message more or less it would be another call.
    if (by.key !== null && (rows.length !== all.length || idempotencyKey !== by.key)) {
      giveUp(connection, all, 'perhaps sent in a batch that can no longer be repeated as it was', by, now);
      return null;
    }
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

/**
 * The address that a text was written to may be on the blacklist though the person's present one is not: it reaches
 * nobody. What carries a key stays, so that its set is given up as a whole.
 */
function withoutSuppressed(
  connection: Connection,
  ids: readonly number[],
  key: string | null,
  now: number,
): number[] {
  const read = connection.prepare<[string], { id: number; channel: string; recipient: string | null }>(
    `select id, channel, json_extract(envelope, '$.to') as recipient from message
     where id in (select value from json_each(?))`,
  );
  const recipients = read.all(JSON.stringify(ids)).map(({ id, channel, recipient }) => ({
    id,
    keys: recipient === null ? [] : suppressionKeys({ ...NO_ADDRESS, ...addressOn(channel, recipient) }),
  }));
  const listed = findSuppressed(connection, recipients, now);
  if (listed.size === 0) return [...ids];
  const cancel = connection.prepare<[number]>(
    "update message set state = 'cancelled', error = 'its address is on the blacklist' where id = ? and state = 'ready'",
  );
  const wake = connection.prepare<[number, number]>(
    `update enrolment set next_at = ?, hold = null where id = (select enrolment_id from message where id = ?)
       and status = 'active'`,
  );
  for (const id of key === null ? listed.keys() : []) {
    cancel.run(id);
    wake.run(now, id);
  }
  return ids.filter((id) => !listed.has(id));
}

const NO_ADDRESS = { email: null, phone: null, mobile: null, linkedin: null, siren: null };

const addressOn = (channel: string, recipient: string) =>
  channel === 'sms' ? { mobile: recipient } : { email: addressOf(recipient).toLowerCase() };

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

interface LostRow {
  id: number;
  step: string;
  channel: Channel;
  version: number;
}

/** Nothing goes out again under this key: each message by itself is looked up, or a matter for a person. */
function giveUp(
  connection: Connection,
  ids: readonly number[],
  reason: string,
  { lookUp }: ClaimedBy,
  now: number,
): void {
  const lost = connection
    .prepare<[string], LostRow>(
      `select m.id, m.step, m.channel, c.scenario_version_id as version
       from message m join campaign c on c.id = m.campaign_id
       where m.id in (select value from json_each(?)) and m.state in ('ready', 'sending')`,
    )
    .all(JSON.stringify(ids));
  const record = createRecorder(connection, now);
  for (const { id: messageId, step, channel, version } of lost) {
    const holds = movesOn(versionOf(connection, version).scenario, step, channel);
    if (lookUp) record({ messageId, result: 'checking', until: now + LOOK_UP_AFTER_MS, reason, holds });
    else record({ messageId, result: 'uncertain', reason, holds });
  }
}
