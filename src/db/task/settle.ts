import type { EventType } from '../../engine/model.ts';
import type { Task, TaskAct } from '../../engine/ports/tasks.ts';
import type { Advance } from '../../engine/ports/ticks.ts';
import { usageError } from '../../errors.ts';
import { type Connection, write } from '../connection.ts';
import { eventWriter } from '../events.ts';
import { invitationCloser } from '../linkedin/close-invitations.ts';
import { stopEnrolments } from '../stop.ts';
import { createRecorder } from '../tick/record.ts';
import { wakeWhoWaits } from './accepted.ts';
import { takeOpen } from './rows.ts';
import { undoably } from './undoable.ts';

export function recordDone(
  connection: Connection,
  task: Task,
  { body, advance, at }: { body: string; advance: Advance | null; at: number },
): number {
  const of = { messageId: task.messageId, prospectId: task.prospect.id };
  return write(connection, () => {
    takeOpen(connection, task, ['cancelled']);
    return undoably(connection, { act: 'sent', ...of, wording: body }, () => {
      // Who pastes a text sees it arrive; of the others only the provider knows.
      const delivered = task.state === 'awaiting_operator';
      const { messageId } = task;
      createRecorder(connection, at)({ messageId, result: 'sent', providerId: null, delivered, advance });
    });
  });
}

/** The planner takes the step as done (`already_touched`) and goes on from there. */
export const recordSkip = (connection: Connection, task: Task, reason: string, at: number): number =>
  settle(connection, task, { act: 'skipped' }, () => {
    close(connection, task, { state: 'skipped', reason, at });
    event(connection, task, 'skipped', at, { step: task.step, reason });
  });

/**
 * As when a provider refuses an address for good: the planner takes the step's fallback, or passes it over. The profile
 * that this text was for is not used again (db/tick/lost-profiles.ts).
 */
export function recordNotFound(connection: Connection, task: Task, at: number): number {
  const reason = 'profile not found';
  refuseOthers(task);
  return settle(connection, task, { act: 'not_found' }, () => {
    close(connection, task, { state: 'rejected', reason, at });
    event(connection, task, 'not_found', at, { step: task.step, reason });
  });
}

/** This invitation is needless, and any other; whatever waits for an acceptance goes on, in any campaign. */
export function recordConnected(connection: Connection, task: Task, at: number): number {
  const reason = 'connected already';
  const { messageId, prospect } = task;
  if (task.kind !== 'invitation')
    throw usageError(`task ${messageId} is no invitation`, `hector task accepted '#${prospect.id}'`);
  return settle(connection, task, { act: 'connected', watchesActive: true }, () => {
    close(connection, task, { state: 'skipped', reason, at });
    event(connection, task, 'connected', at, { step: task.step });
    event(connection, task, 'skipped', at, { step: task.step, reason });
    wakeWhoWaits(connection, prospect.id, at);
    invitationCloser(connection, at, task.mode)(prospect.id);
  });
}

export const recordStop = (connection: Connection, task: Task, at: number): number =>
  settle(connection, task, { act: 'stopped' }, () => {
    const stop = { status: 'stopped', reason: 'removed', now: at } as const;
    const { enrolments } = stopEnrolments(connection, { prospectIds: [task.prospect.id], ...stop });
    // A text beside the last step, of somebody who has no enrolment left to end.
    if (enrolments === 0) event(connection, task, 'stopped', at, { step: task.step, reason: 'removed' });
  });

function settle(
  connection: Connection,
  task: Task,
  act: { act: TaskAct; watchesActive?: boolean },
  body: () => void,
): number {
  return write(connection, () => {
    takeOpen(connection, task);
    return undoably(connection, { ...act, messageId: task.messageId, prospectId: task.prospect.id }, body);
  });
}

export function putOff(connection: Connection, task: Task, until: number): null {
  refuseOthers(task);
  write(connection, () => {
    takeOpen(connection, task);
    connection
      .prepare<[number, number]>('update message set later_at = ? where id = ?')
      .run(until, task.messageId);
  });
  return null;
}

/** Of what was perhaps sent, only that can be said. */
function refuseOthers({ messageId, channel, state }: Task): void {
  if (channel === 'linkedin' && state === 'awaiting_operator') return;
  throw usageError(
    `task ${messageId} is no LinkedIn text to paste: it was perhaps sent by ${channel}`,
    `hector message show ${messageId}`,
  );
}

interface Closed {
  state: 'skipped' | 'rejected';
  reason: string;
  at: number;
}

function close(connection: Connection, task: Task, { state, reason, at }: Closed): void {
  connection
    .prepare<[string, string, number]>('update message set state = ?, error = ? where id = ?')
    .run(state, reason, task.messageId);
  connection
    .prepare<[number, number, string]>(
      "update enrolment set next_at = ?, hold = null where id = ? and step = ? and status = 'active'",
    )
    .run(at, task.enrolmentId, task.step);
}

function event(
  connection: Connection,
  task: Task,
  type: EventType,
  at: number,
  data: Record<string, string>,
): void {
  const campaignId = connection
    .prepare<[number], number>('select campaign_id from message where id = ?')
    .pluck()
    .get(task.messageId);
  eventWriter(connection)({
    type,
    at,
    prospectId: task.prospect.id,
    campaignId: campaignId ?? null,
    enrolmentId: task.enrolmentId,
    messageId: task.messageId,
    channel: task.channel,
    data,
  });
}
