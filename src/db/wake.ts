import { DECIDING_FACTS } from '../engine/plan/deciding-facts.ts';
import { RECKONED_WAITS } from '../engine/reasons.ts';
import type { Connection } from './connection.ts';

const DECIDING: readonly string[] = DECIDING_FACTS;

export const isDeciding = (columns: readonly string[]): boolean =>
  columns.some((column) => DECIDING.includes(column));

/**
 * After a change of facts: whoever waits for a date is looked at with the next tick, which plans anew; nothing goes out
 * before its date. A date that a provider or a cap gave stands. Inside write().
 */
export function wake(connection: Connection, prospectIds: readonly number[], now: number): void {
  if (prospectIds.length === 0) return;
  connection
    .prepare<[number, string, number, string]>(
      `update enrolment set next_at = ? where prospect_id in (select value from json_each(?)) and status = 'active'
         and next_at > ? and (hold is null or hold in (select value from json_each(?)))`,
    )
    .run(now, JSON.stringify(prospectIds), now, JSON.stringify(RECKONED_WAITS));
  // A text that was written to the old address and surely never left is written anew.
  connection
    .prepare<[string]>(
      `delete from message where prospect_id in (select value from json_each(?)) and state = 'ready'
         and idempotency_key is null`,
    )
    .run(JSON.stringify(prospectIds));
}
