import type { Channel, MessageState } from '../engine/model.ts';
import type { HistoryLine, PersonCard } from '../engine/ports/people.ts';
import { suppressionKeys } from '../engine/suppression.ts';
import type { Connection } from './connection.ts';
import { enrolmentViews } from './enrolment-views.ts';
import { prospectsById } from './prospect-rows.ts';
import { findEntries } from './suppression-store.ts';

/** Everything known about one person; null for an id of nobody. */
export function personCard(connection: Connection, prospectId: number): PersonCard | null {
  const [prospect] = prospectsById(connection, [prospectId]);
  const dates = connection
    .prepare<[number], { createdAt: number; updatedAt: number }>(
      'select created_at as createdAt, updated_at as updatedAt from prospect where id = ?',
    )
    .get(prospectId);
  if (!prospect || !dates) return null;
  const blacklist = findEntries(connection, suppressionKeys(prospect));
  return {
    prospect,
    enrolments: enrolmentViews(connection, [prospectId], null).get(prospectId) ?? [],
    suppressedBy: blacklist[0] ?? null,
    history: history(connection, prospectId),
    blacklist,
    ...dates,
  };
}

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
