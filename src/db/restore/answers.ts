import type { ProspectFacts } from '../../engine/model.ts';
import { ownAddresses } from '../../engine/suppression.ts';
import type { Connection } from '../connection.ts';
import { stopEnrolments } from '../stop.ts';
import { columnsOf } from './columns.ts';

/** What a person has said or done, or what their address has. */
const ANSWERS = "('replied', 'meeting', 'bounced', 'complained', 'opted_out')";

/**
 * The answers to campaigns that the backup does not know: of people whom it knows, as answers outside any campaign; of
 * others, on the blacklist, so that they do not get the first touch once more when they are imported again.
 * @returns the entries made
 */
export function carryAnswers(connection: Connection, now: number): number {
  const columns = columnsOf(connection, 'event', ['id', 'message_id', 'enrolment_id', 'campaign_id']);
  const same = `(select 1 from main.prospect m join present.prospect x on x.id = m.id and x.created_at = m.created_at
    where m.id = p.prospect_id)`;
  connection.exec(`insert or ignore into main.event (${columns.join(', ')})
    select ${columns.map((column) => `p.${column}`).join(', ')} from present.event p
    join present.campaign c on c.id = p.campaign_id and c.mode = 'live'
    where p.type in ${ANSWERS} and p.enrolment_id is not null and exists ${same}
      and p.enrolment_id not in (select old from temp.kept)
      and (not exists (select 1 from main.campaign m where m.id = c.id and m.created_at = c.created_at)
        or not exists (select 1 from present.enrolment e where e.id = p.enrolment_id))
    order by p.id`);
  const lost = connection
    .prepare<[], number>(
      `select distinct p.prospect_id from present.event p join present.campaign c on c.id = p.campaign_id and c.mode = 'live'
       where p.type in ${ANSWERS} and p.enrolment_id is not null and exists ${same}
         and not exists (select 1 from present.enrolment e where e.id = p.enrolment_id)`,
    )
    .pluck()
    .all();
  stopEnrolments(connection, { prospectIds: lost, status: 'replied', reason: 'replied', event: null, now });
  const strangers = connection
    .prepare<[], Pick<ProspectFacts, 'email' | 'phone' | 'mobile' | 'linkedin'>>(
      `select email, phone, mobile, linkedin from present.prospect where id in (
         select p.prospect_id from present.event p left join present.campaign c on c.id = p.campaign_id
         where p.type in ${ANSWERS} and (c.mode is null or c.mode = 'live') and not exists ${same})`,
    )
    .all();
  const add = connection.prepare<[string, string, number]>(
    `insert or ignore into main.suppression (kind, value, reason, source, created_at)
     values (?, ?, 'answered before the database was restored', 'restore', ?)`,
  );
  let made = 0;
  for (const one of strangers)
    for (const { kind, value } of ownAddresses(one)) made += add.run(kind, value, now).changes;
  return made;
}
