import { type EnrolmentStatus, type Prospect, prospectName } from '../../engine/model.ts';
import type { PersonCard } from '../../engine/ports/people.ts';
import type { Connection } from '../connection.ts';

const SHOWN = 5;

interface Row {
  id: number;
  first_name: string | null;
  last_name: string | null;
  title: string | null;
  campaign: string;
  status: EnrolmentStatus;
}

/** Who else of the firm is being contacted, or has answered: whoever calls them should know. */
export function colleaguesOf(
  connection: Connection,
  { id, companyKey }: Pick<Prospect, 'id' | 'companyKey'>,
): PersonCard['colleagues'] {
  if (companyKey === null) return { people: [], all: 0 };
  const rows = connection
    .prepare<[string, number], Row>(
      `select p.id, p.first_name, p.last_name, p.title, c.name as campaign, e.status
       from prospect p join enrolment e on e.prospect_id = p.id join campaign c on c.id = e.campaign_id
       where p.company_key = ? and p.id <> ? and c.status in ('running', 'paused')
         and e.status in ('active', 'paused', 'replied', 'meeting')
       order by e.status in ('replied', 'meeting') desc, p.id`,
    )
    .all(companyKey, id);
  const people = rows.slice(0, SHOWN).map(({ first_name, last_name, ...row }) => ({
    ...row,
    name: prospectName({ first_name, last_name }),
  }));
  return { people, all: rows.length };
}
