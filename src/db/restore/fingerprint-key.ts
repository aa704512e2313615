import { failure } from '../../errors.ts';
import type { Connection } from '../connection.ts';

/**
 * Of the database attached as `present`, so that the fingerprints that are taken over with its blacklist still forbid.
 * Before the blacklist is taken over. @throws UserError where both hold fingerprints that were made with different keys
 */
export function takeFingerprintKey(connection: Connection): void {
  const keys = connection
    .prepare<[], { own: string | null; theirs: string | null }>(
      'select m.fingerprint_key as own, p.fingerprint_key as theirs from main.workspace m, present.workspace p',
    )
    .get();
  if (!keys || keys.theirs === null || keys.own === keys.theirs) return;
  if (keys.own !== null && holdsFingerprints(connection, 'main')) {
    if (!holdsFingerprints(connection, 'present')) return;
    throw failure(
      'both databases hold fingerprints of people who were erased, made with different keys: those of the present one would be lost, and nothing was changed; to do without them, put it aside first',
      'mv hector.db hector-before.db',
    );
  }
  connection.prepare<[string]>('update main.workspace set fingerprint_key = ?').run(keys.theirs);
}

const holdsFingerprints = (connection: Connection, database: 'main' | 'present'): boolean =>
  connection.prepare(`select 1 from ${database}.suppression where value like 'hmac:%' limit 1`).get() !==
  undefined;
