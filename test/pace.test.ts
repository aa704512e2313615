import { describe, expect, it } from 'vitest';
import { createPace, type Pace, type RealTime } from '../src/pace.ts';

/** A clock that moves only when somebody waits. */
function steppedTime(): RealTime & { waits: number[] } {
  let now = 0;
  const waits: number[] = [];
  return {
    waits,
    now: () => now,
    wait: async (ms) => {
      waits.push(ms);
      now += ms;
    },
  };
}

describe('createPace', () => {
  /** A call that is answered at once. */
  const call = async (pace: Pace): Promise<number> => {
    const held = await pace.turn();
    pace.done();
    return held;
  };

  it('lets so many calls begin in any second', async () => {
    const time = steppedTime();
    const pace = createPace(3, time);
    for (let made = 0; made < 7; made += 1) expect(await call(pace)).toBe(0);
    expect(time.waits).toEqual([1000, 1000]);
  });

  it('makes up for what a busy moment has kept back', async () => {
    let now = 0;
    const waits: number[] = [];
    const pace = createPace(4, { now: () => now, wait: async (ms) => waits.push(ms) });
    await call(pace);
    now = 900;
    for (let made = 0; made < 4; made += 1) await call(pace);
    expect(waits).toEqual([100]);
  });

  it('gives a place again a second after the answer, however long that took', async () => {
    let now = 0;
    const waits: number[] = [];
    const pace = createPace(2, { now: () => now, wait: async (ms) => waits.push(ms) });
    await Promise.all([pace.turn(), pace.turn()]);
    const third = pace.turn();
    now = 700;
    pace.done();
    await third;
    expect(waits).toEqual([1000]);
  });

  it('a call every two seconds', async () => {
    const time = steppedTime();
    const pace = createPace(0.5, time);
    for (let made = 0; made < 3; made += 1) await call(pace);
    expect(time.waits).toEqual([2000, 2000]);
  });

  it('waits for a short hold', async () => {
    const time = steppedTime();
    const pace = createPace(1000, time);
    pace.hold(2000);
    expect(await pace.turn()).toBe(0);
    expect(time.waits).toEqual([2000]);
  });

  it('closes for a long hold, says how long, and does not wait', async () => {
    const time = steppedTime();
    const pace = createPace(1000, time);
    pace.hold(60_000);
    expect(await pace.turn()).toBe(60_000);
    expect(time.waits).toEqual([]);
  });

  it('never shortens a hold', async () => {
    const time = steppedTime();
    const pace = createPace(1000, time);
    pace.hold(60_000);
    pace.hold(10);
    expect(await pace.turn()).toBe(60_000);
  });

  it.each([0, -1])('knows no limit of %s a second', async (perSecond) => {
    const time = steppedTime();
    const pace = createPace(perSecond, time);
    await pace.turn();
    await pace.turn();
    expect(time.waits).toEqual([]);
  });
});
