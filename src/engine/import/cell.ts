/** Tab, line feed and carriage return are text; other control characters, and marks that reorder or hide, are not. */
const CONTROL = /[^\P{Cc}\t\n\r]|[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/u;
const ALL_CONTROL = new RegExp(CONTROL, 'gu');
const NOTHING = /^(?:-+|—|–|n\/a|#n\/a|null|NULL|undefined|néant|\(vide\)|#[A-Zé?!/]+[!?])$/i;
/** What a spreadsheet would run (OWASP, "CSV injection"). */
const FORMULA = /^[=+\-@＝＋－＠]/;
const SIGNED_NUMBER = /^[+-][\d\s.,()/-]*\d[\s.]*%?$/;

export interface Cell {
  text: string;
  warning: 'control_characters' | 'undecodable_characters' | 'formula_cell' | null;
}

const ODD_STARTS = new Set("'=+-@—–＝＋－＠(#nNu".split('').map((char) => char.charCodeAt(0)));

/** Whether readCell would do more than `trim()`, which is enough for nearly all cells: twelve in a row, so no regex. */
export function isSuspicious(text: string): boolean {
  let first = 0;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (first === 0 && code !== 32 && code !== 160) first = code;
    if (code < 32 || (code > 126 && code < 160) || code === 0xad || code > 0x200a) return true;
  }
  return ODD_STARTS.has(first);
}

/**
 * The text of a cell: control characters out, the apostrophe that disarms a formula in exports off, `n/a` and
 * `#REF!` empty. A formula stays as text: whoever writes it out must disarm it.
 */
export function readCell(raw: string): Cell {
  const controlled = CONTROL.test(raw);
  const whole = (controlled ? raw.replace(ALL_CONTROL, '') : raw).trim();
  const text = whole[0] === "'" && FORMULA.test(whole.slice(1)) ? whole.slice(1) : whole;
  if (text === '' || (NOTHING.test(text) && text !== 'Null')) return { text: '', warning: null };
  if (controlled) return { text, warning: 'control_characters' };
  if (text.includes('\ufffd')) return { text, warning: 'undecodable_characters' };
  return { text, warning: FORMULA.test(text) && !SIGNED_NUMBER.test(text) ? 'formula_cell' : null };
}

/** Surely one: names of firms may begin with `+`, `-` or `@`. */
export const isFormula = (text: string): boolean => text[0] === '=' || text[0] === '＝';

/** On one line: a fact stands in sentences, subjects and file names. */
export function oneLine(text: string): string {
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (
      code < 32 ||
      (code > 159 && BLANK.test(text.charAt(index))) ||
      (code === 32 && text.charCodeAt(index + 1) === 32)
    )
      return text.replace(/\s+/g, ' ');
  }
  return text;
}

const BLANK = /\s/;
