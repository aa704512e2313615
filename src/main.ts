import { writeSync } from 'node:fs';
import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import { packageVersion } from './assets.ts';
import type { GlobalOptions } from './commands/command.ts';
import type { Context } from './context.ts';
import { EXIT, type ExitCode, errorCode, failure, UserError, usageError } from './errors.ts';

/** The one place that sets the exit code and maps errors to it (docs/commands.md). */
export async function main(argv: readonly string[]): Promise<void> {
  const typed = argv.slice(2);
  if (typed.length === 1 && (typed[0] === '--version' || typed[0] === '-V')) {
    return printVersion();
  }
  process.exitCode = await run(typed);
}

/** Straight to the descriptor: opening the stream would cost more than all the rest of it. */
function printVersion(): void {
  try {
    writeSync(1, `${packageVersion()}\n`);
  } catch (error) {
    if (errorCode(error) === 'EPIPE') return;
    const message = error instanceof Error ? error.message : String(error);
    process.exitCode = explain(failure(`cannot write the output: ${message}`), plainLine);
  }
}

/** Node opens each when it is first looked at; an idle tick looks at none that it does not need. */
const streams = {
  get stdin() {
    return process.stdin;
  },
  get stdout() {
    return guarded(process.stdout);
  },
  get stderr() {
    return guarded(process.stderr);
  },
};

function guarded(stream: NodeJS.WriteStream): NodeJS.WriteStream {
  return stream.listeners('error').includes(unwritable) ? stream : stream.on('error', unwritable);
}

/** `hector report | head` closes the pipe early: that is the reader's right, not an error. A full disk is one. */
function unwritable(error: Error): void {
  if (errorCode(error) === 'EPIPE') process.exit(process.exitCode ?? EXIT.done);
  process.exit(explain(failure(`cannot write the output: ${error.message}`), plainLine));
}

/** Where nothing more can be loaded. */
const plainLine = (message: string, next?: string): string => (next ? `${message} ${next}` : message);

async function run(words: readonly string[]): Promise<ExitCode> {
  const opened: Context[] = [];
  try {
    const [{ buildProgram, commandNames }, { Context }, { createIo }] = await Promise.all([
      import('./cli.ts'),
      import('./context.ts'),
      import('./io.ts'),
    ]);
    const open = (options: GlobalOptions): Context => {
      const quiet = options.quiet === true;
      const json = options.json === true;
      const io = createIo(streams, { env: process.env, quiet, color: options.color !== false, json });
      const context = new Context({
        io,
        env: process.env,
        cwd: process.cwd(),
        workspaceFlag: options.workspace,
        json,
        quiet,
      });
      opened.push(context);
      return context;
    };
    const typed = words.includes('help')
      ? (await import('./commands/help-word.ts')).withoutHelpWord(words, commandNames())
      : words;
    const program = await buildProgram(open, packageVersion(), typed);
    takeOver(program, 'hector');
    await program.parseAsync([...typed], { from: 'user' });
    return opened.reduce<ExitCode>(
      (code, context) => (context.exitCode === EXIT.done ? code : context.exitCode),
      EXIT.done,
    );
  } catch (error) {
    const { errorLine } = await import('./io/error-line.ts');
    const told = await suggested(await located(error, opened), words);
    return explain(told, (...words) => errorLine(streams.stderr, ...words));
  } finally {
    for (const context of opened) await context.close();
  }
}

/** What went wrong in the middle of some query says nothing of the file it happened to. */
const located = async (error: unknown, [context]: readonly Context[]): Promise<unknown> =>
  context ? context.explained(error) : error;

/** commander lists what an option takes; which of it was meant comes behind. So does who was meant by a name. */
async function suggested(error: unknown, words: readonly string[]): Promise<unknown> {
  if (!(error instanceof UserError)) return error;
  if (error.instead) return (await import('./commands/retyped.ts')).retyped(error, words);
  if (errorCode(error.cause) !== 'commander.invalidArgument') return error;
  const { meantChoice } = await import('./commands/meant-choice.ts');
  return usageError(error.message + meantChoice(error.message), error.next);
}

/** commander would print and exit by itself; it must throw instead, on every level. */
function takeOver(command: CommandUnknownOpts, path: string): void {
  command.exitOverride((error) => {
    if (isHelp(error.code)) throw error;
    const early = path === 'hector' && error.code === 'commander.unknownOption';
    const words = plainWords(error.message);
    throw new UserError(early ? `${words} here: options come after the command` : words, {
      ...{ exitCode: EXIT.usage, next: `${path} --help`, cause: error },
    });
  });
  // A noun without its verb: the help is the answer, not an error.
  const write = (text: string): void => void streams.stdout.write(text);
  command.configureOutput({ outputError: () => undefined, writeErr: write, writeOut: write });
  for (const child of command.commands) takeOver(child, `${path} ${child.name()}`);
}

/** commander's message as one line of ours. */
const plainWords = (message: string): string =>
  message
    .replace(/^error: /, '')
    .replace(/\n?\(Did you mean (.+)\?\)$/s, ', did you mean $1?')
    .replace(/\.$/, '');

/** @param line makes text from a file or the command line safe for a terminal, and fit to be read there */
function explain(error: unknown, line: (message: string, next?: string) => string): ExitCode {
  if (error instanceof UserError) {
    const stop = /[.?!]$/.test(error.message) ? '' : '.';
    streams.stderr.write(
      `${error.next ? line(`hector: ${error.message}${stop} Try:`, error.next) : line(`hector: ${error.message}`)}\n`,
    );
    if (process.env.HECTOR_DEBUG) streams.stderr.write(`${error.stack}\n`);
    return error.exitCode;
  }
  if (isHelp(errorCode(error) ?? '')) return EXIT.done;
  if (error instanceof Error && error.name === 'ExitPromptError') return EXIT.interrupted;
  streams.stderr.write(
    `${line(`hector: a fault of ours: ${error instanceof Error ? error.message : String(error)}`)}\n`,
  );
  streams.stderr.write(
    process.env.HECTOR_DEBUG && error instanceof Error
      ? `${error.stack}\n`
      : 'Set HECTOR_DEBUG=1 to see where, and report it.\n',
  );
  return EXIT.failed;
}

const isHelp = (code: string): boolean =>
  ['commander.help', 'commander.helpDisplayed', 'commander.version'].includes(code);
