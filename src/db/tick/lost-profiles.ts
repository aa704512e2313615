import type { CampaignMode, Prospect } from '../../engine/model.ts';
import type { Connection } from '../connection.ts';

interface LostRow {
  prospect_id: number;
  mode: CampaignMode;
  profile: string | null;
}

/**
 * LinkedIn profiles that a person has looked for and not found; what a rehearsal says counts in rehearsals. Of a live
 * campaign that was deleted, the event itself says which.
 */
export function lostProfiles(
  connection: Connection,
  people: string,
): (prospect: Prospect, mode: CampaignMode) => boolean {
  const rows = connection
    .prepare<[string], LostRow>(
      `select e.prospect_id, coalesce(m.mode, 'live') as mode,
         coalesce(m.envelope ->> '$.profile', e.data ->> '$.profile') as profile
       from event e left join message m on m.id = e.message_id
       where e.prospect_id in (select value from json_each(?)) and e.type = 'not_found'`,
    )
    .all(people);
  return ({ id, linkedin }, mode) =>
    linkedin !== null &&
    rows.some(
      (row) =>
        row.prospect_id === id && row.profile === linkedin && (row.mode === 'live' || mode === 'rehearsal'),
    );
}
