import type { Channel } from '../../engine/model.ts';
import type { Advance, Recorded } from '../../engine/ports/ticks.ts';
import { type Connection, write } from '../connection.ts';
import { eventWriter, type NewEvent } from '../events.ts';
import { stopEnrolments } from '../stop.ts';

interface MessageRef {
  id: number;
  enrolment_id: number;
  prospect_id: number;
  campaign_id: number;
  step: string;
  channel: Channel;
}

type Result<K extends Recorded['result']> = Extract<Recorded, { result: K }>;

/** Message, event and the enrolment's next step, for a batch of results, in one transaction. */
export function recordResults(connection: Connection, results: readonly Recorded[], now: number): void {
  const recorder = createRecorder(connection, now);
  write(connection, () => {
    for (const result of results) recorder(result);
  });
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
        statements.delay.run(null, 'uncertain', ref.enrolment_id, ref.step);
        return eventOf(ref, 'uncertain', { reason: result.reason });
      case 'released':
        statements.release.run(null, result.reason, ref.id);
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

  /** The provider says that this person refused: on the blacklist, and everything of theirs stops. */
  function optOut(ref: MessageRef, reason: string): void {
    const person = statements.person.get(ref.prospect_id);
    const value = person && (ref.channel === 'sms' ? person.mobile : person.email);
    if (value) statements.suppress.run(ref.channel === 'sms' ? 'phone' : 'email', value, reason, now);
    eventOf(ref, 'opted_out', { reason });
    stopEnrolments(connection, {
      prospectIds: [ref.prospect_id],
      status: 'stopped',
      reason: 'opted_out',
      now,
    });
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
  person: connection.prepare<[number], { email: string | null; mobile: string | null }>(
    'select email, mobile from prospect where id = ?',
  ),
  suppress: connection.prepare<[string, string, string, number]>(
    `insert into suppression (kind, value, reason, source, created_at) values (?, ?, ?, 'provider', ?)
     on conflict do nothing`,
  ),
});
