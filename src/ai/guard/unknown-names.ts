import type { Finding } from './finding.ts';
import { isCommonWord } from './function-words.ts';
import { foldedWords } from './reading.ts';
import { matchesOf, quote, type Rule } from './rule.ts';

const CAPITALISED = /\p{Lu}[\p{L}\p{N}]*/gu;
const WORD_BEFORE = /[\p{L}\p{N}]*$/u;
/** Where a capital is only the beginning of a sentence, a line, an item or a quotation. */
const BEGINNING = /(?:^|[\n.!?…:«“"‘]|(?:^|\n)\s*(?:[-–—•]|\p{N}{1,2}[.)]|\p{Lu}[.)]))[\s\u00a0]*$/u;
/** `Danone nous fait confiance`: a name that begins its sentence shows by what it does. */
const ACTING =
  / (?:nous (?:fait|a|ont|confie)|a (?:choisi|réduit|gagné|économisé|signé|confié|doublé|divisé)|ont (?:choisi|réduit|gagné)|travaille avec nous|chose|trusts?|cut|saved|reduced|works? with us)(?!\p{L})/gu;
const ACTOR = /(?:^|\n|[.!?…][ \u00a0])(\p{Lu}[\p{L}&’'-]+)$/u;

/** Names of people, firms, places and products that stand in nothing known: invented, as far as we can tell. */
export const unknownNameRule: Rule = ({ words, subject }, _, known) => {
  const isKnown = (word: string): boolean => {
    const folded = foldedWords(word).trim();
    return folded.length < 2 || isCommonWord(folded) || known.word(folded);
  };
  const unknown = new Set<string>();
  const from = subject !== null && isTitleCase(subject) ? subject.length : 0;
  for (const match of matchesOf(words, CAPITALISED)) {
    const before = words.slice(Math.max(0, match.index - 20), match.index);
    const [head] = WORD_BEFORE.exec(before) ?? [''];
    const word = head + match[0];
    if (match.index < from || isKnown(word)) continue;
    if (isAbbreviation(word) || !BEGINNING.test(before)) unknown.add(word);
  }
  for (const { index } of matchesOf(words, ACTING)) {
    const word = ACTOR.exec(words.slice(Math.max(0, index - 40), index))?.[1];
    if (word !== undefined && !isKnown(word)) unknown.add(word);
  }
  return [...unknown].map(
    (word): Finding => ({ rule: 'claim', detail: `unknown name: ${quote(word)} stands in no fact` }),
  );
};

/** `DataVision`, `SNCF`: a name wherever it stands. */
const isAbbreviation = (word: string): boolean => /^\p{Lu}{2}|\p{Ll}\p{Lu}/u.test(word);

/** `A Question About Your Workshop`: capitals by habit, in English. */
function isTitleCase(subject: string): boolean {
  const words = subject.match(/\p{L}{4,}/gu) ?? [];
  return words.length >= 3 && words.every((word) => /^\p{Lu}\p{Ll}/u.test(word));
}
