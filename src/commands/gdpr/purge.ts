import type { Context } from '../../context.ts';
import { hectorCommand, type OpenContext } from '../command.ts';
import type { PurgeOptions } from './purge/purge-stale.ts';

export const command = (open: OpenContext) =>
  hectorCommand('purge', {
    summary: 'erase people whose last contact is too long ago',
    description:
      'Erases people whose last contact, or else their import, is older than three years, as the CNIL asks. Without --yes it only says who they are. Nobody who is under way in a campaign is purged. Who had said no keeps a fingerprint; the others may come back with a new list.',
    examples: [
      'hector gdpr purge                                # who would go; erases nothing',
      'hector gdpr purge --older-than 2y --json',
      'hector gdpr purge --received-only --yes          # what we sent does not count as contact',
    ],
  })
    .option('--older-than <period>', 'how long ago: 3y, 18m, 90d', '3y')
    .option('--received-only', 'count only what came from the person: an answer, an acceptance')
    .option('--dry-run', 'only say who they are, as without --yes')
    .option('--compact', 'erase nobody: remove what an erasure left in free pages and the outbox')
    .option('-y, --yes', 'erase them')
    .action(async (options) => {
      await purge(open(options), {
        olderThan: options.olderThan,
        receivedOnly: options.receivedOnly === true,
        dryRun: options.dryRun === true,
        compact: options.compact === true,
        yes: options.yes === true,
      });
    });

export async function purge(context: Context, options: PurgeOptions): Promise<void> {
  const { purgeStale } = await import('./purge/purge-stale.ts');
  await purgeStale(context, options);
}
