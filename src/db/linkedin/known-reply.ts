import { fold } from '../../engine/import/fold.ts';
import type { FoundReply } from '../../engine/ports/linkedin.ts';
import type { Connection } from '../connection.ts';

/** Between a message and its being added by hand. The same words may be said again later. */
const BY_HAND_WITHIN_MS = 3 * 24 * 3_600_000;

interface Asked {
  person: number;
  at: number;
  within: number;
  optOut: number;
}

/**
 * Whether an answer is recorded already: from an earlier import, or because somebody has added it by hand, of LinkedIn
 * or of no channel, on the same side of the beginning of an enrolment that is open; a refusal only as a refusal.
 */
export function knownReplies(connection: Connection): (found: FoundReply, externalId: string) => boolean {
  const taken = connection.prepare<[string], number>('select 1 from event where external_id = ?').pluck();
  const byHand = connection
    .prepare<[Asked], string | null>(
      `select data ->> '$.text' from event r
       where prospect_id = @person and type = 'replied' and external_id is null and abs(at - @at) <= @within
         and (channel is null or channel = 'linkedin')
         and (@optOut = 0 or exists (select 1 from event o
           where o.prospect_id = r.prospect_id and o.type = 'opted_out' and o.at = r.at))
         and not exists (select 1 from enrolment e where e.prospect_id = r.prospect_id
           and e.status in ('active', 'paused') and e.created_at > r.at and e.created_at <= @at)`,
    )
    .pluck();
  return ({ prospectId, at, text, optOut }, externalId) =>
    taken.get(externalId) !== undefined ||
    holds(byHand.all({ person: prospectId, at, within: BY_HAND_WITHIN_MS, optOut: optOut ? 1 : 0 }), text);
}

function holds(known: readonly (string | null)[], text: string): boolean {
  if (known.length === 0) return false;
  const words = fold(text);
  return known.some((each) => each !== null && fold(each) === words);
}
