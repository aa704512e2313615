import { Chalk, type ChalkInstance } from 'chalk';

/** Where data, notes and questions go. Data on stdout; everything for a person on stderr. */
export interface Io {
  readonly stdin: NodeJS.ReadableStream & { isTTY?: boolean };
  readonly stdout: NodeJS.WritableStream & { isTTY?: boolean; columns?: number };
  readonly stderr: NodeJS.WritableStream & { isTTY?: boolean };
  /** stdout is a terminal: tables and colour instead of tab-separated lines. */
  readonly terminal: boolean;
  /** stdin and stdout are terminals: questions may be asked. */
  readonly interactive: boolean;
  /** Columns to draw in; 80 when unknown. */
  readonly width: number;
  readonly color: ChalkInstance;
  /** A line of data. */
  out(line: string): void;
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

/** chalk ignores NO_COLOR unless it is given a level, so the level is decided here (no-color.org). */
export function createIo(
  streams: IoStreams,
  options: { env: Record<string, string | undefined>; quiet: boolean; color: boolean },
): Io {
  const { stdin, stdout, stderr } = streams;
  const terminal = stdout.isTTY === true;
  const colored = options.color && terminal && !options.env.NO_COLOR && options.env.TERM !== 'dumb';
  return {
    stdin,
    stdout,
    stderr,
    terminal,
    interactive: terminal && stdin.isTTY === true,
    width: stdout.columns || 80,
    color: new Chalk({ level: colored ? 1 : 0 }),
    out: (line) => void stdout.write(`${line}\n`),
    note: (line) => {
      if (!options.quiet) stderr.write(`${line}\n`);
    },
    warn: (line) => void stderr.write(`${line}\n`),
  };
}

/**
 * Text from a file or a person made safe for a terminal: control characters, escape sequences and
 * direction marks become a visible `?`; line breaks become blanks.
 */
export function printable(text: string): string {
  return text.replace(/[\r\n\t]+/g, ' ').replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, '?');
}
