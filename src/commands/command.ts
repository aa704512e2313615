import { Command } from '@commander-js/extra-typings';
import type { Context } from '../context.ts';
import { HELP_LAYOUT } from './help-layout.ts';

/** Given to every command. */
export interface GlobalOptions {
  workspace?: string | undefined;
  json?: boolean | undefined;
  quiet?: boolean | undefined;
  color?: boolean | undefined;
}

/** Opens the context of one invocation; main closes it and turns its verdict into the exit code. */
export type OpenContext = (options: GlobalOptions) => Context;

export interface CommandText {
  summary: string;
  description: string;
  /** Shown below the options: `# why` lines and commands. At least one. */
  examples: string[];
}

/** A command with the options each has, and its examples. */
export const hectorCommand = (name: string, text: CommandText) =>
  new Command(name)
    .summary(text.summary)
    .description(text.description)
    .configureHelp(HELP_LAYOUT)
    .option('--workspace <folder>', 'the folder with hector.yaml (default: found from here upwards)')
    .option('--json', 'print JSON')
    .option('-q, --quiet', 'print nothing but data and problems')
    .option('--no-color', 'no colour')
    .addHelpText('after', `\nExamples:\n${text.examples.map((line) => `  ${line}`).join('\n')}`);
