import type { CampaignMode, Channel, EnrolmentStatus, SuppressionKey } from '../engine/model.ts';
import type { Listing, Reply, ReplyResult, ReplyStore, StoppedCounts } from '../engine/ports/people.ts';
import { ownAddresses } from '../engine/suppression.ts';
import { type Connection, write } from './connection.ts';
import { recordDeliveryProblem } from './delivery-problem.ts';
import { eventWriter } from './events.ts';
import { prospectsById } from './prospect-rows.ts';
import { stopEnrolments, stopSomeEnrolments } from './stop.ts';
import { addSuppressions } from './suppression-store.ts';

export function createReplyStore(connection: Connection): ReplyStore {
  return {
    add: async (reply) => write(connection, () => addReply(connection, reply)),
    deliveryProblem: async (problem) => write(connection, () => recordDeliveryProblem(connection, problem)),
  };
}

/**
 * To be called inside write().
 * @param list puts a refusal's addresses on the blacklist, and stops whom they match: here, or once for many answers
 */
export function addReply(
  connection: Connection,
  reply: Reply,
  list: Lister = (keys, by) => addSuppressions(connection, keys, by).added,
): ReplyResult {
  const answered = answeredTouch(connection, reply);
  recordEvents(connection, reply, answered);
  const status = reply.meeting ? 'meeting' : 'replied';
  const reason = reply.optOut ? 'opted_out' : status;
  const stopped = stopEnrolments(connection, {
    prospectIds: [reply.prospectId],
    status,
    reason,
    event: null,
    now: reply.now,
  });
  if (answered) upgrade(connection, answered.enrolmentId, status, reason);
  const colleagues = stopColleagues(connection, reply);
  const blacklisted = reply.optOut ? blacklist(connection, reply, list) : [];
  return { answers: answered && settled(connection, answered), stopped, colleagues, blacklisted };
}

/** @returns the entries that are new */
type Lister = (keys: readonly SuppressionKey[], by: Listing) => SuppressionKey[];

interface Answered {
  messageId: number | null;
  enrolmentId: number;
  campaignId: number;
  campaign: string;
  mode: CampaignMode;
  step: string | null;
  channel: Channel | null;
}

/**
 * The touch a reply counts for: the last one sent before it; on the reply's channel and in a live campaign where
 * there is one. Someone who was never touched answers the enrolment that is open, else the newest.
 */
function answeredTouch(connection: Connection, { prospectId, channel, at }: Reply): Answered | null {
  const touch = connection
    .prepare<[number, number, Channel | null], Answered>(
      `select message.id as messageId, enrolment_id as enrolmentId, campaign_id as campaignId, name as campaign,
         message.mode, step, channel
       from message join campaign on campaign.id = campaign_id
       where prospect_id = ? and state = 'sent' and sent_at <= ?
       order by message.mode = 'live' desc, channel is ? desc, sent_at desc, message.id desc limit 1`,
    )
    .get(prospectId, at, channel);
  if (touch) return touch;
  const enrolment = connection
    .prepare<[number], Answered>(
      `select null as messageId, enrolment.id as enrolmentId, campaign_id as campaignId, name as campaign, mode,
         null as step, null as channel
       from enrolment join campaign on campaign.id = campaign_id
       where prospect_id = ?
       order by enrolment.status in ('active', 'paused') desc, mode = 'live' desc, enrolment.id desc limit 1`,
    )
    .get(prospectId);
  return enrolment ?? null;
}

function recordEvents(connection: Connection, reply: Reply, answered: Answered | null): void {
  const write = eventWriter(connection);
  const base = {
    at: reply.at,
    prospectId: reply.prospectId,
    campaignId: answered?.campaignId ?? null,
    enrolmentId: answered?.enrolmentId ?? null,
    messageId: answered?.messageId ?? null,
    channel: reply.channel ?? answered?.channel ?? null,
  };
  write({ ...base, ...wordsOf(connection, reply), type: 'replied', externalId: reply.externalId ?? null });
  if (reply.meeting) write({ ...base, type: 'meeting' });
  if (reply.optOut) write({ ...base, type: 'opted_out' });
}

/** Nothing is kept of somebody whose data were erased while it was typed or read. */
function wordsOf(connection: Connection, { prospectId, text }: Reply): { data?: { text: string } } {
  const erased = connection
    .prepare<[number], number>('select 1 from prospect where id = ? and erased_at is not null')
    .get(prospectId);
  return erased === undefined ? { data: { text } } : {};
}

/**
 * An answer also counts for an enrolment that had run its course, or that a colleague's answer had stopped, and a
 * meeting for one that had an answer. A blacklisting, a bounce or a meeting is not undone by a later word.
 */
function upgrade(
  connection: Connection,
  enrolmentId: number,
  status: 'replied' | 'meeting',
  reason: string,
): void {
  connection
    .prepare<[string, string, number, string]>(
      `update enrolment set status = ?, reason = ? where id = ? and (
         status = 'completed' or (status = 'stopped' and reason = 'company_replied')
         or (status = 'replied' and ? <> 'replied'))`,
    )
    .run(status, reason, enrolmentId, reason);
}

function settled(connection: Connection, answered: Answered): ReplyResult['answers'] {
  const { messageId, campaignId, ...touch } = answered;
  const row = connection
    .prepare<[number], { status: EnrolmentStatus }>('select status from enrolment where id = ?')
    .get(touch.enrolmentId);
  return row ? { ...touch, status: row.status } : null;
}

/** Open enrolments of the same firm in campaigns that run, or may run again, and whose scenario asks for it. */
function stopColleagues(connection: Connection, { prospectId, now }: Reply): StoppedCounts {
  const colleagues = connection
    .prepare<[number, number], { id: number }>(
      `select enrolment.id from prospect as one
       join prospect as other on other.company_key = one.company_key and other.id <> one.id
       join enrolment on enrolment.prospect_id = other.id
       where one.id = ? and other.id <> ? and enrolment.status in ('active', 'paused') and campaign_id in (
         select campaign.id from campaign join scenario_version on scenario_version.id = scenario_version_id
         where campaign.status in ('running', 'paused')
           and coalesce(json_extract(body, '$.scenario.company_stop'), 'reply') = 'reply')`,
    )
    .all(prospectId, prospectId);
  return stopSomeEnrolments(connection, {
    enrolmentIds: colleagues.map(({ id }) => id),
    status: 'stopped',
    reason: 'company_replied',
    now,
  });
}

/** The person's own ways to be reached, so that no later campaign or import brings them back. */
function blacklist(connection: Connection, { prospectId, now }: Reply, list: Lister): SuppressionKey[] {
  const keys = prospectsById(connection, [prospectId]).flatMap(ownAddresses);
  return list(keys, { reason: 'asked in a reply', source: 'reply', now });
}
