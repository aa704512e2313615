import { setTimeout as delay } from 'node:timers/promises';
import { addressOf } from '../../engine/email.ts';
import type { Channel } from '../../engine/model.ts';
import type { Advance, Recorded } from '../../engine/ports/ticks.ts';
import { errorCode } from '../../errors.ts';
import { type Connection, write } from '../connection.ts';
import { eventWriter, type NewEvent } from '../events.ts';
import { stopEnrolments } from '../stop.ts';
import { addSuppressions } from '../suppression-store.ts';

interface MessageRef {
  id: number;
  enrolment_id: number;
  prospect_id: number;
  campaign_id: number;
  step: string;
  channel: Channel;
}

type Result<K extends Recorded['result']> = Extract<Recorded, { result: K }>;

/** A touch has happened: another program that writes for long is waited for, beyond what a statement waits. */
const PATIENCE_MS = 10 * 60_000;
const PAUSE_MS = 250;

/** Message, event and the enrolment's next step, for a batch of results, in one transaction. */
export async function recordResults(
  connection: Connection,
  results: readonly Recorded[],
  now: number,
): Promise<void> {
  const recorder = createRecorder(connection, now);
  const end = performance.now() + PATIENCE_MS;
  for (;;) {
    try {
      return write(connection, () => {
        for (const result of results) recorder(result);
      });
    } catch (error) {
      if (!errorCode(error)?.startsWith('SQLITE_BUSY') || performance.now() > end) throw error;
      await delay(PAUSE_MS);
    }
  }
}

/** To be called inside a transaction. A touch that has happened is recorded whatever the enrolment is now. */
export function createRecorder(connection: Connection, now: number): (result: Recorded) => void {
  const find = connection.prepare<[number], MessageRef>(
    'select id, enrolment_id, prospect_id, campaign_id, step, channel from message where id = ?',
  );
  const statements = prepareStatements(connection);
  const event = eventWriter(connection);
  const eventOf = (ref: MessageRef, type: NewEvent['type'], data: NewEvent['data'] = null): void =>
    event({
      type,
      at: now,
      prospectId: ref.prospect_id,
      campaignId: ref.campaign_id,
      enrolmentId: ref.enrolment_id,
      messageId: ref.id,
      channel: ref.channel,
      data,
    });
  return (result) => {
    const ref = find.get(result.messageId);
    if (!ref) throw new Error(`no message ${result.messageId}`);
    switch (result.result) {
      case 'sent':
        return sent(ref, result);
      case 'rejected':
        return rejected(ref, result);
      case 'retry':
        statements.release.run(null, result.reason, ref.id);
        statements.delay.run(result.at, 'provider_retry', ref.enrolment_id, ref.step);
        return;
      case 'repeat':
        statements.repeat.run(result.reason, ref.id);
        statements.delay.run(result.at, 'provider_retry', ref.enrolment_id, ref.step);
        return;
      case 'uncertain':
        statements.settle.run('uncertain', result.reason, ref.id);
        if (result.holds) statements.delay.run(null, 'uncertain', ref.enrolment_id, ref.step);
        return eventOf(ref, 'uncertain', { reason: result.reason });
      case 'released':
        statements.release.run(null, result.reason, ref.id);
        return;
      case 'dropped':
        statements.settle.run('failed', result.reason, ref.id);
        return eventOf(ref, 'failed', { step: ref.step, reason: result.reason });
    }
  };

  function sent(ref: MessageRef, { providerId, delivered, advance }: Result<'sent'>): void {
    statements.sent.run(providerId, now, ref.id);
    eventOf(ref, 'sent', { step: ref.step });
    if (delivered) eventOf(ref, 'delivered');
    if (advance && moveOn(ref, advance) && advance.step === null) eventOf(ref, 'completed');
  }

  function moveOn(ref: MessageRef, advance: Advance): boolean {
    const moved =
      advance.step === null
        ? statements.complete.run(now, ref.enrolment_id, ref.step)
        : statements.advance.run(
            advance.step,
            advance.anchorAt,
            now,
            advance.nextAt,
            ref.enrolment_id,
            ref.step,
          );
    return moved.changes === 1;
  }

  function rejected(ref: MessageRef, { reason, suppress }: Result<'rejected'>): void {
    statements.settle.run('rejected', reason, ref.id);
    eventOf(ref, 'rejected', { reason });
    if (suppress) {
      optOut(ref, reason);
      return;
    }
    // Due again at once: the planner takes the fallback channel, or passes the step over.
    statements.delay.run(now, null, ref.enrolment_id, ref.step);
  }

  /** The provider says that this address refuses: on the blacklist, and everything of whoever has it stops. */
  function optOut(ref: MessageRef, reason: string): void {
    const value = addressOf(statements.recipient.get(ref.id)?.recipient ?? '');
    eventOf(ref, 'opted_out', { reason });
    stopEnrolments(connection, {
      prospectIds: [ref.prospect_id],
      status: 'stopped',
      reason: 'opted_out',
      now,
    });
    if (value === '') return;
    const kind = ref.channel === 'sms' ? 'phone' : 'email';
    addSuppressions(connection, [{ kind, value }], { reason, source: 'provider', now });
  }
}

const prepareStatements = (connection: Connection) => ({
  sent: connection.prepare<[string | null, number, number]>(
    "update message set state = 'sent', provider_id = ?, sent_at = ?, error = null where id = ?",
  ),
  settle: connection.prepare<[string, string, number]>(
    'update message set state = ?, error = ? where id = ?',
  ),
  /** Surely not sent: the next call is a new one, with a new key. */
  release: connection.prepare<[null, string, number]>(
    "update message set state = 'ready', idempotency_key = ?, error = ? where id = ? and state = 'sending'",
  ),
  /** Perhaps sent: the next call must carry the same key. */
  repeat: connection.prepare<[string, number]>(
    "update message set state = 'ready', error = ? where id = ? and state = 'sending'",
  ),
  advance: connection.prepare<[string, number, number, number | null, number, string]>(
    `update enrolment set step = ?, anchor_at = ?, step_at = ?, next_at = ?, hold = null
     where id = ? and step = ? and status in ('active', 'paused')`,
  ),
  complete: connection.prepare<[number, number, string]>(
    `update enrolment set status = 'completed', step = null, next_at = null, hold = null, ended_at = ?
     where id = ? and step = ? and status in ('active', 'paused')`,
  ),
  delay: connection.prepare<[number | null, string | null, number, string]>(
    "update enrolment set next_at = ?, hold = ? where id = ? and step = ? and status = 'active'",
  ),
  recipient: connection.prepare<[number], { recipient: string | null }>(
    "select json_extract(envelope, '$.to') as recipient from message where id = ?",
  ),
});
