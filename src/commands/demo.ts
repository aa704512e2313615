import { hectorCommand, type OpenContext } from './command.ts';

export const command = (open: OpenContext) =>
  hectorCommand('demo', {
    summary: 'a whole campaign in seconds, without any account',
    description:
      'Makes a throw-away workspace, imports a French prospect list, rehearses every day of a campaign on a set clock with some answers put in, and prints the funnel. It goes through the same code as real use; nothing leaves this machine.',
    examples: ['hector demo', 'hector demo --folder my-demo   # keep it where you like'],
  })
    .option('--folder <folder>', 'where to make the workspace (default: a new temporary folder)')
    .action(async (options) => {
      const { demo } = await import('./demo/play.ts');
      await demo(open(options), options.folder ?? null);
    });
