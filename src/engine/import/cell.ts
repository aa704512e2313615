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

const STARTS_ODDLY = /^\s*['=+\-@—–＝＋－＠(#nNu]/;

/** Whether readCell would do more than `trim()`, which is enough for nearly all cells. */
export const isSuspicious = (text: string): boolean =>
  STARTS_ODDLY.test(text) || CONTROL.test(text) || text.includes('\ufffd');

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

/** On one line: a fact stands in sentences, subjects and file names. */
export const oneLine = (text: string): string =>
  /[\s]{2}|[^\S ]/.test(text) ? text.replace(/\s+/g, ' ') : text;
