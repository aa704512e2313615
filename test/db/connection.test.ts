import { type ChildProcess, spawn } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asset } from '../../src/assets.ts';
import { type Connection, openDatabase, write } from '../../src/db/connection.ts';
import { EXIT } from '../../src/errors.ts';
import { NOW } from '../builders.ts';

const root = mkdtempSync(join(tmpdir(), 'hector-connection-'));
/** Below the package, so that the bundled code finds the migrations as it does in dist/. */
const bundle = join(asset('node_modules', '.cache'), `hector-test-${process.pid}`);
const opened: Connection[] = [];
afterAll(() => {
  for (const connection of opened.splice(0)) connection.close();
  rmSync(root, { recursive: true, force: true });
  rmSync(bundle, { recursive: true, force: true });
});

let number = 0;
function freshFile(): string {
  number += 1;
  const folder = join(root, String(number));
  mkdirSync(folder);
  return join(folder, 'hector.db');
}

function open(file: string): Connection {
  const connection = openDatabase(file, NOW);
  opened.push(connection);
  return connection;
}

const schemaOf = (connection: Connection): unknown[] =>
  connection.prepare('select type, name, sql from sqlite_schema order by type, name').all();
const modeOf = (path: string): string => (statSync(path).mode & 0o777).toString(8);

/** The shape of every refusal: one line, a next command, exit code 3 unless said. */
function refusal(file: string): { message: string; exitCode: number; next: string } {
  try {
    open(file);
  } catch (error) {
    if (error instanceof Error && 'exitCode' in error && 'next' in error)
      return { message: error.message, exitCode: Number(error.exitCode), next: String(error.next) };
    throw error;
  }
  throw new Error(`${file} was opened`);
}

describe('a database', () => {
  it('is made from nothing, and keeps its schema and its id when it is opened again', () => {
    const file = freshFile();
    const first = open(file);
    const [schema, workspace] = [schemaOf(first), first.prepare('select * from workspace').all()];
    expect(workspace).toMatchObject([{ id: 1, created_at: NOW }]);
    first.close();
    const second = openDatabase(file, NOW + 1);
    opened.push(second);
    expect(schemaOf(second)).toEqual(schema);
    expect(second.prepare('select * from workspace').all()).toEqual(workspace);
  });

  it('checks references and writes ahead', () => {
    const connection = open(freshFile());
    expect(connection.pragma('foreign_keys', { simple: true })).toBe(1);
    expect(connection.pragma('journal_mode', { simple: true })).toBe('wal');
    expect(() =>
      connection.exec(
        "insert into enrolment (campaign_id, prospect_id, status, anchor_at, created_at) values (9, 9, 'active', 0, 0)",
      ),
    ).toThrow('FOREIGN KEY');
  });

  it('can be read by its owner only, its journals too', () => {
    const file = freshFile();
    const connection = open(file);
    write(connection, () => connection.exec("update workspace set uuid = 'x'"));
    for (const suffix of ['', '-wal', '-shm']) expect(modeOf(file + suffix)).toBe('600');
  });

  it('takes an empty file left by a crash for a new one', () => {
    const file = freshFile();
    writeFileSync(file, '');
    expect(open(file).prepare('select count(*) as n from workspace').get()).toEqual({ n: 1 });
  });

  it('whose migration fails half-way is left as it was', () => {
    const file = freshFile();
    const before = new BetterSqlite3(file);
    before.exec('create table tick (strange text)');
    before.close();
    expect(() => open(file)).toThrow();
    const after = new BetterSqlite3(file);
    expect(after.prepare('select name from sqlite_schema').all()).toEqual([{ name: 'tick' }]);
    expect(after.pragma('user_version', { simple: true })).toBe(0);
    after.close();
  });
});

