import type { SuppressionKey } from '../../engine/model.ts';
import type { GdprStore } from '../../engine/ports/gdpr.ts';
import type { Owner } from '../../engine/ports/ticks.ts';
import { errorCode, failure } from '../../errors.ts';
import { type Connection, write } from '../connection.ts';
import { prospectsById } from '../prospect-rows.ts';
import { stopSuppressed } from '../stop-suppressed.ts';
import { dropLease, takeLease } from '../tick/lease.ts';
import { collect } from './collect.ts';
import { erasePeople, messagesOfErased } from './erase.ts';
import { keepFingerprints, REQUESTED } from './fingerprints.ts';
import { scopeOf } from './scope.ts';
import { stalePeople } from './stale.ts';

export function createGdprStore(connection: Connection, owner: Owner): GdprStore {
  return {
    collect: async (prospectId) => connection.transaction(() => collect(connection, prospectId)).deferred(),
    scope: async (prospectIds) => scopeOf(connection, prospectIds),
    async erase(prospectIds, cause, now) {
      // A tick that is writing to them would store their facts once more behind our back.
      if (!takeLease(connection, owner))
        throw failure('a tick is at work; try again when it is done', 'hector status');
      try {
        connection.pragma('secure_delete = ON');
        return write(connection, () => erasePeople(connection, prospectIds, cause, now));
      } finally {
        dropLease(connection, owner);
      }
    },
    isHeld: async (key) => holders(connection, key).length > 0,
    refuse: async (keys, now) => write(connection, () => refuse(connection, keys, now)),
    messagesOfErased: async () => messagesOfErased(connection),
    stale: async (before, receivedOnly) => stalePeople(connection, before, receivedOnly),
    compact: async () => compact(connection),
  };
}

function refuse(connection: Connection, keys: readonly SuppressionKey[], now: number): number {
  const added = keepFingerprints(connection, keys, { reason: REQUESTED, expiresAt: null, now });
  const since = keys.flatMap((key) => holders(connection, key));
  if (since.length > 0) stopSuppressed(connection, prospectsById(connection, since), now);
  return added;
}

const HOLDERS: Partial<Record<SuppressionKey['kind'], string>> = {
  email: 'email = :value',
  phone: '(mobile = :value or phone = :value)',
  linkedin: 'linkedin = :value',
};

const holders = (connection: Connection, { kind, value }: SuppressionKey): number[] =>
  connection
    .prepare<[{ value: string }], number>(
      `select id from prospect where ${HOLDERS[kind] ?? ':value is null'}`,
    )
    .pluck()
    .all({ value });

/**
 * What was erased long ago, before it was overwritten at once, may still stand in free pages, and what is erased now in
 * the log. A reader that is at work keeps the log from being cut.
 */
function compact(connection: Connection): boolean {
  try {
    connection.exec('vacuum');
    const [result] = connection.prepare<[], { busy: number }>('pragma wal_checkpoint(truncate)').all();
    return result?.busy === 0;
  } catch (error) {
    const code = errorCode(error);
    if (code?.startsWith('SQLITE_BUSY') || code === 'SQLITE_FULL') return false;
    throw error;
  }
}
