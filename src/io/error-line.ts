import { type IoStreams, printable } from '../io.ts';
import { fitted, keptWhole } from './wrap.ts';

/**
 * An error as it is shown: one line, or on a terminal as many as it takes.
 * @param next what to type, never broken: it is copied
 */
export function errorLine(stderr: IoStreams['stderr'], message: string, next?: string): string {
  const words = printable(message);
  if (stderr.isTTY !== true) return next ? `${words} ${printable(next)}` : words;
  return fitted(next ? `${words} ${keptWhole(printable(next))}` : words, stderr.columns || 80);
}
