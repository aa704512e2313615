import type { Context } from '../context.ts';
import type { TickSummary } from '../engine/tick/summary.ts';
import { EXIT, usageError } from '../errors.ts';
import { watchInterrupt } from '../io/interrupt.ts';
import { createProgress } from '../io/progress.ts';
import { hectorCommand, type OpenContext } from './command.ts';
import { positiveInteger } from './positive-integer.ts';
import { needsMending, ranOutOfBudget } from './tick/texts.ts';

export interface TickOptions {
  dryRun: boolean;
  /** With a dry run: write the texts as well. */
  texts: boolean;
  campaign: string | undefined;
  limit: number | null;
  concurrency: number | null;
  /** Where to tell of it, for cron. */
  log?: string | undefined;
}

export const command = (open: OpenContext) =>
  hectorCommand('tick', {
    summary: 'do whatever is due: write, send, record (what cron runs)',
    description:
      'One pass: whatever is due is written, sent and recorded. Only one tick runs at a time; a second one leaves at once. Silent in cron unless something needs a person.',
    examples: [
      'hector tick --dry-run          # what would be done, to whom, and why not the others',
      'hector tick --dry-run --texts  # and every text; the next tick sends these, and pays for none again',
      'hector tick',
      "hector tick --campaign 'PME Ouest' --limit 20",
      'hector cron install            # every hour, by cron',
    ],
  })
    .option('--dry-run', 'show what would be done; send nothing')
    .option('--texts', 'with --dry-run: write the texts too (by Claude, paid) and keep them for the tick')
    .option('--campaign <name>', 'only this campaign')
    .option('--limit <touches>', 'stop after so many touches', positiveInteger)
    .option('--concurrency <calls>', 'calls under way at once (default: hector.yaml)', positiveInteger)
    .option('--log <file>', 'add a few lines about it to this file, which is moved aside when it is large')
    .action(async (options) =>
      tick(open(options), {
        dryRun: options.dryRun === true,
        texts: options.texts === true,
        campaign: options.campaign,
        limit: options.limit ?? null,
        concurrency: options.concurrency ?? null,
        log: options.log,
      }),
    );

export async function tick(context: Context, options: TickOptions): Promise<void> {
  const { log } = options;
  if (log === undefined || options.dryRun) return void (await pass(context, options));
  const { assertWritable, logError, logSummary } = await import('./tick/log.ts');
  assertWritable(context, log);
  const summary = await pass(context, options).catch((error: unknown) => {
    logError(context, log, error);
    throw error;
  });
  logSummary(context, log, summary);
}

/** Null: another tick is running, or nothing is to be done but shown. */
async function pass(context: Context, options: TickOptions): Promise<TickSummary | null> {
  const campaignId =
    options.campaign === undefined
      ? null
      : (await (await context.stores.campaigns()).find(options.campaign)).id;
  if (options.dryRun) {
    const { dryRun } = await import('./tick/dry-run.ts');
    await dryRun(context, campaignId, options);
    return null;
  }
  if (options.texts) throw usageError('--texts goes with --dry-run', 'hector tick --dry-run --texts');
  const { runTick } = await import('../engine/tick/tick.ts');
  const interrupt = watchInterrupt(() => {
    if (context.io.terminal)
      context.io.note('Ending: what is under way is finished and recorded first. Once more ends it at once.');
  });
  const progress = createProgress(context.io, 'Looked at');
  const summary = await runTick({
    store: await context.stores.ticks(),
    sources: context.inboundSources(),
    collector: context.textCollector(),
    engine: () => context.tickEngine(),
    owner: context.owner,
    clock: () => context.now(),
    campaignId,
    limit: options.limit,
    concurrency: options.concurrency,
    stopping: interrupt.pressed,
    progress: ({ considered, doing, done, of }) =>
      progress.at(considered, undefined, `${doing === 'write' ? 'written' : 'sent'}: ${done} of ${of}`),
  }).finally(() => {
    interrupt.stop();
    progress.end();
  });
  if (summary === null) {
    await heldByOther(context);
    return null;
  }
  if (context.json || context.io.terminal || hasNews(summary)) await print(context, summary);
  context.exitCode = verdict(summary);
  return summary;
}

/** Not a failure: cron will come again. */
async function heldByOther(context: Context): Promise<void> {
  if (context.json)
    context.io.out(JSON.stringify({ ran: false, reason: 'another tick is running' }, null, 2));
  else if (context.io.terminal) context.io.note('Another tick is running; this one leaves everything to it.');
}

async function print(context: Context, summary: TickSummary): Promise<void> {
  const { printSummary } = await import('./tick/summary.ts');
  printSummary(context, summary);
}

/** Off a terminal only what a person must see is said. */
const hasNews = (summary: TickSummary): boolean => verdict(summary) !== EXIT.done || ranOutOfBudget(summary);

function verdict(summary: TickSummary) {
  if (summary.interrupted) return EXIT.interrupted;
  if (Object.keys(summary.misconfigured).length > 0 || needsMending(summary)) return EXIT.config;
  const open = summary.uncertain + summary.recovered.uncertain;
  const held = Object.keys(summary.held).some((reason) => reason !== 'operator' && reason !== 'approval');
  const trouble = summary.shielded.length > 0 || summary.failed > 0 || Object.keys(summary.down).length > 0;
  return open > 0 || held || trouble ? EXIT.failed : EXIT.done;
}
