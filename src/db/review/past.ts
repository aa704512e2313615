import type { PastDraft } from '../../engine/ports/review.ts';
import type { Connection } from '../connection.ts';
import { fingerprintOf } from './drafts.ts';

type Decision = PastDraft['decisions'][number];

type PastRow = Omit<PastDraft, 'fingerprint' | 'decisions'> & { envelope: string; prospectId: number };

/** A message as it stands, and what people have decided of its texts. */
export function pastOf(connection: Connection, messageId: number): PastDraft | null {
  const row = connection
    .prepare<[number], PastRow>(
      `select id as messageId, enrolment_id as enrolmentId, prospect_id as prospectId, mode, channel, kind, state, error,
         subject, body, envelope from message where id = ?`,
    )
    .get(messageId);
  if (!row) return null;
  const { envelope, prospectId, ...message } = row;
  return {
    ...message,
    fingerprint: fingerprintOf([messageId, message.subject, message.body, envelope]),
    decisions: decisionsOf(connection, prospectId, messageId),
  };
}

/** By the index of a person's events, which are few. */
const decisionsOf = (connection: Connection, prospectId: number, messageId: number): Decision[] =>
  connection
    .prepare<[number, number], Decision>(
      `select type as what, data ->> 'fingerprint' as fingerprint, data ->> 'reason' as reason from event
       where prospect_id = ? and message_id = ? and type in ('approved', 'edited', 'rewritten', 'declined') order by id`,
    )
    .all(prospectId, messageId);
