import BetterSqlite3 from 'better-sqlite3';
import { folded } from '../engine/suggest.ts';

/** Nobody waits for a completion. */
const TIMEOUT_MS = 200;

const QUERIES = {
  campaign: 'select name from campaign where begins(name, @start) order by id desc limit @limit',
  prospect: `select trim(coalesce(first_name, '') || ' ' || coalesce(last_name, '')) as name from prospect
    where erased_at is null and begins(name, @start)
    union select email from prospect where erased_at is null and begins(email, @start) limit @limit`,
} as const;

/**
 * Names that begin so, without case and accents. The file is neither made nor brought up to date, and nothing in it is changed; it
 * is not opened as a read-only one, since SQLite would then leave files of its log behind.
 * @throws where there is no such file, or it cannot be read
 */
export function readNames(file: string, kind: keyof typeof QUERIES, start: string, limit: number): string[] {
  const connection = new BetterSqlite3(file, { fileMustExist: true, timeout: TIMEOUT_MS });
  try {
    connection.pragma('query_only = ON');
    connection.function('begins', (name: unknown, typed: unknown) =>
      typeof name === 'string' && folded(name).startsWith(String(typed)) ? 1 : 0,
    );
    return connection
      .prepare<[{ start: string; limit: number }], string | null>(QUERIES[kind])
      .pluck()
      .all({ start: folded(start), limit })
      .filter((name): name is string => name !== null && name !== '');
  } finally {
    connection.close();
  }
}
