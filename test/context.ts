import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable, Writable } from 'node:stream';
import { afterAll } from 'vitest';
import { Context, type Env } from '../src/context.ts';
import { openDatabase } from '../src/db/connection.ts';
import type { Prompter } from '../src/io/prompter.ts';
import { createIo } from '../src/io.ts';
import { NOW } from './builders.ts';

const opened: { context: Context; folder: string | undefined }[] = [];
afterAll(async () => {
  for (const { context, folder } of opened.splice(0)) {
    await context.close();
    if (folder) rmSync(folder, { recursive: true, force: true });
  }
});

export interface ContextOverrides {
  /** An existing workspace folder; a fresh one with an empty hector.yaml otherwise. */
  folder?: string;
  /** Where it is started from; the workspace folder otherwise. */
  cwd?: string;
  json?: boolean;
  quiet?: boolean;
  /** Colour on a terminal; none, if not said. */
  color?: boolean;
  /** stdout and stderr behave as terminals of this many columns. */
  columns?: number;
  stdin?: string;
  /** stdin behaves as a terminal too: questions may be asked. */
  interactive?: boolean;
  env?: Env;
  now?: number;
  /** Answers the questions. */
  prompter?: Prompter;
}

export interface TestContext {
  context: Context;
  folder: string;
  /** What was printed so far. */
  stdout(): string;
  stderr(): string;
}

/** A command's context on a real workspace folder, with a set clock and captured streams. */
export function testContext(overrides: ContextOverrides = {}): TestContext {
  const folder = overrides.folder ?? mkdtempSync(join(tmpdir(), 'hector-workspace-'));
  if (overrides.folder === undefined) {
    writeFileSync(join(folder, 'hector.yaml'), '');
    openDatabase(join(folder, 'hector.db'), overrides.now ?? NOW).close();
  }
  const [stdout, stderr] = [capture(overrides.columns), capture(overrides.columns)];
  const stdin = Object.assign(Readable.from([Buffer.from(overrides.stdin ?? '')]), {
    isTTY: overrides.interactive ?? false,
  });
  const env: Env = { HECTOR_NOW: new Date(overrides.now ?? NOW).toISOString(), ...overrides.env };
  const streams = { stdin, stdout: stdout.stream, stderr: stderr.stream };
  const context = new Context({
    io: createIo(streams, {
      ...{ env, color: overrides.color ?? false },
      quiet: overrides.quiet ?? false,
      json: overrides.json ?? false,
    }),
    env,
    cwd: overrides.cwd ?? folder,
    workspaceFlag: folder,
    json: overrides.json ?? false,
    quiet: overrides.quiet ?? false,
    ...(overrides.prompter ? { prompter: overrides.prompter } : {}),
  });
  opened.push({ context, folder: overrides.folder === undefined ? folder : undefined });
  return { context, folder, stdout: stdout.text, stderr: stderr.text };
}

function capture(columns: number | undefined) {
  const chunks: Buffer[] = [];
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      chunks.push(chunk);
      done();
    },
  });
  return {
    stream: Object.assign(stream, columns === undefined ? {} : { isTTY: true, columns }),
    text: () => Buffer.concat(chunks).toString('utf8'),
  };
}
