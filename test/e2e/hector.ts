import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { copyFileSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import BetterSqlite3 from 'better-sqlite3';
import { afterAll } from 'vitest';
import { openDatabase } from '../../src/db/connection.ts';
import { RESEND_TEST_KEY } from '../stand-ins/resend.ts';
import { TWILIO_TEST_TOKEN } from '../stand-ins/twilio.ts';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));
/** The program as people run it; `npm test` builds it first. */
export const BINARY = join(ROOT, 'bin', 'hector.js');
if (!existsSync(join(ROOT, 'dist', 'main.js'))) throw new Error('no dist/main.js: npm run build');

/** A Monday, half past nine in Paris. */
export const MONDAY = '2026-11-23T09:30:00+01:00';

/** None of these may ever be printed. */
const SECRETS = [RESEND_TEST_KEY, TWILIO_TEST_TOKEN, 're_wrong_987654321'];

export interface Ran {
  code: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
}

type Env = Record<string, string>;

export interface RunOptions {
  cwd: string;
  env?: Env;
  /** Leaves stdin open for the test to write to; else it is closed at once. */
  reading?: boolean;
  /** Another user, when the tests run as root. */
  uid?: number;
}

export interface Running {
  child: ChildProcessWithoutNullStreams;
  ended: Promise<Ran>;
}

/** Starts the built program with nothing in its environment but what is given. */
function start(args: readonly string[], { cwd, env, reading, uid }: RunOptions): Running {
  const child = spawn(process.execPath, [BINARY, ...args], {
    cwd,
    env: { PATH: '/usr/bin:/bin', HOME: cwd, LANG: 'C.UTF-8', TZ: 'UTC', ...env },
    ...(uid === undefined ? {} : { uid, gid: uid }),
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  // A program that refuses its input closes the pipe early.
  child.stdin.on('error', () => undefined);
  if (!reading) child.stdin.end();
  const ended = new Promise<Ran>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => {
      const ran = { code, signal, stdout, stderr };
      const fault = faultOf(`${stdout}${stderr}`);
      if (fault) reject(new Error(`hector ${args.join(' ')}: ${fault}\n${JSON.stringify(ran, null, 2)}`));
      else resolve(ran);
    });
  });
  return { child, ended };
}

export const run = (args: readonly string[], options: RunOptions): Promise<Ran> => start(args, options).ended;

/** What no run may print, whatever it is asked. */
function faultOf(output: string): string | null {
  if (SECRETS.some((secret) => output.includes(secret))) return 'a key is in the output';
  if (/^ {4}at .+:\d+/m.test(output) || output.includes('a fault of ours')) return 'a stack trace or a bug';
  return output.includes('\u001b') ? 'an escape sequence in a pipe' : null;
}

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** A folder that goes when the test file is done. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'hector-e2e-'));
  folders.push(folder);
  return folder;
}

export interface Workspace {
  folder: string;
  /** For all runs of this workspace; may be changed between them. */
  env: Env;
  hector(...args: string[]): Promise<Ran>;
  /** Runs it and wants exit code 0. */
  ok(...args: string[]): Promise<Ran>;
  start(...args: string[]): Running;
  /** The same, with stdin left open. */
  startReading(...args: string[]): Running;
  write(file: string, content: string | Buffer): string;
  /** The names in the folder. */
  files(): string[];
  rows<Row>(sql: string): Row[];
}

const SETTINGS = `sender: { name: Claire Durand, company: Exemple Conseil, email: claire@exemple.example, phone: "+33 1 84 00 00 00" }
data_source: le registre public des entreprises
`;

/** A workspace on the outbox, with its clock at MONDAY. The base is made by the first command. */
export function workspace(settings = SETTINGS, env: Env = { HECTOR_NOW: MONDAY }): Workspace {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'hector.yaml'), settings);
  openDatabase(join(folder, 'hector.db'), Date.parse(MONDAY)).close();
  return workspaceIn(folder, env);
}

export function workspaceIn(folder: string, env: Env = { HECTOR_NOW: MONDAY }): Workspace {
  const begin = (args: string[], reading = false) => start(args, { cwd: folder, env, reading });
  return {
    folder,
    env,
    hector: (...args) => begin(args).ended,
    async ok(...args) {
      const ran = await begin(args).ended;
      if (ran.code !== 0) throw new Error(`hector ${args.join(' ')}: ${JSON.stringify(ran, null, 2)}`);
      return ran;
    },
    start: (...args) => begin(args),
    startReading: (...args) => begin(args, true),
    write(file, content) {
      writeFileSync(join(folder, file), content);
      return file;
    },
    files: () => readdirSync(folder).sort(),
    rows<Row>(sql: string) {
      // Not read-only: such a connection would leave its -wal and -shm files behind.
      const base = new BetterSqlite3(join(folder, 'hector.db'), { fileMustExist: true });
      try {
        return base.prepare<[], Row>(sql).all();
      } finally {
        base.close();
      }
    },
  };
}

/** The list of the examples, beside the workspace's other files. */
export function withExampleList({ folder }: Workspace): string {
  copyFileSync(join(ROOT, 'examples', 'prospects.csv'), join(folder, 'prospects.csv'));
  return 'prospects.csv';
}

/** Tables that may tell of a failed run without anything of it having been kept. */
const LOGS = ['import_run', 'tick', 'lease', 'sqlite_sequence'];

/** All that is known about people, campaigns and messages, for comparing before and after. */
export function contents({ rows }: Workspace): Record<string, unknown[]> {
  const tables = rows<{ name: string }>("select name from sqlite_master where type = 'table' order by name");
  return Object.fromEntries(
    tables
      .filter(({ name }) => !LOGS.includes(name))
      .map(({ name }) => [name, rows<unknown>(`select * from ${name} order by 1, 2`)]),
  );
}

/** A run for comparing: its folder is named W, the editor EDITOR. */
export const shown = (ran: Ran, { folder }: { folder: string }) => ({
  code: ran.code,
  stdout: ran.stdout,
  stderr: ran.stderr.replaceAll(folder, 'W').replace(/\$\{EDITOR:-vi\}/g, 'EDITOR'),
});

/** Waits for something another process does; fails rather than waits for ever. */
export async function until(
  what: string | (() => string),
  holds: () => boolean,
  timeoutMs = 10_000,
): Promise<void> {
  const end = Date.now() + timeoutMs;
  while (!holds()) {
    if (Date.now() > end) throw new Error(`timed out: ${typeof what === 'string' ? what : what()}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
