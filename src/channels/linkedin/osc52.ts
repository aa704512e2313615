import type { Env } from './display.ts';

/** Terminals cut or drop longer ones; xterm's limit is the lowest that is common. */
const LARGEST_BASE64 = 74_994;

/** GNU screen drops longer strings. */
const SCREEN_CHUNK = 240;

/**
 * The sequence that asks the terminal to put a text on the clipboard of the screen it runs on, even over SSH
 * (xterm control sequences, OSC 52). Null when this terminal cannot take it. Base64 keeps the text from acting on
 * the terminal.
 */
export function osc52(text: string, env: Env): string | null {
  if (env.TERM === 'dumb' || env.TERM === 'linux') return null;
  const base64 = Buffer.from(text, 'utf8').toString('base64');
  if (base64.length > LARGEST_BASE64) return null;
  const sequence = `\x1b]52;c;${base64}\x07`;
  if (env.TMUX) return sequence + throughTmux(sequence);
  return env.STY ? throughScreen(sequence) : sequence;
}

/** tmux takes the bare sequence itself with `set-clipboard on`, and this one with `allow-passthrough on`. */
const throughTmux = (sequence: string): string =>
  `\x1bPtmux;${sequence.replaceAll('\x1b', '\x1b\x1b')}\x1b\\`;

function throughScreen(sequence: string): string {
  let wrapped = '';
  for (let at = 0; at < sequence.length; at += SCREEN_CHUNK)
    wrapped += `\x1bP${sequence.slice(at, at + SCREEN_CHUNK)}\x1b\\`;
  return wrapped;
}
