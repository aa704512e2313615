import type { Context } from '../../context.ts';
import { hectorCommand, type OpenContext } from '../command.ts';
import type { EraseOptions } from './erase/named.ts';

export const command = (open: OpenContext) =>
  hectorCommand('erase', {
    summary: 'erase people who ask for it, and never contact them again',
    description:
      'Erases people at their request (GDPR article 17): open campaigns are stopped, and their facts, texts and answers go from every table, cache and outbox file. Counts and reports stay right. Keyed fingerprints of their addresses stay, so that they are never contacted again and no list brings them back.',
    examples: [
      'hector gdpr erase claire.durand@ads.example --dry-run   # what would go',
      'hector gdpr erase 12 47 --yes',
      'hector gdpr erase claire.durand@ads.example --also-unknown --yes   # even if nobody has it here',
    ],
  })
    .argument('<prospect...>', 'id, e-mail address, LinkedIn address or slug, phone number, or name')
    .option(
      '--also-unknown',
      'of an address that nobody here has, keep the fingerprint: no list may bring it',
    )
    .option('--dry-run', 'say what would go, and erase nothing')
    .option('-y, --yes', 'do not ask')
    .action(async (references, options) => {
      await erase(open(options), {
        references,
        alsoUnknown: options.alsoUnknown === true,
        dryRun: options.dryRun === true,
        yes: options.yes === true,
      });
    });

export async function erase(context: Context, options: EraseOptions): Promise<void> {
  const { eraseNamed } = await import('./erase/erase-named.ts');
  await eraseNamed(context, options);
}
