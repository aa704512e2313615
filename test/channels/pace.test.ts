import { describe, expect, it } from 'vitest';
import { createPace, type RealTime } from '../../src/channels/pace.ts';

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
  it('lets so many calls begin in any second, with a margin for the way', async () => {
    const time = steppedTime();
    const pace = createPace(3, time);
    for (let call = 0; call < 7; call += 1) expect(await pace.turn()).toBe(0);
    expect(time.waits).toEqual([1050, 1050]);
  });

  it('makes up for what a busy moment has kept back', async () => {
    let now = 0;
    const waits: number[] = [];
    const pace = createPace(4, { now: () => now, wait: async (ms) => waits.push(ms) });
    await pace.turn();
    now = 900;
    for (let call = 0; call < 4; call += 1) await pace.turn();
    expect(waits).toEqual([150]);
  });

  it('holds apart calls that are made together', async () => {
    const waits: number[] = [];
    const still: RealTime = { now: () => 0, wait: async (ms) => waits.push(ms) };
    const pace = createPace(2, still);
    await Promise.all(Array.from({ length: 6 }, () => pace.turn()));
    expect(waits).toEqual([1050, 1050, 2100, 2100]);
  });

  it('a call every two seconds', async () => {
    const time = steppedTime();
    const pace = createPace(0.5, time);
    for (let call = 0; call < 3; call += 1) await pace.turn();
    expect(time.waits).toEqual([2050, 2050]);
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
