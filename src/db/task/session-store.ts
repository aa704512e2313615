import type { LinkedinSessionStore, OpenInvitation, QueueLine } from '../../engine/ports/linkedin-session.ts';
import { type Connection, write } from '../connection.ts';
import { findCampaign } from '../find-campaign.ts';
import { type ProspectRow, prospectOf } from '../rows.ts';
import { lastExchanges } from '../tick/exchanges.ts';
import { bindOffer, OPEN_TASKS, type Parameters } from './offered.ts';
import { PERSON_COLUMNS } from './rows.ts';

export const createSessionStore = (connection: Connection): LinkedinSessionStore => ({
  queue: async (offer, now) =>
    connection.prepare<[Parameters], QueueLine>(QUEUE).all({ ...bindOffer(connection, offer), now }),
  async sent(since) {
    const rows = connection.prepare<[number], SentRow>(SENT).all(since);
    const sends = rows.map(({ kind, ...send }) => ({ ...send, invitation: kind === 'invitation' }));
    return { sends, firstAt: connection.prepare<[], number | null>(FIRST).pluck().get() ?? null };
  },
  acceptance: async (from, to) =>
    connection.prepare<[number, number], { sent: number; accepted: number }>(ACCEPTANCE).get(from, to) ?? {
      sent: 0,
      accepted: 0,
    },
  async unknown(campaign, before) {
    const id = campaign === null ? null : findCampaign(connection, campaign).id;
    return connection
      .prepare<[Parameters], InvitationRow>(UNKNOWN)
      .all({ campaign: id, ...before })
      .map(({ message_id, name, mode, sent_at, ...prospect }) => ({
        messageId: message_id,
        campaign: name,
        mode,
        sentAt: sent_at,
        prospect: prospectOf(prospect),
      }));
  },
  async asked(messageId, at) {
    write(connection, () =>
      connection.prepare<[number, number]>('update message set asked_at = ? where id = ?').run(at, messageId),
    );
  },
  exchanges: async (prospectId, mode, most) =>
    lastExchanges(connection, [prospectId], mode, most).get(prospectId) ?? [],
});

const QUEUE = `select c.name as campaign, m.mode, count(*) filter (where m.kind = 'invitation') as invitations,
    count(*) filter (where m.kind <> 'invitation') as messages,
    count(*) filter (where coalesce(m.later_at, 0) > @now) as later
  ${OPEN_TASKS} group by m.campaign_id, m.mode order by count(*) desc, c.name`;

/** By the index of the ledger; a person sends all that goes out on LinkedIn. */
const LEDGER = `from message indexed by message_ledger
  where mode = 'live' and sent_at is not null and sender = 'linkedin' and channel = 'linkedin'`;

interface SentRow {
  at: number;
  campaignId: number;
  kind: string;
}

const SENT = `select sent_at as at, campaign_id as campaignId, kind ${LEDGER} and sent_at >= ? order by sent_at`;
const FIRST = `select min(sent_at) ${LEDGER}`;

/**
 * Who has written back on LinkedIn has accepted, whether somebody said so or not. What a rehearsal makes up says nothing
 * of live invitations.
 */
const ACCEPTANCE = `select count(*) as sent, count(*) filter (where exists (
      select 1 from event e left join campaign c on c.id = e.campaign_id
      where e.prospect_id = message.prospect_id and e.at >= message.sent_at and c.mode is not 'rehearsal'
        and (e.type = 'accepted' or (e.type = 'replied' and e.channel = 'linkedin')))) as accepted
  ${LEDGER} and sent_at >= ? and sent_at <= ? and kind = 'invitation'`;

interface InvitationRow extends ProspectRow {
  message_id: number;
  name: string;
  mode: OpenInvitation['mode'];
  sent_at: number;
}

/**
 * Active people lead, through their index: those who have gone, or who wait for a person by now, are not asked about.
 * What a rehearsal makes up is its own.
 */
const UNKNOWN = `select m.id as message_id, c.name, m.mode, m.sent_at, ${PERSON_COLUMNS}
  from campaign c
  cross join scenario_version v on v.id = c.scenario_version_id
  cross join enrolment e indexed by enrolment_open on e.campaign_id = c.id
    and e.status in ('active', 'paused') and e.status = 'active'
    and coalesce(e.hold, '') not in ('operator', 'approval', 'uncertain')
  cross join message m on m.enrolment_id = e.id and m.kind = 'invitation' and m.state = 'sent'
    and m.sent_at <= @sent and coalesce(m.asked_at, 0) < @asked
  join prospect p on p.id = e.prospect_id
  where c.status = 'running' and (@campaign is null or c.id = @campaign)
    and exists (select 1 from json_each(v.body, '$.scenario.steps') s
      where s.value -> '$.when' ->> '$.accepted' is not null and s.key >= (
        select min(here.key) from json_each(v.body, '$.scenario.steps') here where here.value ->> '$.id' = e.step))
    and not exists (select 1 from event k left join campaign o on o.id = k.campaign_id
      where k.prospect_id = e.prospect_id and k.type in ('accepted', 'connected')
        and (o.mode is not 'rehearsal' or c.mode = 'rehearsal'))
  order by m.sent_at, m.id`;
