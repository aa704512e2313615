import type { Fact } from '../../engine/texts/facts.ts';
import { meaningsOf } from './concepts.ts';
import type { Finding } from './finding.ts';
import { carried, groundsOf, isContent } from './grounds.ts';
import type { GuardInput } from './input.ts';
import { figuresIn } from './numbers.ts';
import { foldedWords, plainText, type Reading } from './reading.ts';
import { quote, type Rule } from './rule.ts';

/** A claim that stands in the text and can rest on its fact. */
export interface HeldClaim {
  /** As Reading.folded has it, blanks around it. */
  folded: string;
  fact: Fact;
}

/** Of a claim's words, this much must be known. */
const ENOUGH = 0.5;

/**
 * Every claim names a fact, stands in the text, and shares at least a word or a figure with what the fact says; and
 * half of what it says is known from some fact.
 */
export const claimRule: Rule = (reading, input) =>
  input.answer.claims.flatMap((claim): Finding[] => {
    const fault = faultOf(claim, reading, input);
    return fault === null ? [] : [{ rule: 'claim', detail: fault }];
  });

const held = new WeakMap<Reading, readonly HeldClaim[]>();

/** Claims that hold, found once a text. */
export function heldClaims(reading: Reading, input: GuardInput): readonly HeldClaim[] {
  const known = held.get(reading) ?? findHeld(reading, input);
  held.set(reading, known);
  return known;
}

const findHeld = (reading: Reading, input: GuardInput): HeldClaim[] =>
  input.answer.claims.flatMap((claim) => {
    const fact = input.facts.find(({ id }) => id === claim.fact);
    return fact === undefined || faultOf(claim, reading, input) !== null
      ? []
      : [{ folded: foldedWords(claim.statement), fact }];
  });

type Claim = GuardInput['answer']['claims'][number];

function faultOf({ statement, fact: id }: Claim, reading: Reading, input: GuardInput): string | null {
  const { facts } = input;
  const fact = facts.find((each) => each.id === id);
  const folded = foldedWords(statement);
  if (fact === undefined) return `${quote(statement)} rests on ${quote(id)}, which is no fact`;
  if (folded.trim() === '' || !reading.folded.includes(folded))
    return `${quote(statement)} does not stand in the text`;
  if (isAboutUs(fact) && SPEAKS_TO_READER.test(folded) && !SPEAKS_OF_US.test(folded))
    return `${quote(statement)} is about the reader, ${id} is not`;
  if (!restsOn(statement, fact))
    return `${quote(statement)} says something else than ${id}: ${quote(fact.value)}`;
  const { reader, all, names } = groundsOf(input);
  return (carried(folded, isAboutUs(fact) ? all : reader, names) ?? 1) >= ENOUGH
    ? null
    : `${quote(statement)} says more than ${id}: ${quote(fact.value)}`;
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
