import { editPerson, type NewValues } from '../../engine/import/edit.ts';
import type { Changes } from '../../engine/import/merge.ts';
import type { EditedPerson, PersonOutcome } from '../../engine/ports/people-changes.ts';
import { suppressionKeys } from '../../engine/suppression.ts';
import { usageError } from '../../errors.ts';
import type { Connection } from '../connection.ts';
import { ADDRESSES, liftedNo } from '../lifted-no.ts';
import { type PersonRow, readPerson, updatePerson } from '../person-row.ts';
import { prospectsById } from '../prospect-rows.ts';
import { stopSuppressed } from '../stop-suppressed.ts';
import { findSuppressed } from '../suppression-lookup.ts';
import { ChangedPeople } from '../wake.ts';
import { type EditRefusal, isLiftedNo, isTaken, isUnreachable } from './edit-refusals.ts';

type Edited = { ok: true; changes: Changes | null } | { ok: false; refusal: EditRefusal };

/** Edits inside one write(): who is refused is left as they were, and what follows for the others is done in the end. */
class Edits {
  readonly #connection: Connection;
  readonly #now: number;
  readonly #changed = new ChangedPeople();
  readonly #readdressed: number[] = [];
  readonly #read;
  readonly #lifted;

  constructor(connection: Connection, now: number) {
    this.#connection = connection;
    this.#now = now;
    this.#read = connection.prepare<[number], PersonRow & { legal_basis: string | null }>(
      'select * from prospect where id = ? and erased_at is null',
    );
    this.#lifted = liftedNo(connection, now);
  }

  /** @throws UserError for a number of nobody */
  edit(id: number, values: NewValues): Edited {
    const person = this.#read.get(id);
    if (!person) throw usageError(`no prospect #${id}`, 'hector prospect list');
    const changes = editPerson({ ...readPerson(person), legalBasis: person.legal_basis }, values);
    if (changes === null) return { ok: true, changes };
    const refusal = this.#refusal(person, changes);
    if (refusal) return { ok: false, refusal };
    updatePerson(this.#connection, person, changes.after, this.#now);
    const columns = Object.keys(changes.after);
    this.#changed.add(id, columns);
    if (ADDRESSES.some((address) => columns.includes(address))) this.#readdressed.push(id);
    return { ok: true, changes };
  }

  /** Before anything is written of them. */
  #refusal(person: PersonRow, { after }: Changes): EditRefusal | null {
    const later = { ...person, ...after };
    return (
      isTaken(this.#connection, person.id, after) ??
      isUnreachable(later) ??
      isLiftedNo(this.#lifted, person, later)
    );
  }

  /** How many texts are to be written anew. */
  finish(): number {
    const textsAnew = this.#changed.wake(this.#connection, this.#now);
    stopSuppressed(this.#connection, prospectsById(this.#connection, this.#readdressed), this.#now);
    return textsAnew;
  }
}

/** To be called inside write(). @throws UserError: see PeopleChanges.edit */
export function editProspect(
  connection: Connection,
  id: number,
  values: NewValues,
  now: number,
): EditedPerson {
  const edits = new Edits(connection, now);
  const edited = edits.edit(id, values);
  if (!edited.ok) throw edited.refusal.error();
  if (edited.changes === null) return { before: {}, after: {}, textsAnew: 0, suppressedBy: null };
  const textsAnew = edits.finish();
  const people = prospectsById(connection, [id]);
  stopSuppressed(connection, people, now);
  const keys = people.flatMap(suppressionKeys);
  const suppressedBy = findSuppressed(connection, [{ id, keys }], now).get(id) ?? null;
  return { ...withoutKeys(edited.changes), textsAnew, suppressedBy };
}

/** To be called inside write(), with people who are there. What became of each. */
export function editProspects(
  connection: Connection,
  ids: readonly number[],
  values: NewValues,
  now: number,
): Map<number, PersonOutcome['problem']> {
  const edits = new Edits(connection, now);
  const problems = new Map(
    ids.map((id) => {
      const edited = edits.edit(id, values);
      return [id, edited.ok ? null : edited.refusal.problem];
    }),
  );
  edits.finish();
  return problems;
}

/** Keys follow from the facts: nobody has typed them. */
function withoutKeys({ before, after }: Changes): Changes {
  const shown = (values: Changes['after']) =>
    Object.fromEntries(
      Object.entries(values).filter(([column]) => column !== 'company_key' && column !== 'phone_key'),
    );
  return { before: shown(before), after: shown(after) };
}
