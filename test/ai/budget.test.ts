import { describe, expect, it } from 'vitest';
import { createBudget } from '../../src/ai/budget.ts';
import { MODELS } from '../../src/ai/claude/models.ts';
import { messageParams } from '../../src/ai/claude/request.ts';
import { expectedUsage, mostUsage, mostWithRepair } from '../../src/ai/expected-usage.ts';
import { createGenerationStore } from '../../src/db/generation-store.ts';
import type { ModelCall } from '../../src/engine/ports/generation.ts';
import { NOW, testDatabase } from '../builders.ts';

const CALL: ModelCall = {
  ...{
    at: NOW,
    purpose: 'write',
    campaignId: 1,
    prospectId: 1,
    model: 'x',
    latencyMs: 1,
    result: 'answered',
  },
  tokens: { input: 1, output: 1, cacheRead: 0, cacheWrite: 0 },
  cost: 0,
};

/** Two programs with one ledger, and a clock that both live by. */
function twoPrograms(limits: { day?: number; campaign?: number; tick?: number }) {
  const store = createGenerationStore(testDatabase(), 10);
  const time = { now: 0 };
  let reads = 0;
  const counted = {
    spent: (since: number, campaignId: number | null) => {
      reads += 1;
      return store.spent(since, campaignId);
    },
  };
  const program = () => {
    const all = { tick: null, day: null, campaign: null, ...limits };
    const budget = createBudget(
      all,
      counted,
      () => NOW,
      () => time.now,
    );
    return {
      budget,
      /** A text that is written and entered. */
      async pay(cost: number, estimate = cost) {
        const full = await budget.reserve(1, estimate);
        if (full) return full;
        await store.settle([{ ...CALL, cost }], null, NOW);
        budget.settle(1, estimate, cost);
        return null;
      },
    };
  };
  return { one: program(), other: program(), time, reads: () => reads };
}

describe('a budget that two programs share', () => {
  it.each([
    ['day', 'budget_day'],
    ['campaign', 'budget_campaign'],
  ] as const)('of a %s is spent once', async (name, reason) => {
    const { one, other, time } = twoPrograms({ [name]: 100 });
    expect(await one.pay(10)).toBeNull();
    expect(await other.pay(80)).toBeNull();
    time.now += 1000;
    expect(await one.pay(20)).toBe(reason);
    expect(await one.pay(10)).toBeNull();
  });

  it('is read once a second, however many texts are written', async () => {
    const { one, time, reads } = twoPrograms({ day: 1000 });
    for (let index = 0; index < 50; index += 1) await one.pay(1);
    expect(reads()).toBe(1);
    time.now += 1000;
    await Promise.all([one.pay(1), one.pay(1), one.pay(1)]);
    expect(reads()).toBe(2);
  });

  it('counts what this program has spent once, whenever the ledger is read', async () => {
    const { one, time } = twoPrograms({ day: 100 });
    for (let index = 0; index < 9; index += 1) {
      expect(await one.pay(10, 20)).toBeNull();
      if (index % 2 === 0) time.now += 1000;
    }
    expect(await one.pay(11)).toBe('budget_day');
    expect(await one.pay(10)).toBeNull();
  });

  it('keeps room for what is under way', async () => {
    const { one, time } = twoPrograms({ day: 100 });
    expect(await one.budget.reserve(1, 60)).toBeNull();
    time.now += 1000;
    expect(await one.budget.reserve(1, 60)).toBe('budget_day');
    one.budget.settle(1, 60, 0);
    expect(await one.budget.reserve(1, 60)).toBeNull();
  });

  it('of a tick is this program’s own', async () => {
    const { one, other, time } = twoPrograms({ tick: 100 });
    expect(await one.pay(90)).toBeNull();
    time.now += 1000;
    expect(await other.pay(90)).toBeNull();
    expect(await one.pay(20)).toBe('budget_tick');
  });
});

describe('the most that an answer may cost', () => {
  const ask = {
    system: 'x'.repeat(300),
    messages: [{ role: 'user' as const, content: 'y'.repeat(300) }],
    schema: { type: 'object' },
    maxTokens: 2000,
  };

  it.each(MODELS.map(({ id }) => id).concat('unheard-of'))(
    'with %s has room for all it may think',
    (model) => {
      for (const effort of ['low', 'medium', 'high'] as const)
        expect(mostUsage(ask, { model, effort }).outputTokens).toBe(
          messageParams(ask, model, effort).max_tokens,
        );
    },
  );

  it('is more than what is expected, and holds a repair that has read it', () => {
    const writing = { model: 'claude-opus-5-5', effort: 'high' } as const;
    const [one, two] = [mostUsage(ask, writing), mostWithRepair(ask, writing)];
    expect(one.inputTokens + one.cacheWriteTokens).toBeGreaterThan(expectedUsage(ask).inputTokens);
    expect(two.outputTokens).toBe(2 * one.outputTokens);
    expect(two.inputTokens).toBe(2 * one.inputTokens + one.outputTokens);
  });
});
