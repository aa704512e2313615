import { fold } from '../../engine/import/fold.ts';
import { DISC_PROFILES, type DiscProfile } from '../voice/voice.ts';

/** The names and colours of the profiles, folded, in French and English. */
const WORDS: Readonly<Record<DiscProfile, RegExp>> = {
  D: /^(?:dominante?s?|dominance|rouge|red)$/,
  I: /^(?:influente?s?|influence|influencante?|influant|influencer|jaune|yellow)$/,
  S: /^(?:stables?|stabilite|steady|steadiness|verte?|green)$/,
  C: /^(?:consciencieux|consciencieuse|conforme|conformite|conscientious(?:ness)?|compliance|compliant|bleue?|blue)$/,
};
/** What may stand beside a letter without changing what it means. */
const FILLER =
  /^(?:disc|profile?|couleur|colou?r|type|style|comme|puis|et|ou|and|or|then|tendance|plutot|\d{1,3})$/;
const NOT = /^(?:pas|non|ni|not|no|sauf|jamais|aucun)$/;
/** More words than this are a note, in which `carte bleue` is no profile. */
const MOST_WORDS = 6;

/**
 * What people write in a column: `D`, `d/i` (the first counts), `I=80 D=20` (the highest), `Rouge`, `S (stable)`. Null for
 * all else, and for blanks such as `N/C`.
 */
export function knownProfile(cell: string | null): DiscProfile | null {
  const words = fold(cell ?? '')
    .split(' ')
    .filter(Boolean);
  if (words.length === 0 || words.length > MOST_WORDS || words.some((word) => NOT.test(word))) return null;
  return highest(cell ?? '') ?? ofLetter(words) ?? words.map(ofWord).find((found) => found !== null) ?? null;
}

/** Of scores, two or more. */
function highest(cell: string): DiscProfile | null {
  const scores = [...cell.matchAll(/(?<![\p{L}\d])([disc])\s*[=:]?\s*(\d{1,3})(?!\d)/giu)].map(
    ([, letter = '', score]) => ({ profile: profileOf(letter), score: Number(score) }),
  );
  if (scores.length < 2) return null;
  return scores.reduce((best, each) => (each.score > best.score ? each : best)).profile;
}

/** A letter, or two of them as in `Di`, with nothing beside it that says something else. */
function ofLetter(words: readonly string[]): DiscProfile | null {
  const rest = words.filter((word) => !FILLER.test(word));
  const [first = ''] = rest;
  const isLetters = (word: string) => /^[disc]$|^(?:d[isc]|i[dsc]|s[dic]|c[dis])$/.test(word);
  if (!isLetters(first)) return null;
  return rest.every((word) => isLetters(word) || ofWord(word) !== null) ? profileOf(first.charAt(0)) : null;
}

const ofWord = (word: string): DiscProfile | null =>
  DISC_PROFILES.find((profile) => WORDS[profile].test(word)) ?? null;

const profileOf = (letter: string): DiscProfile | null =>
  DISC_PROFILES.find((profile) => profile === letter.toUpperCase()) ?? null;
