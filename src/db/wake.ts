import { DECIDING_FACTS } from '../engine/plan/deciding-facts.ts';
import { RECKONED_WAITS } from '../engine/reasons.ts';
import { TEMPLATE_VARIABLES } from '../engine/texts/template-facts.ts';
import type { Connection } from './connection.ts';
import { forgetTexts } from './unsent-texts.ts';

const DECIDING: readonly string[] = DECIDING_FACTS;

const isDeciding = (column: string): boolean => DECIDING.includes(column);
/** What a text may say of a person. */
const isShown = (column: string): boolean => /^custom\b/.test(column) || TEMPLATE_VARIABLES.includes(column);

/** Whose facts have changed, by what the change may matter to. */
export class ChangedPeople {
  readonly #deciding = new Set<number>();
  readonly #shown = new Set<number>();

  add(prospectId: number, columns: readonly string[]): void {
    if (columns.some(isDeciding)) this.#deciding.add(prospectId);
    if (columns.some(isShown)) this.#shown.add(prospectId);
  }

  /** To be called inside write(), with the change itself; forgets them. */
  wake(connection: Connection, now: number): void {
    wakeWaiting(connection, [...this.#deciding], now);
    forgetDrafts(connection, [...this.#shown], now);
    this.#deciding.clear();
    this.#shown.clear();
  }
}

/**
 * Whoever waits for a date is looked at with the next tick, which plans anew; nothing goes out before its date. A date
 * that a provider or a cap gave stands.
 */
function wakeWaiting(connection: Connection, prospectIds: readonly number[], now: number): void {
  if (prospectIds.length === 0) return;
  const people = JSON.stringify(prospectIds);
  connection
    .prepare<[number, string, number, string]>(
      `update enrolment set next_at = ? where prospect_id in (select value from json_each(?)) and status = 'active'
         and next_at > ? and (hold is null or hold in (select value from json_each(?)))`,
    )
    .run(now, people, now, JSON.stringify(RECKONED_WAITS));
  // A text that was written to the old address and surely never left is written anew.
  forgetTexts(connection, OF_PEOPLE, { people }, now);
}

const OF_PEOPLE = 'prospect_id in (select value from json_each(:people))';

/**
 * What was approved is looked at again when it goes out; what still waits would be read in vain. What a person has
 * written stays: whoever approves it sees the new facts beside it.
 */
function forgetDrafts(connection: Connection, prospectIds: readonly number[], now: number): void {
  if (prospectIds.length === 0) return;
  const where = `${OF_PEOPLE} and state in ('awaiting_approval', 'draft') and facts_key is not null`;
  forgetTexts(connection, where, { people: JSON.stringify(prospectIds) }, now);
}
