import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { expect, it, vi } from 'vitest';
import { dbRestore } from '../../src/commands/db/restore.ts';
import { openDatabase } from '../../src/db/connection.ts';
import { anEnrolment, aProspect, NOW } from '../builders.ts';
import { testContext } from '../context.ts';
import { backedUp, FILE } from './backed-up.ts';

let atTheSwap: ((path: string) => void) | null = null;
vi.mock('node:fs', async (load) => {
  const fs = await load<typeof import('node:fs')>();
  const renameSync = (from: string, to: string) => {
    atTheSwap?.(from);
    return fs.renameSync(from, to);
  };
  return { ...fs, renameSync };
});

it('nobody can read or write the one or the other while they are exchanged', async () => {
  const folder = await backedUp(
    (connection) => anEnrolment(connection),
    () => undefined,
  );
  const outcomes: string[] = [];
  atTheSwap = (part) => {
    atTheSwap = null;
    expect(statSync(part).mode & 0o777).toBe(0o600);
    for (const file of [part, join(folder, 'hector.db')]) {
      const other = new BetterSqlite3(file, { timeout: 0 });
      try {
        other.prepare('select 1 from lease').all();
        outcomes.push('read');
      } catch (error) {
        outcomes.push(error instanceof Error && 'code' in error ? String(error.code) : 'unknown');
      }
      other.close();
    }
  };
  await dbRestore(testContext({ folder }).context, FILE, true);
  expect(outcomes).toEqual(['SQLITE_BUSY', 'SQLITE_BUSY']);
  const after = openDatabase(join(folder, 'hector.db'), NOW);
  expect(after.prepare('select 1 from enrolment').all()).toHaveLength(1);
  after.close();
});

/** Puts another database in place under its lock, as a restore does, and lets go of it a moment later. */
const EXCHANGE = `
  const Database = require('better-sqlite3');
  const fs = require('node:fs');
  const [file, other] = process.argv.slice(1);
  const held = new Database(file);
  held.pragma('locking_mode = EXCLUSIVE');
  held.pragma('journal_mode = DELETE');
  held.exec('begin exclusive');
  process.stdout.write('locked');
  setTimeout(() => { fs.renameSync(other, file); held.exec('rollback'); held.close(); }, 300);
`;

it('who waits for the lock meanwhile opens the new one', async () => {
  const folder = await backedUp(
    (connection) => aProspect(connection),
    (connection) => connection.exec('delete from prospect'),
  );
  const file = join(folder, 'hector.db');
  const child = spawn(process.execPath, ['-e', EXCHANGE, file, join(folder, FILE)], { cwd: process.cwd() });
  await once(child.stdout, 'data');
  const connection = openDatabase(file, NOW);
  expect(connection.prepare('select 1 from prospect').all()).toHaveLength(1);
  connection.close();
  if (child.exitCode === null) await once(child, 'exit');
});
