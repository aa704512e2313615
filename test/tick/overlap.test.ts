import { describe, expect, it } from 'vitest';
import type { Context } from '../../src/context.ts';
import type { TickStore } from '../../src/engine/ports/ticks.ts';
import { runTick } from '../../src/engine/tick/tick.ts';
import { aStep, DAY, NOW } from '../builders.ts';
import { testContext } from '../context.ts';
import { enrolled, SMS_STEP, withProviders } from './providers.ts';

const PEOPLE = 300;
type Space = Awaited<ReturnType<typeof withProviders>>;

/** Another program on the same workspace, with a connection of its own; it looks at no lease. */
async function another(space: Space, at: number): Promise<{ context: Context; store: TickStore }> {
  const env = { ...space.env, HECTOR_NOW: new Date(at).toISOString() };
  const { context } = testContext({ folder: space.folder, env });
  const connection = await context.connection();
  const store = await context.stores.ticks();
  const begin = connection.prepare<[number]>("insert into tick (started_at, host, pid) values (?, 'any', 1)");
  return {
    context,
    store: {
      ...store,
      start: async (_owner, startedAt) => Number(begin.run(startedAt).lastInsertRowid),
      heartbeat: async () => true,
    },
  };
}

async function overlapping(space: Space, at: number, meanwhile: Partial<TickStore> = {}): Promise<unknown> {
  const { context, store } = await another(space, at);
  return runTick({
    store: { ...store, ...meanwhile },
    sources: [],
    collector: { collect: async () => null },
    engine: () => context.tickEngine(),
    owner: context.owner,
    clock: () => context.now(),
    stopping: () => false,
    campaignId: null,
    limit: null,
    concurrency: null,
  });
}

const people = (space: Space): number[] =>
  enrolled(space, PEOPLE, { scenario: { steps: [aStep(), { ...SMS_STEP, wait: '1d' }] } });

/** Each person's mail and SMS, once. */
function expectOnce(space: Space, phones: number): void {
  const mails = space.mail.accepted.map(({ email }) => email.to);
  const numbers = space.phone.accepted.map(({ form }) => form.To);
  expect([new Set(mails.flat()).size, mails.length]).toEqual([PEOPLE, PEOPLE]);
  expect([new Set(numbers).size, numbers.length]).toEqual([phones, phones]);
}

describe('two ticks at once that know nothing of each other', () => {
  it('from the start: the claim gives each message to one of them', async () => {
    const space = await withProviders();
    people(space);
    for (const at of [NOW, NOW + DAY])
      await Promise.all([overlapping(space, at), overlapping(space, at), overlapping(space, at)]);
    expectOnce(space, PEOPLE);
    expect(space.rows('select distinct state from message')).toEqual([{ state: 'sent' }]);
    expect(space.rows('select distinct status from enrolment')).toEqual([{ status: 'completed' }]);
  });

  it('with the texts of a tick that died: both have them in hand, one sends them', async () => {
    const space = await withProviders();
    people(space);
    for (const at of [NOW, NOW + DAY]) {
      const dies = async () => {
        throw new Error('killed');
      };
      await expect(overlapping(space, at, { claim: dies })).rejects.toThrow('killed');
      await Promise.all([overlapping(space, at), overlapping(space, at), overlapping(space, at)]);
    }
    expectOnce(space, PEOPLE);
    expect(space.rows('select distinct state from message')).toEqual([{ state: 'sent' }]);
  });

  it('one that has planned before the other began, and stores once it has ended: it finds nothing to do', async () => {
    const space = await withProviders();
    people(space);
    for (const at of [NOW, NOW + DAY]) {
      const { store } = await another(space, at);
      await overlapping(space, at, {
        apply: async (...given) => {
          await overlapping(space, at);
          return store.apply(...given);
        },
      });
    }
    expectOnce(space, PEOPLE);
    expect(space.rows('select distinct status from enrolment')).toEqual([{ status: 'completed' }]);
  });

  it('one in the middle of the other: what is on its way is not sent again', async () => {
    const space = await withProviders();
    people(space);
    for (const [at, claims] of [
      [NOW, 2],
      [NOW + DAY, 90],
    ] as const) {
      const { store } = await another(space, at);
      let second: Promise<unknown> | null = null;
      let claimed = 0;
      await overlapping(space, at, {
        claim: async (...given) => {
          claimed += 1;
          const begins = claimed === claims;
          const result = await store.claim(...given);
          // These are `sending` now, and the other takes them for what a dead tick left.
          if (begins) second = overlapping(space, at);
          return result;
        },
      });
      expect(claimed).toBeGreaterThanOrEqual(claims);
      await second;
    }
    expectOnce(space, PEOPLE);
    expect(space.rows("select id from message where state not in ('sent', 'uncertain')")).toEqual([]);
  });
});
