import type { Channel, MessageState } from '../engine/model.ts';
import type { LedgerMessage, MessageFilter, MessageStore } from '../engine/ports/messages.ts';
import type { Owner } from '../engine/ports/ticks.ts';
import { movesOn } from '../engine/tick/advance.ts';
import { failure, usageError } from '../errors.ts';
import { type Connection, write } from './connection.ts';
import { findCampaign } from './find-campaign.ts';
import { messageDetail } from './message-detail.ts';
import { versionOf } from './tick/due.ts';
import { tickRuns } from './tick/lease.ts';
import { createRecorder } from './tick/record.ts';

interface LedgerRow {
  id: number;
  prospect_id: number;
  person: string;
  campaign: string;
  campaign_status: LedgerMessage['campaignStatus'];
  mode: LedgerMessage['mode'];
  step: string;
  channel: LedgerMessage['channel'];
  kind: string;
  state: LedgerMessage['state'];
  recipient: string | null;
  subject: string | null;
  body: string;
  source: string;
  template: string | null;
  provider: string | null;
  provider_id: string | null;
  attempts: number;
  error: string | null;
  created_at: number;
  claimed_at: number | null;
  sent_at: number | null;
  enrolment_status: LedgerMessage['enrolment']['status'];
  enrolment_reason: string | null;
  enrolment_step: string | null;
}

const SELECT = `
  select m.id, m.prospect_id, m.step, m.channel, m.kind, m.state, m.mode, m.subject, m.body, m.source, m.template,
    m.provider, m.provider_id, m.attempts, m.error, m.created_at, m.claimed_at, m.sent_at,
    trim(coalesce(p.first_name, '') || ' ' || coalesce(p.last_name, '')) as person,
    coalesce(json_extract(m.envelope, '$.to'), json_extract(m.envelope, '$.profile')) as recipient,
    c.name as campaign, c.status as campaign_status,
    e.status as enrolment_status, e.reason as enrolment_reason, e.step as enrolment_step
  from message m join enrolment e on e.id = m.enrolment_id join campaign c on c.id = m.campaign_id
  join prospect p on p.id = m.prospect_id`;

const FILTER = `m.state in (select value from json_each(@states))
  and (@campaign is null or m.campaign_id = @campaign) and (@channel is null or m.channel = @channel)`;

type Parameters = Record<string, string | number | null>;

export function createMessageStore(connection: Connection): MessageStore {
  const bind = ({ states, campaign, channel }: MessageFilter): Parameters => ({
    states: JSON.stringify(states),
    campaign: campaign === null ? null : findCampaign(connection, campaign).id,
    channel,
  });
  return {
    async list(filter, limit, order = 'newest') {
      const by = order === 'newest' ? 'm.id desc' : 'm.created_at, m.id';
      return connection
        .prepare<[Parameters], LedgerRow>(`${SELECT} where ${FILTER} order by ${by} limit @limit`)
        .all({ ...bind(filter), limit: limit ?? -1 })
        .map(messageOf);
    },
    async count(filter) {
      const count = connection.prepare<[Parameters], number>(
        `select count(*) from message m where ${FILTER}`,
      );
      return count.pluck().get(bind(filter)) ?? 0;
    },
    find: async (id) => find(connection, id),
    detail: async (id) => messageDetail(connection, find(connection, id)),
    async retry(ids, at) {
      write(connection, () => {
        for (const id of ids) retry(connection, find(connection, id), at);
      });
    },
    async giveUp(id, owner, at) {
      write(connection, () => giveUp(connection, find(connection, id), { owner, at }));
    },
  };
}

const messageOf = (row: LedgerRow): LedgerMessage => ({
  id: row.id,
  prospectId: row.prospect_id,
  person: row.person || `#${row.prospect_id}`,
  campaign: row.campaign,
  campaignStatus: row.campaign_status,
  mode: row.mode,
  step: row.step,
  channel: row.channel,
  kind: row.kind,
  state: row.state,
  to: row.recipient,
  subject: row.subject,
  body: row.body,
  source: row.source,
  template: row.template,
  provider: row.provider,
  providerId: row.provider_id,
  attempts: row.attempts,
  error: row.error,
  createdAt: row.created_at,
  claimedAt: row.claimed_at,
  sentAt: row.sent_at,
  enrolment: { status: row.enrolment_status, reason: row.enrolment_reason, step: row.enrolment_step },
});

