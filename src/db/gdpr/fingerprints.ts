import { phoneKey } from '../../engine/import/company-key.ts';
import type { Prospect, SuppressionKey } from '../../engine/model.ts';
import type { ErasureCause } from '../../engine/ports/gdpr.ts';
import type { BlacklistEntry } from '../../engine/ports/people.ts';
import { ownAddresses } from '../../engine/suppression.ts';
import type { Connection } from '../connection.ts';
import { ensureFingerprintKey } from '../fingerprint-key.ts';
import { fingerprint } from '../suppression-disguise.ts';
import { findEntries, standing } from '../suppression-entries.ts';
import { entryWriter } from '../suppression-writer.ts';

/** Free words of an older entry may name the person: they are not taken over. */
const REASONS: Record<ErasureCause, string> = {
  request: 'their data were erased at their request',
  purge: 'had said no; their data are erased',
};

/**
 * The entries for a person's own addresses become fingerprints; who asks for erasure gets them in any case, who is
 * merely purged only where there was a no. How many there are now. Inside write().
 */
export function turnIntoFingerprints(
  connection: Connection,
  person: Prospect,
  cause: ErasureCause,
  now: number,
): number {
  const own = ownAddresses(person);
  const entries = findEntries(connection, own);
  const remove = connection.prepare<[string, string]>('delete from suppression where kind = ? and value = ?');
  for (const { kind, value } of entries) if (!value.startsWith('hmac:')) remove.run(kind, value);
  const stand = standing(entries, now);
  if (cause === 'purge' && stand.length === 0 && !saidNo(connection, person.id)) return 0;
  const expiresAt = cause === 'request' ? null : longest(stand);
  const keys = [...own, ...identityKeys(phoneKeysOf(connection, person))];
  keepFingerprints(connection, keys, { reason: REASONS[cause], expiresAt, now });
  return keys.length;
}

/** That of the row, and those under which a list would bring them by a single number. */
function phoneKeysOf(connection: Connection, { id, mobile, phone, ...names }: Prospect): (string | null)[] {
  const stored = connection
    .prepare<[number], string | null>('select phone_key from prospect where id = ?')
    .pluck()
    .get(id);
  const keys = [mobile, phone].map((number) => phoneKey(number, names.first_name, names.last_name));
  return [stored ?? null, ...keys];
}

/**
 * Number and name together: by these an import knows people who have no other address. Told from an address, so that
 * the number alone, perhaps a switchboard, silences nobody.
 */
export const identityKeys = (phoneKeys: readonly (string | null)[]): SuppressionKey[] =>
  [...new Set(phoneKeys)].flatMap((key) =>
    key === null ? [] : [{ kind: 'phone' as const, value: `person ${key}` }],
  );

/** Of addresses, whoever's they are. How many are new. Inside write(). */
export function keepFingerprints(
  connection: Connection,
  keys: readonly SuppressionKey[],
  { reason, expiresAt, now }: { reason: string; expiresAt: number | null; now: number },
): number {
  const secret = ensureFingerprintKey(connection);
  const list = entryWriter(connection);
  const by = { reason, source: 'gdpr', now, expiresAt };
  return keys.filter((key) => list(fingerprint(key, secret), by) === 'added').length;
}

const saidNo = (connection: Connection, prospectId: number): boolean =>
  connection
    .prepare<[number], number>(
      "select 1 from event where prospect_id = ? and type in ('opted_out', 'complained') limit 1",
    )
    .get(prospectId) !== undefined;

/** Of the entries that stand: the last day of all, or for good. */
function longest(entries: readonly BlacklistEntry[]): number | null {
  const ends = entries.flatMap(({ expiresAt }) => expiresAt ?? []);
  return entries.length === 0 || ends.length < entries.length ? null : Math.max(...ends);
}

export const REQUESTED = REASONS.request;
