import { isOwnHeader } from '../../engine/import/columns.ts';
import { knownHeader } from '../../engine/import/headers.ts';
import { PROSPECT_FIELDS, prospectName } from '../../engine/model.ts';
import { EVERYBODY, type PeopleStore, type PersonRow } from '../../engine/ports/people.ts';
import { didYouMean } from '../../engine/suggest.ts';
import { profileUrl } from '../../engine/texts/linkedin.ts';
import { usageError } from '../../errors.ts';
import type { CsvColumn } from '../../io/csv.ts';
import { isoOrNull } from '../../io/time.ts';
import { flagsOf, reachable, statedBasis } from './view.ts';

const LEGAL_BASIS: CsvColumn<PersonRow> = { header: 'legal_basis', value: statedBasis };

/** Where people stand; an import ignores what begins with `hector_`. */
const STANDING: CsvColumn<PersonRow>[] = [
  { header: 'hector_id', value: ({ prospect }) => prospect.id },
  { header: 'hector_campaign', value: ({ enrolments }) => enrolments[0]?.campaign ?? null },
  { header: 'hector_status', value: ({ enrolments }) => enrolments[0]?.status ?? null },
  { header: 'hector_reason', value: ({ enrolments }) => enrolments[0]?.reason ?? null },
  { header: 'hector_step', value: ({ enrolments }) => enrolments[0]?.step ?? null },
  { header: 'hector_next_at', value: ({ enrolments }) => isoOrNull(enrolments[0]?.nextAt ?? null) },
  { header: 'hector_flags', value: (row) => flagsOf(row).join(' ') || null },
];

/** Only where they are named: what other columns say already. */
const ON_REQUEST: CsvColumn<PersonRow>[] = [
  { header: 'hector_name', value: ({ prospect }) => prospectName(prospect) || null },
  { header: 'hector_by', value: ({ prospect }) => reachable(prospect) || null },
  { header: 'hector_hold', value: ({ enrolments }) => enrolments[0]?.hold ?? null },
];

/** Headers an import knows: the facts by their names, custom fields by their keys. */
export function allColumns(customFields: readonly string[]): CsvColumn<PersonRow>[] {
  const facts = PROSPECT_FIELDS.map(
    (field): CsvColumn<PersonRow> => ({
      header: field,
      value: ({ prospect }) =>
        field === 'linkedin' && prospect.linkedin ? profileUrl(prospect.linkedin) : prospect[field],
    }),
  );
  const others = customFields.filter((key) => key !== LEGAL_BASIS.header);
  const custom = others.map(
    (key): CsvColumn<PersonRow> => ({
      // A plain key that reads as the name of a fact would come back as that fact.
      header: knownHeader(key) || isOwnHeader(key) ? `custom.${key}` : key,
      value: ({ prospect }) => prospect.custom[key] ?? null,
    }),
  );
  return [...facts, LEGAL_BASIS, ...custom, ...STANDING];
}

/**
 * `status` names `hector_status`, `ca_m` and `custom.ca_m` a custom field that anybody has.
 * @throws UserError with the nearest name
 */
export async function chosenColumns(
  store: PeopleStore,
  names: readonly string[],
  next: string,
): Promise<CsvColumn<PersonRow>[]> {
  const own = [...allColumns([]), ...ON_REQUEST];
  const isOwn = names.every((name) => find(own, name) !== undefined);
  const all = isOwn ? own : [...allColumns(await store.customFields(EVERYBODY)), ...ON_REQUEST];
  return names.map((name) => {
    const column = find(all, name);
    if (column) return column;
    const headers = all.map(({ header }) => header.replace(/^hector_/, ''));
    throw usageError(`no column "${name}"${didYouMean(name, headers)}`, next);
  });
}

const find = (columns: readonly CsvColumn<PersonRow>[], name: string): CsvColumn<PersonRow> | undefined =>
  columns.find(({ header }) =>
    [header, header.replace(/^(?:hector_|custom\.)/, ''), `custom.${header}`].includes(name),
  );

/** `a, b,c` as it is typed. */
export const columnNames = (text: string): string[] =>
  text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
