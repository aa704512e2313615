import { type Io, printable } from '../io.ts';
import { wrapped } from './wrap.ts';

/**
 * A fact and its name: side by side on a terminal, where a long one goes over several lines; separated by a tab in a
 * pipe.
 * @param room columns of the name
 */
export function printPair(io: Io, name: string, text: string, room: number): void {
  if (!io.terminal) {
    io.out(`${name}\t${printable(text)}`);
    return;
  }
  const [first = '', ...rest] = wrapped(printable(text), io.width, ' '.repeat(room));
  io.whole(io.color.dim(name.padEnd(room)) + first.slice(room));
  for (const line of rest) io.whole(line);
}
