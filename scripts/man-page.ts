import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import { COMMON_OPTIONS, examplesOf, type Verb } from './commands-doc.ts';

/** man/hector.1, from what the program's own help is made of; man(7), with no macro beyond it. */
export function manPage(verbs: readonly Verb[], version: string): string {
  const [first] = verbs;
  const common = first ? optionsOf(first.command).filter(({ long }) => COMMON_OPTIONS.includes(long)) : [];
  return `${[
    '.\\" Written by npm run gen: do not edit.',
    `.TH HECTOR 1 "" "hector ${roff(version)}" "hector"`,
    section('NAME', 'hector \\- an outreach sequencer for the terminal, cron and one SQLite file'),
    section(
      'SYNOPSIS',
      '.B hector',
      `${italic('COMMAND')} [${italic('ARGUMENT')} ...] [${italic('OPTION')} ...]`,
    ),
    section('DESCRIPTION', ...DESCRIPTION.map(roff)),
    section('OPTIONS', 'Every command has these.', ...common.flatMap(optionLines)),
    section('COMMANDS', ...verbs.flatMap(verbLines)),
    section('EXIT STATUS', ...EXIT_CODES.flatMap(([code, what]) => tagged(bold(code), what))),
    section('ENVIRONMENT', ...ENVIRONMENT.flatMap(([name, what]) => tagged(bold(name), what))),
    section('FILES', ...FILES.flatMap(([name, what]) => tagged(italic(name), what))),
  ].join('\n')}\n`;
}

const DESCRIPTION = [
  'hector takes a list of prospects through a sequence of LinkedIn messages, e-mails and SMS. hector tick, run by cron, does whatever is due. Everything is in one folder, the workspace.',
  'Data go to standard output, words for a person to standard error: a table on a terminal, lines separated by tabs in a pipe, JSON with --json.',
];

const EXIT_CODES = [
  ['0', 'done; also when nothing was due, or another tick holds the workspace'],
  ['1', 'something failed, or waits for a person'],
  ['2', 'wrong words on the command line'],
  ['3', 'settings, keys or file rights'],
  ['130', 'interrupted'],
] as const;

const ENVIRONMENT = [
  ['HECTOR_WORKSPACE', 'the folder of the workspace, where --workspace is not given'],
  ['HECTOR_NOW', 'an ISO time: what a rehearsal takes for now'],
  ['HECTOR_DEBUG', 'shows where an error comes from'],
  ['NO_COLOR', 'no colour'],
  ['VISUAL, EDITOR', 'the editor for texts'],
] as const;

const FILES = [
  ['hector.yaml', 'settings of the workspace'],
  ['.env', 'keys, readable by you only'],
  ['hector.db', 'people, campaigns and all that happened'],
  ['outbox/', 'what a rehearsal writes instead of sending'],
] as const;

function verbLines({ path, command }: Verb): string[] {
  const own = optionsOf(command).filter(({ long }) => !COMMON_OPTIONS.includes(long));
  const given = command.registeredArguments.flatMap((argument) =>
    tagged(italic(argument.name()), argument.description),
  );
  return [
    `.SS "hector ${roff(path)}"`,
    `${bold(`hector ${path}`)} ${roff(command.usage())}`,
    '.PP',
    roff(command.description()),
    ...given,
    ...own.flatMap(optionLines),
    '.PP',
    'Examples:',
    '.PP',
    '.RS 4',
    '.nf',
    ...examplesOf(command).map(roff),
    '.fi',
    '.RE',
  ];
}

interface OptionText {
  long: string;
  flags: string;
  description: string;
  choices: readonly string[];
}

const optionsOf = (command: CommandUnknownOpts): OptionText[] =>
  command.options
    .filter(({ hidden }) => !hidden)
    .map(({ long, flags, description, argChoices }) => ({
      ...{ flags, description, choices: argChoices ?? [] },
      long: long ?? '',
    }));

const optionLines = ({ flags, description, choices }: OptionText): string[] =>
  tagged(bold(flags), choices.length > 0 ? `${description} (${choices.join(', ')})` : description);

const section = (title: string, ...lines: string[]): string => [`.SH ${title}`, ...lines].join('\n');
const tagged = (tag: string, text: string): string[] => ['.TP', tag, roff(text)];
const bold = (text: string): string => `\\fB${roff(text)}\\fR`;
const italic = (text: string): string => `\\fI${roff(text)}\\fR`;

/** Text as text: no request at the start of a line, a hyphen that can be copied, signs beyond ASCII by their number. */
function roff(text: string): string {
  return text
    .replaceAll('\\', '\\e')
    .replaceAll('-', '\\-')
    .replace(
      /[^\n -~]/gu,
      (sign) => `\\[u${(sign.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}]`,
    )
    .replace(/^(?=[.'])/gm, '\\&');
}
