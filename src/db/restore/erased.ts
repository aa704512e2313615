import { tracesOf } from '../../engine/gdpr/traces.ts';
import type { Connection } from '../connection.ts';
import { forgetElsewhere } from '../gdpr/elsewhere.ts';
import { forgetPerson } from '../gdpr/erase.ts';
import { turnIntoFingerprints } from '../gdpr/fingerprints.ts';
import { prospectsById } from '../prospect-rows.ts';
import { stopEnrolments } from '../stop.ts';
import { columnsOf } from './columns.ts';

/**
 * Whoever has been erased since stays erased: they are erased here once more, by the facts that the backup has of
 * them. What they got was taken over from the present database before (carry-over.ts).
 * @returns how many: their facts are still on free pages until the file is written anew
 */
export function keepErased(connection: Connection, now: number): number {
  const ids = connection
    .prepare<[], number>(
      `select p.id from present.prospect p join main.prospect m on m.id = p.id and m.created_at = p.created_at
       where p.erased_at is not null and m.erased_at is null`,
    )
    .pluck()
    .all();
  if (ids.length === 0) return 0;
  const people = prospectsById(connection, ids);
  // In campaigns that the present one does not know.
  stopEnrolments(connection, { prospectIds: ids, status: 'stopped', reason: 'removed', now });
  forgetElsewhere(connection, tracesOf(people));
  for (const person of people) {
    // Who asked for it has fingerprints already, taken over with the blacklist: here it is about entries that the backup has.
    turnIntoFingerprints(connection, person, 'purge', now);
    forgetPerson(connection, person.id, now);
  }
  const set = columnsOf(connection, 'prospect', ['id']).map((column) => `${column} = p.${column}`);
  connection
    .prepare<[string]>(
      `update main.prospect as m set ${set.join(', ')} from present.prospect p
       where p.id = m.id and m.id in (select value from json_each(?))`,
    )
    .run(JSON.stringify(ids));
  return ids.length;
}
