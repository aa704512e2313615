import type { Language } from '../../engine/model.ts';
import type { Finding } from './finding.ts';
import { FOREIGN_WORDS, FUNCTION_WORDS } from './function-words.ts';
import { foldedWords } from './reading.ts';
import type { Rule } from './rule.ts';

const NAMES: Readonly<Record<Language, string>> = { fr: 'French', en: 'English' };
/** Words below which a text says too little about its language. */
const SHORTEST = 6;

/** Is the text, and each longer paragraph of it, in the language that is wanted? By its small words; names do not count. */
export const languageRule: Rule = ({ body, subject, unnamed }, { language }) => {
  const other =
    otherLanguage(unnamed, language) ??
    (hasSlipped(unnamed, language) ? firstSlip(body, language) : null) ??
    (subject === null ? null : otherLanguage(foldedWords(subject), language));
  return other === null ? [] : [finding(other, language)];
};

/** Few texts hold so many small words of the other language: only those are read by paragraph. */
const hasSlipped = (unnamed: string, language: Language): boolean =>
  count(unnamed.trim().split(' '), FUNCTION_WORDS[language === 'fr' ? 'en' : 'fr']) >= 3;

const finding = (other: string, language: Language): Finding => ({
  rule: 'language',
  detail: `${other} where ${NAMES[language]} is wanted`,
});

function firstSlip(body: string, language: Language): string | null {
  for (const part of body.split(/\n{2,}/)) {
    const other = otherLanguage(foldedWords(part), language, 10);
    if (other !== null) return other;
  }
  return null;
}

const count = (words: readonly string[], set: ReadonlySet<string>): number =>
  words.filter((word) => set.has(word)).length;

function otherLanguage(folded: string, wanted: Language, shortest = SHORTEST): string | null {
  if (isForeignScript(folded)) return 'another script';
  const words = folded.trim().split(' ');
  if (words.length < shortest) return null;
  const own = count(words, FUNCTION_WORDS[wanted]);
  const other: Language = wanted === 'fr' ? 'en' : 'fr';
  const rivals: [string, number][] = [[NAMES[other], count(words, FUNCTION_WORDS[other])]];
  if (own * 4 < words.length) for (const [name, set] of FOREIGN_WORDS) rivals.push([name, count(words, set)]);
  const [name, most] = rivals.reduce((best, rival) => (rival[1] > best[1] ? rival : best));
  if (most >= 2 && most > own) return name;
  return own === 0 && words.length >= 14 ? 'an unknown language' : null;
}

/** Letters that are not Latin: more of them than a name would have. */
function isForeignScript(folded: string): boolean {
  if (/^[ -~]*$/.test(folded)) return false;
  const foreign = folded.match(/(?!\p{Script=Latin})\p{L}/gu)?.length ?? 0;
  return foreign > 12 && foreign * 4 > folded.length;
}
