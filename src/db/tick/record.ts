import { setTimeout as delay } from 'node:timers/promises';
import type { Channel, MessageState } from '../../engine/model.ts';
import type { Advance, Recorded } from '../../engine/ports/ticks.ts';
import { addressOf } from '../../engine/texts/email.ts';
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
  state: MessageState;
  provider_id: string | null;
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
    'select id, enrolment_id, prospect_id, campaign_id, step, channel, state, provider_id from message where id = ?',
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
        statements.release.run(null, result.reason, result.called ? 0 : 1, ref.id);
        statements.delay.run(result.at, 'provider_retry', ref.enrolment_id, ref.step);
        return;
      case 'repeat':
        statements.repeat.run(result.reason, ref.id);
        statements.delay.run(result.at, 'provider_retry', ref.enrolment_id, ref.step);
        return;
      case 'uncertain':
        if (!settle(ref, 'uncertain', result.reason)) return;
        if (result.holds) statements.delay.run(null, 'uncertain', ref.enrolment_id, ref.step);
        return eventOf(ref, 'uncertain', { reason: result.reason });
      case 'checking':
        statements.check.run(result.reason, ref.id);
        if (result.holds) statements.delay.run(result.until, 'checking', ref.enrolment_id, ref.step);
        return;
      case 'unsettled':
        if (result.holds) statements.delay.run(result.until, 'checking', ref.enrolment_id, ref.step);
        return;
      case 'absent':
        return absent(ref, result);
      case 'released':
        // No call of this message has failed: the channel has.
        statements.release.run(null, result.reason, 1, ref.id);
        return;
      case 'failed':
        if (!settle(ref, 'failed', result.reason)) return;
        // Due again at once: the planner takes the fallback channel, or passes the step over.
        statements.delay.run(now, null, ref.enrolment_id, ref.step);
        return eventOf(ref, 'failed', { step: ref.step, reason: result.reason });
      case 'dropped':
        if (!settle(ref, 'failed', result.reason)) return;
        return eventOf(ref, 'failed', { step: ref.step, reason: result.reason });
    }
  };

  /** An answer that comes late changes nothing that has been settled meanwhile. */
  function settle(ref: MessageRef, state: MessageState, reason: string): boolean {
    return statements.settle.run(state, reason, ref.id).changes === 1;
  }

  function sent(ref: MessageRef, { providerId, delivered, advance }: Result<'sent'>): void {
    // A tick that was thought dead and the one that took over may both learn of the same touch.
    if (ref.state === 'sent' && ref.provider_id === providerId) return;
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
    // Beside the last step a text may be left that a crash or a stop has kept back.
    if (moved.changes === 1 && advance.step === null) statements.leave.run(ref.enrolment_id);
    return moved.changes === 1;
  }

  /** Only where the enrolment still waits for it: who has gone on, or has ended, is not fetched back. */
  function absent(ref: MessageRef, { holds }: Result<'absent'>): void {
    const waits = statements.waits.get(ref.enrolment_id, ref.step) !== undefined;
    statements.lay.run(waits ? 'ready' : 'cancelled', waits ? null : 'surely not sent', ref.id);
    if (waits) (holds ? statements.delay : statements.hasten).run(now, null, ref.enrolment_id, ref.step);
  }

  function rejected(ref: MessageRef, { reason, suppress, holds }: Result<'rejected'>): void {
    if (!settle(ref, 'rejected', reason)) return;
    eventOf(ref, 'rejected', { reason });
    if (suppress) {
      optOut(ref, reason);
      return;
    }
    // Due again at once: the planner takes the fallback channel, or passes the step over.
    if (holds) statements.delay.run(now, null, ref.enrolment_id, ref.step);
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

/** Somebody said no, or was stopped, while the call was under way: nothing of theirs goes out again. */
const ENDED =
  "(select e.status not in ('active', 'paused') from enrolment e where e.id = message.enrolment_id)";

const prepareStatements = (connection: Connection) => ({
  sent: connection.prepare<[string | null, number, number]>(
    "update message set state = 'sent', provider_id = ?, sent_at = ?, error = null where id = ?",
  ),
  settle: connection.prepare<[string, string, number]>(
    "update message set state = ?, error = ? where id = ? and state in ('ready', 'sending')",
  ),
  /** Surely not sent: the next call is a new one, with a new key. */
  release: connection.prepare<[null, string, number, number]>(
    `update message set state = iif(${ENDED}, 'cancelled', 'ready'), idempotency_key = ?, error = ?,
       attempts = attempts - ?
     where id = ? and state = 'sending'`,
  ),
  /** Perhaps sent: the next call must carry the same key. */
  repeat: connection.prepare<[string, number]>(
    `update message set state = iif(${ENDED}, 'sending', 'ready'),
       idempotency_key = iif(${ENDED}, null, idempotency_key), error = ? where id = ? and state = 'sending'`,
  ),
  /** Perhaps sent, and not to be repeated: the key is of no more use. */
  check: connection.prepare<[string, number]>(
    `update message set state = 'sending', idempotency_key = null, error = ?
     where id = ? and state in ('ready', 'sending')`,
  ),
  /** The provider has never seen it: the next call is a first one. */
  lay: connection.prepare<[string, string | null, number]>(
    `update message set state = ?, idempotency_key = null, error = ?, claimed_at = null
     where id = ? and state in ('ready', 'sending')`,
  ),
  waits: connection.prepare<[number, string], { id: number }>(
    "select id from enrolment where id = ? and step = ? and status in ('active', 'paused')",
  ),
  advance: connection.prepare<[string, number, number, number | null, number, string]>(
    `update enrolment set step = ?, anchor_at = ?, step_at = ?, next_at = ?, hold = null
     where id = ? and step = ? and status in ('active', 'paused')`,
  ),
  leave: connection.prepare<[number]>(
    `update message set state = iif(idempotency_key is null, 'failed', 'sending'), idempotency_key = null,
       error = 'the person has gone on without it'
     where enrolment_id = ? and state in ('ready', 'awaiting_approval', 'draft')`,
  ),
  complete: connection.prepare<[number, number, string]>(
    `update enrolment set status = 'completed', step = null, next_at = null, hold = null, ended_at = ?
     where id = ? and step = ? and status in ('active', 'paused')`,
  ),
  delay: connection.prepare<[number | null, string | null, number, string]>(
    "update enrolment set next_at = ?, hold = ? where id = ? and step = ? and status = 'active'",
  ),
  /** The same for a text beside the step: it is no reason to ask a provider earlier than it wants to be asked. */
  hasten: connection.prepare<[number | null, string | null, number, string]>(
    `update enrolment set next_at = ?, hold = ? where id = ? and step = ? and status = 'active'
       and (hold is null or hold not in ('provider_retry', 'checking'))`,
  ),
  recipient: connection.prepare<[number], { recipient: string | null }>(
    "select json_extract(envelope, '$.to') as recipient from message where id = ?",
  ),
});
