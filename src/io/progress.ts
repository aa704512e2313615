import { type Io, printable } from '../io.ts';

export interface Progress {
  /** @param more what else is worth seeing: a cost, a share of a file */
  at(done: number, total?: number, more?: string): void;
  /** Takes the line away; to be called whatever happened. */
  end(): void;
}

/** What is done by then needs no progress. */
const PATIENCE_MS = 500;
const REDRAWN_MS = 100;
const CLEAR = '\r\u001b[K';

/**
 * One line on a terminal's stderr for what takes more than a moment, rewritten as it goes on; nothing in a pipe, with
 * --quiet or with --json.
 * @param label what is being done: `Importing list.csv`
 * @param clock ms; tests set it
 */
export function createProgress(
  io: Pick<Io, 'live' | 'stderr'>,
  label: string,
  clock: () => number = () => performance.now(),
): Progress {
  if (!io.live) return { at: () => undefined, end: () => undefined };
  let next = clock() + PATIENCE_MS;
  let drawn = false;
  return {
    at(done, total, more) {
      const now = clock();
      if (now < next) return;
      next = now + REDRAWN_MS;
      drawn = true;
      io.stderr.write(CLEAR + cut(lineOf(label, done, total, more), (io.stderr.columns || 80) - 1));
    },
    end() {
      if (drawn) io.stderr.write(CLEAR);
      drawn = false;
    },
  };
}

function lineOf(label: string, done: number, total?: number, more?: string): string {
  const share = total === undefined || total === 0 ? '' : ` of ${total} (${percent(done, total)} %)`;
  return printable(`${label}: ${done}${share}${more === undefined ? '' : ` · ${more}`}`);
}

const percent = (done: number, total: number): number => Math.min(100, Math.floor((done / total) * 100));

/** A line that breaks could not be rewritten; whatever may be wide counts as two columns. */
function cut(line: string, width: number): string {
  let room = width;
  return [...line]
    .filter((sign) => {
      room -= sign < '\u1100' ? 1 : 2;
      return room >= 0;
    })
    .join('');
}
