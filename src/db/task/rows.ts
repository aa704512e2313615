import type { Channel, MessageState } from '../../engine/model.ts';
import { PROSPECT_FIELDS } from '../../engine/model.ts';
import type { Task } from '../../engine/ports/tasks.ts';
import { usageError } from '../../errors.ts';
import type { Connection } from '../connection.ts';
import { type ProspectRow, prospectOf } from '../rows.ts';

export interface TaskRow extends ProspectRow {
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
  later_at: number | null;
}

export const PERSON_COLUMNS = ['id', 'custom', 'company_key', ...PROSPECT_FIELDS]
  .map((name) => `p.${name}`)
  .join(', ');

export const TASK_COLUMNS = `m.id as message_id, m.enrolment_id, c.name as campaign_name, m.mode, m.step, m.channel,
  m.kind, m.state, m.body, m.subject, m.error, m.created_at, m.claimed_at, m.later_at, ${PERSON_COLUMNS}`;

/** The columns that go by another name in the engine; the others are named alike, or belong to the person. */
export const taskOf = (row: TaskRow): Task => {
  const { message_id, enrolment_id, campaign_name, created_at, claimed_at, later_at, ...rest } = row;
  const { mode, step, channel, kind, state, body, subject, error, ...prospect } = rest;
  return {
    messageId: message_id,
    enrolmentId: enrolment_id,
    campaign: campaign_name,
    createdAt: created_at,
    claimedAt: claimed_at,
    laterAt: later_at,
    ...{ mode, step, channel, kind, state, body, subject, error },
    prospect: prospectOf(prospect),
  };
};

export function findTask(connection: Connection, messageId: number, cancelled = false): Task {
  const row = connection
    .prepare<[number, number], Omit<TaskRow, 'state'> & { state: MessageState }>(
      `select ${TASK_COLUMNS} from message m join campaign c on c.id = m.campaign_id
       join prospect p on p.id = m.prospect_id
       where m.id = ? and (m.state in ('awaiting_operator', 'uncertain')
         or (? = 1 and m.state = 'cancelled' and m.channel = 'linkedin'))`,
    )
    .get(messageId, Number(cancelled));
  // Taken back, it is still in the hands of whoever says what became of it.
  const state = row?.state === 'uncertain' ? 'uncertain' : 'awaiting_operator';
  return row ? taskOf({ ...row, state }) : notOpen(messageId, stateOf(connection, messageId));
}

/** Two people working the same list: only the first confirmation counts. */
export function takeOpen(connection: Connection, task: Task, alsoFrom: readonly MessageState[] = []): void {
  const state = stateOf(connection, task.messageId);
  if (state !== task.state && !alsoFrom.some((other) => other === state)) notOpen(task.messageId, state);
}

const stateOf = (connection: Connection, messageId: number): MessageState | undefined =>
  connection.prepare<[number], MessageState>('select state from message where id = ?').pluck().get(messageId);

function notOpen(messageId: number, state: MessageState | undefined): never {
  throw usageError(
    state === undefined ? `no task ${messageId}` : `task ${messageId} is not open any more: it is ${state}`,
    'hector task list',
  );
}
