import type { TickInput } from './pass.ts';
import { emptySummary, type TickSummary } from './summary.ts';

/** Providers that take a repeat with the same key as the same mail. */
const IDEMPOTENT_PROVIDERS = ['resend', 'outbox'];

/** Null: another tick holds the workspace. Order: docs/tick.md. */
export async function runTick(given: TickInput): Promise<TickSummary | null> {
  const input = { ...given, engine: once(given.engine) };
  const { store } = input;
  const now = input.clock();
  const tickId = await store.start(input.owner, now);
  if (tickId === null) return null;
  const summary = emptySummary();
  try {
    const left = await store.recover(now, IDEMPOTENT_PROVIDERS);
    summary.recovered.repeated = left.repeated;
    if (left.open) {
      const { recover } = await import('./recover.ts');
      await recover(input, { now, summary });
    }
    for (const source of input.sources) summary.collected += await source.collect(now);
    await collectTexts(input, summary);
    // Before anything goes out, and after what came in: a bounce of this minute counts.
    summary.shielded = await store.shield(now);
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

/** Before the plan, so that what is due now finds its text. */
async function collectTexts(
  { collector, store, owner, stopping }: TickInput,
  { texts }: TickSummary,
): Promise<void> {
  const collected = await collector.collect(async () => !stopping() && (await store.heartbeat(owner)));
  if (!collected) return;
  texts.collected += collected.answered;
  texts.cost += collected.cost;
}

/** One engine a tick: what it recovers and what it sends keep to the same pace. */
function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
