import { editPerson, hasAddress, type NewValues } from '../../engine/import/edit.ts';
import type { Changes } from '../../engine/import/merge.ts';
import { type Prospect, prospectName } from '../../engine/model.ts';
import type { EditedPerson } from '../../engine/ports/people-changes.ts';
import { suppressionKeys } from '../../engine/suppression.ts';
import { failure, usageError } from '../../errors.ts';
import type { Connection } from '../connection.ts';
import { liftedNo } from '../lifted-no.ts';
import { type PersonRow, readPerson, updatePerson } from '../person-row.ts';
import { prospectsById } from '../prospect-rows.ts';
import { stopSuppressed } from '../stop-suppressed.ts';
import { findSuppressed } from '../suppression-lookup.ts';
import { ChangedPeople } from '../wake.ts';

/** To be called inside write(). @throws UserError: see PeopleChanges.edit */
export function editProspect(
  connection: Connection,
  id: number,
  values: NewValues,
  now: number,
): EditedPerson {
  const person = connection
    .prepare<[number], PersonRow & { legal_basis: string | null }>(
      'select * from prospect where id = ? and erased_at is null',
    )
    .get(id);
  if (!person) throw usageError(`no prospect #${id}`, 'hector prospect list');
  const changes = editPerson({ ...readPerson(person), legalBasis: person.legal_basis }, values);
  if (changes === null) return { before: {}, after: {}, textsAnew: 0, suppressedBy: null };
  refuseTaken(connection, id, changes);
  const [before] = prospectsById(connection, [id]);
  updatePerson(connection, person, changes.after, now);
  const [after] = prospectsById(connection, [id]);
  if (!before || !after) throw new Error(`prospect ${id} is gone`);
  refuseUnreachable(after);
  refuseLiftedNo(connection, before, after, now);
  const changed = new ChangedPeople();
  changed.add(id, Object.keys(changes.after));
  const textsAnew = changed.wake(connection, now);
  stopSuppressed(connection, [after], now);
  const suppressedBy =
    findSuppressed(connection, [{ id, keys: suppressionKeys(after) }], now).get(id) ?? null;
  return { ...withoutKeys(changes), textsAnew, suppressedBy };
}

/** Keys follow from the facts: nobody has typed them. */
function withoutKeys({ before, after }: Changes): Changes {
  const shown = (values: Changes['after']) =>
    Object.fromEntries(
      Object.entries(values).filter(([column]) => column !== 'company_key' && column !== 'phone_key'),
    );
  return { before: shown(before), after: shown(after) };
}

const IDENTITIES = { email: 'e-mail address', linkedin: 'LinkedIn profile', phone_key: 'number and name' };

function refuseTaken(connection: Connection, id: number, { after }: Changes): void {
  for (const [column, what] of Object.entries(IDENTITIES)) {
    const value = after[column] ?? null;
    if (value === null) continue;
    const other = connection
      .prepare<[string, number], number>(`select id from prospect where ${column} = ? and id <> ?`)
      .pluck()
      .get(value, id);
    if (other === undefined) continue;
    const [owner] = prospectsById(connection, [other]);
    throw failure(
      `that ${what} is another person's: #${other} ${owner ? prospectName(owner) : ''}`.trim(),
      `hector prospect show ${other}`,
    );
  }
}

function refuseUnreachable(after: Prospect): void {
  if (!hasAddress(after))
    throw usageError(`#${after.id} would be left without any address`, `hector prospect remove ${after.id}`);
}

/** Another address must not bring them back, not even once an entry of its own has expired. */
function refuseLiftedNo(connection: Connection, before: Prospect, after: Prospect, now: number): void {
  const entry = liftedNo(connection, now)(before, after);
  if (!entry) return;
  throw failure(
    `#${after.id} is on the blacklist by ${entry.kind} ${entry.value}, which this would take from them: put the new address there first`,
    'hector blacklist add ADDRESS',
  );
}
