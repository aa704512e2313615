import { setTimeout as delay } from 'node:timers/promises';

export interface Key<V extends string> {
  /** As it is typed: a small letter, a digit, or one of `?`, `enter`, `space`. */
  key: string;
  /** A word or two, shown in the line of keys. */
  name: string;
  value: V;
}

/** The terminal, as far as a key needs it. */
interface Keyboard {
  stdin: NodeJS.ReadableStream & { setRawMode?(raw: boolean): unknown };
  stderr: { write(text: string): unknown };
}

/** What arrives as long as this after the last key has been typed before the question: a paste, a key held down. */
const QUIET_MS = 25;

/**
 * Waits for one of these keys on the terminal, without Enter. What was typed before the question, and what comes in
 * one piece with other keys (a paste), is dropped: one key does one thing. Ctrl-C and Ctrl-D end the program as they
 * end a question: with the error that main.ts knows.
 */
export async function pressKey<V extends string>(
  message: string,
  keys: readonly Key<V>[],
  { stdin, stderr }: Keyboard = process,
): Promise<V> {
  const restore = (): void => void stdin.setRawMode?.(false);
  process.once('exit', restore);
  stdin.setRawMode?.(true);
  try {
    await dropTyped(stdin);
    stderr.write(message);
    const pressed = await nextKey(stdin, (typed) => keys.find(({ key }) => key === typed));
    return pressed.value;
  } finally {
    restore();
    process.off('exit', restore);
    stdin.pause();
    stderr.write('\n');
  }
}

/** Reads until nothing has come for a moment. */
async function dropTyped(stdin: Keyboard['stdin']): Promise<void> {
  let came = false;
  let ended = false;
  const note = (chunk: unknown): void => {
    came = true;
    ended ||= endsProgram(String(chunk));
  };
  const end = (): void => {
    ended = true;
  };
  stdin.on('data', note).once('end', end);
  stdin.resume();
  try {
    do {
      came = false;
      await delay(QUIET_MS);
    } while (came && !ended);
  } finally {
    stdin.off('data', note).off('end', end);
  }
  if (ended) throw interrupted();
}

function nextKey<F>(stdin: Keyboard['stdin'], find: (typed: string) => F | undefined): Promise<F> {
  return new Promise((resolve, reject) => {
    const settle = (finish: () => void): void => {
      stdin.off('data', onData).off('end', onEnd);
      stdin.pause();
      finish();
    };
    const onEnd = (): void => settle(() => reject(interrupted()));
    const onData = (chunk: unknown): void => {
      const typed = String(chunk);
      const found = find(nameOf(typed));
      if (endsProgram(typed)) onEnd();
      else if (found !== undefined) settle(() => resolve(found));
    };
    stdin.on('data', onData).once('end', onEnd);
    stdin.resume();
  });
}

const endsProgram = (typed: string): boolean => typed.includes('\x03') || typed.includes('\x04');

const NAMES: Readonly<Record<string, string>> = { '\r': 'enter', '\n': 'enter', ' ': 'space' };

/** Several characters at once are a paste or an arrow key: no name of a key is as long. */
const nameOf = (typed: string): string =>
  NAMES[typed] ?? ([...typed].length === 1 ? typed.toLowerCase() : '');

/** As the prompts throw it. */
function interrupted(): Error {
  const error = new Error('interrupted');
  error.name = 'ExitPromptError';
  return error;
}
