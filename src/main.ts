import { packageVersion } from './assets.ts';
import type { GlobalOptions } from './commands/command.ts';
import type { Context } from './context.ts';
import { EXIT, type ExitCode, errorCode, UserError } from './errors.ts';

/** The one place that sets the exit code and maps errors to it (docs/commands.md). */
export async function main(argv: readonly string[]): Promise<void> {
  const typed = argv.slice(2);
  if (typed.length === 1 && (typed[0] === '--version' || typed[0] === '-V')) {
    process.stdout.write(`${packageVersion()}\n`);
    return;
  }
  // `hector report | head` closes the pipe early: that is the reader's right, not an error.
  process.stdout.on('error', (error) => {
    if (errorCode(error) === 'EPIPE') process.exit(process.exitCode ?? EXIT.done);
    throw error;
  });
  process.exitCode = await run(typed);
}

async function run(typed: readonly string[]): Promise<ExitCode> {
  const opened: Context[] = [];
  try {
    const [{ buildProgram }, { Context }, { createIo }] = await Promise.all([
      import('./cli.ts'),
      import('./context.ts'),
      import('./io.ts'),
    ]);
    const open = (options: GlobalOptions): Context => {
      const quiet = options.quiet === true;
      const io = createIo(process, { env: process.env, quiet, color: options.color !== false });
      const context = new Context({
        io,
        env: process.env,
        cwd: process.cwd(),
        workspaceFlag: options.workspace,
        json: options.json === true,
        quiet,
      });
      opened.push(context);
      return context;
    };
    const program = await buildProgram(open, packageVersion(), typed);
    exitOverride(program);
    await program.parseAsync([...typed], { from: 'user' });
    return opened.reduce<ExitCode>(
      (code, context) => (context.exitCode === EXIT.done ? code : context.exitCode),
      EXIT.done,
    );
  } catch (error) {
    return explain(error);
  } finally {
    for (const context of opened) await context.close();
  }
}

interface Overridable {
  exitOverride(): unknown;
  commands: readonly Overridable[];
}

/** commander would exit by itself; it must throw instead, on every level. */
function exitOverride(command: Overridable): void {
  command.exitOverride();
  for (const child of command.commands) exitOverride(child);
}

function explain(error: unknown): ExitCode {
  if (error instanceof UserError) {
    process.stderr.write(`hector: ${error.message}${error.next ? `. Try: ${error.next}` : ''}\n`);
    if (process.env.HECTOR_DEBUG) process.stderr.write(`${error.stack}\n`);
    return error.exitCode;
  }
  const code = errorCode(error);
  // commander has printed its own line already.
  if (code?.startsWith('commander.')) return isHelp(code) ? EXIT.done : EXIT.usage;
  if (error instanceof Error && error.name === 'ExitPromptError') return EXIT.interrupted;
  process.stderr.write(
    `hector: a fault of ours: ${error instanceof Error ? error.message : String(error)}\n`,
  );
  process.stderr.write(
    process.env.HECTOR_DEBUG && error instanceof Error
      ? `${error.stack}\n`
      : 'Set HECTOR_DEBUG=1 to see where, and report it.\n',
  );
  return EXIT.failed;
}

const isHelp = (code: string): boolean =>
  ['commander.help', 'commander.helpDisplayed', 'commander.version'].includes(code);
