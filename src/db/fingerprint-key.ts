import { randomBytes } from 'node:crypto';
import type { Connection } from './connection.ts';

/** Bytes; null while nobody's data were erased. */
export function fingerprintKey(connection: Connection): Buffer | null {
  const hex = connection
    .prepare<[], string | null>('select fingerprint_key from workspace where id = 1')
    .pluck()
    .get();
  return hex ? Buffer.from(hex, 'hex') : null;
}

/** Made with the first erasure and never changed: another key would lose every opposition. Inside write(). */
export function ensureFingerprintKey(connection: Connection): Buffer {
  const known = fingerprintKey(connection);
  if (known) return known;
  const key = randomBytes(32);
  connection
    .prepare<[string]>('update workspace set fingerprint_key = ? where id = 1')
    .run(key.toString('hex'));
  return key;
}
