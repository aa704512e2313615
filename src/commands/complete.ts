import { Command, type CommandUnknownOpts, Option } from '@commander-js/extra-typings';
import type { Context } from '../context.ts';
import { folded } from '../engine/suggest.ts';
import { printable } from '../io.ts';
import type { OpenContext } from './command.ts';
import { type BashWords, readBashWords } from './complete/bash-words.ts';
import { type Wanted, wantedAt } from './complete/words.ts';

/** What the scripts of `hector completion` call at each press of the tabulator; no person does, and help is silent of it. */
export const command = (
  open: OpenContext,
  program: (words: readonly string[]) => Promise<CommandUnknownOpts>,
) =>
  new Command('complete')
    .argument('[words...]')
    .addOption(new Option('--for <shell>').choices(['bash']))
    .allowUnknownOption()
    .action(async (typed, options) => {
      try {
        const bash = options.for === 'bash' ? readBashWords(typed) : null;
        const words = bash?.words ?? typed;
        const wanted = wantedAt(await program(words), words);
        const context = open({ workspace: wanted.workspace, quiet: true });
        await print(context, wanted, bash);
      } catch {
        // Nobody asked for a message in the middle of a line.
      }
    });

/** More than a person would look through. */
const SHOWN = 100;

async function print(context: Context, wanted: Wanted, bash: BashWords | null): Promise<void> {
  const { before, start, candidates, files } = wanted;
  const found = (await namesOf(context, wanted)).map((name) => ({
    value: `${wanted.namesBehind}${name}`,
    description: '',
  }));
  for (const { value, description } of [...candidates, ...found]) {
    // What is not printable could not be typed either.
    if (!begins(value, start) || value !== printable(value)) continue;
    const word = `${before}${value}`;
    context.io.out(bash ? bash.reply(word) : `${word}\t${printable(description)}`);
  }
  if (files) context.io.out('\tfiles');
}

const begins = (value: string, start: string): boolean => folded(value).startsWith(folded(start));

async function namesOf(context: Context, { names, namesBehind, start }: Wanted): Promise<string[]> {
  const typed = start.startsWith(namesBehind) ? start.slice(namesBehind.length) : '';
  try {
    return names === null ? [] : await context.namesLike(names, typed, SHOWN);
  } catch {
    return [];
  }
}
