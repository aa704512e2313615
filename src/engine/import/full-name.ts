import { readCivility } from './civility.ts';

export interface SplitName {
  civility: string | null;
  first: string | null;
  last: string | null;
}

const CIVILITY =
  /^(m\.?|mr\.?|mrs\.?|ms\.?|mme\.?|mlle\.?|monsieur|madame|mademoiselle|dr\.?|me|pr\.?)\s+(?=\p{L}.*)/iu;
const IN_CAPITALS = /^(?=.*\p{Lu}.*\p{Lu})[^\p{Ll}]+$/u;

/**
 * `Claire DURAND`, `DURAND Claire`, `Durand, Claire` and `Mme Claire Durand` in two parts. Words in capitals are
 * the family name where others are not; else the first word is the first name. One word is a family name.
 */
export function splitFullName(text: string): SplitName {
  const found = CIVILITY.exec(text);
  const civility = found ? readCivility(found[1] ?? '') : null;
  const name = found ? text.slice(found[0].length).trim() : text;
  const comma = /^([^,]+),\s*([^,]+)$/.exec(name);
  if (comma) return { civility, first: comma[2] ?? null, last: comma[1] ?? null };
  const words = name.split(/\s+/);
  if (words.length === 1) return { civility, first: null, last: name };
  const capitals = words.map((word) => IN_CAPITALS.test(word));
  const lastFirst = capitals[0] === true && capitals.at(-1) === false;
  const cut = lastFirst ? capitals.indexOf(false) : firstNameLength(capitals);
  const [head, tail] = [words.slice(0, cut).join(' '), words.slice(cut).join(' ')];
  return lastFirst ? { civility, first: tail, last: head } : { civility, first: head, last: tail };
}

/** `Jean Marie DURAND` has two words before the capitals; without capitals the first word stands alone. */
function firstNameLength(capitals: readonly boolean[]): number {
  const start = capitals.indexOf(true);
  return start > 0 && capitals.slice(start).every(Boolean) ? start : 1;
}
