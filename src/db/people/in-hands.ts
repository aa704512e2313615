import type { Connection } from '../connection.ts';

/** Live LinkedIn texts that somebody may be pasting just now, for `message m`: taken back, they may arrive all the same. */
export const IN_HANDS = "m.state = 'awaiting_operator' and m.channel = 'linkedin' and m.mode = 'live'";

/** Enrolments of these people that have such a text. */
export const inHands = (connection: Connection, prospectIds: readonly number[]): Set<number> =>
  new Set(
    connection
      .prepare<[string], number>(
        `select m.enrolment_id from message m indexed by message_prospect
         where m.prospect_id in (select value from json_each(?)) and ${IN_HANDS}`,
      )
      .pluck()
      .all(JSON.stringify(prospectIds)),
  );
