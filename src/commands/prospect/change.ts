import { type EnrolmentStatus, type Prospect, prospectName } from '../../engine/model.ts';
import type { EnrolmentView } from '../../engine/ports/people.ts';
import { failure, type UserError } from '../../errors.ts';
import { printable } from '../../io.ts';
import { enrolmentJson, statusWords } from './view.ts';

/** What pause and resume print with --json; stable keys: docs/json.md. */
export const changeJson = (person: Prospect, changed: readonly EnrolmentView[]) => ({
  id: person.id,
  name: prospectName(person),
  enrolments: changed.map(enrolmentJson),
});

/** Why there was nothing to pause or resume. */
export function nothingToChange(
  person: Prospect,
  instead: readonly EnrolmentView[],
  wanted: EnrolmentStatus,
): UserError {
  const states = instead.map((view) => `${statusWords(view)} in ${view.campaign}`).join(', ');
  return failure(
    printable(
      `${prospectName(person)} (#${person.id}) is ${wanted} in no campaign${states ? `: ${states}` : ''}`,
    ),
    `hector prospect show ${person.id}`,
  );
}
