import type { NewMessage } from '../engine/ports/ticks.ts';
import type { Connection } from './connection.ts';
import { TEXT_COLUMNS, textValues } from './text-columns.ts';

/**
 * Another text in the place of one that has not gone out. To be called inside write(), after a look at what became of it.
 * @returns what goes with the event: the remark, and what the text before has cost, which is kept nowhere else
 */
export function replaceText(
  connection: Connection,
  messageId: number,
  { message, remark }: { message: NewMessage; remark: string | null },
): { reason?: string; cost_before: number } {
  const cost = connection
    .prepare<[number], number | null>("select writing ->> 'cost' from message where id = ?")
    .pluck()
    .get(messageId);
  connection
    .prepare<(string | number | null)[]>(
      `update message set (${TEXT_COLUMNS}) = (?, ?, ?, ?, ?, ?, ?, ?) where id = ? and state in ('awaiting_approval', 'awaiting_operator')`,
    )
    .run(...textValues(message), messageId);
  return { ...(remark === null ? {} : { reason: remark }), cost_before: cost ?? 0 };
}
