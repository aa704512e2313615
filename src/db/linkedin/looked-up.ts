import type { FoundConnection } from '../../engine/ports/linkedin.ts';
import { type Connection, write } from '../connection.ts';

/**
 * Live invitations from before then, of which nobody has asked later whether they were accepted. Only where somebody
 * among these connected once we had invited them: else the file may be anybody's, and what it lacks says nothing.
 */
export const markLookedUp = (
  connection: Connection,
  until: number,
  connections: readonly FoundConnection[],
): void => {
  const days = JSON.stringify(connections.map(({ prospectId, on }) => [prospectId, on]));
  write(connection, () => {
    if (connection.prepare<[string], unknown>(SOMEBODY_ACCEPTED).get(days) === undefined) return;
    connection
      .prepare<[{ until: number }]>(
        `update message indexed by message_ledger set asked_at = @until
         where mode = 'live' and sent_at is not null and sender = 'linkedin' and channel = 'linkedin'
           and kind = 'invitation' and sent_at < @until and coalesce(asked_at, 0) < @until`,
      )
      .run({ until });
  });
};

const SOMEBODY_ACCEPTED = `select 1 from json_each(?) f
  cross join message m indexed by message_prospect on m.prospect_id = f.value ->> 0
  where m.mode = 'live' and m.sent_at is not null and m.channel = 'linkedin' and m.kind = 'invitation'
    and date(m.sent_at / 1000, 'unixepoch') <= f.value ->> 1
  limit 1`;
