import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable, Writable } from 'node:stream';
import { afterAll } from 'vitest';
import { buildProgram } from '../../src/cli.ts';
import { Context } from '../../src/context.ts';
import { createIo } from '../../src/io.ts';

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'hector-docs-'));
  folders.push(folder);
  return folder;
}

/** The program as main.ts runs it, with a set clock; what `--json` printed. */
export async function printed(cwd: string, now: string, argv: readonly string[]): Promise<unknown> {
  let text = '';
  const stdout = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      text += chunk.toString('utf8');
      done();
    },
  });
  const stderr = new Writable({ write: (_chunk, _encoding, done) => done() });
  const env = { HECTOR_NOW: now, PATH: join(cwd, 'bin') };
  const opened: Context[] = [];
  const program = await buildProgram(
    ({ workspace, json }) => {
      const io = createIo({ stdin: Readable.from([]), stdout, stderr }, { env, quiet: false, color: false });
      const input = { io, env, cwd, workspaceFlag: workspace, json: json === true, quiet: false };
      const context = new Context(input);
      opened.push(context);
      return context;
    },
    '0',
    argv,
  );
  try {
    await program.parseAsync([...argv, '--json'], { from: 'user' });
  } finally {
    for (const context of opened) await context.close();
  }
  return JSON.parse(text);
}
