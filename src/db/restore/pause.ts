import type { Connection } from '../connection.ts';

interface Since {
  /** UTC ms of what happened last in the backup. */
  latestAt: number | null;
  uncountedUntil: number | null;
  now: number;
}

/** Only a person lets a live campaign go on: they can see what was taken over, and what could not be. */
export function pauseLive(connection: Connection, { latestAt, uncountedUntil, now }: Since): string[] {
  const of = latestAt === null ? 'without any event' : `of ${isoOf(latestAt)}`;
  const wait =
    uncountedUntil === null ? '' : `; the caps do not know all of it before ${isoOf(uncountedUntil)}`;
  return connection
    .prepare<[number, string], string>(
      `update main.campaign set status = 'paused', paused_at = ?, pause_reason = ?
       where status = 'running' and mode = 'live' returning name`,
    )
    .pluck()
    .all(now, `the database was restored from a backup ${of}: see what was sent since${wait}`);
}

const isoOf = (at: number): string => new Date(at).toISOString();
