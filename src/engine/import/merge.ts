import { PROSPECT_FIELDS, type ProspectFacts, type ProspectField } from '../model.ts';
import type { NormalisedRow } from '../ports/imports.ts';
import type { Warning } from './codes.ts';
import { companyKey, phoneKey } from './company-key.ts';
import { fold } from './fold.ts';

/** A person as stored. */
export interface StoredPerson {
  facts: ProspectFacts;
  custom: Record<string, string>;
  companyKey: string | null;
  phoneKey: string | null;
}

/** Column name (`title`, `company_key`, `custom.ca_m`) to value, before and after. */
export interface Changes {
  before: Record<string, string | null>;
  after: Record<string, string | null>;
}

export interface MergeRules {
  /** Overwrite what is known; else only what is empty is filled. */
  update: boolean;
  /** Addresses that are known stay even so: the person is on the blacklist by them. */
  addressesStay?: boolean;
  /** Whether somebody else has this phone key: it is left out then. */
  taken(phoneKey: string): boolean;
}

/**
 * What a row adds to a person who is known already, and what a human should look at. Null: it adds nothing. No
 * address in the row belongs to anybody else: such a row changes nobody.
 */
export function mergePerson(
  stored: StoredPerson,
  row: NormalisedRow,
  rules: MergeRules,
): { changes: Changes | null; warnings: Warning[] } {
  const changes: Changes = { before: {}, after: {} };
  const warnings = new Set<Warning>();
  const change = (column: string, before: string | null, after: string | null): void => {
    changes.before[column] = before;
    changes.after[column] = after;
  };
  const merged = { ...stored.facts };
  if (namesDiffer(stored.facts, row.facts)) warnings.add('same_address_other_name');
  for (const field of PROSPECT_FIELDS) {
    const overwrite = rules.update && !(rules.addressesStay && ADDRESSES.includes(field));
    const verdict = judge(stored.facts[field], row.facts[field], overwrite);
    if (verdict === 'kept') warnings.add('kept_other_value');
    const value = row.facts[field];
    if (verdict !== 'take' || value === null) continue;
    merged[field] = value;
    change(field, stored.facts[field], value);
  }
  for (const [key, value] of Object.entries(row.custom ?? {})) {
    const known = Object.hasOwn(stored.custom, key) ? (stored.custom[key] ?? null) : null;
    const verdict = judge(known, value, rules.update);
    if (verdict === 'kept') warnings.add('kept_other_value');
    if (verdict === 'take') change(`custom.${key}`, known, value);
  }
  const firm = companyKey(merged);
  if (firm !== stored.companyKey) change('company_key', stored.companyKey, firm);
  // A phone key once given stays: it is what the list it came from will be recognised by.
  const phone =
    stored.phoneKey ?? phoneKey(merged.mobile ?? merged.phone, merged.first_name, merged.last_name);
  if (phone !== stored.phoneKey && phone !== null && !rules.taken(phone)) change('phone_key', null, phone);
  return { changes: Object.keys(changes.after).length > 0 ? changes : null, warnings: [...warnings] };
}

/** What the blacklist goes by; the office's number belongs to that of the firm. */
const ADDRESSES: readonly ProspectField[] = ['email', 'phone', 'mobile', 'linkedin', 'siren', 'siret'];

function judge(known: string | null, given: string | null, update: boolean): 'same' | 'take' | 'kept' {
  if (given === null || given === known) return 'same';
  return known === null || update ? 'take' : 'kept';
}

/** In any order and writing, since lists swap the two; a part that is missing on one side says nothing. */
function namesDiffer(stored: ProspectFacts, given: ProspectFacts): boolean {
  const words = (...parts: (string | null)[]): string => fold(parts.join(' ')).split(' ').sort().join(' ');
  if (
    stored.first_name !== null &&
    given.first_name !== null &&
    stored.last_name !== null &&
    given.last_name !== null
  )
    return words(stored.first_name, stored.last_name) !== words(given.first_name, given.last_name);
  if (stored.last_name !== null && given.last_name !== null)
    return words(stored.last_name) !== words(given.last_name);
  return false;
}
