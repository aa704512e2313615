import { emitKeypressEvents } from 'node:readline';
import type { Key } from './prompter.ts';

interface Pressed {
  name?: string;
  sequence?: string;
  ctrl?: boolean;
}

/**
 * Waits for one of these keys on the terminal, without Enter. Ctrl-C and Ctrl-D end the program as they end a
 * question: with the error that main.ts knows.
 */
export async function pressKey<V extends string>(message: string, keys: readonly Key<V>[]): Promise<V> {
  const { stdin, stderr } = process;
  stderr.write(message);
  emitKeypressEvents(stdin);
  stdin.setRawMode?.(true);
  stdin.resume();
  try {
    return await new Promise<V>((resolve, reject) => {
      const settle = (end: () => void) => {
        stdin.off('keypress', onKey);
        stdin.off('end', onEnd);
        end();
      };
      const onEnd = () => settle(() => reject(interrupted()));
      const onKey = (typed: string | undefined, pressed: Pressed) => {
        if (pressed.ctrl && (pressed.name === 'c' || pressed.name === 'd')) return onEnd();
        const found = keys.find(({ key }) => key === typed?.toLowerCase() || key === nameOf(pressed));
        if (found) settle(() => resolve(found.value));
      };
      stdin.on('keypress', onKey);
      stdin.once('end', onEnd);
    });
  } finally {
    stdin.setRawMode?.(false);
    stdin.pause();
    stderr.write('\n');
  }
}

const nameOf = ({ name }: Pressed): string | undefined => (name === 'return' ? 'enter' : name);

/** As the prompts throw it. */
function interrupted(): Error {
  const error = new Error('interrupted');
  error.name = 'ExitPromptError';
  return error;
}
