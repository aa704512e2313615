import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Calendar } from '../../src/engine/dates/calendar.ts';
import { daysOffText, parseDaysOff } from '../../src/engine/dates/days-off.ts';
import type { SendingWindow } from '../../src/engine/model.ts';

describe('days off', () => {
  it.each([
    ['', []],
    [' , ', []],
    ['2026-12-24', ['2026-12-24']],
    ['24/12/2026', ['2026-12-24']],
    ['4/1/2027', ['2027-01-04']],
    ['2026-12-31, 2026-12-24; 24/12/2026', ['2026-12-24', '2026-12-31']],
    ['2026-12-30..2027-01-02', ['2026-12-30', '2026-12-31', '2027-01-01', '2027-01-02']],
    ['31/12/2026-02/01/2027', ['2026-12-31', '2027-01-01', '2027-01-02']],
    ['du 31/12/2026 au 02/01/2027', ['2026-12-31', '2027-01-01', '2027-01-02']],
    ['2026-12-31 – 2027-01-01', ['2026-12-31', '2027-01-01']],
    ['24/12/2026 et 31/12/2026', ['2026-12-24', '2026-12-31']],
    ['2028-02-28..2028-03-01', ['2028-02-28', '2028-02-29', '2028-03-01']],
  ])('"%s" is %j', (text, dates) => {
    expect(parseDaysOff(text)).toEqual({ ok: true, value: dates });
  });

  it.each([
    ['2026-02-30', '"2026-02-30" is no date; allowed: dates such as 2026-12-24 or 24/12/2026'],
    ['2027-02-29', '"2027-02-29" is no date'],
    ['24/12', '"24/12" is no date'],
    ['noel', '"noel" is no date'],
    ['2026-12-24..31/02/2027', '"31/02/2027" is no date'],
    ['2027-01-02..2026-12-24', 'goes backwards, did you mean "2026-12-24..2027-01-02"?'],
    ['2026-12-24..2062-01-02', 'is 12794 days; at most 400 are allowed, is the year right?'],
    ['2026-01-01..2026-12-31, 2027-06-01..2027-12-31', '579 days off; at most 400'],
  ])('"%s" is refused: %s', (text, line) => {
    const parsed = parseDaysOff(text);
    expect(parsed.ok ? '' : parsed.problem).toContain(line);
  });

  it.each([
    [[], ''],
    [['2026-12-24'], '2026-12-24'],
    [['2026-12-24', '2026-12-25'], '2026-12-24, 2026-12-25'],
    [['2026-12-30', '2026-12-31', '2027-01-01', '2027-05-14'], '2026-12-30..2027-01-01, 2027-05-14'],
  ])('%j reads "%s"', (dates, text) => {
    expect(daysOffText(dates)).toBe(text);
  });

  it('are read back as they were written', () => {
    const date = fc.integer({ min: 20_000, max: 20_390 }).map((day) => new Date(day * 86_400_000));
    fc.assert(
      fc.property(fc.uniqueArray(date, { maxLength: 40, selector: Number }), (dates) => {
        const sorted = dates.map((each) => each.toISOString().slice(0, 10)).sort();
        expect(parseDaysOff(daysOffText(sorted))).toEqual({ ok: true, value: sorted });
      }),
    );
  });
});

describe('a window with days off', () => {
  const calendar = new Calendar((date) => date === '2026-12-25');
  const place = { zone: 'Europe/Paris', region: 'FR' };
  const window: SendingWindow = {
    days: [1, 2, 3, 4, 5],
    from: 9 * 60,
    to: 18 * 60,
    daysOff: ['2026-12-23', '2026-12-24', '2026-12-28'],
  };
  const at = (text: string) => Date.parse(text);

  it('opens again after the days off, the holiday and the weekend between them', () => {
    const opening = calendar.nextOpening(at('2026-12-22T17:30:00Z'), window, place, 'email');
    expect(opening).toBe(at('2026-12-29T08:00:00Z'));
    expect(calendar.nextOpening(at('2026-12-24T10:00:00Z'), window, place, 'sms')).toBe(opening);
  });

  it('counts no day off as a business day', () => {
    const due = calendar.addWait(at('2026-12-22T10:00:00Z'), { amount: 2, unit: 'bd' }, place, window);
    expect(due).toBe(at('2026-12-30T10:00:00Z'));
  });

  it('takes a day off by the date where the person is', () => {
    const reunion = { zone: 'Indian/Reunion', region: 'RE' };
    const always = { ...window, days: [1, 2, 3, 4, 5, 6, 7], from: 0, to: 1440 };
    expect(calendar.nextOpening(at('2026-12-22T20:30:00Z'), always, place, 'email')).toBe(
      at('2026-12-22T20:30:00Z'),
    );
    expect(calendar.nextOpening(at('2026-12-22T20:30:00Z'), always, reunion, 'email')).toBe(
      at('2026-12-25T20:00:00Z'),
    );
  });
});
