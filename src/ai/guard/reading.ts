import { splitContacts } from './contacts.ts';
import { type Sentence, sentencesIn } from './sentences.ts';

/** A text, prepared once for all rules. */
export interface Reading {
  /** Null where none is wanted. */
  subject: string | null;
  body: string;
  /** Subject and body, a line between them. */
  whole: string;
  /** The whole without its links, addresses and numbers. */
  words: string;
  /** As the model wrote it, before anything was tidied or mended. */
  raw: string;
  rawPlain: string;
  /** The whole in lower case without accents, with plain apostrophes and blanks. */
  plain: string;
  /** Of the plain text. */
  sentences: readonly Sentence[];
  /** Words of the whole only, with one blank between and around them. */
  folded: string;
  /** The same without names of people and firms, which may be words of any language. */
  unnamed: string;
}

export function readText(
  text: { subject: string | null; body: string; raw: string },
  names: readonly (string | null)[],
): Reading {
  const { subject, body, raw } = text;
  const whole = subject === null ? body : `${subject}\n${body}`;
  const plain = plainText(whole);
  const folded = wordsOf(plain);
  return {
    ...{
      subject,
      body,
      whole,
      words: splitContacts(whole).words,
      raw,
      rawPlain: plainText(raw),
      plain,
      folded,
    },
    sentences: sentencesIn(plain),
    unnamed: withoutNames(folded, names),
  };
}

/** Sentences of any text; an initial or `M.` ends none. */
export const sentencesOf = (text: string): string[] => text.split(SENTENCE_END).filter(Boolean);
const SENTENCE_END = /(?<=[.!?…]["»”’)]?)(?<!(?<!\p{L})(?:\p{L}|Mme|Mr|Mrs|Ms|Dr)\.)\s+|\n+/iu;

/** Lower case without accents; one width of letters, plain apostrophes and blanks; punctuation stays. */
export function plainText(text: string): string {
  const lower = text
    .replace(/[’‘ʼ´`]/g, "'")
    .toLowerCase()
    .replaceAll('œ', 'oe')
    .replaceAll('æ', 'ae');
  return ASCII.test(lower) ? narrow(lower) : narrow(lower.normalize('NFKD').replace(UNSEEN, ''));
}

/** The same text at one byte a character, where it fits: the engine searches it at half the cost. */
function narrow(text: string): string {
  const codes: number[] = [];
  for (let index = 0; index < text.length; index += 1) codes.push(text.charCodeAt(index));
  return codes.length > APPLIED ? text : String.fromCharCode(...codes);
}
/** Arguments that a call can take without care. */
const APPLIED = 20_000;
/** Accents on their own, and signs without width. */
const UNSEEN = /[\u0300-\u036f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;
const ASCII = /^[\t\r\n -~]*$/;

/** Letters and digits of a plain text, each word between blanks: ` a 3m l oreal `. */
function wordsOf(plain: string): string {
  const words = FOREIGN_LETTER.test(plain)
    ? plain.replace(/[^\p{L}\p{N}]+/gu, ' ')
    : plain.replace(/[^a-z0-9]+/g, ' ');
  return ` ${words.trim()} `;
}

/** The same of many lines: no words of two lines stand together. */
export function wordsByLine(plain: string): string {
  const words = FOREIGN_LETTER.test(plain)
    ? plain.replace(/[^\p{L}\p{N}\n]+/gu, ' ')
    : plain.replace(/[^a-z0-9\n]+/g, ' ');
  return ` ${words.replace(/ ?\n ?/g, ' | ')} `;
}
/** Beyond plain letters, signs of Latin-1 and general punctuation. */
const FOREIGN_LETTER = /[^\0-\u00bf\u2000-\u206f€]/;

/** Cells, names and the voice's words are folded again and again. */
const lately = new Map<string, string>();
const SHORT = 300;
const MANY = 5_000;

export function foldedWords(text: string): string {
  if (text.length > SHORT) return wordsOf(plainText(text));
  const known = lately.get(text);
  if (known !== undefined) return known;
  const folded = wordsOf(plainText(text));
  if (lately.size >= MANY) lately.clear();
  lately.set(text, folded);
  return folded;
}

export const countWords = (text: string): number =>
  text.match(/[\p{L}\p{N}]+(?:['’&.-][\p{L}\p{N}]+)*/gu)?.length ?? 0;

function withoutNames(folded: string, names: readonly (string | null)[]): string {
  let text = folded;
  for (const name of names) {
    const words = name === null ? '' : foldedWords(name);
    if (words.trim() !== '') text = text.replaceAll(words, ' ');
  }
  return text;
}
