import type { Finding, GuardRule } from './finding.ts';
import type { GuardInput } from './input.ts';
import type { Known } from './known.ts';
import type { Reading } from './reading.ts';

/** One family of faults. Pure: the same text and facts give the same findings. */
export type Rule = (reading: Reading, input: GuardInput, known: Known) => Finding[];

/** A piece of the model's text for a line that a person and the model will read: short, on one line, no controls. */
export function quote(text: string): string {
  const line = text
    .replace(/[\p{C}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .replaceAll('"', "'")
    .trim();
  return `"${line.length > 60 ? `${line.slice(0, 59)}…` : line}"`;
}

/** Whole words, of a text in lower case without accents (Reading.plain). */
export const anyOf = (...phrases: readonly string[]): RegExp =>
  new RegExp(`\\b(?:${phrases.join('|')})(?![a-z0-9])`, 'g');

/** All matches; most texts have none, which is quick to say. */
export const matchesOf = (text: string, pattern: RegExp): RegExpExecArray[] =>
  text.search(pattern) < 0 ? [] : [...text.matchAll(pattern)];

/** A finding for each different match. */
export function each(
  rule: GuardRule,
  text: string,
  pattern: RegExp,
  says: (found: string) => string | null,
): Finding[] {
  const found = text.match(pattern);
  if (found === null) return [];
  return [...new Set(found)].flatMap((match) => {
    const detail = says(match);
    return detail === null ? [] : [{ rule, detail }];
  });
}
