import type { Connection } from '../../src/db/connection.ts';

interface EnrolmentNow {
  status: string;
  reason: string | null;
  step: string | null;
  next_at: number | null;
  hold: string | null;
  ended_at: number | null;
}

export const enrolmentNow = (connection: Connection, id: number): EnrolmentNow | undefined =>
  connection
    .prepare<[number], EnrolmentNow>(
      'select status, reason, step, next_at, hold, ended_at from enrolment where id = ?',
    )
    .get(id);

/** `sent`, or `cancelled: replied`. */
export const messageNow = (connection: Connection, id: number): string | undefined =>
  connection
    .prepare<[number], string>("select state || coalesce(': ' || error, '') from message where id = ?")
    .pluck()
    .get(id);

interface EventRow {
  type: string;
  at: number;
  enrolment_id: number | null;
  message_id: number | null;
  channel: string | null;
  data: string | null;
}

export const eventsOf = (connection: Connection, prospectId: number): EventRow[] =>
  connection
    .prepare<[number], EventRow>(
      'select type, at, enrolment_id, message_id, channel, data from event where prospect_id = ? order by id',
    )
    .all(prospectId);

export const typesOf = (connection: Connection, prospectId: number): string[] =>
  eventsOf(connection, prospectId).map(({ type }) => type);
