import { createHmac, hash as digest } from 'node:crypto';
import {
  DISGUISED_KINDS,
  DISGUISES,
  type Disguise,
  type HashName,
  type SuppressionKey,
} from '../engine/model.ts';
import type { Connection } from './connection.ts';
import { fingerprintKey } from './fingerprint-key.ts';

/** One person's, and readable. */
export const isPlain = ({ kind, value }: SuppressionKey): boolean =>
  DISGUISED_KINDS.some((each) => each === kind) && !isDisguised({ kind, value });

export const isDisguised = ({ value }: SuppressionKey): boolean =>
  DISGUISES.some((form) => value.startsWith(`${form}:`));

/** `email sha256`; empty for what is readable. */
export const disguiseOf = ({ kind, value }: SuppressionKey): string => {
  const form = DISGUISES.find((each) => value.startsWith(`${each}:`));
  return form === undefined ? '' : `${kind} ${form}`;
};

/** `sha256:` and the digest of the value in hexadecimal, as lists that are passed around have it. */
export const hashed = ({ kind, value }: SuppressionKey, hash: HashName): SuppressionKey => ({
  kind,
  value: `${hash}:${digest(hash, value)}`,
});

/**
 * What is kept of somebody's address once it is erased. Without the key it can neither be read nor tried; the key lies in
 * the same file, and in every backup of it: docs/compliance.md.
 */
export const fingerprint = ({ kind, value }: SuppressionKey, key: Buffer): SuppressionKey => ({
  kind,
  value: `hmac:${createHmac('sha256', key).update(`${kind}:${value}`).digest('hex')}`,
});

/**
 * Each key, and behind it the forms in which the blacklist may hold it. Only forms that the blacklist has at all are
 * reckoned: one query, a probe of the primary key for each form.
 * @param present those forms, as `disguiseOf` names them
 */
export function disguiser(
  connection: Connection,
  present: ReadonlySet<string> = disguisesIn(connection),
): (keys: readonly SuppressionKey[]) => SuppressionKey[] {
  if (present.size === 0) return (keys) => [...keys];
  const secret = fingerprintKey(connection);
  return (keys) =>
    keys.flatMap((key) => [
      key,
      ...DISGUISES.flatMap((form) =>
        present.has(`${key.kind} ${form}`) ? disguised(key, form, secret) : [],
      ),
    ]);
}

function disguised(key: SuppressionKey, form: Disguise, secret: Buffer | null): SuppressionKey[] {
  if (form !== 'hmac') return [hashed(key, form)];
  return secret ? [fingerprint(key, secret)] : [];
}

/** `email sha256` ... `;` comes right after `:`, so that the range is that of one form. */
function disguisesIn(connection: Connection): Set<string> {
  const forms = DISGUISED_KINDS.flatMap((kind) => DISGUISES.map((form) => [kind, `${form}:`, `${form};`]));
  return new Set(
    connection
      .prepare<[string], string>(
        `select f.value ->> 0 || ' ' || rtrim(f.value ->> 1, ':') from json_each(?) as f
         where exists (select 1 from suppression s
           where s.kind = f.value ->> 0 and s.value >= f.value ->> 1 and s.value < f.value ->> 2)`,
      )
      .pluck()
      .all(JSON.stringify(forms)),
  );
}
