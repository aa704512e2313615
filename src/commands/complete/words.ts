import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import type { NameKind } from '../../engine/ports/names.ts';

interface Candidate {
  value: string;
  description: string;
}

/** What may stand where the cursor is. */
export interface Wanted {
  /** Said by the program itself; those that do not begin as typed are still among them. */
  candidates: Candidate[];
  /** Names of the workspace besides. */
  names: NameKind | null;
  /** Before each of those names: `campaign:`. */
  namesBehind: string;
  /** Files besides: the shell knows them. */
  files: boolean;
  /** `--campaign=` where the value stands behind it: part of the word, and of no candidate. */
  before: string;
  /** What of the word the candidates begin with. */
  start: string;
  workspace: string | undefined;
}

/** @param words what follows `hector`, without quotes; the last is the one to be completed, perhaps empty */
export function wantedAt(program: CommandUnknownOpts, words: readonly string[]): Wanted {
  const before = words.slice(0, -1);
  const current = words.at(-1) ?? '';
  const nothing: Wanted = {
    ...{ candidates: [], names: null, namesBehind: '', files: false },
    ...{ before: '', start: current, workspace: undefined },
  };
  const { command, rest } = commandOf(program, before);
  if (command === null) return nothing;
  if (command.commands.length > 0)
    return rest.length > 0 ? nothing : { ...nothing, candidates: command.commands.map(named) };
  const read = readRest(command, rest);
  const standing = { ...nothing, workspace: read.workspace };
  const [flag = '', ...value] = current.split('=');
  if (read.waiting && !(read.waiting.variadic && current.startsWith('-')))
    return { ...standing, ...valuesOf(optionValue(read.waiting)) };
  if (!read.onlyArguments && current.startsWith('--') && value.length > 0) {
    const option = command.options.find(({ long }) => long === flag);
    return option
      ? { ...standing, ...valuesOf(optionValue(option)), before: `${flag}=`, start: value.join('=') }
      : standing;
  }
  if (!read.onlyArguments && current.startsWith('-'))
    return { ...standing, candidates: flagsOf(command, rest) };
  const argument = command.registeredArguments[read.given] ?? variadic(command);
  if (argument) return { ...standing, ...valuesOf({ name: argument.name(), choices: argument.argChoices }) };
  return { ...standing, candidates: read.onlyArguments ? [] : flagsOf(command, rest) };
}

type Option = CommandUnknownOpts['options'][number];

function commandOf(
  program: CommandUnknownOpts,
  before: readonly string[],
): { command: CommandUnknownOpts | null; rest: readonly string[] } {
  let command = program;
  let depth = 0;
  for (; depth < before.length && command.commands.length > 0; depth += 1) {
    const found = command.commands.find((child) => child.name() === before[depth]);
    if (!found) return { command: null, rest: [] };
    command = found;
  }
  return { command, rest: before.slice(depth) };
}

const named = (command: CommandUnknownOpts): Candidate => ({
  value: command.name(),
  description: command.summary(),
});

interface Rest {
  /** Arguments before the cursor. */
  given: number;
  /** The option whose value comes next. */
  waiting: Option | null;
  onlyArguments: boolean;
  workspace: string | undefined;
}

function readRest(command: CommandUnknownOpts, rest: readonly string[]): Rest {
  const read: Rest = { given: 0, waiting: null, onlyArguments: false, workspace: undefined };
  for (const word of rest) {
    if (!read.onlyArguments && word === '--') {
      Object.assign(read, { onlyArguments: true, waiting: null });
      continue;
    }
    if (!read.onlyArguments && word.startsWith('-') && word !== '-') {
      const [flag = '', ...value] = word.split('=');
      const option = command.options.find(({ long, short }) => long === flag || short === flag) ?? null;
      if (option?.long === '--workspace' && value.length > 0) read.workspace = value.join('=');
      read.waiting = option && takesValue(option) && value.length === 0 ? option : null;
      continue;
    }
    if (read.waiting?.long === '--workspace') read.workspace = word;
    if (!read.waiting) read.given += 1;
    if (!read.waiting?.variadic) read.waiting = null;
  }
  return read;
}

const takesValue = ({ required, optional }: Option): boolean => required || optional;

const variadic = ({ registeredArguments }: CommandUnknownOpts) => {
  const last = registeredArguments.at(-1);
  return last?.variadic ? last : undefined;
};

function flagsOf(command: CommandUnknownOpts, rest: readonly string[]): Candidate[] {
  const given = new Set(rest.map((word) => word.split('=')[0]));
  const flags = command.options
    .filter(({ hidden, long, variadic: again }) => !hidden && long && (again || !given.has(long)))
    .map(({ long, description }) => ({ value: long ?? '', description }));
  return [...flags, { value: '--help', description: 'display help for command' }];
}

interface Value {
  name: string;
  choices: readonly string[] | undefined;
}

/** An option is known by its own name: that of its value is often just `name`. */
const optionValue = ({ long, flags, argChoices }: Option): Value => ({
  name: `${long?.slice(2) ?? ''} ${/[<[](.+)[>\]]/.exec(flags)?.[1] ?? ''}`,
  choices: argChoices,
});

function valuesOf({ name, choices }: Value): Pick<Wanted, 'candidates' | 'names' | 'namesBehind' | 'files'> {
  const has = (words: RegExp): boolean => words.test(name);
  if (has(/^from source$/))
    return { candidates: SOURCES, names: 'campaign', namesBehind: 'campaign:', files: true };
  return {
    namesBehind: '',
    candidates: (choices ?? []).map((value) => ({ value, description: '' })),
    names: KINDS.find(({ words }) => has(words))?.kind ?? null,
    files: has(/\b(?:file|files|folder|workspace|csv|yaml|scenarios?|voices?|from)\b/),
  };
}

/** Where the people of a campaign come from, beside files and other campaigns. */
const SOURCES: Candidate[] = [
  { value: 'all', description: 'everybody in the workspace' },
  { value: 'import:', description: 'whom an import has brought, by its number' },
  { value: 'where:', description: 'a filter, as prospect list --where takes it' },
];

const KINDS: readonly { words: RegExp; kind: NameKind }[] = [
  { words: /\bcampaigns?\b/, kind: 'campaign' },
  { words: /\b(?:prospects?|person|people)\b/, kind: 'prospect' },
  { words: /\bscenarios?\b/, kind: 'scenario' },
  { words: /\bvoices?\b/, kind: 'voice' },
];
