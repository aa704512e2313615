import { describe, expect, it } from 'vitest';
import { daysText, hoursText, parseDays, parseHours, parseTimezone } from '../../src/engine/dates/window.ts';

describe('days', () => {
  it.each([
    ['lun-ven', [1, 2, 3, 4, 5]],
    ['mon-fri', [1, 2, 3, 4, 5]],
    ['lun, mar, ven', [1, 2, 5]],
    ['Lundi au Jeudi et samedi', [1, 2, 3, 4, 6]],
    ['lun. mer. ven.', [1, 3, 5]],
    ['ven,lun,ven', [1, 5]],
    ['mon–wed; sat', [1, 2, 3, 6]],
    ['monday to wednesday', [1, 2, 3]],
    ['sam-lun', [1, 6, 7]],
    ['dim', [7]],
  ])('%s is %j', (text, days) => {
    expect(parseDays(text)).toEqual({ ok: true, value: days });
  });

  it.each([
    ['', 'no day given'],
    [' , ', 'no day given'],
    ['lnudi', '"lnudi" is no day (did you mean "lundi"?)'],
    ['lun-vendrdi', 'did you mean "vendredi"?'],
    ['lun-mar-mer', '"lun-mar-mer" is no range of days'],
    ['quux', '"quux" is no day; allowed: days such as lun-ven, mon-fri'],
    ['1-5', '"1" is no day'],
    ['lun-', 'is no day'],
  ])('"%s" is refused and the line says what is allowed', (text, line) => {
    const parsed = parseDays(text);
    expect(parsed.ok).toBe(false);
    expect(parsed.ok ? '' : parsed.problem).toContain(line);
    expect(parsed.ok ? '' : parsed.problem).toContain('lun-ven');
  });

  it.each([
    [[1, 2, 3, 4, 5], 'lun-ven'],
    [[1, 2, 5], 'lun, mar, ven'],
    [[6, 1, 2, 3], 'lun-mer, sam'],
    [[7], 'dim'],
  ])('%j reads %s', (days, text) => {
    expect(daysText(days)).toBe(text);
    expect(parseDays(text)).toEqual({ ok: true, value: [...days].sort() });
  });
});

describe('hours', () => {
  it.each([
    ['09:00-18:00', 540, 1080],
    ['9h-18h', 540, 1080],
    ['09h00-18h30', 540, 1110],
    ['9h30 à 12h', 570, 720],
    ['8-20', 480, 1200],
    ['9:00 – 24:00', 540, 1440],
    ['0h to 6h', 0, 360],
  ])('%s', (text, from, to) => {
    expect(parseHours(text)).toEqual({ ok: true, value: { from, to } });
  });

  it.each([
    ['18:00-09:00', 'goes backwards; a window does not cross midnight, did you mean "09:00-18:00"?'],
    ['09:00-09:00', 'leaves no time to send'],
    ['9h-25h', 'a day ends at 24:00'],
    ['25h-8h', 'a day ends at 24:00'],
    ['9h75-18h', 'minutes go from 00 to 59'],
    ['matin', 'allowed: hours such as 09:00-18:00 or 9h-18h30'],
    ['', 'allowed: hours such as'],
    ['9h', 'allowed: hours such as'],
    ['-9-18', 'allowed: hours such as'],
  ])('"%s" is refused: %s', (text, line) => {
    const parsed = parseHours(text);
    expect(parsed.ok ? '' : parsed.problem).toContain(line);
  });

  it('is printed as it may be typed', () => {
    expect(hoursText({ from: 545, to: 1440 })).toBe('09:05-24:00');
  });
});

describe('time zones', () => {
  it.each([
    ['Europe/Paris', 'Europe/Paris'],
    ['europe/paris', 'Europe/Paris'],
    ['Indian/Reunion', 'Indian/Reunion'],
    ['UTC', 'UTC'],
    ['Europe/Kyiv', 'Europe/Kyiv'],
  ])('%s is %s', (typed, zone) => {
    expect(parseTimezone(typed)).toEqual({ ok: true, value: zone });
  });

  it.each([
    ['Paris', 'did you mean "Europe/Paris"?'],
    ['Réunion', 'did you mean "Indian/Reunion"?'],
    ['new york', 'did you mean "America/New_York"?'],
    ['Europe/Pairs', 'did you mean "Europe/Paris"?'],
    ['+02:00', 'allowed: IANA names'],
    ['', 'allowed: IANA names'],
    ['Mars/Olympus Mons Base Camp', 'allowed: IANA names'],
  ])('"%s" is refused: %s', (typed, line) => {
    const parsed = parseTimezone(typed);
    expect(parsed.ok ? '' : parsed.problem).toContain(line);
  });
});
