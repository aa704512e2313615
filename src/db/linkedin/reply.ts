import { createHash } from 'node:crypto';
import type { FoundReply } from '../../engine/ports/linkedin.ts';
import type { ReplyResult, StoppedCounts } from '../../engine/ports/people.ts';
import { ownAddresses } from '../../engine/suppression.ts';
import type { Connection } from '../connection.ts';
import { eventWriter } from '../events.ts';
import { prospectsById } from '../prospect-rows.ts';
import { addReply } from '../reply-store.ts';
import { stopEnrolments, stopSomeEnrolments } from '../stop.ts';
import type { SuppressionsTogether } from '../suppression-store.ts';
import { knownReplies } from './known-reply.ts';

type Effect = Pick<ReplyResult, 'stopped' | 'colleagues' | 'blacklisted'>;

const nobody = (): StoppedCounts => ({ people: 0, enrolments: 0, messages: 0 });

/**
 * Its statements are prepared once: a file may hold tens of thousands of answers. Inside write(), which ends with
 * `blacklist.stopMatched()`.
 */
export function replyRecorder(
  connection: Connection,
  blacklist: SuppressionsTogether,
  now: number,
): (found: FoundReply) => Effect & { known: boolean } {
  const isKnown = knownReplies(connection);
  const stillOpen = connection
    .prepare<[number, number], number>(
      "select id from enrolment where prospect_id = ? and status in ('active', 'paused') and created_at <= ?",
    )
    .pluck();
  return (found) => {
    const { prospectId, text, optOut, answersUs } = found;
    const externalId = idOf(found);
    if (isKnown(found, externalId)) {
      const enrolmentIds = stillOpen.all(prospectId, found.at);
      return { known: true, ...stopAgain(connection, enrolmentIds, optOut, now) };
    }
    const at = Math.min(found.at, now);
    if (!answersUs)
      return { known: false, ...refuse(connection, { ...found, at }, externalId, { blacklist, now }) };
    const reply = { prospectId, text, optOut, externalId, at, now };
    const words = { ...reply, meeting: false, channel: 'linkedin' as const };
    return { known: false, ...addReply(connection, words, (keys, by) => blacklist.add(keys, by)) };
  };
}

/** The file gives messages no id: the same words of the same person at the same second are the same message. */
const idOf = ({ conversation, sender, at, text }: FoundReply): string =>
  `linkedin:${createHash('sha256')
    .update(JSON.stringify([conversation, sender, at, text]))
    .digest('hex')}`;

/** Who has answered is in no enrolment that began before, whatever has become of it since. */
function stopAgain(
  connection: Connection,
  enrolmentIds: readonly number[],
  optOut: boolean,
  now: number,
): Effect {
  const reason = optOut ? 'opted_out' : 'replied';
  const stopped =
    enrolmentIds.length === 0
      ? nobody()
      : stopSomeEnrolments(connection, { enrolmentIds, status: 'replied', reason, event: null, now });
  return { stopped, colleagues: nobody(), blacklisted: [] };
}

/** A refusal that answers no campaign: nothing more goes out, and no campaign counts it as an answer. */
function refuse(
  connection: Connection,
  { prospectId, at, text }: FoundReply,
  externalId: string,
  { blacklist, now }: { blacklist: SuppressionsTogether; now: number },
): Effect {
  eventWriter(connection)({
    ...{ type: 'opted_out', at, prospectId, channel: 'linkedin', externalId },
    data: { text },
  });
  const stopped = stopEnrolments(connection, {
    ...{ prospectIds: [prospectId], status: 'stopped', reason: 'opted_out', now },
  });
  const keys = prospectsById(connection, [prospectId]).flatMap(ownAddresses);
  const added = blacklist.add(keys, { reason: 'asked in a message', source: 'reply', now });
  return { stopped, colleagues: nobody(), blacklisted: added };
}
