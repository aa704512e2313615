import type { UndoResult } from '../engine/ports/imports.ts';
import { failure, usageError } from '../errors.ts';
import type { Connection } from './connection.ts';
import { forgetAnswers } from './forget-answers.ts';
import { knownImports } from './known-imports.ts';
import { liftedNo } from './lifted-no.ts';
import { type PersonRow, readCustom, updatePerson } from './person-row.ts';
import { ChangedPeople } from './wake.ts';

interface ChangeRow {
  prospect_id: number;
  before: string;
  after: string;
}
type Values = Record<string, string | number | null>;

/** Inside a transaction. @throws UserError for an unknown import, or one that was taken back before. */
export function undoImport(connection: Connection, importId: number, now: number): UndoResult {
  const run = connection
    .prepare<[number], { status: string; file: string }>('select status, file from import_run where id = ?')
    .get(importId);
  if (!run)
    throw usageError(`no import ${importId}${knownImports(connection)}`, 'hector prospect import --help');
  if (run.status === 'undone')
    throw failure(`import ${importId} (${run.file}) was undone before`, 'hector prospect list');
  if (run.status === 'failed')
    throw failure(`import ${importId} (${run.file}) failed and left nothing behind`, 'hector prospect list');
  const result = undoRows(connection, importId, now);
  connection
    .prepare<[number, number]>("update import_run set status = 'undone', finished_at = ? where id = ?")
    .run(now, importId);
  return result;
}

/**
 * Removes whom the import created and restores what it changed, unless something has happened with them since. In
 * this order: somebody created may hold an address that an update had taken from another.
 */
export function undoRows(connection: Connection, importId: number, now: number): UndoResult {
  const { removed, kept } = removeCreated(connection, importId);
  return { removed, restored: restore(connection, importId, now), kept };
}

/** Last change first, so that what was overwritten twice ends as it began. */
function restore(connection: Connection, importId: number, now: number): number {
  const changes = connection
    .prepare<[number], ChangeRow>(
      'select prospect_id, before, after from import_change where import_id = ? order by rowid desc',
    )
    .all(importId);
  const read = connection.prepare<[number], PersonRow>('select * from prospect where id = ?');
  const restored = new Set<number>();
  const changed = new ChangedPeople();
  const lifted = liftedNo(connection, now);
  for (const change of changes) {
    const person = read.get(change.prospect_id);
    if (!person) continue;
    const columns = restoreOne(
      connection,
      person,
      { before: parse(change.before), after: parse(change.after) },
      lifted,
    );
    if (columns.length > 0) restored.add(person.id);
    changed.add(person.id, columns);
  }
  changed.wake(connection, now);
  return restored.size;
}

/** Only values that are still as the import set them: what a person has edited since is theirs. The columns restored. */
function restoreOne(
  connection: Connection,
  person: PersonRow,
  { before, after }: { before: Values; after: Values },
  lifted: ReturnType<typeof liftedNo>,
): string[] {
  const current: Values = { ...person, ...prefixed(readCustom(person.custom)) };
  const values: Values = {};
  for (const [name, set] of Object.entries(after)) {
    if (name === 'updated_at' || (current[name] ?? null) !== set) continue;
    const old = before[name] ?? null;
    if (!takenByOther(connection, name, old, person.id)) values[name] = old;
  }
  if (lifted(person, { ...person, ...values }) !== null)
    for (const address of ADDRESSES) delete values[address];
  if (Object.keys(values).length === 0) return [];
  const untouched = person.updated_at === after.updated_at && typeof before.updated_at === 'number';
  updatePerson(connection, person, values, untouched ? Number(before.updated_at) : person.updated_at);
  return Object.keys(values);
}

/** Somebody who said no by the address that the import had brought keeps it. */
const ADDRESSES = ['email', 'phone', 'mobile', 'linkedin', 'siren', 'siret', 'phone_key'];

const prefixed = (custom: Record<string, string>): Values =>
  Object.fromEntries(Object.entries(custom).map(([key, value]) => [`custom.${key}`, value]));

/** An address given back may have found another owner meanwhile. */
function takenByOther(
  connection: Connection,
  column: string,
  value: string | number | null,
  id: number,
): boolean {
  if (value === null || !['email', 'linkedin', 'phone_key'].includes(column)) return false;
  const other = connection
    .prepare<[string | number, number], { id: number }>(
      `select id from prospect where ${column} = ? and id <> ?`,
    )
    .get(value, id);
  return other !== undefined;
}

function parse(json: string): Values {
  const parsed: unknown = JSON.parse(json);
  if (typeof parsed !== 'object' || parsed === null) throw new Error('import_change is damaged');
  return Object.fromEntries(
    Object.entries(parsed).map(([key, value]) => [
      key,
      typeof value === 'number' || value === null ? value : String(value),
    ]),
  );
}

/**
 * Somebody with a message, with an event beyond being enrolled, in a campaign that has moved on, or completed by
 * a later import stays. The rest go, with their enrolments that nothing has happened to.
 */
const CREATED = 'select id from prospect where import_id = :importId';
const KEPT = `
  select prospect_id from message where prospect_id in (${CREATED})
  union select prospect_id from event where type <> 'enrolled' and prospect_id in (${CREATED})
  union select prospect_id from enrolment where status <> 'active' and prospect_id in (${CREATED})
  union select c.prospect_id from import_change c join import_run r on r.id = c.import_id
    where r.status in ('running', 'done') and c.import_id <> :importId and c.prospect_id in (${CREATED})`;

function removeCreated(connection: Connection, importId: number): { removed: number; kept: number } {
  connection.exec('create temp table if not exists leaving (id integer primary key)');
  connection.exec('delete from temp.leaving');
  connection
    .prepare<{ importId: number }>(`insert into temp.leaving ${CREATED} and id not in (${KEPT})`)
    .run({ importId });
  connection.exec('delete from event where prospect_id in (select id from temp.leaving)');
  connection.exec('delete from enrolment where prospect_id in (select id from temp.leaving)');
  forgetAnswers(connection, 'select id from temp.leaving');
  const { changes } = connection
    .prepare('delete from prospect where id in (select id from temp.leaving)')
    .run();
  const kept = connection
    .prepare<[number], { n: number }>('select count(*) as n from prospect where import_id = ?')
    .get(importId);
  connection.exec('drop table temp.leaving');
  return { removed: changes, kept: kept?.n ?? 0 };
}
