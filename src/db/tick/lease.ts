import type { Owner } from '../../engine/ports/ticks.ts';
import { type Connection, write } from '../connection.ts';

/** A tick that has not shown itself for so long is dead, wherever it ran. */
const STALE_MS = 15 * 60_000;
/** Longer than a program of this host is stopped, or the host asleep, and short enough for a number given anew. */
const STALE_HERE_MS = 24 * 60 * 60_000;
/** Asked before each call, written no more often than this. */
const RENEW_MS = 30_000;

export interface LeaseRow {
  host: string;
  pid: number;
  heartbeat_at: number;
}

/**
 * Real time, not the tick's clock: a lease is about processes, and HECTOR_NOW must not age it.
 * @returns false when a live tick holds the workspace
 */
export function takeLease(connection: Connection, owner: Owner): boolean {
  return write(connection, () => {
    const held = connection
      .prepare<[], LeaseRow>("select host, pid, heartbeat_at from lease where name = 'tick'")
      .get();
    if (held && isHeldByAnother(held, owner)) return false;
    connection
      .prepare<[string, number, number]>(
        "insert or replace into lease (name, host, pid, heartbeat_at) values ('tick', ?, ?, ?)",
      )
      .run(owner.host, owner.pid, Date.now());
    return true;
  });
}

/** @returns false when another tick has taken it: this one was thought dead */
export function renewLease(connection: Connection, { host, pid }: Owner): boolean {
  const mine = connection
    .prepare<[string, number], LeaseRow>(
      "select host, pid, heartbeat_at from lease where name = 'tick' and host = ? and pid = ?",
    )
    .get(host, pid);
  if (!mine) return false;
  if (Date.now() - mine.heartbeat_at < RENEW_MS) return true;
  write(connection, () =>
    connection
      .prepare<[number, string, number]>(
        "update lease set heartbeat_at = ? where name = 'tick' and host = ? and pid = ?",
      )
      .run(Date.now(), host, pid),
  );
  return true;
}

/** Only its own: a tick that was thought dead must not drop the lease of the one that took over. */
export function dropLease(connection: Connection, owner: Owner): void {
  connection
    .prepare<[string, number]>("delete from lease where name = 'tick' and host = ? and pid = ?")
    .run(owner.host, owner.pid);
}

/** A live tick of somebody else holds the workspace. */
export function tickRuns(connection: Connection, owner: Owner): boolean {
  const held = connection
    .prepare<[], LeaseRow>("select host, pid, heartbeat_at from lease where name = 'tick'")
    .get();
  return held !== undefined && isHeldByAnother(held, owner);
}

/** By a program that lives, as far as can be told from here. */
function isHeldByAnother(held: LeaseRow, owner: Owner): boolean {
  if (Date.now() - held.heartbeat_at > STALE_MS) return false;
  if (held.host !== owner.host) return true;
  return held.pid !== owner.pid && processExists(held.pid);
}

/** The same where programs wait for a person: one of this host may be silent for up to a day, as long as it lives. */
export function isKeptByAnother(held: LeaseRow, owner: Owner): boolean {
  if (held.host !== owner.host) return isHeldByAnother(held, owner);
  if (Date.now() - held.heartbeat_at > STALE_HERE_MS) return false;
  return held.pid !== owner.pid && processExists(held.pid);
}

function processExists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it is there and belongs to somebody else.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
