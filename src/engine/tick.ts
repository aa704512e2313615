import type { TickInput } from './pass.ts';
import { emptySummary, type TickSummary } from './tick-summary.ts';

/** Providers that take a repeat with the same key as the same mail. */
const IDEMPOTENT_PROVIDERS = ['resend', 'outbox'];

/** Null: another tick holds the workspace. Order: docs/tick.md. */
export async function runTick(input: TickInput): Promise<TickSummary | null> {
  const { store } = input;
  const now = input.clock();
  const tickId = await store.start(input.owner, now);
  if (tickId === null) return null;
  const summary = emptySummary();
  try {
    summary.recovered = await store.recover(now, IDEMPOTENT_PROVIDERS);
    for (const source of input.sources) summary.collected += await source.collect(now);
    // Most ticks find nothing due, and need not load what plans, writes and sends.
    if ((await store.dueCampaigns(now, input.campaignId)).length > 0) {
      const { work } = await import('./work.ts');
      await work(input, { tickId, now, summary });
    }
  } finally {
    await store.finish(tickId, input.owner, summary, input.clock());
  }
  return summary;
}
