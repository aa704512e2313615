import fc from 'fast-check';
import { isPossiblePhoneNumber, isValidPhoneNumber, parsePhoneNumberFromString } from 'libphonenumber-js/min';
import { describe, expect, it } from 'vitest';
import { readFrenchPhone } from '../../src/engine/import/french-phone.ts';
import { readPhone } from '../../src/engine/import/phone.ts';

describe('phones become E.164', () => {
  it.each([
    ['06 12 34 56 78', 'FR', '+33612345678', true],
    ['06.12.34.56.78', 'FR', '+33612345678', true],
    ['06-12-34-56-78', 'FR', '+33612345678', true],
    ['06/12/34/56/78', 'FR', '+33612345678', true],
    ['06\u00a012\u202f34 56 78', 'FR', '+33612345678', true],
    ['+33 (0)6 12 34 56 78', 'FR', '+33612345678', true],
    ['+330612345678', 'FR', '+33612345678', true],
    ['0033612345678', 'FR', '+33612345678', true],
    ['33612345678', 'FR', '+33612345678', true],
    ['612345678', 'FR', '+33612345678', true],
    ['763428001', 'FR', '+33763428001', true],
    ['01 23 45 67 89', 'FR', '+33123456789', false],
    ['06 93 04 14 70', 'FR', '+262693041470', true],
    ['0262 12 34 56', 'RE', '+262262123456', false],
    ['0690 12 34 56', 'FR', '+590690123456', true],
    ['+33 6 12 34 56 78', 'BE', '+33612345678', true],
    ['0470 12 34 56', 'BE', '+32470123456', true],
    ['02 512 34 56', 'BE', '+3225123456', false],
    ['079 123 45 67', 'CH', '+41791234567', true],
    ['+44 20 7946 0958', 'FR', '+442079460958', false],
    ['0032 470 12 34 56', 'FR', '+32470123456', true],
    ['06 12 34 56 78 / 01 23 45 67 89', 'FR', '+33612345678', true],
  ])('%s in %s is %s', (text, country, number, mobile) =>
    expect(readPhone(text, country)).toEqual({ number, mobile }),
  );

  it.each(['6,12E+08', '6.12E+08', '3,36E+10', '6E+08', ' 3,3612E+10 '])(
    '%s is flagged, not guessed',
    (text) => expect(readPhone(text, 'FR')).toBe('mangled_number'),
  );

  it.each(['06 12 34', 'voir standard', '000000000', '12', '06123456789'])('%s is no phone', (text) =>
    expect(readPhone(text, 'FR')).toBe('invalid_phone'),
  );
});

describe('the short way for French numbers agrees with libphonenumber', () => {
  const digits = (length: number): fc.Arbitrary<string> =>
    fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: length, maxLength: length });
  const separator = fc.constantFrom('', ' ', '.', '-', '\u00a0');
  const national = fc.tuple(fc.constantFrom(...'123456789'), digits(8)).map(([first, rest]) => first + rest);
  const written = fc
    .tuple(national, separator, fc.constantFrom('0', '+33', '+33 (0)', '0033', ''))
    .map(
      ([number, gap, prefix]) =>
        prefix + number.replace(/^(.)(..)(..)(..)(..)$/, `$1${gap}$2${gap}$3${gap}$4${gap}$5`),
    );

  it('for every writing of a number', () => {
    fc.assert(
      fc.property(written, (text) => {
        const ours = readFrenchPhone(text);
        if (ours === null) throw new Error(`not read: ${text}`);
        const theirs = parsePhoneNumberFromString(text.replace(/^00/, '+'), 'FR')?.number ?? '';
        expect(isPossiblePhoneNumber(ours.number)).toBe(true);
        // The one difference: overseas numbers, which share the French plan behind codes of their own.
        if (ours.number.startsWith('+33')) expect(ours.number).toBe(theirs);
        else expect(ours.number.slice(4)).toBe(theirs.slice(3));
      }),
      { numRuns: 2000 },
    );
  });

  it('and reads nothing that libphonenumber refuses', () => {
    const noise = fc.string({ unit: fc.constantFrom(...'0123456789+ .()-'), maxLength: 16 });
    fc.assert(
      fc.property(noise, (text) => {
        const ours = readFrenchPhone(text);
        if (ours?.number.startsWith('+33')) expect(isValidPhoneNumber(ours.number)).toBe(true);
      }),
      { numRuns: 3000 },
    );
  });
});
