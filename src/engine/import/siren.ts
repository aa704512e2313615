import { fold } from './fold.ts';

const LA_POSTE = '356000000';

/** Nine digits whose Luhn sum fits (INSEE), or null. */
export function readSiren(text: string): string | null {
  const digits = digitsOf(text);
  return digits.length === 9 && luhn(digits) % 10 === 0 && digits !== '000000000' ? digits : null;
}

/** Fourteen digits; La Poste's 15,000 offices outgrew Luhn: there the plain sum of digits is a multiple of 5. */
export function readSiret(text: string): string | null {
  const digits = digitsOf(text);
  if (digits.length !== 14 || readSiren(digits.slice(0, 9)) === null) return null;
  if (luhn(digits) % 10 === 0) return digits;
  if (!digits.startsWith(LA_POSTE)) return null;
  return [...digits].reduce((sum, digit) => sum + Number(digit), 0) % 5 === 0 ? digits : null;
}

/** `4,83017E+13`: a spreadsheet has rounded it away. */
export const isMangledNumber = (text: string): boolean => /^\d(?:[.,]\d+)?e\+?\d+$/i.test(text.trim());

/** Blanks, dots and hyphens between digits, and a word before them (`SIREN 726 018 153`, `RCS Lyon B…`). */
const digitsOf = (text: string): string => {
  if (/^\d+$/.test(text)) return text;
  const digits = text.replace(/[\s.\-\u2010-\u2015']/g, '');
  return /^\d+$/.test(digits)
    ? digits
    : fold(text)
        .replace(/^[a-z ]+/, '')
        .replaceAll(' ', '');
};

function luhn(digits: string): number {
  let sum = 0;
  for (let index = 0; index < digits.length; index += 1) {
    const digit = digits.charCodeAt(digits.length - 1 - index) - 48;
    const doubled = index % 2 === 0 ? digit : digit * 2;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum;
}
