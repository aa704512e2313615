import type { CampaignMode } from '../../engine/model.ts';
import { usageError } from '../../errors.ts';
import { type Connection, write } from '../connection.ts';
import { eventWriter } from '../events.ts';
import { invitationCloser } from '../linkedin/close-invitations.ts';
import { undoably } from './undoable.ts';

interface Asked {
  messageId: number | null;
  enrolmentId: number | null;
}

interface Invited {
  id: number;
  enrolment_id: number;
  campaign_id: number;
  mode: CampaignMode;
}

/**
 * A connection is a fact about the person; it lets go whatever waits for it, in any campaign, and no other invitation is
 * needed. What a rehearsal makes up is known to rehearsals only, so that it never keeps the real acceptance from being
 * recorded.
 * @param asked the invitation, or the enrolment whose own comes first; null: the last one of the person
 */
export function recordAccepted(
  connection: Connection,
  prospectId: number,
  { at, ...asked }: { at: number } & Asked,
): { messageId: number; said: number } | null {
  return write(connection, () => {
    const invited = invitationOf(connection, prospectId, asked);
    if (isKnown(connection, prospectId, invited.mode)) return null;
    const act = { act: 'accepted', messageId: invited.id, prospectId, watchesActive: true } as const;
    const said = undoably(connection, act, () => {
      eventWriter(connection)({
        type: 'accepted',
        at,
        prospectId,
        campaignId: invited.campaign_id,
        enrolmentId: invited.enrolment_id,
        messageId: invited.id,
        channel: 'linkedin',
      });
      wakeWhoWaits(connection, prospectId, at);
      invitationCloser(connection, at, invited.mode)(prospectId);
    });
    return { messageId: invited.id, said };
  });
}

function invitationOf(connection: Connection, prospectId: number, asked: Asked): Invited {
  const found = connection
    .prepare<[Asked & { prospectId: number }], Invited>(
      `select id, enrolment_id, campaign_id, mode from message
       where prospect_id = @prospectId and channel = 'linkedin' and kind = 'invitation' and state = 'sent'
         and (@messageId is null or id = @messageId)
       order by enrolment_id is @enrolmentId desc, mode = 'live' desc, sent_at desc limit 1`,
    )
    .get({ ...asked, prospectId });
  if (found) return found;
  throw usageError(
    `#${prospectId} was sent no LinkedIn invitation that could be accepted`,
    `hector prospect show '#${prospectId}'`,
  );
}

const isKnown = (connection: Connection, prospectId: number, mode: CampaignMode): boolean =>
  connection
    .prepare<[number, string]>(
      `select 1 from event left join campaign on campaign.id = campaign_id
       where prospect_id = ? and type = 'accepted' and (mode is not 'rehearsal' or ? = 'rehearsal') limit 1`,
    )
    .get(prospectId, mode) !== undefined;

/** To be called inside write(). */
export function wakeWhoWaits(connection: Connection, prospectId: number, at: number): void {
  connection
    .prepare<[number, number]>(
      `update enrolment set next_at = ? where prospect_id = ? and status = 'active' and hold = 'condition_pending'`,
    )
    .run(at, prospectId);
}
