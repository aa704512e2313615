import type { Connection } from '../connection.ts';

/** Tables that hold facts of a person by the column `prospect_id`, beside those that are taken over as they are. */
const FACTS = ['text_cache', 'disc_proposal', 'import_change', 'text_batch_request'];

/**
 * Whoever has been erased since stays erased, and the key of the fingerprints stays the one they were made with. What
 * they got is taken over from the present database before (carry-over.ts), where no fact is in it any more.
 * @returns how many: their facts are still on free pages until the file is written anew
 */
export function keepErased(connection: Connection): number {
  connection.exec(`update main.workspace set fingerprint_key = coalesce(
    (select fingerprint_key from present.workspace), fingerprint_key)`);
  connection.exec(`create temp table erased as select p.id from present.prospect p
    join main.prospect m on m.id = p.id and m.created_at = p.created_at
    where p.erased_at is not null and m.erased_at is null`);
  const columns = connection
    .prepare<[], string>("select name from pragma_table_info('prospect') where name <> 'id'")
    .pluck()
    .all();
  const set = columns.map((column) => `${column} = p.${column}`).join(', ');
  connection.exec(`update main.prospect as m set ${set} from present.prospect p
    where p.id = m.id and m.id in (select id from temp.erased)`);
  connection.exec(`delete from main.event where prospect_id in (select id from temp.erased);
    insert into main.event (${EVENT}) select ${EVENT} from present.event
      where prospect_id in (select id from temp.erased) order by id`);
  for (const table of FACTS)
    connection.exec(`delete from main.${table} where prospect_id in (select id from temp.erased)`);
  const count = connection.prepare<[], number>('select count(*) from temp.erased').pluck().get() ?? 0;
  connection.exec('drop table temp.erased');
  return count;
}

const EVENT = 'type, at, prospect_id, campaign_id, enrolment_id, message_id, channel, data, external_id';
