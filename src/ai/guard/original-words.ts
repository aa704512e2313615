import type { Finding } from './finding.ts';
import { foldedWords } from './reading.ts';
import { quote } from './rule.ts';

interface Word {
  folded: string;
  at: number;
  end: number;
}

const WORD = /[\p{L}\p{N}\p{M}]+/gu;
const QUOTED = /"([^"]+)"/g;

/** Findings with the words as the model wrote them, whole and with their accents: rules read them folded. */
export function inOriginalWords(findings: readonly Finding[], raw: string): Finding[] {
  const words = Array.from(raw.matchAll(WORD), ({ 0: text, index }) => ({
    folded: foldedWords(text).trim(),
    at: index,
    end: index + text.length,
  }));
  return findings.map(({ rule, detail }) => ({
    rule,
    detail: detail.replace(QUOTED, (whole, text: string) => original(text, words, raw) ?? whole),
  }));
}

function original(text: string, words: readonly Word[], raw: string): string | null {
  const cut = text.endsWith('…');
  const wanted = foldedWords(text).trim().split(' ');
  if (wanted[0] === '' || raw.includes(text)) return null;
  for (let start = 0; start + wanted.length <= words.length; start += 1) {
    if (
      !wanted.every((word, offset) =>
        isPart(words[start + offset]?.folded ?? '', word, offset, wanted.length),
      )
    )
      continue;
    const from = words[start]?.at ?? 0;
    const to = words[start + wanted.length - 1]?.end ?? from;
    return quote(raw.slice(from, to) + (cut ? '…' : ''));
  }
  return null;
}

/** The first word may have lost its beginning, the last one its end. */
const isPart = (word: string, wanted: string, offset: number, count: number): boolean =>
  word === wanted ||
  (offset === 0 && word.endsWith(wanted)) ||
  (offset === count - 1 && word.startsWith(wanted));
