import { isCommonWord } from './function-words.ts';
import type { GuardInput } from './input.ts';
import { foldedWords } from './reading.ts';
import { matchesOf, quote, type Rule } from './rule.ts';

/** `Atelier Martin`, `3M`, `L’Oréal`, `Leroy & Fils`, `Michel et Augustin`. */
const WORD = "(?:\\p{Lu}|\\p{N}+(?=\\p{Lu}))[\\p{L}\\p{N}&’'+/-]*(?:\\.[\\p{L}\\p{N}]+)*";
const LINK = "(?:&|et|and|of|de|du|des|d['’]|la|le|les|en|sur|the|\\+)";
const NAME = `${WORD}(?:[ \\u00a0](?:${LINK}[ \\u00a0]){0,2}${WORD})*`;

const HOUSE =
  '(?:[Ee]ntreprise|[Ss]oci[ée]t[ée]|[Gg]roupe|[Mm]aison|[Cc]abinet|[Mm]arque|[Uu]sine|[Aa]telier|company|firm|group|team)';
const AT: Readonly<Record<'fr' | 'en', RegExp>> = {
  fr: new RegExp(
    `(?<!\\p{L})(?:[Cc]hez|[Aa]u sein (?:de |d['’])|(?:les |vos )?[ée]quipes? (?:de |d['’]|chez )|l['’][Ee]ntreprise|[Ll]a (?:soci[ée]t[ée]|maison|marque)|[Ll]e (?:groupe|cabinet))[ \\u00a0]?(${NAME})`,
    'gu',
  ),
  en: new RegExp(
    `(?<!\\p{L})(?:[Aa]t|[Ww]ithin|(?:the|your) team (?:at|of)|everyone at)[ \\u00a0](${NAME})`,
    'gu',
  ),
};
const YOUR_FIRM = new RegExp(
  `(?<!\\p{L})(?:[Vv]otre|[Tt]on|[Tt]a|[Yy]our)[ \\u00a0]${HOUSE}[ \\u00a0,:«“"]{1,2}[ \\u00a0]?(${NAME})`,
  'gu',
);
/** `chez doctolib`: a firm that writes itself small. */
const SMALL = /(?<!\p{L})chez[ \u00a0]([\p{Ll}][\p{L}\p{N}.'’-]+)/giu;
const NOT_A_FIRM = new Set(
  `vous nous eux lui elle elles moi toi soi un une des les le la l ce cette ces cet certains certaines plusieurs beaucoup
  d de nos vos votre notre mes mon ma leur leurs quelques tous tout toute toutes qui ceux celles celui celle chacun
  chacune deux trois quatre cinq dix nombre presque quasiment bon d autres autre aucun quelqu ton ta tes`.split(
    /\s+/,
  ),
);

/** The firm that is named is the reader's, ours, or one that something known speaks of. */
export const firmRule: Rule = ({ body, subject }, input, known) => {
  const text = subject === null ? body : `${subject}\n${body}`;
  const wrong = new Set<string>();
  for (const [, name = ''] of matchesOf(text, AT[input.language]))
    if (!isKnownName(name, known.says)) wrong.add(name);
  for (const [, name = ''] of matchesOf(text, YOUR_FIRM)) if (!isReaders(name, input)) wrong.add(name);
  if (input.language === 'fr')
    for (const [, name = ''] of matchesOf(text, SMALL)) {
      const words = foldedWords(name).trim();
      if (/^\p{Ll}/u.test(name) && !NOT_A_FIRM.has(words.split(' ')[0] ?? '') && !known.says(` ${words} `))
        wrong.add(name);
    }
  return [...wrong].map((name) => ({ rule: 'firm', detail: `${quote(name)} is no firm that is known` }));
};

/** The longest beginning that is known counts: what follows it is looked at word by word elsewhere. */
function isKnownName(name: string, says: (folded: string) => boolean): boolean {
  const words = foldedWords(name).trim().split(' ');
  if (words.every((word) => word.length === 1 || isCommonWord(word))) return true;
  for (let count = words.length; count > 0; count -= 1) {
    const beginning = words.slice(0, count);
    if (beginning.every((word) => word.length === 1 || isCommonWord(word))) return false;
    if (says(` ${beginning.join(' ')} `)) return true;
  }
  return false;
}

/** `votre société X` is the reader's, and neither ours nor anybody else's. */
function isReaders(name: string, { prospect: { company }, facts }: GuardInput): boolean {
  const theirs = [company ?? '', ...facts.filter(({ about }) => about === 'firm').map(({ value }) => value)];
  const folded = theirs.map(foldedWords).join('|');
  return isKnownName(name, (words) => folded.includes(words));
}
