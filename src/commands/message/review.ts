import { Option } from '@commander-js/extra-typings';
import type { Context } from '../../context.ts';
import { CHANNELS, type Channel } from '../../engine/model.ts';
import type { DraftFilter } from '../../engine/ports/review.ts';
import { usageError } from '../../errors.ts';
import { printJson } from '../../io/table.ts';
import { hectorCommand, type OpenContext } from '../command.ts';
import { positiveInteger } from '../positive-integer.ts';
import { draftJson } from './review/print.ts';
import { reviewDrafts } from './review/session.ts';

export interface ReviewOptions {
  campaign: string | null;
  channel: Channel | null;
  /** Null: all. */
  limit: number | null;
}

export const command = (open: OpenContext) =>
  hectorCommand('review', {
    summary: 'go through the texts that wait for approval',
    description:
      'Shows the texts that wait for approval, one by one, with the person, who wrote it and what it rests on, and asks for a letter: approve, edit, rewrite, reject, take the person out, later. Nothing goes out that was not approved.',
    examples: [
      'hector message review',
      "hector message review --campaign 'PME Ouest' --channel email --limit 20",
      'hector message review --json   # what waits',
    ],
  })
    .option('--campaign <name>', 'only this campaign')
    .addOption(new Option('--channel <channel>', 'only this channel').choices(CHANNELS))
    .option('--limit <number>', 'stop after this many', positiveInteger)
    .action(async (options) =>
      reviewMessages(open(options), {
        campaign: options.campaign ?? null,
        channel: options.channel ?? null,
        limit: options.limit ?? null,
      }),
    );

export async function reviewMessages(context: Context, options: ReviewOptions): Promise<void> {
  const store = await context.stores.reviews();
  const filter: DraftFilter = { campaign: options.campaign, channel: options.channel, step: null };
  if (context.json) return printJson(context.io, (await store.list(filter, options.limit)).map(draftJson));
  if (!context.io.interactive)
    throw usageError(
      'a review needs a terminal; without one: hector message approve ID, or a sheet',
      'hector message export --csv',
    );
  await reviewDrafts(context, store, { filter, limit: options.limit });
}
