import type { Fact } from '../../engine/texts/facts.ts';
import { meaningsOf } from './concepts.ts';
import { isFunctionWord } from './function-words.ts';
import type { GuardInput } from './input.ts';
import { foldedWords } from './reading.ts';

/** What words stand for, to be looked up. */
export type Meanings = ReadonlySet<string>;

/** What statements can rest on, by the ideas of its words. */
export interface Grounds {
  /** What is known of person and firm, with what the operator and the reader said. */
  reader: Meanings;
  all: Meanings;
  /** The operator's remark, and what the reader wrote: they need no claim. */
  said: Meanings;
  /** Words of the reader's and the firm's names, which tell nothing of them. */
  names: ReadonlySet<string>;
}

const grounds = new WeakMap<GuardInput, Grounds>();

export function groundsOf(input: GuardInput): Grounds {
  const known = grounds.get(input);
  if (known) return known;
  const { facts, exchanges, remark, prospect } = input;
  const answers = exchanges
    .filter(({ direction }) => direction === 'in')
    .map(({ body }) => body.slice(0, 1_500));
  const said = meaningsOfTexts([remark ?? '', ...answers]);
  const reader = meaningsOfFacts(facts.filter(({ about }) => about !== 'sender' && about !== 'house'));
  const { firstName, lastName, company } = prospect;
  const made: Grounds = {
    said,
    reader: new Set([...said, ...reader]),
    all: new Set([...said, ...meaningsOfFacts(facts)]),
    names: new Set(
      foldedWords(`${firstName ?? ''} ${lastName ?? ''} ${company ?? ''}`)
        .trim()
        .split(' '),
    ),
  };
  grounds.set(input, made);
  return made;
}

/** A cell of `headcount` holds a number: its column says of what. */
export const meaningsOfFacts = (facts: readonly Fact[]): Meanings =>
  meaningsOfTexts(facts.map(({ id, value }) => `${id.replaceAll('_', ' ')} ${value}`));

export const meaningsOfTexts = (texts: readonly string[]): Meanings => {
  const words = new Set(texts.flatMap((text) => foldedWords(text).trim().split(' ')));
  return new Set([...words].filter(isContent).flatMap(meaningsOf));
};

/** How much of these words the meanings can carry: 0 to 1; null where there is nothing to carry. */
export function carried(folded: string, meant: Meanings, names?: ReadonlySet<string>): number | null {
  const words = contentOf(folded).filter((word) => !names?.has(word));
  if (words.length === 0) return null;
  return words.filter((word) => meaningsOf(word).some((each) => meant.has(each))).length / words.length;
}

export const contentOf = (folded: string): string[] => folded.trim().split(' ').filter(isContent);

/** Does a word say something, so that a fact can be told by it? */
export const isContent = (word: string): boolean =>
  TELLING.has(word) ||
  (word.length >= 3 && !/^\d+$/.test(word) && !isFunctionWord(word) && !SAYING_LITTLE.has(word)) ||
  /\d\D|\D\d/.test(word);

const TELLING = new Set('rh hr si it dg ca daf drh dsi pdg ceo cfo cto coo cio'.split(' '));
const SAYING_LITTLE = new Set(
  `monsieur madame bonjour hello firm firms company companies business entreprise entreprises societe societes
  aujourd hui today year annee jour day actuellement currently very much many beaucoup peu autre autres other metier
  metiers role euros euro million millions environ near pres euh deux trois quatre cinq six sept huit neuf dix one two
  three four five six seven eight nine ten their plus moins vers depuis entre selon etait etaient avait avaient`.split(
    /\s+/,
  ),
);
