import type { Finding } from './finding.ts';
import type { GuardInput } from './input.ts';
import { foldedWords } from './reading.ts';
import { matchesOf, quote, type Rule } from './rule.ts';

const TITLES =
  'Monsieur|Madame|Mademoiselle|M\\.|Mme|Mlle|Mr\\.?|Mrs\\.?|Ms\\.?|Miss|Dr\\.?|Docteur|Ma[îi]tre';
const OPENING = 'Bonjour|Bonsoir|Salut|Ch[eè]re?|Hello|Hi|Hey|Dear|Good morning|Good afternoon|Re-?bonjour';
/** `Bonjour Claire,` `Hi Ms Durand`: what stands between the greeting and the sentence. */
const GREETING = new RegExp(
  `^(?:${OPENING})[ \\u00a0]+((?:(?:ch[eè]re?|${TITLES})[ \\u00a0]+)*)([^,!?:;.\\n–—(]{1,60})`,
  'gimu',
);
/** `Qu’en pensez-vous, Julien ?` `Thanks, Paul.` */
const CALLED = /,?[ \u00a0](\p{Lu}\p{Ll}+(?:[- \u00a0]\p{Lu}\p{Ll}+){0,2})(?=[ \u00a0]?[,.?!…]|$)/gmu;
const CALLED_AFTER = /(?:vous|toi|merci|journée|you|thanks|day|think|advance)$/i;
/** `Julien, vous` begins with a name, `Concrètement, vous` does not. */
const OPENED = /(\p{Lu}\p{Ll}+(?:-\p{Lu}\p{Ll}+)?), (?=vous |votre |j’|je |avez-|you |your |I )/gu;
const OPENED_AFTER = /(?:^|\n|[.!?…][ \u00a0])$/;

/** Words after a greeting that name nobody. */
const NOBODY = new Set([
  ...['madame', 'monsieur', 'mademoiselle', 'docteur', 'maitre', 'madame monsieur'],
  ...[
    'a',
    'a vous',
    'a tous',
    'a toutes',
    'a toutes et a tous',
    'a tous et a toutes',
    'et bienvenue',
    'there',
    'all',
  ],
  ...[
    'everyone',
    'again',
    'team',
    'de nouveau',
    'confrere',
    'consoeur',
    'sir or madam',
    'sir',
    'madam',
    'et merci',
  ],
]);
/** Names are rarer than adverbs. */
const ADVERB = /(?:ment|ly|ent)$/;

/** The person is greeted by their own name or by none; and nobody else is spoken to. */
export const nameRule: Rule = ({ body }, input, known) => {
  const names = namesOf(input);
  const finding = (found: string): Finding => ({
    rule: 'name',
    detail: `${quote(found)} is not the reader's name${input.prospect.firstName || input.prospect.lastName ? '' : ', which is not known'}`,
  });
  const findings: Finding[] = [];
  for (const [, titles = '', rest = ''] of matchesOf(body, GREETING)) {
    const found = greeted(rest, titles.trim() !== '');
    if (found !== null && !names.has(foldedWords(found).trim())) findings.push(finding(found));
  }
  const calls = [
    ...after(CALLED_AFTER, matchesOf(body, CALLED), body),
    ...after(OPENED_AFTER, matchesOf(body, OPENED), body).filter((name) => !isPlainWord(name, known.word)),
  ];
  if (calls.length === 0) return findings;
  const own = new Set([...names, ...sendersNames(input)]);
  findings.push(...calls.filter((name) => !own.has(foldedWords(name).trim())).map(finding));
  return findings;
};

const after = (place: RegExp, matches: readonly RegExpExecArray[], body: string): string[] =>
  matches
    .filter(({ index }) => place.test(body.slice(Math.max(0, index - 10), index)))
    .map(([, name = '']) => name);

/** An opening word that is known from elsewhere or is no name: `Bref, je`, `Concrètement, vous`. */
function isPlainWord(word: string, known: (word: string) => boolean): boolean {
  const folded = foldedWords(word).trim();
  return ADVERB.test(folded) || PLAIN_OPENINGS.has(folded) || known(folded);
}
const PLAIN_OPENINGS = new Set(
  `bonjour bonsoir salut hello hi hey merci thanks bref oui non si sinon alors donc enfin ensuite ici la demain aujourd puis ainsi or certes parfois souvent toujours
  jamais apres avant depuis quant pourtant cependant neanmoins toutefois voila voici reste tenez notez sachez yes no so
  then today tomorrow now here still perhaps maybe however otherwise first second finally next sometimes often
  meanwhile instead rather`.split(/\s+/),
);

/** The name in what follows a greeting, or null: a sentence that goes on (`Bonjour, je`) has none. */
function greeted(rest: string, titled: boolean): string | null {
  const words = rest.trim().split(/[ \u00a0]+/);
  const [first = ''] = words;
  const folded = foldedWords(rest).trim();
  if (folded === '' || NOBODY.has(folded)) return null;
  if (titled && /^(?:la|le|les|l['’])/.test(first) && first === first.toLowerCase()) {
    // `Madame la Directrice` is a title, `Monsieur de La Tour` and `le goff` are names.
    return /^(?:la|le|l['’]\p{L}+) ?(?:direct|pr[ée]sid|respons|maire|docteur)/iu.test(rest) ? null : rest;
  }
  if (/^\p{Lu}/u.test(first)) return nameRun(words);
  if (/^(?:de|du|d['’]|van|von|el|al|le|la)/i.test(first) && words.length > 1 && words.length <= 4)
    return rest;
  return words.length === 1 && !NOBODY.has(folded) ? rest : null;
}

/** `Claire je vous écris`: the name ends where the capitals do. */
function nameRun(words: readonly string[]): string {
  const name: string[] = [];
  for (const word of words) {
    if (
      !/^(?:\p{Lu}|\p{N}|(?:de|du|des|d['’]\p{L}+|la|le|van|von|der|den|ben|el|al|y|e|i|da|dos|di|bin)$)/u.test(
        word,
      )
    )
      break;
    name.push(word);
  }
  return name.join(' ');
}

/** Every way in which the person may be called, folded. */
function namesOf({ prospect: { firstName, lastName } }: GuardInput): Set<string> {
  const first = firstName === null ? '' : foldedWords(firstName).trim();
  const last = lastName === null ? '' : foldedWords(lastName).trim();
  return new Set([first, last, `${first} ${last}`.trim(), `${last} ${first}`.trim()].filter(Boolean));
}

function sendersNames({ sender: { name, company } }: GuardInput): string[] {
  const full = foldedWords(name ?? '').trim();
  const [first = '', ...rest] = full.split(' ');
  return [full, first, rest.join(' '), foldedWords(company ?? '').trim()].filter(Boolean);
}
