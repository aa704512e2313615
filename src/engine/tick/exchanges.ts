import { groupBy } from '../group.ts';
import type { Planned } from '../plan/decision.ts';
import type { TickStore } from '../ports/ticks.ts';
import type { Exchange } from '../texts/facts.ts';
import { EXCHANGES } from './message.ts';

/** What was said with those who are to be written to: one question for all of a mode. */
export async function exchangesOf(
  planned: readonly Planned[],
  store: Pick<TickStore, 'exchanges'>,
): Promise<(item: Planned) => readonly Exchange[]> {
  const touches = planned.filter(({ plan }) => plan.decision.do === 'touch');
  const found = new Map<string, Map<number, Exchange[]>>();
  for (const [mode, items] of groupBy(touches, ({ snapshot }) => snapshot.campaign.mode))
    found.set(
      mode,
      await store.exchanges(
        items.map(({ snapshot }) => snapshot.prospect.id),
        mode,
        EXCHANGES,
      ),
    );
  return ({ snapshot: { campaign, prospect } }) => found.get(campaign.mode)?.get(prospect.id) ?? [];
}
