import type { ProspectFacts } from '../../engine/model.ts';
import { suppressionKeys } from '../../engine/suppression.ts';
import type { Connection } from '../connection.ts';
import { fingerprintKey } from '../fingerprint-key.ts';
import { fingerprint } from '../suppression-disguise.ts';
import { listedKeys, tag } from '../suppression-lookup.ts';
import { identityKeys } from './fingerprints.ts';

type Known = { facts: ProspectFacts; phoneKey: string | null; otherPhoneKey: string | null };

/**
 * Rows of people whose data were erased at their request, told by the fingerprints that were kept of their addresses.
 * While nobody's were, one query.
 */
export function erasedRows<Row extends Known>(
  connection: Connection,
  rows: readonly Row[],
  now: number,
): Set<Row> {
  const key = fingerprintKey(connection);
  if (key === null) return new Set();
  const asked = rows.map((row) => ({
    row,
    keys: [
      ...suppressionKeys({ ...row.facts, siren: null }).filter(({ kind }) => kind !== 'domain'),
      ...identityKeys([row.phoneKey, row.otherPhoneKey]),
    ].map((each) => fingerprint(each, key)),
  }));
  const listed = listedKeys(
    connection,
    asked.flatMap(({ keys }) => keys),
    now,
  );
  return new Set(
    asked.filter(({ keys }) => keys.some((each) => listed.has(tag(each)))).map(({ row }) => row),
  );
}
