import { Argument } from '@commander-js/extra-typings';
import type { Context } from '../context.ts';
import { printJson } from '../io/table.ts';
import { hectorCommand, type OpenContext } from './command.ts';
import { SCRIPTS, SHELLS, type Shell } from './completion/scripts.ts';

export const command = (open: OpenContext) =>
  hectorCommand('completion', {
    summary: 'completion for bash, zsh or fish, of commands and of your names',
    description:
      'Prints a script for your shell. The tabulator then completes commands, options and their values, and the names of your campaigns, scenarios, voices and prospects.',
    examples: [
      '# ~/.bashrc',
      'source <(hector completion bash)',
      '# ~/.zshrc, behind compinit',
      'source <(hector completion zsh)',
      '# fish, once',
      'hector completion fish > ~/.config/fish/completions/hector.fish',
    ],
  })
    .addArgument(new Argument('<shell>', 'whose').choices(SHELLS))
    .action(async (shell, options) => completion(open(options), shell));

async function completion({ io, json }: Context, shell: Shell): Promise<void> {
  const script = SCRIPTS[shell];
  if (json) printJson(io, { shell, script });
  else io.whole(script.trimEnd());
}
