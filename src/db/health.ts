import { statSync } from 'node:fs';
import BetterSqlite3 from 'better-sqlite3';
import type { Damage, DatabaseHealth, Holdings, Pages } from '../engine/ports/database.ts';
import { errorCode } from '../errors.ts';
import { type Connection, knownSchema, schemaStatements } from './connection.ts';
import { explained, holdingsOf, openRaw } from './raw.ts';

const MOST_LINES = 10;
const NOTHING: Holdings = { prospects: 0, campaigns: 0, sent: 0, events: 0, blacklist: 0 };

/** @throws UserError where the file cannot even be opened */
export function healthOf(file: string, pages: Pages): DatabaseHealth {
  const connection = openRaw(file, { readonly: true });
  try {
    return explained(file, () => {
      const schema = Number(connection.pragma('user_version', { simple: true }));
      const damage = damageOf(connection, pages);
      return {
        file,
        bytes: statSync(file).size,
        walBytes: statSync(`${file}-wal`, { throwIfNoEntry: false })?.size ?? 0,
        schema,
        schemaKnown: knownSchema(),
        holdings: damage.integrity.length > 0 ? readableHoldings(connection) : holdingsOf(connection),
        ...damage,
      };
    });
  } finally {
    connection.close();
  }
}

/** Nothing is wrong where all three are empty. */
function damageOf(connection: Connection, pages: Pages): Damage {
  if (pages === 'none') return { integrity: [], foreignKeys: {}, drift: driftOf(connection) };
  const integrity = integrityOf(connection, pages === 'quick');
  // The rest would say the same, or fail on it.
  if (integrity.length > 0) return { integrity, foreignKeys: {}, drift: [] };
  return { integrity, foreignKeys: brokenKeys(connection), drift: driftOf(connection) };
}

/** A page that cannot be read ends the reading with an error instead of a line. */
export function integrityOf(connection: Connection, quick: boolean): string[] {
  const pragma = quick ? 'quick_check' : 'integrity_check';
  try {
    const lines = connection.prepare<[], string>(`pragma ${pragma}(${MOST_LINES})`).pluck().all();
    return lines.length === 1 && lines[0] === 'ok' ? [] : lines;
  } catch (error) {
    if (!errorCode(error)?.startsWith('SQLITE_CORRUPT')) throw error;
    return [error instanceof Error ? error.message : String(error)];
  }
}

function brokenKeys(connection: Connection): Record<string, number> {
  const counts: Record<string, number> = {};
  const rows = connection.prepare<[], { table: string }>('pragma foreign_key_check').iterate();
  for (const { table } of rows) counts[table] = (counts[table] ?? 0) + 1;
  return counts;
}

interface Made {
  name: string;
  sql: string;
}

/** Against an empty database made by the migrations; one of an older version is brought up to date when it is opened. */
function driftOf(connection: Connection): string[] {
  if (Number(connection.pragma('user_version', { simple: true })) !== knownSchema()) return [];
  const fresh = new BetterSqlite3(':memory:');
  for (const sql of schemaStatements()) fresh.exec(sql);
  const [found, wanted] = [madeIn(connection), madeIn(fresh)];
  fresh.close();
  return [
    ...[...wanted].flatMap(([name, sql]) => {
      if (!found.has(name)) return [`${name} is missing`];
      return found.get(name) === sql ? [] : [`${name} is not as it should be`];
    }),
    ...[...found.keys()].filter((name) => !wanted.has(name)).map((name) => `${name} is not ours`),
  ];
}

const madeIn = (connection: Connection): Map<string, string> =>
  new Map(
    connection
      .prepare<[], Made>(
        "select type || ' ' || name as name, sql from sqlite_master where sql is not null and name not like 'sqlite_%'",
      )
      .all()
      .map(({ name, sql }) => [name, sql.replace(/\s+/g, ' ')]),
  );

function readableHoldings(connection: Connection): Holdings {
  try {
    return holdingsOf(connection);
  } catch {
    return NOTHING;
  }
}
