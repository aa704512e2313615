import { distance } from 'fastest-levenshtein';

/** Without accents and case, so that `Clôturé` and `cloture` are one word. */
export const folded = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .replace(/[’‘ʼ]/g, "'")
    .toLowerCase()
    .trim();

/** The candidate a person most likely meant, or null when none is near: a third of its letters may differ. */
export function suggest(typed: string, candidates: Iterable<string>): string | null {
  const word = folded(typed);
  let best: string | null = null;
  let bestDistance = Number.POSITIVE_INFINITY;
  for (const candidate of candidates) {
    const between = distance(word, folded(candidate));
    if (between < bestDistance && between <= Math.ceil(Math.max(word.length, candidate.length) / 3)) {
      best = candidate;
      bestDistance = between;
    }
  }
  return best;
}

/** `, did you mean "x"?`, or nothing: to be put behind a message. */
export function didYouMean(typed: string, candidates: Iterable<string>): string {
  const found = suggest(typed, candidates);
  return found === null ? '' : `, did you mean "${found}"?`;
}
