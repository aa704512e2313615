import type { Exchange } from '../../engine/texts/facts.ts';
import type { Finding } from './finding.ts';
import { foldedWords, type Reading, sentencesOf } from './reading.ts';
import { quote, type Rule } from './rule.ts';

const SHORTEST = 5;
const TWICE = 4;
/** Sentences, the latest first to count. */
const MANY = 200;
/** Words of a sentence that are compared: what begins alike for so long is alike. */
const LONGEST = 60;
const SAME = 0.8;
const GREETING = /^(?:bonjour|bonsoir|hello|hi|hey|dear|chere?)[^,!:.\n]{0,40}[,!:]?\s*/i;
const COURTESY =
  /^ (?:merci|je vous remercie|(?:tres )?bonne|belle|excellente|bien a|cordialement|je vous souhaite|au plaisir|dans l attente|thank|thanks|kind regards|best|regards|have a|looking forward|i look forward|wishing you|je reste) /;

/** No sentence of ours stands, or nearly stands, in what was written to this person before. Courtesies may. */
export const repetitionRule: Rule = (reading, { exchanges }) => [
  ...saidTwice(reading.body),
  ...saidBefore(reading, exchanges),
];

/** The same sentence twice in one message. */
function saidTwice(body: string): Finding[] {
  const seen = new Set<string>();
  return sentencesOf(body).flatMap((text): Finding[] => {
    const folded = foldedWords(text);
    if (folded.trim().split(' ').length < TWICE) return [];
    const again = seen.has(folded);
    seen.add(folded);
    return again ? [{ rule: 'repetition', detail: `${quote(text)} stands twice in the text` }] : [];
  });
}

const saidBefore = ({ whole, subject }: Reading, exchanges: readonly Exchange[]): Finding[] => {
  const earlier = exchanges.filter(({ direction }) => direction === 'out');
  if (earlier.length === 0) return [];
  const before = earlier.flatMap(({ body }) => oldSentences(body)).slice(-MANY);
  const findings = sentencesOf(whole).flatMap((text): Finding[] => {
    const words = wordsIn(text);
    return words !== null && before.some((old) => isNearly(words, old))
      ? [{ rule: 'repetition', detail: `${quote(text)} was said before` }]
      : [];
  });
  if (subject !== null && isOldSubject(subject, earlier))
    findings.push({ rule: 'repetition', detail: `the subject ${quote(subject)} was used before` });
  return findings;
};

interface Old {
  words: readonly string[];
  there: ReadonlySet<string>;
}

const oldSentences = (body: string): Old[] =>
  sentencesOf(body).flatMap((text) => {
    const words = wordsIn(text);
    return words === null ? [] : [{ words, there: new Set(words) }];
  });

/** Null: too short, or a courtesy. */
function wordsIn(sentence: string): string[] | null {
  const folded = foldedWords(sentence.trim().replace(GREETING, ''));
  const words = folded.trim().split(' ');
  return words.length < SHORTEST || COURTESY.test(folded) ? null : words.slice(0, LONGEST);
}

/** Most of its words stand in the old one in the same order, and make up most of that one too. */
function isNearly(words: readonly string[], { words: old, there }: Old): boolean {
  const wanted = Math.ceil(words.length * SAME);
  if (old.length < wanted || wanted < old.length * 0.6) return false;
  if (words.filter((word) => there.has(word)).length < wanted) return false;
  return commonInOrder(words, old) >= wanted;
}

/** Length of the longest common subsequence. */
function commonInOrder(a: readonly string[], b: readonly string[]): number {
  let row = new Array<number>(b.length + 1).fill(0);
  for (const word of a) {
    const next = [0];
    for (const [index, other] of b.entries())
      next.push(word === other ? (row[index] ?? 0) + 1 : Math.max(row[index + 1] ?? 0, next[index] ?? 0));
    row = next;
  }
  return row[b.length] ?? 0;
}

const isOldSubject = (subject: string, earlier: readonly Exchange[]): boolean =>
  earlier.some(
    (exchange) => exchange.subject !== null && foldedWords(exchange.subject) === foldedWords(subject),
  );
