import type { Connection } from '../connection.ts';

const DAY_MS = 86_400_000;
/** No cap looks further back (engine/limits/rooms.ts). */
const CAPS_MS = 7 * DAY_MS;

interface Unknown {
  people: number;
  /** UTC ms of the last of their touches; null: there are none. */
  lastAt: number | null;
}

/** Touches that have found no place here: another person, or campaign, has the number or the address. */
export const unknownTouches = (connection: Connection): Unknown =>
  connection
    .prepare<[], Unknown>(
      `select count(distinct x.prospect_id) as people, max(coalesce(x.sent_at, x.claimed_at)) as lastAt
       from present.message x join present.prospect p on p.id = x.prospect_id
       join present.campaign c on c.id = x.campaign_id
       where x.mode = 'live' and x.state in ('sending', 'sent', 'uncertain') and not exists (
         select 1 from main.message m join main.prospect mp on mp.id = m.prospect_id and mp.created_at = p.created_at
         join main.campaign mc on mc.id = m.campaign_id and mc.created_at = c.created_at
         where m.prospect_id = x.prospect_id and m.campaign_id = x.campaign_id and m.step = x.step
           and m.channel = x.channel and m.state = x.state)`,
    )
    .get() ?? { people: 0, lastAt: null };

interface Known {
  /** False: nothing of what went out since is known. */
  merged: boolean;
  /** Tables that could not be read to the end. */
  unread: readonly string[];
  lastUnknownAt: number | null;
}

/** From when on no cap looks back to a touch that is not known here, UTC ms; null: all are known, or long past. */
export function uncountedUntil({ merged, unread, lastUnknownAt }: Known, now: number): number | null {
  const blind =
    !merged || unread.some((table) => ['message', 'enrolment', 'campaign', 'prospect'].includes(table));
  const until = (blind ? now : (lastUnknownAt ?? 0)) + CAPS_MS;
  return until > now ? until : null;
}
