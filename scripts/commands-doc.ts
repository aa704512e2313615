import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import { buildProgram } from '../src/cli.ts';

/** Options that every command has; the page tells of them once. */
export const COMMON_OPTIONS = ['--workspace', '--json', '--quiet', '--no-color'];

export interface Verb {
  /** `campaign create`, `tick`. */
  path: string;
  command: CommandUnknownOpts;
}

/** Every command that does something, in the order of help. */
export async function allVerbs(): Promise<Verb[]> {
  const program = await buildProgram(
    () => {
      throw new Error('the help of a command opens no workspace');
    },
    '0',
    null,
  );
  return program.commands.flatMap((command): Verb[] =>
    command.commands.length === 0
      ? [{ path: command.name(), command }]
      : command.commands.map((verb) => ({ path: `${command.name()} ${verb.name()}`, command: verb })),
  );
}

/** The table of README.md. */
export function commandTable(verbs: readonly Verb[]): string {
  const rows = verbs.map(({ path, command }) => `| \`hector ${path}\` | ${command.summary()} |`);
  return ['| command | |', '|---|---|', ...rows].join('\n');
}

/** The part of docs/commands.md that the program's own help makes. */
export const commandPages = (verbs: readonly Verb[]): string => verbs.map(pageOf).join('\n\n');

const pageOf = ({ path, command }: Verb): string =>
  [`## hector ${path}`, '', '```text', helpOf(command), '```'].join('\n');

const WIDTH = 100;

/** As `--help` prints it on a terminal of so many columns, without the options that all have. */
export function helpOf(command: CommandUnknownOpts, width = WIDTH): string {
  let text = '';
  command
    .configureHelp({
      ...command.configureHelp(),
      visibleOptions: (shown) => shown.options.filter((option) => !option.hidden && !isCommon(option.long)),
    })
    .configureOutput({
      writeOut: (part) => {
        text += part;
      },
      getOutHelpWidth: () => width,
      getOutHasColors: () => false,
    });
  command.outputHelp();
  return text.replace(/[ \t]+$/gm, '').trim();
}

const isCommon = (long: string | null | undefined): boolean => COMMON_OPTIONS.includes(long ?? '');

/** The lines below `Examples:`, without their indent. */
export function examplesOf(command: CommandUnknownOpts): string[] {
  let help = '';
  command.configureOutput({
    writeOut: (part) => {
      help += part;
    },
  });
  command.outputHelp();
  const [, examples = ''] = help.split('\nExamples:\n');
  return examples
    .trimEnd()
    .split('\n')
    .map((line) => line.replace(/^ {2}/, ''));
}

const mark = (name: string, end: '' | '/'): string => `<!-- ${end}generated: ${name} (npm run gen) -->`;

/** The text with what stands between its two marks replaced. */
export function withGenerated(text: string, name: string, generated: string): string {
  const [start, end] = [text.indexOf(mark(name, '')), text.indexOf(mark(name, '/'))];
  if (start < 0 || end < start) throw new Error(`no marks for "${name}"`);
  return `${text.slice(0, start)}${mark(name, '')}\n${generated}\n${text.slice(end)}`;
}
