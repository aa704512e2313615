import { hasAddress } from '../../engine/import/edit.ts';
import type { Changes } from '../../engine/import/merge.ts';
import { prospectName } from '../../engine/model.ts';
import type { PeopleProblem } from '../../engine/ports/people-changes.ts';
import { failure, type UserError, usageError } from '../../errors.ts';
import type { Connection } from '../connection.ts';
import type { liftedNo } from '../lifted-no.ts';
import type { PersonRow } from '../person-row.ts';
import { prospectsById } from '../prospect-rows.ts';

/** Why a person stays as they are: in a word, where there are many of them, and in a line of its own for one. */
export interface EditRefusal {
  problem: PeopleProblem;
  error(): UserError;
}

const IDENTITIES = { email: 'e-mail address', linkedin: 'LinkedIn profile', phone_key: 'number and name' };

/** An address, or a number with a name, that somebody else is known by. */
export function isTaken(connection: Connection, id: number, after: Changes['after']): EditRefusal | null {
  for (const [column, what] of Object.entries(IDENTITIES)) {
    const value = after[column] ?? null;
    if (value === null) continue;
    const other = connection
      .prepare<[string, number], number>(`select id from prospect where ${column} = ? and id <> ?`)
      .pluck()
      .get(value, id);
    if (other !== undefined) return { problem: 'taken', error: () => takenBy(connection, what, other) };
  }
  return null;
}

function takenBy(connection: Connection, what: string, other: number): UserError {
  const [owner] = prospectsById(connection, [other]);
  return failure(
    `that ${what} is another person's: #${other} ${owner ? prospectName(owner) : ''}`.trim(),
    `hector prospect show ${other}`,
  );
}

export function isUnreachable(later: PersonRow): EditRefusal | null {
  if (hasAddress(later)) return null;
  const { id } = later;
  return {
    problem: 'no_address',
    error: () => usageError(`#${id} would be left without any address`, `hector prospect remove ${id}`),
  };
}

/** Another address must not bring them back, not even once an entry of its own has expired. */
export function isLiftedNo(
  lifted: ReturnType<typeof liftedNo>,
  person: PersonRow,
  later: PersonRow,
): EditRefusal | null {
  const entry = lifted(person, later);
  if (!entry) return null;
  return {
    problem: 'lifted_no',
    error: () =>
      failure(
        `#${person.id} is on the blacklist by ${entry.kind} ${entry.value}, which this would take from them: put the new address there first`,
        'hector blacklist add ADDRESS',
      ),
  };
}
