import type { Task } from '../../engine/ports/tasks.ts';
import type { NewMessage } from '../../engine/ports/ticks.ts';
import { type Connection, write } from '../connection.ts';
import { eventWriter } from '../events.ts';
import { replaceText } from '../replace-text.ts';
import { findTask, takeOpen } from './rows.ts';

/** As a person has written it: nothing of it is written anew by itself. */
export function storeEdit(connection: Connection, task: Task, body: string, at: number): Task {
  return write(connection, () => {
    takeOpen(connection, task);
    connection
      .prepare<[string, string, number]>(
        `update message set body = ?, envelope = json_set(envelope, '$.body', ?), source = 'operator', facts_key = null
         where id = ?`,
      )
      .run(body, body, task.messageId);
    record(connection, task, 'edited', at, {});
    return findTask(connection, task.messageId);
  });
}

/** Written anew; it stays the task it was. */
export function storeRewrite(
  connection: Connection,
  task: Task,
  { message, remark, at }: { message: NewMessage; remark: string; at: number },
): Task {
  return write(connection, () => {
    takeOpen(connection, task);
    const data = replaceText(connection, task.messageId, { message, remark });
    record(connection, task, 'rewritten', at, data);
    return findTask(connection, task.messageId);
  });
}

function record(
  connection: Connection,
  { messageId, enrolmentId, prospect, step, channel }: Task,
  type: 'edited' | 'rewritten',
  at: number,
  data: Record<string, string | number>,
): void {
  const campaignId = connection
    .prepare<[number], number>('select campaign_id from enrolment where id = ?')
    .pluck()
    .get(enrolmentId);
  eventWriter(connection)({
    ...{ type, at, messageId, enrolmentId, channel },
    prospectId: prospect.id,
    campaignId: campaignId ?? null,
    data: { step, ...data },
  });
}
