import type { CampaignMode } from '../../engine/model.ts';
import type { Connection } from '../connection.ts';
import { eventWriter } from '../events.ts';

interface OpenInvitation {
  id: number;
  enrolment_id: number;
  campaign_id: number;
  step: string;
}

/**
 * Nobody can invite who is connected: open texts of invitations are passed over, in any campaign; what a rehearsal makes
 * up passes over those of rehearsals only. Inside write().
 * @returns how many they were, for one person
 */
export function invitationCloser(
  connection: Connection,
  now: number,
  mode: CampaignMode = 'live',
): (prospectId: number) => number {
  const open = connection.prepare<[number, CampaignMode], OpenInvitation>(
    `select id, enrolment_id, campaign_id, step from message
     where prospect_id = ? and channel = 'linkedin' and kind = 'invitation' and (mode = 'rehearsal' or ? = 'live')
       and state in ('draft', 'awaiting_approval', 'ready', 'awaiting_operator')`,
  );
  const close = connection.prepare<[number]>(
    "update message set state = 'skipped', error = 'already_connected' where id = ?",
  );
  const goOn = connection.prepare<[number, number, string]>(
    "update enrolment set next_at = ?, hold = null where id = ? and step = ? and status = 'active'",
  );
  const write = eventWriter(connection);
  return (prospectId) => {
    const found = open.all(prospectId, mode);
    for (const { id, enrolment_id, campaign_id, step } of found) {
      close.run(id);
      goOn.run(now, enrolment_id, step);
      write({
        ...{ type: 'skipped', at: now, prospectId, channel: 'linkedin' },
        ...{ campaignId: campaign_id, enrolmentId: enrolment_id, messageId: id },
        data: { step, reason: 'already_connected' },
      });
    }
    return found.length;
  };
}
