import type { FoundSending, TakeOptions } from '../../engine/ports/linkedin.ts';
import { afterTouch, movesOn } from '../../engine/tick/advance.ts';
import type { Connection } from '../connection.ts';
import { undoably } from '../task/undoable.ts';
import { snapshotOf } from '../tick/due.ts';
import { createRecorder } from '../tick/record.ts';

interface OpenTask {
  enrolment_id: number;
  step: string;
  body: string;
}

const openTask = (connection: Connection, messageId: number): OpenTask | undefined =>
  connection
    .prepare<[number], OpenTask>(
      `select enrolment_id, step, body from message
       where id = ? and state = 'awaiting_operator' and channel = 'linkedin' and mode = 'live'`,
    )
    .get(messageId);

export const isOpen = (connection: Connection, messageId: number): boolean =>
  openTask(connection, messageId) !== undefined;

/**
 * The task was sent, on the day that LinkedIn tells. The next wait counts from then, but not from before the touch that
 * came before it; and nobody is too late for a step that becomes theirs only now. It can be taken back as what a person
 * says of a task. Inside write(). False: it is open no more.
 */
export function recordSending(
  connection: Connection,
  { messageId, prospectId, at: told, body }: FoundSending,
  { rules, now }: TakeOptions,
): boolean {
  const task = openTask(connection, messageId);
  const snapshot = task && snapshotOf(connection, task.enrolment_id, now);
  if (!task || !snapshot) return false;
  const at = Math.min(told, now);
  const touchedAt = Math.max(at, snapshot.enrolment.anchorAt);
  const advance = movesOn(snapshot.version.scenario, task.step, 'linkedin')
    ? afterTouch(snapshot, task.step, touchedAt, rules)
    : null;
  const wording = body ?? task.body;
  undoably(connection, { act: 'sent', messageId, prospectId, wording }, () => {
    const record = createRecorder(connection, at);
    record({ messageId, result: 'sent', providerId: null, delivered: true, advance });
    connection
      .prepare<[number, number]>(
        "update enrolment set step_at = ? where id = ? and status in ('active', 'paused')",
      )
      .run(now, task.enrolment_id);
  });
  return true;
}
