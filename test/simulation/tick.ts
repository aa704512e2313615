import { plan } from '../../src/engine/plan/plan.ts';
import type { Snapshot } from '../../src/engine/plan/snapshot.ts';
import type { TickStore } from '../../src/engine/ports/ticks.ts';
import { runTick } from '../../src/engine/tick/tick.ts';
import { happen } from './inputs.ts';
import type { Ledger } from './ledger.ts';
import { senderOf } from './provider.ts';
import type { Round } from './story.ts';
import type { World } from './world.ts';

class Killed extends Error {}

/** @returns false when the program died in it */
export async function tick(world: World, ledger: Ledger, round: Round): Promise<boolean> {
  const before = {
    email: world.providers.email.deliveries.length,
    sms: world.providers.sms.deliveries.length,
  };
  for (const provider of Object.values(world.providers)) {
    provider.answers = [...round.answers];
    provider.lookUp = round.lookUp;
  }
  const { act, count } = acts(world, ledger, round);
  const { email, sms } = world.engine.senders.live;
  if (!email || !sms) throw new Error('no senders');
  const live = {
    email: senderOf(email, world.providers.email, act),
    sms: senderOf(sms, world.providers.sms, act),
  };
  try {
    await runTick({
      store: watched(await world.context.stores.ticks(), world, ledger, act),
      sources: [],
      collector: { collect: async () => null },
      engine: async () => ({ ...world.engine, senders: { ...world.engine.senders, live } }),
      owner: world.context.owner,
      clock: world.now,
      stopping: () => round.stop !== null && count() >= round.stop,
      campaignId: null,
      limit: round.limit,
      concurrency: round.concurrency,
    });
    return true;
  } catch (error) {
    if (error instanceof Killed) return false;
    throw error;
  } finally {
    for (const name of ['email', 'sms'] as const)
      for (const delivery of world.providers[name].deliveries.slice(before[name]))
        ledger.contact(delivery, delivery.at);
  }
}

type Act = <T>(name: string, body: () => Promise<T>) => Promise<T>;

/** Something else may happen before the nth act; at one act the program may die, and does nothing any more. */
function acts(world: World, ledger: Ledger, { crash, meanwhile }: Round): { act: Act; count: () => number } {
  let dead = false;
  let all = 0;
  const counts = new Map<string, number>();
  const act: Act = async (name, body) => {
    if (dead) throw new Killed();
    all += 1;
    if (meanwhile?.act === all) await happen(world, ledger, meanwhile.input);
    const nth = (counts.get(name) ?? 0) + 1;
    counts.set(name, nth);
    const last = crash?.act === name && crash.nth === nth ? crash.when : null;
    if (last === 'before') dead = true;
    if (dead) throw new Killed();
    const result = await body();
    if (last === 'after') dead = true;
    if (dead) throw new Killed();
    return result;
  };
  return { act, count: () => all };
}

/** The store of the tick, with every act looked at. */
function watched(store: TickStore, world: World, ledger: Ledger, act: Act): TickStore {
  const each = { ...store };
  return {
    ...each,
    start: (...given) => act('start', () => each.start(...given)),
    recover: (...given) => act('recover', () => each.recover(...given)),
    openCalls: (...given) => act('openCalls', () => each.openCalls(...given)),
    remember: (...given) => act('remember', () => each.remember(...given)),
    due: (...given) =>
      act('due', async () => {
        const snapshots = await each.due(...given);
        for (const snapshot of snapshots) isPure(world, deepFreeze(snapshot), given[0]);
        return snapshots;
      }),
    apply: (...given) => act('apply', () => each.apply(...given)),
    claim: (...given) =>
      act('claim', async () => {
        const claimed = await each.claim(...given);
        ledger.claimed(claimed?.outgoing.map(({ messageId }) => messageId) ?? [], given[1].key);
        return claimed;
      }),
    record: (...given) =>
      act('record', async () => {
        await each.record(...given);
        for (const result of given[0])
          if (result.result === 'rejected' && result.suppress)
            ledger.no(ledger.facts(result.messageId).prospectId);
      }),
    finish: (...given) => act('finish', () => each.finish(...given)),
  };
}

/** The planner gives the same plan for the same input, and leaves its input alone. */
function isPure(world: World, snapshot: Snapshot, now: number): void {
  const policy = world.engine.policies[snapshot.campaign.mode];
  const [first, second] = [plan(snapshot, policy, now), plan(structuredClone(snapshot), policy, now)];
  if (JSON.stringify(first) !== JSON.stringify(second))
    throw new Error(`two plans: ${JSON.stringify(first)}, ${JSON.stringify(second)}`);
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const inner of Object.values(value)) deepFreeze(inner);
  }
  return value;
}
