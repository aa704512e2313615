import { describe, expect, it } from 'vitest';
import type { Call, Judges } from '../../src/engine/ports/verify.ts';
import { createCapJudge } from '../../src/engine/verify/caps.ts';
import { createHoursJudge } from '../../src/engine/verify/hours.ts';
import { createSequenceJudge } from '../../src/engine/verify/sequence.ts';
import { DAY, HOUR, NOW } from '../builders.ts';
import { calendar } from '../engine/snapshot.ts';

const PARIS = {
  days: [1, 2, 3, 4, 5],
  from: 9 * 60,
  to: 18 * 60,
  daysOff: [],
  zone: 'Europe/Paris',
  region: 'FR',
};

const aCall = (
  overrides: Partial<Omit<Call, 'allowed'>> & { allowed?: object | string | null } = {},
): Call => {
  const { allowed = PARIS, ...call } = overrides;
  return {
    messageId: 1,
    enrolmentId: 1,
    prospectId: 1,
    campaignId: 1,
    step: 'email-1',
    channel: 'email',
    sender: 'hector@nexalis.example',
    idempotencyKey: `key-${call.messageId ?? 1}`,
    claimedAt: NOW,
    sentAt: null,
    allowed: typeof allowed === 'object' && allowed !== null ? JSON.stringify(allowed) : allowed,
    ...call,
  };
};

describe('the hours of a call', () => {
  const judge = createHoursJudge(calendar);
  const at = (iso: string) => Date.parse(iso);
  it.each<[string, Call, ReturnType<Judges['hours']>]>([
    ['in the window', aCall(), 'inside'],
    ['in its first minute', aCall({ claimedAt: at('2026-11-23T09:00:00+01:00') }), 'inside'],
    ['a moment before it', aCall({ claimedAt: at('2026-11-23T08:59:59.999+01:00') }), 'outside'],
    ['in its last moment', aCall({ claimedAt: at('2026-11-23T17:59:59.999+01:00') }), 'inside'],
    ['at its end', aCall({ claimedAt: at('2026-11-23T18:00:00+01:00') }), 'outside'],
    ['on a Sunday', aCall({ claimedAt: NOW - DAY }), 'outside'],
    ['on a public holiday', aCall({ claimedAt: at('2026-11-11T10:00:00+01:00') }), 'outside'],
    [
      'on a holiday of Alsace, in Alsace',
      aCall({ claimedAt: at('2028-12-26T10:00:00+01:00'), allowed: { ...PARIS, region: 'FR-67' } }),
      'outside',
    ],
    ['on a holiday of Alsace, in Paris', aCall({ claimedAt: at('2028-12-26T10:00:00+01:00') }), 'inside'],
    ['on a day off', aCall({ allowed: { ...PARIS, daysOff: ['2026-11-23'] } }), 'outside'],
    ['in the hours of another zone', aCall({ allowed: { ...PARIS, zone: 'Pacific/Noumea' } }), 'outside'],
    [
      'an SMS at 20:30, whatever the campaign says',
      aCall({ channel: 'sms', claimedAt: at('2026-11-23T20:30:00+01:00'), allowed: { ...PARIS, to: 1440 } }),
      'outside',
    ],
    [
      'an e-mail at 20:30 of a campaign that says so',
      aCall({ claimedAt: at('2026-11-23T20:30:00+01:00'), allowed: { ...PARIS, to: 1440 } }),
      'inside',
    ],
    [
      'by an older version, which noted no days off',
      aCall({ allowed: { ...PARIS, daysOff: undefined } }),
      'inside',
    ],
    ['by an older version, which noted nothing', aCall({ allowed: null }), 'unknown'],
    ['with a note that is none', aCall({ allowed: 'broken' }), 'unknown'],
    ['in a zone that does not exist', aCall({ allowed: { ...PARIS, zone: 'Mars/Olympus' } }), 'unknown'],
  ])('%s', (_name, call, verdict) => {
    expect(judge(call)).toBe(verdict);
  });
});

describe('two calls to one person', () => {
  const second = { messageId: 2, enrolmentId: 2, claimedAt: NOW + HOUR };
  it.each<[string, Partial<Call> & { allowed?: string }, ReturnType<Judges['sequence']>]>([
    ['of two campaigns on one day', {}, 'two_on_one_day'],
    ['of two steps on one day', { enrolmentId: 1, step: 'email-2' }, 'two_on_one_day'],
    ['of one step, beside each other', { enrolmentId: 1, channel: 'sms' }, null],
    ['on two days', { claimedAt: NOW + DAY }, null],
    ['on two days, an hour before and after midnight', { claimedAt: NOW + 15 * HOUR }, null],
    [
      'on one day where they live, though on two in Paris',
      { claimedAt: NOW + 15 * HOUR, allowed: JSON.stringify({ ...PARIS, zone: 'America/Martinique' }) },
      'two_on_one_day',
    ],
    ['under one key', { idempotencyKey: 'key-1', claimedAt: NOW + 3 * DAY }, 'twice_under_one_key'],
    ['of two people', { prospectId: 2 }, null],
  ])('%s', (_name, overrides, verdict) => {
    const judge = createSequenceJudge(calendar, 'Europe/Paris');
    expect(judge(aCall())).toBeNull();
    expect(judge(aCall({ ...second, ...overrides }))).toBe(verdict);
  });
});

describe('caps', () => {
  const cap = (date: string, dayCap: number | null, weekCap: number | null, lane = 'email') => ({
    sender: 'hector@nexalis.example',
    lane,
    date,
    dayCap,
    weekCap,
  });
  const sends = (...days: number[]) => {
    const judge = createCapJudge(calendar, 'Europe/Paris');
    for (const day of days) judge.countSend(aCall({ claimedAt: NOW + day * DAY }));
    return judge;
  };

  it('are kept up to the last send', () => {
    expect(sends(0, 0, 1).exceeded([cap('2026-11-23', 2, 2), cap('2026-11-24', 1, 3)])).toEqual([]);
  });

  it('of a day are exceeded by one more', () => {
    expect(sends(0, 0, 0).exceeded([cap('2026-11-23', 2, null)])).toMatchObject([
      { code: 'over_day_cap', detail: 'email of hector@nexalis.example, 2026-11-23: 3 sends, cap 2' },
    ]);
  });

  it('of seven days count seven days back, and not eight', () => {
    expect(sends(0, 6).exceeded([cap('2026-11-29', null, 1)])).toMatchObject([{ code: 'over_week_cap' }]);
    expect(sends(0, 7).exceeded([cap('2026-11-30', null, 1)])).toEqual([]);
  });

  it('count a send on the date of the sender, not of the person', () => {
    const judge = createCapJudge(calendar, 'Pacific/Noumea');
    judge.countSend(aCall({ claimedAt: Date.parse('2026-11-23T16:00:00Z') }));
    expect(judge.exceeded([cap('2026-11-23', 0, null), cap('2026-11-24', 1, null)])).toEqual([]);
  });

  it('of LinkedIn are not judged: a person says when a text went out', () => {
    expect(
      sends(0).exceeded([cap('2026-11-23', 0, 0, 'linkedin'), cap('2026-11-23', 0, 0, 'invitation')]),
    ).toEqual([]);
  });

  it('of another sender, and days without a row, limit nothing', () => {
    expect(
      sends(0, 0, 1, 1).exceeded([{ ...cap('2026-11-23', 0, 0), sender: 'other@nexalis.example' }]),
    ).toEqual([]);
  });
});
