import type { OpenInvitation } from '../../engine/ports/linkedin-session.ts';
import type { Connection } from '../connection.ts';
import { findCampaign } from '../find-campaign.ts';
import { type ProspectRow, prospectOf } from '../rows.ts';
import { PERSON_COLUMNS } from './rows.ts';

interface Span {
  from: number;
  to: number;
}

export const acceptance = (connection: Connection, span: Span): { sent: number; accepted: number } =>
  connection.prepare<[Span], { sent: number; accepted: number }>(ACCEPTANCE).get(span) ?? {
    sent: 0,
    accepted: 0,
  };

export const awaited = (
  connection: Connection,
  campaign: string | null,
  before: { sent: number; asked: number },
): OpenInvitation[] =>
  connection
    .prepare<[Parameters], InvitationRow>(AWAITED)
    .all({ campaign: idOf(connection, campaign), ...before })
    .map((row) => ({ ...invitationOf(row), isLast: false }));

export const unsettled = (
  connection: Connection,
  campaign: string | null,
  { now, most, ...span }: Span & { now: number; most: number },
): OpenInvitation[] =>
  connection
    .prepare<[Parameters], InvitationRow>(UNSETTLED)
    .all({ campaign: idOf(connection, campaign), ...span, settlesIn: now - span.to, most })
    .map((row) => ({ ...invitationOf(row), isLast: true }));

type Parameters = Record<string, number | null>;

interface InvitationRow extends ProspectRow {
  message_id: number;
  name: string;
  mode: OpenInvitation['mode'];
  sent_at: number;
}

const idOf = (connection: Connection, campaign: string | null): number | null =>
  campaign === null ? null : findCampaign(connection, campaign).id;

const invitationOf = ({ message_id, name, mode, sent_at, ...prospect }: InvitationRow) => ({
  ...{ messageId: message_id, campaign: name, mode, sentAt: sent_at },
  prospect: prospectOf(prospect),
});

/** By the index of the ledger; a person sends all that goes out on LinkedIn. */
const SENT = `m.mode = 'live' and m.sent_at is not null and m.sender = 'linkedin' and m.channel = 'linkedin'
  and m.kind = 'invitation' and m.sent_at >= @from and m.sent_at <= @to`;

/**
 * Who has written back on LinkedIn has accepted, whether somebody said so or not. What a rehearsal makes up says nothing
 * of live invitations.
 */
const IS_ACCEPTED = `exists (select 1 from event e left join campaign o on o.id = e.campaign_id
  where e.prospect_id = m.prospect_id and e.at >= m.sent_at and o.mode is not 'rehearsal'
    and (e.type = 'accepted' or (e.type = 'replied' and e.channel = 'linkedin')))`;

/** Only those whose fate is known: nobody has looked up the others. */
const ACCEPTANCE = `select count(*) as sent, coalesce(sum(accepted), 0) as accepted
  from (select ${IS_ACCEPTED} as accepted, m.asked_at from message m indexed by message_ledger where ${SENT})
  where accepted or asked_at is not null`;

/**
 * Active people lead, through their index: those who have gone, or who wait for a person by now, are not asked about.
 * What a rehearsal makes up is its own.
 */
const AWAITED = `select m.id as message_id, c.name, m.mode, m.sent_at, ${PERSON_COLUMNS}
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

/** The latest first. Who was stopped is left alone. */
const UNSETTLED = `select m.id as message_id, c.name, m.mode, m.sent_at, ${PERSON_COLUMNS}
  from message m indexed by message_ledger
  cross join enrolment n on n.id = m.enrolment_id and n.status <> 'stopped'
  cross join campaign c on c.id = m.campaign_id and (@campaign is null or c.id = @campaign)
  cross join prospect p on p.id = m.prospect_id and p.erased_at is null
  where ${SENT} and m.state = 'sent' and coalesce(m.asked_at, 0) < m.sent_at + @settlesIn and not ${IS_ACCEPTED}
  order by m.sent_at desc, m.id limit @most`;
