import type { GdprStore } from '../../engine/ports/gdpr.ts';
import type { Owner } from '../../engine/ports/ticks.ts';
import { errorCode, failure } from '../../errors.ts';
import { type Connection, write } from '../connection.ts';
import { dropLease, takeLease } from '../tick/lease.ts';
import { collect } from './collect.ts';
import { erasePeople } from './erase.ts';
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
        throw failure('a tick is at work: nobody was erased; try again when it is done', 'hector status');
      try {
        connection.pragma('secure_delete = ON');
        return write(connection, () => erasePeople(connection, prospectIds, cause, now));
      } finally {
        dropLease(connection, owner);
      }
    },
    refuse: async (keys, now) =>
      write(connection, () =>
        keepFingerprints(connection, keys, { reason: REQUESTED, expiresAt: null, now }),
      ),
    stale: async (before, receivedOnly) => stalePeople(connection, before, receivedOnly),
    compact: async () => compact(connection),
  };
}

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
