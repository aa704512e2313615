/**
 * Phone numbers of France and its overseas departments, which share one numbering plan (ARCEP): ten digits from
 * `0`, dialled alike everywhere, but behind different international codes.
 */
export const FRENCH_PLAN: ReadonlySet<string> = new Set(['FR', 'GP', 'MQ', 'GF', 'RE', 'YT', 'BL', 'MF']);

export interface Phone {
  /** E.164: `+33612345678`. */
  number: string;
  mobile: boolean;
}

const LIKELY = /^(?:\+33|0033|33(?=[1-9]\d{8}$)|)(?:0(?=[1-9]\d{8}$)|)([1-9]\d{8})$/;

/** Blanks of every kind, dots, hyphens, slashes; `(0)` is a habit that no network dials. */
const SEPARATORS = /\(0\)|[\s.\-/()\u2010-\u2015]+/g;

/**
 * `06 12 34 56 78`, `06.12…`, `+33 (0)6…`, `0033…`, and nine digits whose `0` a spreadsheet ate. Null for what is
 * no French number. Ranges not yet given out are taken: numbers are opened faster than programs are updated.
 */
export function readFrenchPhone(text: string): Phone | null {
  const national = LIKELY.exec(text.replace(SEPARATORS, ''))?.[1];
  if (national === undefined) return null;
  const mobile = national[0] === '6' || national[0] === '7';
  return { number: `+${overseas(national) ?? '33'}${national}`, mobile };
}

/** Réunion and Mayotte, Guadeloupe, Guyane, Martinique: land lines 02 62…, mobiles 06 92…. */
function overseas(national: string): string | null {
  switch (national.slice(0, 3)) {
    case '262':
    case '263':
    case '269':
    case '639':
    case '692':
    case '693':
      return '262';
    case '590':
    case '690':
    case '691':
      return '590';
    case '594':
    case '694':
      return '594';
    case '596':
    case '696':
    case '697':
      return '596';
    default:
      return null;
  }
}