describe('what is refused, in one line that says what and where', () => {
  it('a database of a newer version, which stays as it is', () => {
    const file = freshFile();
    open(file).pragma('user_version = 99');
    expect(refusal(file)).toMatchObject({ exitCode: EXIT.config });
    expect(refusal(file).message).toMatch(/hector\.db was written by a newer hector \(schema 99/);
    const raw = new BetterSqlite3(file);
    expect(raw.pragma('user_version', { simple: true })).toBe(99);
    raw.close();
  });

  it.each([
    ['a text', 'Bonjour, ceci est un fichier texte.'],
    ['a short file', 'x'],
    ['an archive', Buffer.from('504b0304140008000800', 'hex')],
  ])('%s, which stays as it is', (_, content) => {
    const file = freshFile();
    writeFileSync(file, content);
    expect(refusal(file)).toMatchObject({
      message: `${file} is not a hector database`,
      exitCode: EXIT.config,
    });
    expect(readFileSync(file)).toEqual(Buffer.from(content));
  });

  it('a damaged database', () => {
    const file = freshFile();
    writeFileSync(file, Buffer.concat([Buffer.from('SQLite format 3\0'), Buffer.alloc(4096, 0x55)]));
    const { message, exitCode } = refusal(file);
    expect(message).toContain('damaged');
    expect(exitCode).toBe(EXIT.config);
  });

  it('a folder in its place, and a folder that is not there', () => {
    const folder = freshFile();
    mkdirSync(folder);
    expect(refusal(folder)).toMatchObject({ exitCode: EXIT.config });
    expect(refusal(join(root, 'none', 'hector.db')).message).toContain('no such folder');
    expect(existsSync(join(root, 'none'))).toBe(false);
  });

  it.skipIf(process.getuid?.() === 0)('a read-only folder or file', () => {
    const file = freshFile();
    open(file).close();
    chmodSync(file, 0o400);
    chmodSync(join(file, '..'), 0o500);
    expect(refusal(file).message).toContain('read-only');
    expect(refusal(join(file, '..', 'other.db')).message).toContain('read-only');
    chmodSync(join(file, '..'), 0o700);
  });
});

describe('a write', () => {
  it('is whole or not at all', () => {
    const connection = open(freshFile());
    const failing = () =>
      write(connection, () => {
        connection.exec("update workspace set uuid = 'half'");
        throw new Error('no');
      });
    expect(failing).toThrow('no');
    expect(connection.prepare("select 1 from workspace where uuid = 'half'").get()).toBeUndefined();
  });

  it('refuses an async body and takes back what it has written so far', () => {
    const connection = open(freshFile());
    const careless = () =>
      write(connection, async () => {
        connection.exec("update workspace set uuid = 'half'");
      });
    expect(careless).toThrow('must not be async');
    expect(connection.prepare("select 1 from workspace where uuid = 'half'").get()).toBeUndefined();
  });

  it('holds the lock from its first statement on, so that what it has read stays true', () => {
    const file = freshFile();
    const [one, other] = [open(file), open(file)];
    other.pragma('busy_timeout = 0');
    write(one, () => {
      one.prepare('select uuid from workspace').get();
      expect(() => write(other, () => undefined)).toThrow('locked');
    });
    write(other, () => undefined);
  });
});

describe('several processes at once', () => {
  const program = join(bundle, 'open.mjs');

  /** Opens the file at a set instant, then adds ten ticks; `hold` keeps the write lock so long in the middle. */
  beforeAll(async () => {
    await build({
      stdin: {
        contents: `
          import { openDatabase, write } from ${JSON.stringify(asset('src', 'db', 'connection.ts'))};
          const [file, at, hold] = process.argv.slice(2);
          while (Date.now() < Number(at));
          const connection = openDatabase(file, 0);
          const add = connection.prepare("insert into tick (started_at, host, pid) values (0, 'x', ?)");
          for (let count = 0; count < 10; count += 1)
            write(connection, () => {
              add.run(process.pid);
              if (count === 5) { process.send('holding'); const end = Date.now() + Number(hold); while (Date.now() < end); }
            });
          connection.close();
          process.disconnect();`,
        resolveDir: asset('.'),
      },
      bundle: true,
      platform: 'node',
      format: 'esm',
      external: ['better-sqlite3'],
      outfile: program,
    });
  });

  const start = (file: string, at: number, hold: number): ChildProcess =>
    spawn(process.execPath, [program, file, String(at), String(hold)], {
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });

  /** What it said on stderr, and its exit code. */
  function ended(child: ChildProcess): Promise<string> {
    let said = '';
    child.stderr?.on('data', (chunk) => {
      said += String(chunk);
    });
    return new Promise((resolve) => child.on('close', (code) => resolve(`${code}${said}`)));
  }

  it('make one database of nothing, and lose no write', async () => {
    const file = freshFile();
    const at = Date.now() + 600;
    const children = Array.from({ length: 5 }, () => start(file, at, 20));
    expect(await Promise.all(children.map(ended))).toEqual(['0', '0', '0', '0', '0']);
    const connection = open(file);
    expect(connection.prepare('select count(*) as n from tick').get()).toEqual({ n: 50 });
    expect(connection.prepare('select count(*) as n from workspace').get()).toEqual({ n: 1 });
    expect(modeOf(file)).toBe('600');
  });

  it('wait for one another instead of failing', async () => {
    const file = freshFile();
    const connection = open(file);
    const child = start(file, 0, 700);
    const done = ended(child);
    await new Promise((resolve) => child.once('message', resolve));
    const from = performance.now();
    write(connection, () => connection.exec("update workspace set uuid = 'after'"));
    expect(performance.now() - from).toBeGreaterThan(100);
    expect(await done).toBe('0');
    expect(connection.prepare('select count(*) as n from tick').get()).toEqual({ n: 10 });
  });
});
