import type { CampaignMode } from '../../engine/model.ts';
import { usageError } from '../../errors.ts';
import { type Connection, write } from '../connection.ts';
import { eventWriter } from '../events.ts';
import { undoably } from './undo.ts';

interface Invited {
  id: number;
  enrolment_id: number;
  campaign_id: number;
  mode: CampaignMode;
}

/**
 * A connection is a fact about the person; it lets go whatever waits for it, in any campaign. What a rehearsal
 * makes up is known to rehearsals only, so that it never keeps the real acceptance from being recorded.
 */
export function recordAccepted(connection: Connection, prospectId: number, at: number): number | null {
  return write(connection, () => {
    const invited = invitationOf(connection, prospectId);
    if (!invited)
      throw usageError(
        `#${prospectId} was sent nothing on LinkedIn that could be accepted`,
        `hector prospect show '#${prospectId}'`,
      );
    const known = connection
      .prepare<[number, string]>(
        `select 1 from event left join campaign on campaign.id = campaign_id
         where prospect_id = ? and type = 'accepted' and (mode is not 'rehearsal' or ? = 'rehearsal') limit 1`,
      )
      .get(prospectId, invited.mode);
    if (known) return null;
    undoably(connection, { act: 'accepted', messageId: invited.id, prospectId, watchesActive: true }, () => {
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
    });
    return invited.id;
  });
}

const invitationOf = (connection: Connection, prospectId: number): Invited | undefined =>
  connection
    .prepare<[number], Invited>(
      `select id, enrolment_id, campaign_id, mode from message
       where prospect_id = ? and channel = 'linkedin' and sent_at is not null
       order by mode = 'live' desc, sent_at desc limit 1`,
    )
    .get(prospectId);

/** To be called inside write(). */
export function wakeWhoWaits(connection: Connection, prospectId: number, at: number): void {
  connection
    .prepare<[number, number]>(
      `update enrolment set next_at = ? where prospect_id = ? and status = 'active' and hold = 'condition_pending'`,
    )
    .run(at, prospectId);
}
