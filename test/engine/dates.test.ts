import { describe, expect, it } from 'vitest';
import { startOf } from '../../src/engine/enrol.ts';
import { afterTouch, movesOn } from '../../src/engine/tick/advance.ts';
import { aScenario, aStep, DAY, HOUR, NOW } from '../builders.ts';
import { aSnapshot, calendar, POLICY } from './snapshot.ts';

const SMS_LATER = [
  { id: 'email-1' },
  { id: 'sms-1', wait: '3d', channel: 'sms' as const, kind: 'sms' as const },
];

describe('the date after a touch', () => {
  it('counts from when it really happened, and falls into the hours of the next channel', () => {
    const snapshot = aSnapshot({
      steps: SMS_LATER,
      campaign: { window: { days: [1, 2, 3, 4, 5, 6, 7], from: 0, to: 1440, daysOff: [] } },
    });
    const thursdayNight = NOW + 3 * DAY + 12 * HOUR;
    expect(afterTouch(snapshot, 'email-1', thursdayNight, POLICY)).toEqual({
      step: 'sms-1',
      anchorAt: thursdayNight,
      // Sunday night by the wait; SMS begin on Monday at half past eight.
      nextAt: Date.UTC(2026, 10, 30, 7, 30),
    });
  });

  it('is a date even where the window never opens, so that the planner can say so', () => {
    const snapshot = aSnapshot({
      steps: SMS_LATER,
      campaign: { window: { days: [7], from: 540, to: 600, daysOff: [] } },
    });
    expect(afterTouch(snapshot, 'email-1', NOW, POLICY).nextAt).toBe(NOW + 3 * DAY);
  });

  it('is none after the last step', () => {
    expect(afterTouch(aSnapshot(), 'email-2', NOW, POLICY)).toEqual({
      step: null,
      anchorAt: NOW,
      nextAt: null,
    });
  });

  it.each([
    ['email', true],
    ['sms', true],
    ['linkedin', false],
  ] as const)('a touch by %s moves the person on: %s', (channel, expected) => {
    const scenario = aScenario({ steps: [aStep({ fallback: ['sms'], also: ['linkedin'] })] });
    expect(movesOn(scenario, 'email-1', channel)).toBe(expected);
  });
});

describe('the first date', () => {
  const start = (startAt: number, days = [1, 2, 3, 4, 5]) => {
    const { campaign, version, prospect } = aSnapshot({
      campaign: { startAt, window: { days, from: 540, to: 1080, daysOff: [] } },
      steps: [{ id: 'first', wait: '1d' }],
    });
    return startOf(campaign, version.scenario, prospect, calendar, { country: 'FR', now: NOW });
  };

  it('counts from the start of the campaign, or from now when that has passed', () => {
    expect(start(NOW + DAY)).toEqual({ step: 'first', anchorAt: NOW + DAY, nextAt: NOW + 2 * DAY });
    expect(start(NOW - DAY)).toEqual({ step: 'first', anchorAt: NOW, nextAt: NOW + DAY });
  });

  it('is a date even where the window never opens', () => {
    expect(start(NOW, []).nextAt).toBe(NOW + DAY);
  });
});
