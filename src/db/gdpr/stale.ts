import { prospectName } from '../../engine/model.ts';
import type { StalePerson } from '../../engine/ports/gdpr.ts';
import type { Connection } from '../connection.ts';
import { UNSETTLED } from './scope.ts';

/** What comes from the person. */
const RECEIVED = "('accepted', 'connected', 'replied', 'meeting', 'clicked', 'opted_out', 'complained')";

const SENT = `(select max(coalesce(m.sent_at, m.claimed_at)) from message m
  where m.prospect_id = p.id and m.mode = 'live' and m.state in ('sent', 'uncertain'))`;

const CAME_IN = `(select max(e.at) from event e where e.prospect_id = p.id and e.type in ${RECEIVED})`;

interface StaleRow {
  id: number;
  first_name: string | null;
  last_name: string | null;
  email: string | null;
  company: string | null;
  lastContactAt: number;
}

/** Whose last contact was before, longest ago first; never anybody who is under way in a campaign. */
export function stalePeople(connection: Connection, before: number, receivedOnly: boolean): StalePerson[] {
  const contact = `max(p.created_at, coalesce(${CAME_IN}, 0)${receivedOnly ? '' : `, coalesce(${SENT}, 0)`})`;
  return connection
    .prepare<[number, number], StaleRow>(
      `select p.id, p.first_name, p.last_name, p.email, p.company, ${contact} as lastContactAt from prospect p
       where p.erased_at is null and p.created_at <= ? and ${contact} <= ?
         and not exists (select 1 from enrolment e where e.prospect_id = p.id and e.status in ('active', 'paused'))
         and not exists (select 1 from message where prospect_id = p.id and ${UNSETTLED})
       order by lastContactAt, p.id`,
    )
    .all(before, before)
    .map(({ id, email, company, lastContactAt, ...names }) => ({
      id,
      name: prospectName(names) || email || '',
      company,
      lastContactAt,
    }));
}
