import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { errorCode, failure } from '../errors.ts';

/** `code --wait` is a program and its arguments: nothing a shell would read. */
function editorOf(env: Record<string, string | undefined>): [program: string, ...words: string[]] {
  const chosen = env.VISUAL?.trim() || env.EDITOR?.trim() || 'vi';
  const words = [...chosen.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(
    ([, one, two, three]) => one ?? two ?? three ?? '',
  );
  const [program = 'vi', ...rest] = words;
  return [program, ...rest];
}

/**
 * The text as a person leaves it in $VISUAL or $EDITOR: in a file that only they may read (0600), gone afterwards.
 * @throws UserError where the editor cannot be started or says that it failed; the text is then as it was
 */
export async function editText(text: string, env: Record<string, string | undefined>): Promise<string> {
  // mkdtemp gives a folder of 0700.
  const folder = await mkdtemp(join(tmpdir(), 'hector-edit-'));
  const file = join(folder, 'message.txt');
  try {
    await writeFile(file, text, { mode: 0o600, flag: 'wx' });
    const [program, ...words] = editorOf(env);
    await run(program, [...words, file], env);
    return await readFile(file, 'utf8');
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const run = (program: string, words: readonly string[], env: Record<string, string | undefined>) =>
  new Promise<void>((resolve, reject) => {
    const fail = (what: string, cause?: unknown): void =>
      reject(
        failure(
          `the editor "${program}" ${what}: the text is as it was`,
          'EDITOR=nano hector message review',
          cause,
        ),
      );
    const child = spawn(program, [...words], { stdio: 'inherit', shell: false, env });
    child.once('error', (error) =>
      fail(errorCode(error) === 'ENOENT' ? 'is not there' : 'cannot be started', error),
    );
    child.once('exit', (code, signal) =>
      code === 0 ? resolve() : fail(signal ? `was ended by ${signal}` : `has ended with ${code}`),
    );
  });
