import { spawn } from 'node:child_process';
import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';
import { failure } from '../errors.ts';

type Env = Record<string, string | undefined>;

const TIMEOUT_MS = 5000;
/** Nobody's crontab is larger. */
const LARGEST = 4 * 1024 * 1024;

/** Reads and writes the crontab of this user, by the program of that name in PATH. */
export interface Crontab {
  /** Empty where the user has none. @throws UserError for any other answer than that */
  read(): Promise<string>;
  write(text: string): Promise<void>;
}

const NO_CRONTAB = /^(?:crontab: )?(?:no crontab for \S+|can't open '[^']*': No such file or directory)$/i;

/** Null: there is no such program. */
export function findCrontab(env: Env): Crontab | null {
  const program = (env.PATH ?? '')
    .split(delimiter)
    .filter(isAbsolute)
    .map((folder) => join(folder, 'crontab'))
    .find(isProgram);
  if (program === undefined) return null;
  return {
    async read() {
      const { code, stdout, stderr } = await run(program, ['-l'], null, env);
      if (code === 0) return stdout;
      // Vixie's, cronie's, busybox's and BSD's word for it, always with an exit code of 1.
      if (code === 1 && NO_CRONTAB.test(stderr.trim())) return '';
      throw failure(`crontab -l failed (${why(code, stderr)}), and nothing was changed`, 'crontab -l');
    },
    async write(text) {
      const { code, stderr } = await run(program, ['-'], text, env);
      if (code !== 0) throw failure(`crontab refused the new crontab (${why(code, stderr)})`, 'crontab -l');
    },
  };
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

const why = (code: number | null, stderr: string): string =>
  stderr.replace(/\s+/g, ' ').trim().slice(0, 200) || (code === null ? 'no answer' : `exit code ${code}`);

interface Answer {
  /** Null: it was ended, for it gave no answer in time. */
  code: number | null;
  stdout: string;
  stderr: string;
}

function run(program: string, words: string[], input: string | null, env: Env): Promise<Answer> {
  return new Promise((resolve, reject) => {
    // Its own words in English, so that they can be told apart.
    const child = spawn(program, words, { env: { ...env, LC_ALL: 'C' }, timeout: TIMEOUT_MS });
    const [stdout, stderr]: [Buffer[], Buffer[]] = [[], []];
    let size = 0;
    const collect = (into: Buffer[]) => (chunk: Buffer) => {
      size += chunk.length;
      if (size > LARGEST) child.kill();
      else into.push(chunk);
    };
    child.stdout.on('data', collect(stdout));
    child.stderr.on('data', collect(stderr));
    child.once('error', (error) =>
      reject(failure(`cannot run ${program}: ${error.message}`, program, error)),
    );
    child.once('close', (code) => resolve({ code, stdout: textOf(stdout), stderr: textOf(stderr) }));
    // It may refuse before it has read all; its exit code says so.
    child.stdin.once('error', () => undefined);
    child.stdin.end(input === null ? undefined : Buffer.from(input, 'latin1'));
  });
}

/** A byte a character: a crontab has no encoding of its own, and every byte must come back as it was. */
const textOf = (chunks: readonly Buffer[]): string => Buffer.concat(chunks).toString('latin1');
