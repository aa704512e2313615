import { relative } from 'node:path';
import type { Context } from '../../context.ts';
import { didYouMean } from '../../engine/suggest.ts';
import { usageError } from '../../errors.ts';
import { type Column, printJson, printTable } from '../../io/table.ts';
import { hectorCommand, type OpenContext } from '../command.ts';

export const command = (open: OpenContext) =>
  hectorCommand('show', {
    summary: 'every setting, and where it comes from',
    description:
      'Every setting with its value and where it comes from: a flag, the environment, .env, a line of hector.yaml, or the default. Of secrets only the last four signs are shown.',
    examples: [
      'hector config show',
      'hector config show email          # one section',
      'hector config show ai.budget.day',
    ],
  })
    .argument('[key]', 'a section or a key, such as email or email.caps')
    .action(async (key, options) => showConfig(open(options), key));

type Setting = Awaited<ReturnType<Context['settings']>>[number];

export async function showConfig(context: Context, key: string | undefined): Promise<void> {
  const settings = chosen(await context.settings(), key);
  if (context.json) return printJson(context.io, settings);
  await printTable(context.io, columns(context.workspace().root), settings);
}

/** Variables are found in any case. */
function chosen(all: Setting[], wanted: string | undefined): Setting[] {
  if (wanted === undefined) return all;
  const name = wanted.toLowerCase();
  const found = all.filter(({ key }) => key.toLowerCase() === name || key.startsWith(`${name}.`));
  if (found.length > 0) return found;
  const known = all.flatMap(({ key }) => [key, ...sectionsOf(key)]);
  throw usageError(`there is no setting "${wanted}"${didYouMean(wanted, known)}`, 'hector config show');
}

/** `email` and `email.caps` of `email.caps.hour`. */
const sectionsOf = (key: string): string[] =>
  key.split('.').flatMap((_, index, parts) => (index === 0 ? [] : [parts.slice(0, index).join('.')]));

/** @param root of the workspace: its files are named without it */
const columns = (root: string): Column<Setting>[] => [
  { header: 'Setting', value: ({ key }) => key, whole: true },
  {
    header: 'Value',
    value: ({ value, effective }) => (effective ? `${shown(value)} → ${effective}` : shown(value)),
  },
  { header: 'From', whole: true, value: (setting) => sourceOf(setting, root) },
];

/** Of what it comes to, where that is something else. */
function sourceOf({ from, place, effective_from, effective_place }: Setting, root: string): string {
  const [what, where] = effective_from === null ? [from, place] : [effective_from, effective_place];
  if (where === null) return what;
  const near = relative(root, where);
  return near.startsWith('..') ? where : near;
}

const shown = (value: Setting['value']): string => (value === null ? '-' : String(value));
