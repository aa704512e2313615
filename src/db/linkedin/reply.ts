import { createHash } from 'node:crypto';
import { fold } from '../../engine/import/fold.ts';
import type { FoundReply } from '../../engine/ports/linkedin.ts';
import type { ReplyResult } from '../../engine/ports/people.ts';
import type { Connection } from '../connection.ts';
import { addReply } from '../reply-store.ts';

/**
 * Its statements are prepared once: a file may hold tens of thousands of answers.
 * @returns null for one that was known, from an earlier import or because somebody has added it by hand. Inside write().
 */
export function replyRecorder(
  connection: Connection,
  now: number,
): (found: FoundReply) => ReplyResult | null {
  const taken = connection.prepare<[string], number>('select 1 from event where external_id = ?').pluck();
  const byHand = connection
    .prepare<[number], string | null>(
      `select data ->> '$.text' from event where prospect_id = ? and type = 'replied' and external_id is null`,
    )
    .pluck();
  return (found) => {
    const { prospectId, text, optOut } = found;
    const externalId = idOf(found);
    if (taken.get(externalId) !== undefined || holds(byHand.all(prospectId), text)) return null;
    return addReply(connection, {
      ...{ prospectId, text, optOut, externalId, now },
      meeting: false,
      channel: 'linkedin',
      at: Math.min(found.at, now),
    });
  };
}

/** The file gives messages no id: the same words of the same person at the same second are the same message. */
const idOf = ({ conversation, sender, at, text }: FoundReply): string =>
  `linkedin:${createHash('sha256')
    .update(JSON.stringify([conversation, sender, at, text]))
    .digest('hex')}`;

function holds(known: readonly (string | null)[], text: string): boolean {
  if (known.length === 0) return false;
  const words = fold(text);
  return known.some((each) => each !== null && fold(each) === words);
}
