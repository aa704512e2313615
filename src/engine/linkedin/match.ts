import { companyKey } from '../import/company-key.ts';
import { fold } from '../import/fold.ts';
import type { Namesake } from '../ports/linkedin.ts';
import type { ConnectionRow } from './rows.ts';

/** Folded name and firm, legal form left out; null where one of them is missing: a name alone means nobody. */
export function personKey(first: string | null, last: string | null, company: string | null): string | null {
  const name = fold(`${first ?? ''} ${last ?? ''}`);
  const firm = companyKey({ siren: null, email: null, company });
  return name === '' || firm === null ? null : `${name}|${firm}`;
}

export const keyOf = (row: ConnectionRow): string | null => personKey(row.first, row.last, row.company);

export type Match =
  | { kind: 'person'; prospectId: number; by: 'profile' | 'name' }
  | { kind: 'ambiguous'; candidates: readonly Namesake[]; why: string }
  | { kind: 'nobody' };

/**
 * Whom a connection means: by profile; else by name and firm, where only one person of the base and only one connection
 * of the file has them, and the person is not known by another profile.
 * @param inFile how many connections of the file have each key
 */
export function matchConnection(
  row: ConnectionRow,
  bySlug: ReadonlyMap<string, number>,
  byKey: ReadonlyMap<string, readonly Namesake[]>,
  inFile: ReadonlyMap<string, number>,
): Match {
  const known = row.slug === null ? undefined : bySlug.get(row.slug);
  if (known !== undefined) return { kind: 'person', prospectId: known, by: 'profile' };
  const key = keyOf(row);
  const candidates = key === null ? [] : (byKey.get(key) ?? []);
  const [only, ...others] = candidates;
  if (key === null || !only) return { kind: 'nobody' };
  if (others.length > 0)
    return { kind: 'ambiguous', candidates, why: 'several prospects of this name and firm' };
  if (only.linkedin !== null && row.slug !== null)
    return { kind: 'ambiguous', candidates, why: 'the prospect has another profile' };
  if ((inFile.get(key) ?? 0) > 1)
    return { kind: 'ambiguous', candidates, why: 'several connections of this name and firm' };
  return { kind: 'person', prospectId: only.id, by: 'name' };
}
