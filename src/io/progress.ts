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
  let last: Parameters<Progress['at']> | null = null;
  const draw = (state: Parameters<Progress['at']>): void => {
    drawn = true;
    io.stderr.write(CLEAR + cut(lineOf(label, ...state), (io.stderr.columns || 80) - 1));
  };
  // Where one part of the work takes long, nothing new comes for a while.
  const first = setTimeout(() => last && !drawn && draw(last), PATIENCE_MS);
  first.unref();
  return {
    at(...state) {
      last = state;
      const now = clock();
      if (now < next) return;
      next = now + REDRAWN_MS;
      draw(state);
    },
    end() {
      clearTimeout(first);
      if (drawn) io.stderr.write(CLEAR);
      drawn = false;
    },
  };
}

const SECOND_MS = 1_000;

/** The same for one thing that is waited for, with the seconds that it takes. */
export async function whileWaiting<T>(
  io: Pick<Io, 'live' | 'stderr'>,
  label: string,
  work: Promise<T>,
): Promise<T> {
  if (!io.live) return work;
  let seconds = 0;
  const timer = setInterval(() => {
    seconds += 1;
    io.stderr.write(CLEAR + cut(printable(`${label}: ${seconds} s`), (io.stderr.columns || 80) - 1));
  }, SECOND_MS);
  try {
    return await work;
  } finally {
    clearInterval(timer);
    if (seconds > 0) io.stderr.write(CLEAR);
  }
}

/** Before what holds the whole program up and cannot tell how far it is: no timer comes to its turn meanwhile. */
export async function whileBusy<T>(
  io: Pick<Io, 'live' | 'stderr'>,
  label: string,
  work: () => Promise<T>,
): Promise<T> {
  if (!io.live) return work();
  io.stderr.write(CLEAR + cut(printable(`${label} …`), (io.stderr.columns || 80) - 1));
  try {
    return await work();
  } finally {
    io.stderr.write(CLEAR);
  }
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
