import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Capacity, type Room } from '../../src/engine/limits/capacity.ts';
import { type Caps, capsOn, laneOf, rampShare } from '../../src/engine/limits/caps.ts';

const RAMP = [
  { day: 1, share: 0.2 },
  { day: 5, share: 0.6 },
  { day: 15, share: 1 },
];
const NONE = { hour: 0, day: 0, week: 0 };

describe('a ramp', () => {
  it.each([
    [1, 0.2],
    [3, 0.4],
    [5, 0.6],
    [10, 0.8],
    [15, 1],
    [400, 1],
  ])('gives a sender on its day %i a share of %f', (day, share) => {
    expect(rampShare(RAMP, day)).toBeCloseTo(share, 10);
  });

  it('that begins later gives its first share before', () => {
    expect(rampShare([{ day: 8, share: 0.5 }], 1)).toBe(0.5);
  });

  it('that is off gives everything at once', () => {
    expect(capsOn({ hour: 10, day: 50, week: null }, [], 1)).toEqual({ hour: 10, day: 50, week: null });
  });

  it('never shrinks a cap to nothing, and leaves nothing where nothing is allowed', () => {
    expect(capsOn({ hour: 3, day: 0, week: null }, RAMP, 1)).toEqual({ hour: 1, day: 0, week: null });
  });

  it('never goes down with the days where its points go up', () => {
    const points = fc
      .uniqueArray(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 6 })
      .map((days) =>
        days.sort((a, b) => a - b).map((day, index) => ({ day, share: (index + 1) / days.length })),
      );
    fc.assert(
      fc.property(points, fc.integer({ min: 1, max: 80 }), (ramp, day) => {
        expect(rampShare(ramp, day + 1)).toBeGreaterThanOrEqual(rampShare(ramp, day));
        expect(rampShare(ramp, day)).toBeLessThanOrEqual(1);
      }),
    );
  });
});

describe('lanes', () => {
  it('tell invitations from LinkedIn messages, and nothing else', () => {
    expect(laneOf('linkedin', 'invitation')).toBe('invitation');
    expect(laneOf('linkedin', 'follow_up')).toBe('linkedin');
    expect(laneOf('email', 'follow_up')).toBe('email');
    expect(laneOf('sms', 'sms')).toBe('sms');
  });
});

describe('the capacity of a tick', () => {
  const aRoom = (caps: Caps, used = NONE, campaign: Room['campaign'] = null): Room => ({
    ...{ campaign, sender: campaign ? null : 'claire@ads.example', lane: 'email', caps, used },
  });
  const room = (caps: Caps, used = NONE) => new Map([['email', aRoom(caps, used)]]);

  it('turns away with the longest wait that applies', () => {
    const caps = { hour: 1, day: 2, week: 3 };
    const take = (used: typeof NONE) => new Capacity(room(caps, used)).take(['email']);
    expect(take({ hour: 0, day: 1, week: 2 })).toBeNull();
    expect(take({ hour: 1, day: 1, week: 2 })).toEqual({ reason: 'hourly_cap', cap: 1, rank: 0 });
    expect(take({ hour: 1, day: 2, week: 2 })).toEqual({ reason: 'daily_cap', cap: 2, rank: 0 });
    expect(take({ hour: 1, day: 2, week: 3 })).toEqual({ reason: 'weekly_cap', cap: 3, rank: 0 });
  });

  it('counts those it turns away, in order', () => {
    const capacity = new Capacity(room({ hour: null, day: 1, week: null }));
    const ranks = Array.from({ length: 4 }, () => capacity.take(['email'])?.rank ?? null);
    expect(ranks).toEqual([null, 0, 1, 2]);
  });

  it('takes room on every lane of a touch, or on none', () => {
    const rooms = new Map([
      ['email', aRoom({ hour: null, day: 5, week: null })],
      ['linkedin', aRoom({ hour: null, day: 1, week: null })],
    ]);
    const capacity = new Capacity(rooms);
    expect(capacity.take(['email', 'linkedin'])).toBeNull();
    for (let more = 0; more < 9; more += 1) expect(capacity.take(['email', 'linkedin'])).not.toBeNull();
    expect(
      Array.from({ length: 5 }, () => capacity.take(['email'])).filter((refusal) => !refusal),
    ).toHaveLength(4);
  });

  it('says of a campaign that it is the campaign that is full, and gives back what it had taken', () => {
    const own = aRoom({ hour: null, day: 1, week: null }, NONE, { id: 7, name: 'Ouest' });
    const capacity = new Capacity(new Map([...room({ hour: null, day: 9, week: null }), ['own', own]]));
    const both = ['own', 'email'];
    expect(capacity.take(both)).toBeNull();
    expect(capacity.take(both)).toEqual({ reason: 'campaign_cap', cap: 1, rank: 0 });
    expect(capacity.rooms().map(({ used }) => used.day)).toEqual([1, 1]);
    capacity.giveBack(both);
    expect(capacity.take(both)).toBeNull();
  });

  it('has no room where nobody has looked', () => {
    expect(new Capacity(new Map()).take(['email'])).not.toBeNull();
  });

  it('never lets more through than the smallest cap leaves, whatever is asked', () => {
    const cap = fc.option(fc.nat(20));
    const used = fc.nat(20);
    fc.assert(
      fc.property(
        fc.record({ hour: cap, day: cap, week: cap }),
        fc.record({ hour: used, day: used, week: used }),
        fc.nat(60),
        (caps, before, asked) => {
          const capacity = new Capacity(room(caps, before));
          const through = Array.from({ length: asked }, () => capacity.take(['email'])).filter(
            (each) => !each,
          );
          const left = (['hour', 'day', 'week'] as const).map((key) =>
            caps[key] === null ? Number.POSITIVE_INFINITY : Math.max(0, caps[key] - before[key]),
          );
          expect(through).toHaveLength(Math.min(asked, ...left));
        },
      ),
    );
  });
});
