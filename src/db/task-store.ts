import type { CampaignMode, Channel, MessageState } from '../engine/model.ts';
import { PROSPECT_FIELDS } from '../engine/model.ts';
import type { Task, TaskFilter, TaskStore } from '../engine/ports/tasks.ts';
import { failure, usageError } from '../errors.ts';
import { findCampaign } from './campaign-store.ts';
import { type Connection, write } from './connection.ts';
import { eventWriter } from './events.ts';
import { openMessages } from './open-messages.ts';
import { type ProspectRow, prospectOf } from './rows.ts';
import { stopEnrolments } from './stop.ts';
import { stopSuppressed } from './stop-suppressed.ts';
import { snapshotOf } from './tick/due.ts';
import { createRecorder } from './tick/record.ts';

interface TaskRow extends ProspectRow {
  message_id: number;
  enrolment_id: number;
  campaign_name: string;
  mode: Task['mode'];
  step: string;
  channel: Channel;
  kind: string;
  state: Task['state'];
  body: string;
  subject: string | null;
  error: string | null;
  created_at: number;
  claimed_at: number | null;
}

const COLUMNS = `m.id as message_id, m.enrolment_id, c.name as campaign_name, m.mode, m.step, m.channel, m.kind, m.state,
  m.body, m.subject, m.error, m.created_at, m.claimed_at,
  ${['id', 'custom', 'company_key', ...PROSPECT_FIELDS].map((name) => `p.${name}`).join(', ')}`;

/**
 * `cross join` keeps the order: the few open messages lead, through their partial index. What stands beside the last
 * step (`also`) outlives the enrolment.
 */
const OPEN_TASKS = `from message m indexed by message_open
  cross join enrolment e on e.id = m.enrolment_id and e.status in ('active', 'completed')
  cross join campaign c on c.id = m.campaign_id and c.status = 'running'
  cross join prospect p on p.id = m.prospect_id
  where ${openMessages('m')} and m.state in ('awaiting_operator', 'uncertain')
    and (@campaign is null or m.campaign_id = @campaign) and (@channel is null or m.channel = @channel)`;

/** @param now the clock, UTC ms, for what listing finds out by itself */
export function createTaskStore(connection: Connection, now: () => number): TaskStore {
  const bind = (filter: TaskFilter) => ({
    campaign: filter.campaign === null ? null : findCampaign(connection, filter.campaign).id,
    channel: filter.channel,
  });
  return {
    async list(filter, limit, except = []) {
      const read = connection.prepare<[Record<string, string | number | null>], TaskRow>(
        `select ${COLUMNS} ${OPEN_TASKS} and m.id not in (select value from json_each(@except))
         order by m.created_at, m.id limit @limit`,
      );
      const parameters = { ...bind(filter), except: JSON.stringify(except), limit: limit ?? -1 };
      for (;;) {
        const tasks = read.all(parameters).map(taskOf);
        const people = tasks.map(({ prospect }) => prospect);
        if (!stopSuppressed(connection, people, now())) return tasks;
      }
    },
    async count(filter) {
      return (
        connection
          .prepare<[Record<string, string | number | null>], number>(`select count(*) ${OPEN_TASKS}`)
          .pluck()
          .get(bind(filter)) ?? 0
      );
    },
    find: async (messageId) => findTask(connection, messageId),
    async snapshot(enrolmentId) {
      const snapshot = snapshotOf(connection, enrolmentId);
      if (!snapshot) throw failure(`no enrolment ${enrolmentId}`, 'hector task list');
      return snapshot;
    },
    async done(task, { body, advance, at }) {
      write(connection, () => {
        takeOpen(connection, task, ['cancelled']);
        connection
          .prepare<[string, number]>('update message set body = ? where id = ?')
          .run(body, task.messageId);
        const record = createRecorder(connection, at);
        // Who pastes a text sees it arrive; of the others only the provider knows.
        const delivered = task.state === 'awaiting_operator';
        record({ messageId: task.messageId, result: 'sent', providerId: null, delivered, advance });
      });
    },
    skip: async (task, reason, at) => skipTask(connection, task, reason, at),
    async stop(task, at) {
      write(connection, () => {
        takeOpen(connection, task);
        stopEnrolments(connection, {
          prospectIds: [task.prospect.id],
          status: 'stopped',
          reason: 'removed',
          now: at,
        });
      });
    },
    accepted: async (prospectId, at) => recordAccepted(connection, prospectId, at),
  };
}

