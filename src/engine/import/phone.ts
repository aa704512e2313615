import { type CountryCode, isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { FRENCH_PLAN, type Phone, readFrenchPhone } from './french-phone.ts';

export type ReadPhone = Phone | 'invalid_phone' | 'mangled_number';

/** `6,12E+08`: the spreadsheet has forgotten most digits, whatever the rest of the row says. */
const MANGLED = /^\s*\+?\d(?:[.,]\d+)?\s*E\s*\+?\d+\s*$/i;

/**
 * A phone number as E.164. French numbers are read here, which is ten times faster; all others by
 * libphonenumber, whose type tells mobiles from land lines.
 * @param country ISO 3166 alpha-2: where a number without an international code is at home
 */
export function readPhone(text: string, country: string): ReadPhone {
  const found = readOne(text, country);
  if (found) return found;
  if (MANGLED.test(text)) return 'mangled_number';
  for (const part of text.split(/[/;,|]| (?:ou|or|et|and) /i).slice(0, 4)) {
    const first = readOne(part, country);
    if (first) return first;
  }
  return 'invalid_phone';
}

function readOne(text: string, country: string): Phone | null {
  if (FRENCH_PLAN.has(country) || /^\s*(?:\+|00)\s*33/.test(text)) {
    const french = readFrenchPhone(text);
    if (french) return french;
  }
  const home: CountryCode = isSupportedCountry(country) ? country : 'FR';
  const parsed = parsePhoneNumberFromString(text.replace(/^\s*00/, '+'), home);
  if (!parsed?.isValid()) return null;
  const type = parsed.getType();
  return { number: parsed.number, mobile: type === 'MOBILE' || type === 'FIXED_LINE_OR_MOBILE' };
}
