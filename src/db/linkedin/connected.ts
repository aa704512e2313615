import { type ConnectionVerdict, judgeConnection } from '../../engine/linkedin/connection.ts';
import type { FoundConnection, TakeOptions } from '../../engine/ports/linkedin.ts';
import { RECKONED_WAITS } from '../../engine/reasons.ts';
import type { Connection } from '../connection.ts';
import { eventWriter } from '../events.ts';

interface Invitation {
  id: number;
  enrolment_id: number;
  campaign_id: number;
  sent_at: number;
}

/**
 * What a connection of the file is to one person: an invitation of ours that was accepted, or one that was there without
 * us. Inside write().
 * @returns `unconfirmed`: when invitations of tasks that are still open seem to have been sent, UTC ms. A connection that
 *   came of one of them is left until somebody has said so
 */
export function connectionRecorder(
  connection: Connection,
  { rules: { calendar }, zone, now }: TakeOptions,
): (found: FoundConnection, unconfirmed: readonly number[]) => ConnectionVerdict {
  const statements = prepareStatements(connection);
  const write = eventWriter(connection);
  const reckoned = JSON.stringify(RECKONED_WAITS);
  return ({ prospectId, on }, unconfirmed) => {
    const sent = statements.invitations.all(prospectId);
    const known = statements.known.get(prospectId) !== undefined;
    const invitedAt = [...sent.map(({ sent_at }) => sent_at), ...unconfirmed];
    const verdict = judgeConnection(on, { invitedAt, known }, { calendar, zone, now });
    if (verdict.do === 'nothing') return verdict;
    const base = { at: verdict.at, prospectId, channel: 'linkedin' } as const;
    if (verdict.do === 'connected')
      write({ ...base, type: 'connected', data: { source: 'Connections.csv' } });
    else {
      const invitation = sent.find(({ sent_at }) => sent_at === verdict.invitedAt);
      if (!invitation) return { do: 'nothing' };
      const { id: messageId, campaign_id: campaignId, enrolment_id: enrolmentId } = invitation;
      write({ ...base, type: 'accepted', campaignId, enrolmentId, messageId });
    }
    statements.wake.run(now, prospectId, now, reckoned);
    return verdict;
  };
}

const prepareStatements = (connection: Connection) => ({
  invitations: connection.prepare<[number], Invitation>(
    `select id, enrolment_id, campaign_id, sent_at from message
     where prospect_id = ? and channel = 'linkedin' and kind = 'invitation' and mode = 'live' and state = 'sent'
       and sent_at is not null order by sent_at`,
  ),
  /** What a rehearsal makes up is known to rehearsals only. */
  known: connection.prepare<[number], unknown>(
    `select 1 from event left join campaign on campaign.id = campaign_id
     where prospect_id = ? and type in ('accepted', 'connected') and mode is not 'rehearsal' limit 1`,
  ),
  /** The next tick plans anew: what waits for the connection goes on, an invitation to come is passed over. */
  wake: connection.prepare<[number, number, number, string]>(
    `update enrolment set next_at = ? where prospect_id = ? and status = 'active' and next_at > ?
       and (hold is null or hold in (select value from json_each(?)))`,
  ),
});
