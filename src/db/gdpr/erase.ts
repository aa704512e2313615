import { blanked } from '../../engine/gdpr/blanked.ts';
import { isOwnReason } from '../../engine/gdpr/own-reason.ts';
import { tracesOf } from '../../engine/gdpr/traces.ts';
import { PROSPECT_FIELDS } from '../../engine/model.ts';
import type { Erased, ErasureCause } from '../../engine/ports/gdpr.ts';
import { failure } from '../../errors.ts';
import type { Connection } from '../connection.ts';
import { forgetAnswers } from '../forget-answers.ts';
import { prospectsById } from '../prospect-rows.ts';
import { stopEnrolments } from '../stop.ts';
import { forgetElsewhere } from './elsewhere.ts';
import { turnIntoFingerprints } from './fingerprints.ts';
import { UNSETTLED } from './scope.ts';

/**
 * Erases people: their facts go from every table; rows stay as far as reports count them. Inside write().
 * @throws UserError while a message to one of them is in a provider's hands
 */
export function erasePeople(
  connection: Connection,
  ids: readonly number[],
  cause: ErasureCause,
  now: number,
): Erased {
  const prospectIds = cause === 'purge' ? ids.filter(isIdle(connection)) : ids;
  refuseUnsettled(connection, prospectIds);
  const people = prospectsById(connection, prospectIds);
  const stopped = stopEnrolments(connection, { prospectIds, status: 'stopped', reason: 'removed', now });
  forgetElsewhere(connection, tracesOf(people));
  let fingerprints = 0;
  for (const person of people) {
    fingerprints += turnIntoFingerprints(connection, person, cause, now);
    forgetPerson(connection, person.id, now);
  }
  const messageIds = messagesOf(connection, prospectIds);
  return { people: people.length, stopped: stopped.enrolments, fingerprints, messageIds };
}

const messagesOf = (connection: Connection, prospectIds: readonly number[]): number[] =>
  connection
    .prepare<[string], number>('select id from message where prospect_id in (select value from json_each(?))')
    .pluck()
    .all(JSON.stringify(prospectIds));

/** Of all who were ever erased: whatever broke off before their files were removed. */
export const messagesOfErased = (connection: Connection): number[] =>
  connection
    .prepare<[], number>(
      `select m.id from prospect p cross join message m on m.prospect_id = p.id where p.erased_at is not null`,
    )
    .pluck()
    .all();

/** Somebody may have enrolled them since they were found: they are under way, and not purged. */
function isIdle(connection: Connection): (id: number) => boolean {
  const open = connection.prepare<[number], unknown>(
    "select 1 from enrolment where prospect_id = ? and status in ('active', 'paused') limit 1",
  );
  return (id) => open.get(id) === undefined;
}

function refuseUnsettled(connection: Connection, prospectIds: readonly number[]): void {
  const found = connection
    .prepare<[string], { id: number; prospectId: number }>(
      `select id, prospect_id as prospectId from message
       where prospect_id in (select value from json_each(?)) and ${UNSETTLED} limit 1`,
    )
    .get(JSON.stringify(prospectIds));
  if (found)
    throw failure(
      `message ${found.id} to #${found.prospectId} is being sent; once it is settled, try again`,
      'hector tick',
    );
}

const FACTS = [...PROSPECT_FIELDS, 'custom', 'company_key', 'phone_key', 'legal_basis'];

/** Rows about them alone. Inside write(). */
export function forgetPerson(connection: Connection, prospectId: number, now: number): void {
  forgetAnswers(connection, ':prospectId', { prospectId });
  connection.prepare<[number]>('delete from import_change where prospect_id = ?').run(prospectId);
  blankMessages(connection, prospectId);
  blankEvents(connection, prospectId);
  connection
    .prepare<[number, number, number]>(
      `update prospect set ${FACTS.map((column) => `${column} = null`).join(', ')}, erased_at = ?, updated_at = ?
       where id = ?`,
    )
    .run(now, now, prospectId);
}

/** The touch stays, by step and channel; what was said, to whom, and by which number the provider knows it, goes. */
function blankMessages(connection: Connection, prospectId: number): void {
  const update = connection.prepare<[string, number]>(
    `update message set subject = null, body = '', envelope = ?, writing = null, facts_key = null, provider_id = null,
       error = null, state = iif(state = 'uncertain', 'skipped', state) where id = ?`,
  );
  const rows = connection.prepare<[number], { id: number; envelope: string }>(
    'select id, envelope from message where prospect_id = ?',
  );
  for (const { id, envelope } of rows.all(prospectId))
    update.run(JSON.stringify(blanked(JSON.parse(envelope), ['channel', 'encoding'])), id);
}

/** A reason that is a word of ours stays; whatever else was said of it goes. */
function blankEvents(connection: Connection, prospectId: number): void {
  const update = connection.prepare<[string | null, number]>(
    'update event set data = ?, external_id = null where id = ?',
  );
  const rows = connection.prepare<[number], { id: number; reason: unknown }>(
    "select id, data ->> 'reason' as reason from event where prospect_id = ? and (data is not null or external_id is not null)",
  );
  for (const { id, reason } of rows.all(prospectId))
    update.run(typeof reason === 'string' && isOwnReason(reason) ? JSON.stringify({ reason }) : null, id);
}
