import type { Fact } from '../../engine/texts/facts.ts';
import { meaningsOf } from './concepts.ts';
import type { Finding } from './finding.ts';
import { isFunctionWord } from './function-words.ts';
import { figuresIn } from './numbers.ts';
import { foldedWords, plainText, type Reading } from './reading.ts';
import { type GuardInput, quote, type Rule } from './rule.ts';

/** A claim that stands in the text and can rest on its fact. */
export interface HeldClaim {
  /** As Reading.folded has it, blanks around it. */
  folded: string;
  fact: Fact;
}

/** Every claim names a fact, stands in the text, and shares at least a word or a figure with what the fact says. */
export const claimRule: Rule = (reading, input) =>
  input.answer.claims.flatMap((claim): Finding[] => {
    const fault = faultOf(claim, reading, input);
    return fault === null ? [] : [{ rule: 'claim', detail: fault }];
  });

export const heldClaims = (reading: Reading, input: GuardInput): HeldClaim[] =>
  input.answer.claims.flatMap((claim) => {
    const fact = input.facts.find(({ id }) => id === claim.fact);
    return fact === undefined || faultOf(claim, reading, input) !== null
      ? []
      : [{ folded: foldedWords(claim.statement), fact }];
  });

type Claim = GuardInput['answer']['claims'][number];

function faultOf({ statement, fact: id }: Claim, reading: Reading, { facts }: GuardInput): string | null {
  const fact = facts.find((each) => each.id === id);
  const folded = foldedWords(statement);
  if (fact === undefined) return `${quote(statement)} rests on ${quote(id)}, which is no fact`;
  if (folded.trim() === '' || !reading.folded.includes(folded))
    return `${quote(statement)} does not stand in the text`;
  if (isAboutUs(fact) && SPEAKS_TO_READER.test(folded) && !SPEAKS_OF_US.test(folded))
    return `${quote(statement)} is about the reader, ${id} is not`;
  return restsOn(statement, fact)
    ? null
    : `${quote(statement)} says something else than ${id}: ${quote(fact.value)}`;
}

const isAboutUs = ({ about }: Fact): boolean => about === 'sender' || about === 'house';
const SPEAKS_TO_READER = / (?:vous|votre|vos|tu|ton|ta|tes|you|your|yours) /;
const SPEAKS_OF_US = / (?:nous|notre|nos|je|j|mon|ma|mes|we|our|i|my) /;

/** Can these words rest on this fact: is there a word, a stem, a synonym or a figure that both have? */
function restsOn(statement: string, { value }: Fact): boolean {
  const folded = foldedWords(statement);
  const words = folded.trim().split(' ');
  const factWords = foldedWords(value).trim().split(' ');
  const meant = new Set(factWords.filter(isContent).flatMap(meaningsOf));
  if (words.some((word) => isContent(word) && meaningsOf(word).some((each) => meant.has(each)))) return true;
  const figures = new Set(figuresIn(plainText(value)).flatMap(({ bare, value: full }) => [bare, full]));
  if (figuresIn(plainText(statement)).some(({ bare, value: full }) => figures.has(bare) || figures.has(full)))
    return true;
  // A value of small words alone (`oui`, `SI`) has nothing else to be told by.
  return !factWords.some(isContent) && figures.size === 0 && folded.includes(foldedWords(value));
}

/** How much of these words the facts can carry: 0 to 1; null where there is nothing to carry. */
export function carried(folded: string, facts: readonly Fact[]): number | null {
  const words = folded.trim().split(' ').filter(isContent);
  if (words.length === 0) return null;
  const meant = new Set(
    facts.flatMap(({ value }) => foldedWords(value).trim().split(' ').filter(isContent).flatMap(meaningsOf)),
  );
  return words.filter((word) => meaningsOf(word).some((each) => meant.has(each))).length / words.length;
}

/** Does a word say something, so that a fact can be told by it? */
const isContent = (word: string): boolean =>
  TELLING.has(word) ||
  (word.length >= 3 && !/^\d+$/.test(word) && !isFunctionWord(word) && !SAYING_LITTLE.has(word)) ||
  /\d\D|\D\d/.test(word);

const TELLING = new Set('rh hr si it dg ca daf drh dsi pdg ceo cfo cto coo cio'.split(' '));
const SAYING_LITTLE = new Set(
  `monsieur madame bonjour hello firm firms company companies business entreprise entreprises societe societes
  aujourd hui today year annee jour day actuellement currently very much many beaucoup peu autre autres other`.split(
    /\s+/,
  ),
);
