import { existsSync, rmSync } from 'node:fs';
import BetterSqlite3 from 'better-sqlite3';
import type { Owner } from '../../engine/ports/ticks.ts';
import { errorCode, failure, UserError } from '../../errors.ts';
import { type Connection, openDatabase } from '../connection.ts';
import { explainDatabase } from '../explain.ts';
import { integrityOf } from '../health.ts';
import { isDamage, isDatabase } from '../raw.ts';
import { dropLease, takeLease, tickRuns } from '../tick/lease.ts';
import { salvage } from './salvage.ts';

/** The database that a backup is to replace. */
export interface Present {
  /** What is attached to be read: the database, or what could be saved of it; null: nothing of it can be read. */
  attach: string | null;
  /** The database itself is attached: it has to be locked there. */
  whole: boolean;
  /** Tables that could not be read to the end. */
  unread: readonly string[];
  /** To be called when it has been replaced, and while the new one is locked. */
  replaced(): void;
  /** Whatever happened. */
  end(): void;
}

const NOTHING_PRESENT: Present = {
  ...{ attach: null, whole: false, unread: [] },
  replaced: () => undefined,
  end: () => undefined,
};

/** @throws UserError while a tick runs, for one of a newer version, and for what other than damage is in the way */
export function openPresent(file: string, { owner, now }: { owner: Owner; now: number }): Present {
  if (!existsSync(file) || !isDatabase(file)) return NOTHING_PRESENT;
  const connection = openWhole(file, now);
  if (connection === null) return openDamaged(file, owner);
  const free = takeLease(connection, owner);
  connection.close();
  if (!free) throw tickIsRunning();
  let taken = true;
  return {
    ...{ attach: file, whole: true, unread: [] },
    replaced() {
      taken = false;
    },
    end() {
      if (!taken) return;
      const again = openDatabase(file, now);
      dropLease(again, owner);
      again.close();
    },
  };
}

const tickIsRunning = (): UserError => failure('a tick is running: nothing was changed', 'hector cron show');

export const anotherProgram = (): UserError =>
  failure(
    'another program has the database open (a review, a LinkedIn session, a report?): close it first; nothing was changed',
    'hector db restore',
  );

/** Null where it is damaged. */
function openWhole(file: string, now: number): Connection | null {
  let connection: Connection;
  try {
    connection = openDatabase(file, now);
  } catch (error) {
    if (isDamage(error instanceof UserError ? error.cause : error)) return null;
    throw error;
  }
  try {
    if (integrityOf(connection, false).length === 0) return connection;
  } catch (error) {
    connection.close();
    throw explainDatabase(error, file);
  }
  connection.close();
  return null;
}

/** Locked against everybody while what can be read of it is copied, and until it is replaced. */
function openDamaged(file: string, owner: Owner): Present {
  const held = lockDamaged(file);
  if (held === null) return NOTHING_PRESENT;
  const saved = `${file}.salvaged`;
  const close = () => {
    held.close();
    for (const left of [saved, `${saved}-journal`]) rmSync(left, { force: true });
  };
  try {
    const unread = salvage(held, saved);
    if (leased(saved, owner)) throw tickIsRunning();
    return {
      ...{ attach: saved, whole: false, unread },
      replaced: () => void held.close(),
      end: close,
    };
  } catch (error) {
    close();
    throw explainDatabase(error, file);
  }
}

/** Null where not even its first page can be read. */
function lockDamaged(file: string): Connection | null {
  let held: Connection | undefined;
  try {
    held = new BetterSqlite3(file, { fileMustExist: true });
    held.pragma('locking_mode = EXCLUSIVE');
    held.exec('begin immediate; commit');
    return held;
  } catch (error) {
    held?.close();
    if (isDamage(error)) return null;
    throw errorCode(error)?.startsWith('SQLITE_BUSY') ? anotherProgram() : explainDatabase(error, file);
  }
}

function leased(saved: string, owner: Owner): boolean {
  const connection = new BetterSqlite3(saved);
  try {
    return tickRuns(connection, owner);
  } finally {
    connection.close();
  }
}
