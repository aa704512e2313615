import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FUNNEL_STAGES, funnel, NO_COUNTS, sumOf } from '../../src/engine/funnel.ts';

describe('the funnel', () => {
  it('has counts, rates of the enrolled, and the drop from the line above', () => {
    const rows = funnel({
      enrolled: 200,
      contacted: 150,
      accepted: 30,
      delivered: 120,
      replied: 18,
      meeting: 6,
      completed: 100,
      stopped: 20,
    });
    expect(rows).toEqual([
      { stage: 'enrolled', count: 200, rate: 1, drop: null, dropRate: null },
      { stage: 'contacted', count: 150, rate: 0.75, drop: 50, dropRate: 0.25 },
      { stage: 'accepted', count: 30, rate: 0.15, drop: 120, dropRate: 0.8 },
      { stage: 'delivered', count: 120, rate: 0.6, drop: null, dropRate: null },
      { stage: 'replied', count: 18, rate: 0.09, drop: 102, dropRate: 0.85 },
      { stage: 'meeting', count: 6, rate: 0.03, drop: 12, dropRate: 12 / 18 },
      { stage: 'completed', count: 100, rate: 0.5, drop: null, dropRate: null },
      { stage: 'stopped', count: 20, rate: 0.1, drop: null, dropRate: null },
    ]);
  });

  it('has no rate of nothing', () => {
    for (const row of funnel(NO_COUNTS)) {
      expect(row.count).toBe(0);
      expect(row.rate).toBeNull();
      expect(row.dropRate).toBeNull();
    }
  });

  it('never divides by zero and adds up again', () => {
    const counts = fc.record(
      Object.fromEntries(FUNNEL_STAGES.map((stage) => [stage, fc.nat(1000)])) as Record<
        (typeof FUNNEL_STAGES)[number],
        fc.Arbitrary<number>
      >,
    );
    fc.assert(
      fc.property(counts, (each) => {
        let above = 0;
        for (const [index, row] of funnel(each).entries()) {
          if (row.drop !== null) expect(row.count + row.drop).toBe(above);
          expect(row.drop === null).toBe(
            index === 0 || ['delivered', 'completed', 'stopped'].includes(row.stage),
          );
          expect(row.rate === null || Number.isFinite(row.rate)).toBe(true);
          expect(row.dropRate === null || Number.isFinite(row.dropRate)).toBe(true);
          above = row.count;
        }
      }),
    );
  });

  it('of several campaigns is their sum', () => {
    expect(
      sumOf([
        { ...NO_COUNTS, enrolled: 2, replied: 1 },
        { ...NO_COUNTS, enrolled: 3 },
      ]),
    ).toEqual({
      ...NO_COUNTS,
      enrolled: 5,
      replied: 1,
    });
    expect(sumOf([])).toEqual(NO_COUNTS);
  });
});
