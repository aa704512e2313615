import { setTimeout as delay } from 'node:timers/promises';
import { type Env, hasDisplay } from './display.ts';
import { osc52 } from './osc52.ts';

/** The parts of the context's io and environment that this needs. */
export interface Screen {
  stdout: { write(text: string): unknown };
  /** stdout is a terminal. */
  terminal: boolean;
  env: Env;
}

/** A display that does not answer (a dead X forward) must not hold up the session. */
const CLIPBOARD_TIMEOUT_MS = 3000;

/**
 * Puts a text where the person can paste it: the clipboard where there is a display, else the clipboard of the
 * terminal. `terminal` means asked, not confirmed: terminals do not answer. `none`: the caller prints the text.
 */
export async function copyText(text: string, screen: Screen): Promise<'clipboard' | 'terminal' | 'none'> {
  if (hasDisplay(screen.env) && (await toClipboard(text))) return 'clipboard';
  const sequence = screen.terminal ? osc52(text, screen.env) : null;
  if (sequence === null) return 'none';
  screen.stdout.write(sequence);
  return 'terminal';
}

/** clipboardy throws without a display or its helper program. */
async function toClipboard(text: string): Promise<boolean> {
  try {
    const { default: clipboard } = await import('clipboardy');
    const copied = clipboard.write(text).then(() => true);
    return await Promise.race([copied, delay(CLIPBOARD_TIMEOUT_MS, false, { ref: false })]);
  } catch {
    return false;
  }
}
