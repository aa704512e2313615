import type { Snapshot } from '../plan/snapshot.ts';
import type { DueCursor, TickStore } from '../ports/ticks.ts';

/** How many due enrolments are read, planned, written and stored in one go. */
const CHUNK = 500;

interface Queue {
  campaignId: number;
  after: DueCursor | null;
}

/**
 * Everything that is due, in chunks, one of each campaign in turn: where caps leave room for some only, every
 * campaign gets its share, and a small one never waits for a big one.
 */
export async function* dueInTurns(
  store: Pick<TickStore, 'due' | 'dueCampaigns'>,
  now: number,
  only: number | null,
): AsyncGenerator<Snapshot[]> {
  let queues: Queue[] = (await store.dueCampaigns(now, only)).map((campaignId) => ({
    campaignId,
    after: null,
  }));
  while (queues.length > 0) {
    const limit = Math.ceil(CHUNK / queues.length);
    const parts: Snapshot[][] = [];
    const left: Queue[] = [];
    for (const queue of queues) {
      const due = await store.due(now, { ...queue, limit });
      parts.push(due);
      const last = due.at(-1);
      if (last && due.length === limit)
        left.push({ ...queue, after: { nextAt: last.enrolment.nextAt, id: last.enrolment.id } });
    }
    queues = left;
    const chunk = interleaved(parts);
    if (chunk.length > 0) yield chunk;
  }
}

/** The first of each, then the second of each, and so on. */
function interleaved<T>(parts: readonly (readonly T[])[]): T[] {
  const longest = Math.max(0, ...parts.map((part) => part.length));
  return Array.from({ length: longest }, (_, index) =>
    parts.flatMap((part) => part.slice(index, index + 1)),
  ).flat();
}