/** The columns that go by another name in the engine; the others are named alike, or belong to the person. */
const taskOf = ({
  message_id,
  enrolment_id,
  campaign_name,
  created_at,
  claimed_at,
  ...row
}: TaskRow): Task => {
  const { mode, step, channel, kind, state, body, subject, error, ...prospect } = row;
  return {
    messageId: message_id,
    enrolmentId: enrolment_id,
    campaign: campaign_name,
    createdAt: created_at,
    claimedAt: claimed_at,
    ...{ mode, step, channel, kind, state, body, subject, error },
    prospect: prospectOf(prospect),
  };
};

function findTask(connection: Connection, messageId: number): Task {
  const row = connection
    .prepare<[number], TaskRow>(
      `select ${COLUMNS} from message m join campaign c on c.id = m.campaign_id join prospect p on p.id = m.prospect_id
       where m.id = ? and m.state in ('awaiting_operator', 'uncertain')`,
    )
    .get(messageId);
  if (row) return taskOf(row);
  const state = connection
    .prepare<[number], string>('select state from message where id = ?')
    .pluck()
    .get(messageId);
  throw usageError(
    state === undefined ? `no task ${messageId}` : `task ${messageId} is not open any more: it is ${state}`,
    'hector task list',
  );
}

/** Two people working the same list: only the first confirmation counts. */
function takeOpen(connection: Connection, task: Task, alsoFrom: readonly MessageState[] = []): void {
  const state = connection
    .prepare<[number], MessageState>('select state from message where id = ?')
    .pluck()
    .get(task.messageId);
  if (state !== task.state && !alsoFrom.some((other) => other === state))
    throw usageError(
      `task ${task.messageId} is not open any more: it is ${state ?? 'gone'}`,
      'hector task list',
    );
}

/** The planner takes the step as done (`already_touched`) and goes on from there. */
function skipTask(connection: Connection, task: Task, reason: string, at: number): void {
  write(connection, () => {
    takeOpen(connection, task);
    connection
      .prepare<[string, number]>("update message set state = 'skipped', error = ? where id = ?")
      .run(reason, task.messageId);
    connection
      .prepare<[number, number, string]>(
        "update enrolment set next_at = ?, hold = null where id = ? and step = ? and status = 'active'",
      )
      .run(at, task.enrolmentId, task.step);
    const campaignId = connection
      .prepare<[number], number>('select campaign_id from message where id = ?')
      .pluck()
      .get(task.messageId);
    eventWriter(connection)({
      type: 'skipped',
      at,
      prospectId: task.prospect.id,
      campaignId: campaignId ?? null,
      enrolmentId: task.enrolmentId,
      messageId: task.messageId,
      channel: task.channel,
      data: { step: task.step, reason },
    });
  });
}

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
function recordAccepted(connection: Connection, prospectId: number, at: number): boolean {
  return write(connection, () => {
    const invited = connection
      .prepare<[number], Invited>(
        `select id, enrolment_id, campaign_id, mode from message
         where prospect_id = ? and channel = 'linkedin' and sent_at is not null
         order by mode = 'live' desc, sent_at desc limit 1`,
      )
      .get(prospectId);
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
    if (known) return false;
    eventWriter(connection)({
      type: 'accepted',
      at,
      prospectId,
      campaignId: invited.campaign_id,
      enrolmentId: invited.enrolment_id,
      messageId: invited.id,
      channel: 'linkedin',
    });
    connection
      .prepare<[number, number]>(
        `update enrolment set next_at = ? where prospect_id = ? and status = 'active' and hold = 'condition_pending'`,
      )
      .run(at, prospectId);
    return true;
  });
}
