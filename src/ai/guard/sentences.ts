/** A part of a plain text (Reading.plain) that says one thing: up to a full stop, a colon or the end of its line. */
export interface Sentence {
  at: number;
  text: string;
  /** Ends in a question mark. */
  asks: boolean;
}

const END = /[.!?]+(?=["»”)\]]|\s|$)|[\n;:]/g;

export function sentencesIn(plain: string): Sentence[] {
  const found: Sentence[] = [];
  let at = 0;
  const add = (end: number, mark: string): void => {
    const text = plain.slice(at, end);
    if (text.trim() !== '') found.push({ at, text, asks: mark.includes('?') });
    at = end + mark.length;
  };
  for (const { 0: mark, index } of plain.matchAll(END)) add(index, mark);
  add(plain.length, '');
  return found;
}

/** Before a statement: what follows is a case that may be. */
const CASE =
  /(?<![a-z])(?:si|s'ils?|quand|lorsqu[e']|des que|tant que|au cas ou|a moins que|imagine[zr]?|imaginons|suppos(?:ez|ons|e|er)|j'imagine|je (?:suppose|devine)|if|when(?:ever)?|whether|unless|once|picture|imagine|i (?:guess|imagine))(?![a-z])/;
/** Beside a statement: nobody says that it is so. */
const LIKELY =
  /(?<![a-z])(?:peut-etre|sans doute|probablement|vraisemblablement|surement|eventuellement|perhaps|maybe|probably|likely|possibly|presumably|may|might|could|would)(?![a-z])/;

/** Does the sentence speak of a case that may be? */
export const isCase = (sentence: string, at: number): boolean => CASE.test(sentence.slice(0, at));

/** Does the sentence only suppose what it says at this place? */
export function isSupposed(sentence: string, at: number): boolean {
  const before = sentence.slice(0, at);
  const clause = /[^,]*$/.exec(before)?.[0] ?? '';
  const after = /^[^,]*/.exec(sentence.slice(at))?.[0] ?? '';
  return CASE.test(before) || LIKELY.test(clause + after);
}
