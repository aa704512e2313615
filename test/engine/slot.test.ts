import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jitter } from '../../src/engine/dates/jitter.ts';
import { slotAfter } from '../../src/engine/dates/slot.ts';
import { backoffMs } from '../../src/engine/limits/backoff.ts';
import { Circuits } from '../../src/engine/limits/circuit.ts';
import { HOUR, NOW } from '../builders.ts';
import { calendar } from './snapshot.ts';

const WINDOW = { days: [1, 2, 3, 4, 5], from: 9 * 60, to: 18 * 60, daysOff: [] };
const PARIS = { zone: 'Europe/Paris', region: 'FR' };
const SPREAD = { calendar, spread: { linkedin: false, email: true, sms: true } };
const NIGHT = NOW - 3 * HOUR;
const OPENING = NOW - HOUR;

const slot = (at: number, enrolmentId = 1, channel: 'email' | 'linkedin' | 'sms' = 'email') =>
  slotAfter(at, { window: WINDOW, place: PARIS, channel, enrolmentId, step: 'email-1' }, SPREAD);

describe('a slot', () => {
  it('is now while the window is open', () => {
    expect(slot(NOW)).toBe(NOW);
  });

  it('has its own place in the next opening for each person, always the same', () => {
    const places = Array.from({ length: 50 }, (_, id) => slot(NIGHT, id) ?? 0);
    expect(places).toEqual(Array.from({ length: 50 }, (_, id) => slot(NIGHT, id)));
    expect(new Set(places).size).toBe(50);
    for (const place of places) expect(place).toBeGreaterThanOrEqual(OPENING);
    for (const place of places) expect(place).toBeLessThan(OPENING + 9 * HOUR);
  });

  it('fills the opening evenly: a tenth of a thousand people in each tenth, give or take a third', () => {
    const tenths = new Array<number>(9).fill(0);
    for (let id = 0; id < 1000; id += 1) {
      const hour = Math.floor(((slot(NIGHT, id) ?? 0) - OPENING) / (0.9 * HOUR));
      tenths[hour] = (tenths[hour] ?? 0) + 1;
    }
    for (const people of tenths) expect(people).toBeGreaterThan(65);
    for (const people of tenths) expect(people).toBeLessThan(135);
  });

  it('is the opening itself for LinkedIn: a person wants the tasks of the day together', () => {
    expect(slot(NIGHT, 1, 'linkedin')).toBe(OPENING);
  });

  it('never lies outside the hours, nor before its time', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 400 * 24 }), fc.nat(), (hours, id) => {
        const at = NOW + hours * HOUR;
        const found = slot(at, id, 'sms') ?? 0;
        expect(found).toBeGreaterThanOrEqual(at);
        expect(calendar.nextOpening(found, WINDOW, PARIS, 'sms')).toBe(found);
      }),
    );
  });
});

describe('jitter', () => {
  it('is the same for the same words, in [0, 1), and apart for neighbours', () => {
    expect(jitter('7:email-1')).toBe(jitter('7:email-1'));
    fc.assert(
      fc.property(fc.string(), (words) => {
        expect(jitter(words)).toBeGreaterThanOrEqual(0);
        expect(jitter(words)).toBeLessThan(1);
      }),
    );
    expect(Math.abs(jitter('7:email-1') - jitter('8:email-1'))).toBeGreaterThan(1e-3);
  });
});

describe('the time before a further call', () => {
  it('may reach a minute after the first, doubles with each, and ends at six hours', () => {
    const longest = (attempt: number) =>
      Math.max(...Array.from({ length: 400 }, (_, id) => backoffMs(attempt, id)));
    for (const [attempt, minutes] of [
      [1, 1],
      [2, 2],
      [5, 16],
      [12, 360],
      [99, 360],
    ] as const) {
      expect(longest(attempt)).toBeLessThanOrEqual(minutes * 60_000);
      expect(longest(attempt)).toBeGreaterThan(minutes * 60_000 * 0.9);
    }
  });

  it('is spread over all of it (full jitter), and repeatable', () => {
    const waits = Array.from({ length: 400 }, (_, id) => backoffMs(4, id));
    expect(Math.min(...waits)).toBeLessThan(8 * 60_000 * 0.1);
    expect(waits).toEqual(Array.from({ length: 400 }, (_, id) => backoffMs(4, id)));
  });
});

describe('a circuit', () => {
  const failing = (times: number, now = NOW, from: Circuits = new Circuits([])) => {
    const opened = Array.from({ length: times }, () => from.failed('email', 'HTTP 503', now));
    return { circuits: from, opened };
  };

  it('opens with the fifth failure in a row, for five minutes, and for that channel only', () => {
    const { circuits, opened } = failing(5);
    expect(opened).toEqual([false, false, false, false, true]);
    expect(circuits.openUntil('email', NOW)).toBe(NOW + 5 * 60_000);
    expect(circuits.openUntil('email', NOW + 5 * 60_000)).toBeNull();
    expect(circuits.openUntil('sms', NOW)).toBeNull();
  });

  it('counts the failures of calls that were under way together once', () => {
    const { opened } = failing(9);
    expect(opened.filter(Boolean)).toHaveLength(1);
  });

  it('opens for twice as long when the next try fails too, an hour at most', () => {
    const { circuits } = failing(5);
    let now = NOW;
    const rests: number[] = [];
    for (let tries = 0; tries < 6; tries += 1) {
      now = circuits.openUntil('email', now) ?? now;
      expect(circuits.failed('email', 'HTTP 503', now)).toBe(true);
      rests.push(((circuits.openUntil('email', now) ?? 0) - now) / 60_000);
    }
    expect(rests).toEqual([10, 20, 40, 60, 60, 60]);
  });

  it('closes with the first call that works, and is remembered from one tick to the next', () => {
    const { circuits } = failing(5);
    const next = new Circuits(circuits.states());
    expect(next.openUntil('email', NOW)).toBe(NOW + 5 * 60_000);
    next.worked('email');
    expect(next.openUntil('email', NOW)).toBeNull();
    expect(next.states()).toEqual([]);
    expect(failing(4, NOW, next).opened).toEqual([false, false, false, false]);
  });
});
