import { describe, expect, it } from 'vitest';
import { mapPool } from '../../src/engine/tick/pool.ts';

describe('a pool', () => {
  it('keeps the order of the results and the width', async () => {
    let running = 0;
    let widest = 0;
    const results = await mapPool([3, 1, 2], 2, async (ticks) => {
      running += 1;
      widest = Math.max(widest, running);
      for (let tick = 0; tick < ticks; tick += 1) await Promise.resolve();
      running -= 1;
      return ticks * 10;
    });
    expect(results).toEqual([30, 10, 20]);
    expect(widest).toBe(2);
  });

  it('begins nothing after a failure, and waits for what is under way', async () => {
    const ended: number[] = [];
    const begun: number[] = [];
    const work = async (item: number) => {
      begun.push(item);
      if (item === 1) throw new Error('one');
      for (let tick = 0; tick < 20; tick += 1) await Promise.resolve();
      ended.push(item);
    };
    await expect(mapPool([0, 1, 2, 3], 2, work)).rejects.toThrow('one');
    expect(begun).toEqual([0, 1]);
    expect(ended).toEqual([0]);
  });
});
