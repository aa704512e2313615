import type { GuardInput } from './input.ts';
import { foldedWords, plainText } from './reading.ts';
import { anyOf, each, matchesOf, quote, type Rule } from './rule.ts';

type Title = 'm' | 'f' | 'dr' | 'me';

const TITLE_OF: Readonly<Record<string, Title>> = {
  ...{ monsieur: 'm', m: 'm', mr: 'm', mister: 'm', sir: 'm', cher: 'm' },
  ...{
    madame: 'f',
    mme: 'f',
    mademoiselle: 'f',
    mlle: 'f',
    mrs: 'f',
    ms: 'f',
    miss: 'f',
    madam: 'f',
    chere: 'f',
  },
  ...{ dr: 'dr', docteur: 'dr', doctor: 'dr', me: 'me', maitre: 'me' },
};

const BOTH =
  /(?:madame|mme|mesdames)[ ,/]+(?:et |ou |and |or )?(?:monsieur|m\.|messieurs)|(?:monsieur|sir)[ ,/]+(?:et |ou |or )?(?:madame|madam)/g;
/** With a name behind it or as a greeting; `m.` needs a name. */
const TITLE =
  /(?<![\p{L}\p{N}'-])(?:(monsieur|madame|mademoiselle|mme|mlle|mister|mrs|miss|madam)\.?(?!\p{L})|(mr|ms|dr|docteur|doctor|maitre)\.?(?= [A-Z])|(m)\.(?= [A-Z]))/gu;
const DEAR = /(?<=^|\n|bonjour )(cher|chere) /g;

const MAY_BE_TITLE =
  /monsieur|madame|mademoiselle|mme|mlle|mister|mrs|miss|madam|\bm[rs]?\. |\bm[rs] |\bdr\b|doct|maitre|chere?\b|\bsir\b/;

/** Words that take the reader for a woman or a man. */
const GENDERED = anyOf(
  '(?:toutes? les |les |des |aux |une |autres )?femmes? (?:dirigeantes?|entrepreneur[a-z]*|chefs?|cheffes?|managers?|cadres?|leaders?|comme vous)|(?:en tant que|comme) (?:femme|homme|mere|pere|maman|papa)',
  'as an? (?:woman|man|female|male|mother|father|businesswoman|businessman|lady)|women (?:leaders?|in business|executives?|like you)|(?:female|male) (?:leaders?|executives?|founders?)',
);
const FEMININE =
  /\bune (?:professionnelle|dirigeante|decideuse|directrice|presidente|gerante|entrepreneure|entrepreneuse|patronne|acheteuse|fondatrice|femme)(?: [a-z]+){0,3} (?:comme|que|telle que) vous|\bvous (?:etes|seriez|serez|semblez|restez) (?:[a-z]+ment |tres |bien |deja |toujours )?[a-z]+(?:ee|euse|ive|trice)(?![a-z])/g;

/** No form of address that the facts do not give: a gender is never guessed. */
export const civilityRule: Rule = (reading, input, known) => [
  ...titles(reading, input, known),
  ...each('civility', reading.plain, GENDERED, (found) =>
    known.says(foldedWords(found)) ? null : `${quote(found)}: the reader's gender is no argument`,
  ),
  ...(ownTitle(input) === 'f'
    ? []
    : each('civility', reading.plain, FEMININE, (found) => `${quote(found)}: takes the reader for a woman`)),
];

const titles: Rule = ({ body, plain: all }, input, known) => {
  if (!MAY_BE_TITLE.test(all)) return [];
  const plain = plainText(body).replace(BOTH, '');
  const cased = casedPlain(body).replace(BOTH, '');
  const found = [
    ...Array.from(matchesOf(cased, TITLE), (match) => ({
      word: match[0],
      after: cased.slice(match.index + match[0].length),
    })),
    ...Array.from(matchesOf(plain, DEAR), ([, word = '']) => ({ word, after: '' })),
  ];
  const own = ownTitle(input);
  return found
    .filter(({ word, after }) => {
      const title = TITLE_OF[foldedWords(word).trim()];
      return title !== undefined && title !== own && !ofAnother(word, after, known.says);
    })
    .map(({ word }) => ({
      rule: 'civility',
      detail:
        own === null
          ? `${quote(word)}: how to address the reader is not known`
          : `${quote(word)} is not the reader's form of address`,
    }));
};

/** Titles in lower case, names with their capital. */
const casedPlain = (text: string): string =>
  text
    .replace(/[\u00a0\u202f]/g, ' ')
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .replace(
      /(?<!\p{L})(?:Monsieur|Madame|Mademoiselle|Mme|Mlle|Mister|Mrs|Miss|Madam|Mr|Ms|Dr|Docteur|Doctor|Maitre|M(?=\.)|Sir)(?!\p{L})/giu,
      (word) => word.toLowerCase(),
    );

/** `Mme Leroy` of whom a fact speaks. */
function ofAnother(word: string, after: string, says: (folded: string) => boolean): boolean {
  const name = /^ (\p{Lu}[\p{L}'-]+)/u.exec(after)?.[1];
  return name !== undefined && says(foldedWords(`${word} ${name}`));
}

function ownTitle({ prospect: { civility } }: GuardInput): Title | null {
  return civility === null ? null : (TITLE_OF[foldedWords(civility).trim()] ?? null);
}
