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
 * @throws UserError where the editor cannot be started or says that it failed; what was typed then stays in its file
 */
export async function editText(text: string, env: Record<string, string | undefined>): Promise<string> {
  // mkdtemp gives a folder of 0700.
  const folder = await mkdtemp(join(tmpdir(), 'hector-edit-'));
  const file = join(folder, 'message.txt');
  let keeps = false;
  try {
    await writeFile(file, text, { mode: 0o600, flag: 'wx' });
    const [program, ...words] = editorOf(env);
    const problem = await run(program, [...words, file], env);
    const typed = await readFile(file, 'utf8');
    if (problem === null) return typed;
    keeps = typed !== text;
    throw failure(
      `the editor "${program}" ${problem}: the text is as it was${keeps ? `; what was typed is in ${file}` : ''}`,
      'export VISUAL=nano',
    );
  } finally {
    if (!keeps) await rm(folder, { recursive: true, force: true });
  }
}

/** Keeps a text in a new file of a folder, for its owner alone (0600); no file that is there is replaced. */
export async function keepText(folder: string, name: string, text: string): Promise<string> {
  for (let number = 1; ; number += 1) {
    const file = join(folder, `${name}${number === 1 ? '' : `-${number}`}.txt`);
    try {
      await writeFile(file, text, { mode: 0o600, flag: 'wx' });
      return file;
    } catch (error) {
      if (errorCode(error) === 'EEXIST') continue;
      throw failure(`what was typed cannot be kept in ${file}`, `ls -ld ${folder}`, error);
    }
  }
}

/** What went wrong, in words, or null. A ctrl-C belongs to the editor: hector must not die of it under the text. */
async function run(
  program: string,
  words: readonly string[],
  env: Record<string, string | undefined>,
): Promise<string | null> {
  const ignore = (): void => undefined;
  process.on('SIGINT', ignore);
  try {
    return await new Promise((resolve) => {
      const child = spawn(program, [...words], { stdio: 'inherit', shell: false, env });
      child.once('error', (error) =>
        resolve(errorCode(error) === 'ENOENT' ? 'is not there' : 'cannot be started'),
      );
      child.once('exit', (code, signal) =>
        resolve(code === 0 ? null : signal ? `was ended by ${signal}` : `has ended with ${code}`),
      );
    });
  } finally {
    process.off('SIGINT', ignore);
  }
}