function find(connection: Connection, id: number): LedgerMessage {
  const row = connection.prepare<[number], LedgerRow>(`${SELECT} where m.id = ?`).get(id);
  if (!row) throw usageError(`no message ${id}`, 'hector message list');
  return messageOf(row);
}

/** To be called inside a transaction. The time a person took to decide does not make the step too late. */
function retry(connection: Connection, message: LedgerMessage, at: number): void {
  const problem = retryProblem(message);
  if (problem !== null)
    throw usageError(`message ${message.id} ${problem}`, `hector message show ${message.id}`);
  const { own, others } = ofStep(connection, message.id);
  const other = own ? others.find((each) => each.own) : undefined;
  if (other)
    throw usageError(
      `message ${message.id} cannot be tried again: message ${other.id} has taken its place`,
      other.state === 'awaiting_operator'
        ? `hector task skip ${other.id}`
        : `hector message show ${other.id}`,
    );
  connection
    .prepare<[number]>(
      `update message set state = 'ready', idempotency_key = null, claimed_at = null, attempts = 0, error = null
       where id = ?`,
    )
    .run(message.id);
  // A text beside the step is no reason to ask a provider earlier than it wants to be asked.
  connection
    .prepare<[{ id: number; at: number; own: number }]>(
      `update enrolment set next_at = @at, step_at = @at, hold = null
       where id = (select enrolment_id from message where id = @id)
         and (@own = 1 or hold is null or hold not in ('provider_retry', 'checking'))`,
    )
    .run({ id: message.id, at, own: Number(own) });
}

interface StepMessage {
  id: number;
  state: MessageState;
  channel: Channel;
  step: string;
  version: number;
}

/** Whether it is the step's own or one beside it; and the step's other messages that may still go out, or have. */
function ofStep(
  connection: Connection,
  id: number,
): { own: boolean; others: { id: number; state: MessageState; own: boolean }[] } {
  const rows = connection
    .prepare<[number], StepMessage>(
      `select o.id, o.state, o.channel, o.step, c.scenario_version_id as version
       from message m join message o on o.enrolment_id = m.enrolment_id and o.step = m.step
       join campaign c on c.id = o.campaign_id
       where m.id = ? and (o.id = m.id or o.state not in ('failed', 'rejected', 'cancelled', 'expired', 'skipped'))`,
    )
    .all(id)
    .map(({ version, ...row }) => ({
      ...row,
      own: movesOn(versionOf(connection, version).scenario, row.step, row.channel),
    }));
  return {
    own: rows.find((row) => row.id === id)?.own === true,
    others: rows.filter((row) => row.id !== id),
  };
}

function retryProblem({ state, step, enrolment }: LedgerMessage): string | null {
  if (state !== 'failed' && state !== 'rejected' && state !== 'uncertain')
    return `is ${state}: only failed, rejected and uncertain ones can be tried again`;
  if (enrolment.status !== 'active' && enrolment.status !== 'paused')
    return `cannot be tried again: the person's campaign has ended (${enrolment.reason ?? enrolment.status})`;
  if (enrolment.step !== step)
    return `cannot be tried again: the person has gone on to step ${enrolment.step ?? 'none'}`;
  return null;
}

/** To be called inside a transaction. */
function giveUp(
  connection: Connection,
  { id, state }: LedgerMessage,
  { owner, at }: { owner: Owner; at: number },
): void {
  if (state !== 'sending')
    throw usageError(`message ${id} is ${state}, not sending`, `hector message show ${id}`);
  if (tickRuns(connection, owner))
    throw failure(`message ${id} may be under way: a tick is at work`, 'hector status');
  const record = createRecorder(connection, at);
  record({ messageId: id, result: 'uncertain', reason: 'left over by a tick that died', holds: false });
}
