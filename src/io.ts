import { Chalk, type ChalkInstance } from 'chalk';
import { fitted } from './io/wrap.ts';

/** Where data, notes and questions go. Data on stdout; everything for a person on stderr. */
export interface Io {
  readonly stdin: NodeJS.ReadableStream & { isTTY?: boolean };
  readonly stdout: NodeJS.WritableStream & { isTTY?: boolean; columns?: number };
  readonly stderr: NodeJS.WritableStream & { isTTY?: boolean; columns?: number };
  /** stdout is a terminal: tables and colour instead of tab-separated lines. */
  readonly terminal: boolean;
  /** stdin and stdout are terminals: questions may be asked. */
  readonly interactive: boolean;
  /** stderr is a terminal where a line may be redrawn, and neither --quiet nor --json was asked for. */
  readonly live: boolean;
  /** Columns to draw in; 80 when unknown. */
  readonly width: number;
  readonly color: ChalkInstance;
  /** Data; on a terminal a sentence, broken at blanks where it is longer than a line. */
  out(line: string): void;
  /** Data that is copied from the screen or laid out already: never broken. */
  whole(line: string): void;
  /** A line for a person; silent with --quiet. */
  note(line: string): void;
  /** A line that --quiet does not silence: warnings and errors. */
  warn(line: string): void;
}

export interface IoStreams {
  stdin: Io['stdin'];
  stdout: Io['stdout'];
  stderr: Io['stderr'];
}

/**
 * chalk ignores NO_COLOR unless it is given a level, so the level is decided here (no-color.org). Node opens each of
 * `process.stdin`, `stdout` and `stderr` when it is first looked at, which an idle tick would feel: so only then.
 */
export function createIo(
  streams: IoStreams,
  options: { env: Record<string, string | undefined>; quiet: boolean; color: boolean; json?: boolean },
): Io {
  let color: ChalkInstance | undefined;
  const say = (line: string): void => {
    const { stderr } = streams;
    stderr.write(`${stderr.isTTY ? fitted(line, stderr.columns || 80) : line}\n`);
  };
  const io: Io = {
    get stdin() {
      return streams.stdin;
    },
    get stdout() {
      return streams.stdout;
    },
    get stderr() {
      return streams.stderr;
    },
    get terminal() {
      return streams.stdout.isTTY === true;
    },
    get interactive() {
      return io.terminal && streams.stdin.isTTY === true;
    },
    get live() {
      const told = options.quiet || options.json === true;
      return !told && streams.stderr.isTTY === true && options.env.TERM !== 'dumb';
    },
    get width() {
      return streams.stdout.columns || 80;
    },
    get color() {
      color ??= new Chalk({ level: options.color && isColored(options.env, io.terminal) ? 1 : 0 });
      return color;
    },
    out: (line) => io.whole(io.terminal && options.json !== true ? fitted(line, io.width) : line),
    whole: (line) => void streams.stdout.write(`${line}\n`),
    note: (line) => {
      if (!options.quiet) say(line);
    },
    warn: say,
  };
  return io;
}

/** NO_COLOR says no (no-color.org), else FORCE_COLOR says yes or, with 0, no; else a terminal decides. */
function isColored(env: Record<string, string | undefined>, terminal: boolean): boolean {
  if (env.NO_COLOR) return false;
  if (env.FORCE_COLOR) return env.FORCE_COLOR !== '0';
  return terminal && env.TERM !== 'dumb';
}

/**
 * Text from a file or a person made safe for a terminal: control characters, escape sequences and
 * direction marks become a visible `?`; line breaks become blanks.
 */
export function printable(text: string): string {
  return text.replace(/[\r\n\t]+/g, ' ').replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, '?');
}
