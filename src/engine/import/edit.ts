import { PROSPECT_FIELDS, type ProspectFacts, type ProspectField } from '../model.ts';
import { companyKey, phoneKey } from './company-key.ts';
import type { Changes, StoredPerson } from './merge.ts';
import { readTyped, type TypedFacts } from './typed.ts';

/** What is to be other than it is, by field, `custom.key` or `legal_basis`; null takes it out. */
export type NewValues = Record<string, string | null>;

/** Facts that are read together: what is said of one may change the other. */
const TOGETHER: readonly (readonly ProspectField[])[] = [
  ['phone', 'mobile'],
  ['siren', 'siret'],
];
/** Without an address nothing is read at all, and without the country no phone. */
const CARRIED: readonly ProspectField[] = [
  'email',
  'linkedin',
  'phone',
  'mobile',
  'siren',
  'siret',
  'country',
];

/**
 * What typed facts come to beside those that are known: in the form in which an import stores them.
 * @param unset fields and `custom.key` to be emptied
 * @param home ISO 3166 alpha-2: the country of phones where no country is known
 */
export function typedValues(
  stored: ProspectFacts,
  typed: TypedFacts,
  unset: readonly string[],
  home: string,
): { ok: true; values: NewValues } | { ok: false; problem: string } {
  const values: NewValues = Object.fromEntries(unset.map((name) => [name, null]));
  if (Object.keys(typed).length === 0) return { ok: true, values };
  const carried = CARRIED.flatMap((field): [string, string][] => {
    const value = unset.includes(field) ? null : stored[field];
    return value === null ? [] : [[field, value]];
  });
  const read = readTyped({ ...Object.fromEntries(carried), ...typed }, home);
  if (!read.ok) return read;
  const { facts, custom } = read.row;
  const names = Object.keys(typed);
  for (const field of PROSPECT_FIELDS) {
    const group = TOGETHER.find((each) => each.includes(field)) ?? [field];
    if (!group.some((each) => names.includes(each))) continue;
    if (!unset.includes(field) || facts[field] !== null) values[field] = facts[field];
  }
  for (const [key, value] of Object.entries(custom ?? {})) values[`custom.${key}`] = value;
  return { ok: true, values };
}

/** What these values change of a person, with the keys that follow from them; null: nothing. */
export function editPerson(
  stored: StoredPerson & { legalBasis: string | null },
  values: NewValues,
): Changes | null {
  const changes: Changes = { before: {}, after: {} };
  const change = (column: string, before: string | null, after: string | null): void => {
    if (before === after) return;
    changes.before[column] = before;
    changes.after[column] = after;
  };
  const facts = { ...stored.facts };
  for (const [name, value] of Object.entries(values)) {
    const field = PROSPECT_FIELDS.find((each) => each === name);
    if (field) {
      change(field, stored.facts[field], value);
      facts[field] = value;
    } else if (name === 'legal_basis') change(name, stored.legalBasis, value);
    else if (name.startsWith('custom.')) change(name, customOf(stored, name.slice(7)), value);
  }
  if (Object.keys(changes.after).length === 0) return null;
  change('company_key', stored.companyKey, companyKey(facts));
  change('phone_key', stored.phoneKey, newPhoneKey(stored.phoneKey, facts));
  return changes;
}

const customOf = ({ custom }: StoredPerson, key: string): string | null =>
  Object.hasOwn(custom, key) ? (custom[key] ?? null) : null;

/** A list is recognised by the key it came with, as long as its number is one of the person's. */
function newPhoneKey(stored: string | null, facts: ProspectFacts): string | null {
  const [number] = stored?.split(' ') ?? [];
  if (number !== undefined && (number === facts.mobile || number === facts.phone)) return stored;
  const main = facts.mobile ?? facts.phone;
  const alone = facts.email === null && facts.linkedin === null;
  return phoneKey(main, facts.first_name, facts.last_name) ?? (alone ? main : null);
}

/** Whether anything is left by which a person could be reached. */
export const hasAddress = ({ email, linkedin, phone, mobile }: ProspectFacts): boolean =>
  [email, linkedin, phone, mobile].some((address) => address !== null);
