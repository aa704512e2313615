import { type EnrolmentStatus, type EventType, OPEN_MESSAGE_STATES } from '../engine/model.ts';
import type { StoppedCounts } from '../engine/ports/people.ts';
import type { StopReason } from '../engine/reasons.ts';
import type { Connection } from './connection.ts';

export interface Stop {
  status: Extract<EnrolmentStatus, 'replied' | 'meeting' | 'stopped' | 'failed'>;
  reason: StopReason;
  /** UTC ms. */
  now: number;
  /** Written for each enrolment that ends; null when the caller records the cause itself. `stopped` if not said. */
  event?: Extract<EventType, 'stopped' | 'blacklisted'> | null;
}

const NOTHING: StoppedCounts = { people: 0, enrolments: 0, messages: 0 };
const OPEN_STATES = OPEN_MESSAGE_STATES.map((state) => `'${state}'`).join(', ');
const OPEN_ENROLMENT = "status in ('active', 'paused')";

/**
 * Ends every open enrolment of these people, in all campaigns, and cancels every message of theirs that could
 * still go out, whatever its enrolment says. What is `sending` is left: it is in the provider's hands.
 * To be called inside write(), in one transaction with what is the cause.
 */
export function stopEnrolments(
  connection: Connection,
  { prospectIds, ...stop }: Stop & { prospectIds: readonly number[] },
): StoppedCounts {
  return stopWhere(connection, stop, JSON.stringify(prospectIds), {
    enrolment: 'prospect_id',
    message: 'prospect_id',
  });
}

/** The same for single enrolments: their people go on in other campaigns. */
export function stopSomeEnrolments(
  connection: Connection,
  { enrolmentIds, ...stop }: Stop & { enrolmentIds: readonly number[] },
): StoppedCounts {
  return stopWhere(connection, stop, JSON.stringify(enrolmentIds), {
    enrolment: 'id',
    message: 'enrolment_id',
  });
}

/**
 * What an earlier call may have sent is no cancelled touch: without its key it will not go out again, and the next
 * tick asks the provider what became of it.
 */
export const CANCEL =
  "state = iif(idempotency_key is null, 'cancelled', 'sending'), idempotency_key = null, error = ?";

interface By {
  enrolment: 'id' | 'prospect_id';
  message: 'enrolment_id' | 'prospect_id';
}

/** What stopEnrolments would end, and what it would cancel; writes nothing. */
export function countOpen(connection: Connection, prospectIds: readonly number[]): StoppedCounts {
  const { enrolments, messages } = openOf({ enrolment: 'prospect_id', message: 'prospect_id' });
  const ids = JSON.stringify(prospectIds);
  const counts = connection
    .prepare<[string, string, string, string], StoppedCounts>(
      `select (select count(*) from enrolment where ${enrolments}) as enrolments,
         (select count(*) from message where ${messages}) as messages,
         (select count(*) from (select prospect_id from enrolment where ${enrolments}
           union select prospect_id from message where ${messages})) as people`,
    )
    .get(ids, ids, ids, ids);
  return counts ?? NOTHING;
}

const openOf = (by: By): { enrolments: string; messages: string } => ({
  enrolments: `${by.enrolment} in (select value from json_each(?)) and ${OPEN_ENROLMENT}`,
  messages: `${by.message} in (select value from json_each(?)) and state in (${OPEN_STATES})`,
});

function stopWhere(connection: Connection, stop: Stop, ids: string, by: By): StoppedCounts {
  const { enrolments, messages } = openOf(by);
  const people = connection
    .prepare<[string, string], { count: number }>(
      `select count(*) as count from (select prospect_id from enrolment where ${enrolments}
       union select prospect_id from message where ${messages})`,
    )
    .get(ids, ids)?.count;
  if (!people) return NOTHING;
  recordEvents(connection, stop, ids, enrolments);
  const ended = connection
    .prepare<[string, string, number, string]>(
      `update enrolment set status = ?, reason = ?, step = null, next_at = null, hold = null, ended_at = ?
       where ${enrolments}`,
    )
    .run(stop.status, stop.reason, stop.now, ids).changes;
  const cancelled = connection
    .prepare<[string, string]>(`update message set ${CANCEL} where ${messages}`)
    .run(stop.reason, ids).changes;
  return { people, enrolments: ended, messages: cancelled };
}

/** Before the enrolments change: the open ones tell whose end to record. */
function recordEvents(connection: Connection, stop: Stop, ids: string, enrolments: string): void {
  const { event = 'stopped', reason, now } = stop;
  if (event === null) return;
  connection
    .prepare<[string, number, string, string]>(
      `insert into event (type, at, prospect_id, campaign_id, enrolment_id, data)
       select ?, ?, prospect_id, campaign_id, id, ? from enrolment where ${enrolments}`,
    )
    .run(event, now, JSON.stringify({ reason }), ids);
}
