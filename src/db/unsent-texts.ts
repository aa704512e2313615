import type { Connection } from './connection.ts';

/** Surely never left, and in no hands but the reviewer's: columns of `message`. */
export const NEVER_LEFT = "idempotency_key is null and state in ('ready', 'awaiting_approval', 'draft')";

type Parameters = Record<string, string | number>;

/**
 * Takes back texts that never left, so that they are written anew; whoever waited for their approval is looked at with
 * the next tick. Inside write(). How many they were.
 * @param where which messages, in SQL
 */
export function forgetTexts(
  connection: Connection,
  where: string,
  parameters: Parameters,
  now: number,
): number {
  const found = connection
    .prepare<[Parameters], { id: number; enrolment_id: number }>(
      `select id, enrolment_id from message where (${where}) and ${NEVER_LEFT}`,
    )
    .all(parameters);
  if (found.length === 0) return 0;
  const ids = JSON.stringify(found.map(({ id }) => id));
  // What has happened to a person stays, of whatever text it was said.
  connection
    .prepare<[string, string]>(
      `update event set message_id = null where prospect_id in (select prospect_id from message
         where id in (select value from json_each(?))) and message_id in (select value from json_each(?))`,
    )
    .run(ids, ids);
  connection.prepare<[string]>('delete from message where id in (select value from json_each(?))').run(ids);
  connection
    .prepare<[{ now: number; enrolments: string }]>(
      `update enrolment set next_at = :now, step_at = :now, hold = null
       where id in (select value from json_each(:enrolments)) and hold = 'approval' and status in ('active', 'paused')
         and not exists (select 1 from message m where m.enrolment_id = enrolment.id and m.step = enrolment.step
           and m.state in ('awaiting_approval', 'draft'))`,
    )
    .run({ now, enrolments: JSON.stringify(found.map(({ enrolment_id }) => enrolment_id)) });
  return found.length;
}
