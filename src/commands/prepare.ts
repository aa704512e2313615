import type { Context } from '../context.ts';
import { parseDuration } from '../engine/dates/duration.ts';
import { keptFor } from '../engine/prepare/run.ts';
import type { PrepareSummary } from '../engine/prepare/summary.ts';
import { configError, EXIT, type ExitCode, usageError } from '../errors.ts';
import { watchInterrupt } from '../io/interrupt.ts';
import { createProgress } from '../io/progress.ts';
import { hectorCommand, type OpenContext } from './command.ts';
import { positiveInteger } from './positive-integer.ts';
import { isMended, needsMending } from './tick/texts.ts';

export const command = (open: OpenContext) =>
  hectorCommand('prepare', {
    summary: 'write what will be due, so that the tick only sends',
    description:
      'Writes the texts that will be due within a time and keeps them; those that a person must approve wait for it at once. Whatever changes by then is written anew. With --batch at half the price, fetched by a later tick.',
    examples: [
      'hector prepare --dry-run         # how many texts, and what they would cost',
      'hector prepare --within 12h',
      'hector prepare --batch           # in the evening: asked for at half the price, there by the morning',
    ],
  })
    .option('--within <time>', 'what will be due within: 12h, 3d (default: 24h)', hours)
    .option('--campaign <name>', 'only this campaign')
    .option('--batch', 'ask for all at once, at half the price; the answers come within a day')
    .option('--limit <texts>', 'so many texts at most', positiveInteger)
    .option('--dry-run', 'count and estimate; ask for nothing')
    .action(async (options) =>
      prepareTexts(open(options), {
        within: options.within ?? 24,
        campaign: options.campaign,
        batch: options.batch === true,
        limit: options.limit ?? null,
        dryRun: options.dryRun === true,
      }),
    );

const LONGEST_HOURS = 14 * 24;

function hours(text: string): number {
  const duration = parseDuration(text);
  const count = duration && (duration.unit === 'h' ? duration.amount : duration.amount * 24);
  if (duration?.unit !== 'bd' && count && count <= LONGEST_HOURS) return count;
  throw usageError(`--within: "${text}" is no time from 1h to 14d, such as 24h`, 'hector prepare --help');
}

export interface PrepareOptions {
  /** Hours. */
  within: number;
  campaign: string | undefined;
  batch: boolean;
  limit: number | null;
  dryRun: boolean;
}

const HOUR_MS = 3_600_000;

export async function prepareTexts(context: Context, options: PrepareOptions): Promise<void> {
  const { ai } = await context.config();
  const within = options.within * HOUR_MS;
  const ahead = await context.textsAhead({ dryRun: options.dryRun });
  if (ahead && ai.cache.entries === 0)
    throw configError('ai.cache.entries is 0 in hector.yaml, so that nothing could be kept', 'hector tick');
  if (options.batch && !ahead)
    throw configError('--batch asks Claude, and ANTHROPIC_API_KEY is not set', 'hector doctor');
  const { prepare } = await import('../engine/prepare/prepare.ts');
  const [engine, writer, store, drafts] = await Promise.all([
    context.tickEngine(),
    context.writer(keptFor(within)),
    context.stores.ticks(),
    context.stores.drafts(),
  ]);
  const campaignId =
    options.campaign === undefined
      ? null
      : (await (await context.stores.campaigns()).find(options.campaign)).id;
  const { printPreparation, showTexts } = await import('./prepare/print.ts');
  const progress = createProgress(context.io, 'Texts');
  const interrupt = watchInterrupt();
  const summary = await prepare({
    ...{ store, drafts, ahead, campaignId, within },
    engine: { ...engine, writer },
    clock: () => context.now(),
    // Answers beyond what is kept would push each other out.
    limit: ahead ? Math.min(options.limit ?? ai.cache.entries, ai.cache.entries) : options.limit,
    batch: options.batch,
    dryRun: options.dryRun,
    stopping: interrupt.pressed,
    progress: (sofar) => showTexts(progress, sofar),
  }).finally(() => {
    interrupt.stop();
    progress.end();
  });
  // Of texts that a batch will bring.
  summary.cost += (await context.claudeParts())?.restOfProfileCosts() ?? 0;
  printPreparation(context, summary, options);
  context.exitCode = verdict(summary);
}

function verdict(summary: PrepareSummary): ExitCode {
  if (summary.interrupted) return EXIT.interrupted;
  if (needsMending(summary)) return EXIT.config;
  const problem = summary.submitted?.problem ?? summary.collected?.problem ?? null;
  if (isMended(summary.submitted?.problem?.reason)) return EXIT.config;
  return problem !== null || Object.keys(summary.held).length > 0 ? EXIT.failed : EXIT.done;
}
