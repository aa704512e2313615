import type { Connection } from '../connection.ts';
import { forgetAnswers } from '../forget-answers.ts';

/** It has, or may have, reached the person. A rehearsal never does, but one in flight is still being written. */
const CONTACTED =
  "(state = 'sending' or (state = 'ready' and idempotency_key is not null) or (state in ('sent', 'uncertain') and mode = 'live'))";

/** What came from them, or came back: a no among it must not be forgotten. */
const HEARD = "type in ('replied', 'meeting', 'opted_out', 'bounced', 'complained')";

/** To be called inside write(). `contacted`: they stay, for the ledger is kept. */
export function removePerson(
  connection: Connection,
  prospectId: number,
): { enrolments: number } | 'contacted' {
  const contacted = connection
    .prepare<[{ prospectId: number }], number>(
      `select 1 from message where prospect_id = :prospectId and ${CONTACTED}
       union select 1 from event where prospect_id = :prospectId and ${HEARD} limit 1`,
    )
    .pluck()
    .get({ prospectId });
  if (contacted) return 'contacted';
  const clear = (table: string, column: string) =>
    connection.prepare<[number]>(`delete from ${table} where ${column} = ?`).run(prospectId).changes;
  clear('event', 'prospect_id');
  clear('message', 'prospect_id');
  const enrolments = clear('enrolment', 'prospect_id');
  // What an import overwrote is about this person too; there is nobody left to restore.
  clear('import_change', 'prospect_id');
  forgetAnswers(connection, ':prospectId', { prospectId });
  clear('prospect', 'id');
  return { enrolments };
}
