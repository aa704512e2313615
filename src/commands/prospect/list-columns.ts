import { prospectName } from '../../engine/model.ts';
import type { EnrolmentView, PersonRow } from '../../engine/ports/people.ts';
import type { Column } from '../../io/table.ts';
import { isoOrNull, untilTouch } from '../../io/time.ts';
import { flagsOf, nextTouch, reachable, statusCodes, statusWords } from './view.ts';

const WHO: Column<PersonRow>[] = [
  { header: 'Id', align: 'right', value: ({ prospect }) => prospect.id },
  { header: 'Name', whole: true, value: ({ prospect }) => prospectName(prospect) },
  { header: 'Company', value: ({ prospect }) => prospect.company },
  { header: 'Title', drop: 4, value: ({ prospect }) => prospect.title },
  { header: 'By', drop: 3, whole: true, value: ({ prospect }) => reachable(prospect) },
  { header: 'Campaign', drop: 2, value: ({ enrolments }) => enrolments[0]?.campaign ?? null },
];
const FLAGS: Column<PersonRow> = { header: 'Flags', value: (row) => flagsOf(row).join(' ') };

const columns = (
  status: (enrolment: EnrolmentView) => string,
  next: (enrolment: EnrolmentView) => string | null,
): Column<PersonRow>[] => [
  ...WHO,
  {
    header: 'Status',
    whole: true,
    wrap: true,
    value: ({ enrolments: [first] }) => (first ? status(first) : null),
  },
  { header: 'Step', drop: 1, value: ({ enrolments }) => enrolments[0]?.step ?? null },
  { header: 'Next', whole: true, value: ({ enrolments: [first] }) => (first ? next(first) : null) },
  FLAGS,
];

/** A terminal is narrow: columns that nobody fills are left out. Words and relative times. @param now UTC ms */
export const terminalColumns = (rows: readonly PersonRow[], now: number): Column<PersonRow>[] =>
  columns(statusWords, (enrolment) => nextTouch(enrolment, (at) => untilTouch(at, now))).filter(({ value }) =>
    rows.some((row) => value(row)),
  );

/** Always the same, with codes and ISO times. */
export const PIPED_COLUMNS = columns(statusCodes, ({ nextAt }) => isoOrNull(nextAt));
