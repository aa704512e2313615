import type { Prospect } from '../engine/model.ts';
import { DECIDING_FACTS } from '../engine/plan/deciding-facts.ts';
import { addressFor } from '../engine/plan/reach.ts';
import type { Envelope } from '../engine/ports/channels.ts';
import { RECKONED_WAITS } from '../engine/reasons.ts';
import { addressOf } from '../engine/texts/email.ts';
import { TEMPLATE_VARIABLES } from '../engine/texts/template-facts.ts';
import type { Connection } from './connection.ts';
import { prospectsById } from './prospect-rows.ts';
import { forgetTexts, NEVER_LEFT } from './unsent-texts.ts';

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

  /** To be called inside write(), with the change itself; forgets them. How many texts are to be written anew. */
  wake(connection: Connection, now: number): number {
    wakeWaiting(connection, [...this.#deciding], now);
    const texts =
      forgetMisaddressed(connection, [...this.#deciding], now) +
      forgetDrafts(connection, [...this.#shown], now);
    this.#deciding.clear();
    this.#shown.clear();
    return texts;
  }
}

/**
 * Whoever waits for a date is looked at with the next tick, which plans anew; nothing goes out before its date. A date
 * that a provider or a cap gave stands.
 */
function wakeWaiting(connection: Connection, prospectIds: readonly number[], now: number): void {
  if (prospectIds.length === 0) return;
  connection
    .prepare<[number, string, number, string]>(
      `update enrolment set next_at = ? where prospect_id in (select value from json_each(?)) and status = 'active'
         and next_at > ? and (hold is null or hold in (select value from json_each(?)))`,
    )
    .run(now, JSON.stringify(prospectIds), now, JSON.stringify(RECKONED_WAITS));
}

const OF_PEOPLE = 'prospect_id in (select value from json_each(:people))';

/**
 * A text to an address that is not theirs any more, and that surely never left, is written anew, whoever wrote it or
 * approved it. Hours and consent decide when a text may go out, not what it says.
 */
function forgetMisaddressed(connection: Connection, prospectIds: readonly number[], now: number): number {
  if (prospectIds.length === 0) return 0;
  const people = JSON.stringify(prospectIds);
  const texts = connection
    .prepare<[{ people: string }], { id: number; prospect_id: number; envelope: string }>(
      `select id, prospect_id, envelope from message where ${OF_PEOPLE} and ${NEVER_LEFT}`,
    )
    .all({ people });
  if (texts.length === 0) return 0;
  const prospects = new Map(prospectsById(connection, prospectIds).map((each) => [each.id, each]));
  const gone = texts.filter(({ prospect_id, envelope }) => {
    const prospect = prospects.get(prospect_id);
    return prospect !== undefined && !isTheirs(JSON.parse(envelope), prospect);
  });
  const ids = JSON.stringify(gone.map(({ id }) => id));
  return forgetTexts(connection, 'id in (select value from json_each(:ids))', { ids }, now);
}

function isTheirs(envelope: Envelope, prospect: Prospect): boolean {
  const address = addressFor(envelope.channel, prospect);
  switch (envelope.channel) {
    case 'email':
      return addressOf(envelope.to).toLowerCase() === address?.toLowerCase();
    case 'sms':
      return envelope.to === address;
    case 'linkedin':
      return envelope.profile === address;
  }
}

/**
 * What was approved is looked at again when it goes out; what still waits would be read in vain. What a person has
 * written stays: whoever approves it sees the new facts beside it.
 */
function forgetDrafts(connection: Connection, prospectIds: readonly number[], now: number): number {
  if (prospectIds.length === 0) return 0;
  const where = `${OF_PEOPLE} and state in ('awaiting_approval', 'draft') and facts_key is not null`;
  return forgetTexts(connection, where, { people: JSON.stringify(prospectIds) }, now);
}
