import { type Connection, write } from '../connection.ts';

/** Live invitations from before then, of which nobody has asked later whether they were accepted. */
export const markLookedUp = (connection: Connection, until: number): void => {
  write(connection, () =>
    connection
      .prepare<[{ until: number }]>(
        `update message indexed by message_ledger set asked_at = @until
         where mode = 'live' and sent_at is not null and sender = 'linkedin' and channel = 'linkedin'
           and kind = 'invitation' and sent_at < @until and coalesce(asked_at, 0) < @until`,
      )
      .run({ until }),
  );
};
