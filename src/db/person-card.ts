import type { Channel, MessageState } from '../engine/model.ts';
import type { HistoryLine, PersonCard } from '../engine/ports/people.ts';
import { suppressionKeys } from '../engine/suppression.ts';
import type { Connection } from './connection.ts';
import { enrolmentViews } from './enrolment-views.ts';
import { colleaguesOf } from './people/colleagues.ts';
import { prospectsById } from './prospect-rows.ts';
import { findEntries, standing } from './suppression-entries.ts';

/** Everything known about one person; null for an id of nobody. */
export function personCard(connection: Connection, prospectId: number, now: number): PersonCard | null {
  const [prospect] = prospectsById(connection, [prospectId]);
  const row = connection
    .prepare<[number], Row>(
      `select created_at as createdAt, updated_at as updatedAt, legal_basis as legalBasis, import_id as importId,
         (select max(sent_at) from message where prospect_id = prospect.id and mode = 'live') as lastContactAt
       from prospect where id = ?`,
    )
    .get(prospectId);
  if (!prospect || !row) return null;
  const { importId, ...rest } = row;
  const blacklist = standing(findEntries(connection, suppressionKeys(prospect)), now);
  return {
    prospect,
    enrolments: enrolmentViews(connection, [prospectId], null).get(prospectId) ?? [],
    suppressedBy: blacklist[0] ?? null,
    history: history(connection, prospectId),
    blacklist,
    colleagues: colleaguesOf(connection, prospect),
    importedBy: importId === null ? null : importOf(connection, importId),
    ...rest,
  };
}

type Row = Pick<PersonCard, 'createdAt' | 'updatedAt' | 'legalBasis' | 'lastContactAt'> & {
  importId: number | null;
};

const importOf = (connection: Connection, id: number): PersonCard['importedBy'] =>
  connection
    .prepare<[number], { id: number; file: string; at: number }>(
      'select id, file, started_at as at from import_run where id = ?',
    )
    .get(id) ?? null;

interface HistoryRow {
  at: number;
  what: string;
  campaign: string | null;
  timezone: string | null;
  step: string | null;
  channel: Channel | null;
  data: string | null;
  subject: string | null;
  body: string | null;
  messageId: number | null;
  state: MessageState | null;
}

/** Events, and the messages that have none yet: those still to come, and cancelled ones. Oldest first. */
const HISTORY = `
  select event.at, event.type as what, campaign.name as campaign, campaign.timezone, message.step,
    coalesce(event.channel, message.channel) as channel, event.data, message.subject, message.body,
    message.id as messageId, message.state, event.id as event_id
  from event left join campaign on campaign.id = event.campaign_id left join message on message.id = event.message_id
  where event.prospect_id = :id
  union all
  select coalesce(sent_at, message.created_at), state, campaign.name, campaign.timezone, step, channel, null, subject,
    body, message.id, state, null
  from message left join campaign on campaign.id = campaign_id
  where prospect_id = :id and not exists (
    select 1 from event where event.prospect_id = :id and event.message_id = message.id and event.type = message.state)
  order by 1, event_id`;

const history = (connection: Connection, id: number): HistoryLine[] =>
  connection
    .prepare<[{ id: number }], HistoryRow>(HISTORY)
    .all({ id })
    .map(({ at, what, campaign, timezone, step, channel, ...rest }) => ({
      at,
      what,
      campaign,
      timezone,
      step,
      channel,
      text: textOf(what, rest),
      message:
        rest.messageId !== null && rest.state !== null ? { id: rest.messageId, state: rest.state } : null,
    }));

/** What was said: the words of a reply, the reason of a stop, the subject (else the text) of what we wrote. */
function textOf(what: string, row: Pick<HistoryRow, 'data' | 'subject' | 'body' | 'state'>): string | null {
  const data: unknown = row.data === null ? null : JSON.parse(row.data);
  if (typeof data === 'object' && data !== null)
    for (const value of [field(data, 'text'), field(data, 'reason'), field(data, 'detail')])
      if (typeof value === 'string') return value;
  return what === 'sent' || what === row.state ? (row.subject ?? row.body) : null;
}

const field = (data: object, name: string): unknown =>
  Object.entries(data).find(([key]) => key === name)?.[1];
