import type { Language } from '../../engine/model.ts';
import type { Finding } from './finding.ts';
import { FUNCTION_WORDS } from './function-words.ts';
import { carried, contentOf, meaningsOfTexts } from './grounds.ts';
import type { GuardInput } from './input.ts';
import type { Known } from './known.ts';
import { figureKey, figuresIn } from './numbers.ts';
import { foldedWords, plainText, type Reading } from './reading.ts';
import { anyOf, each, quote, type Rule } from './rule.ts';

/** Of a proof's words, this much stands where its figure does; of one in another language less can be seen. */
const ENOUGH = 0.6;
const ENOUGH_ABROAD = 0.34;

/** What we promise or boast of: only in words that voice, step or remark have as well. The second one finds them there. */
const PROMISES: readonly (readonly [RegExp, RegExp])[] = [
  [
    anyOf(
      'offerte?s?(?! de)|gratuit(?:e|s|es|ement)?|sans frais|a nos frais',
      '(?:is|are|for|month|trial|audit|call|consultation) free(?! to)|free (?:of charge|audit|trial|month|consultation|demo|assessment|call)|on the house|complimentary',
    ),
    /offert|gratuit|sans frais|\bfree\b|complimentary/,
  ],
  [
    anyOf('garanti(?:e|s|es|r|ssons|t|ssent)?|guarantee(?:d|s)?|nous nous engageons'),
    /garanti|guarante|engage/,
  ],
  [
    anyOf(
      '(?:le|la|les) (?:plus|mieux|moins) [a-z]+ (?:du marche|de la region|de la place|du secteur|de france)|(?:le|la) meilleure? [a-z]+ (?:du|de la|de) (?:marche|region|france|secteur)',
      'the (?:[a-z]+est|most [a-z]+|best) (?:[a-z]+ )?(?:on the market|in the (?:region|market|industry|country|business))|best on the market',
      "(?:le |la |les )?(?:premiere?|numero un|leader) (?:[a-z]+ )?(?:de la region|du marche|en france|de france|du secteur|de l'ouest)|leaders? (?:du|de|des|en|in|of) [a-z]+|(?:leading|top) (?:provider|supplier|firm)",
    ),
    /leader|leading|premier|meilleur|best|le plus|la plus|numero un/,
  ],
  [
    anyOf(
      '(?:nous|me) (?:font|fait|ont fait) (?:toutes? )?confiance|trust(?:s|ed)? (?:us|by)|(?:rely|count) on us',
    ),
    /confiance|trust|rely/,
  ],
  [
    anyOf(
      'jour et nuit|24 ?h? ?(?:/|sur) ?24|24/7|7 ?j? ?(?:/|sur) ?7|a toute heure|day and night|around the clock|night and day',
    ),
    /jour et nuit|24|toute heure|day and night|around the clock/,
  ],
  [
    anyOf(
      "(?:en |sous )?moins d'une? (?:heure|journee|demi-journee|semaine) (?:partout|chez|dans|sur)|(?:en|sous) (?:moins d')?une? (?:heure|demi-journee|journee)(?! (?:de|d'|par|ensemble))(?= (?:partout|maximum|chrono|garanti))|(?:interv|repond|rappel|depann|arriv)[a-z]+ [a-z ]{0,12}(?:en|sous) moins d'une? [a-z]+",
      '(?:within|in under|in less than) (?:an hour|a day|one hour|one day)',
    ),
    /moins d une|sous une? heure|within|less than/,
  ],
  [
    anyOf(
      'partout en (?:france|europe)|dans toute la france|nationwide|anywhere in (?:france|europe|the country|the uk)|across the country',
    ),
    /partout|toute la france|nationwide|anywhere|across/,
  ],
  [
    anyOf(
      "(?:d'un|de|par) (?:tiers|quart|moitie|deux tiers)|(?:reduit|reduits|reduite|reduites|baisse|baissent|diminue[a-z]*) (?:de )?(?:d'un |la )?(?:tiers|quart|moitie)|(?:cut|reduced?|lower(?:ed)?|saved?) [a-z ]{0,20}by (?:a|one) (?:third|half|quarter)|in half",
    ),
    / (?:tiers|quart|moitie|third|half|quarter) /,
  ],
  [
    anyOf(
      "(?:votre|vos|un de vos|plusieurs de vos|l'un de vos) (?:principal |principaux |premier )?(?:concurrents?|confreres?|voisins?)(?: [a-z]+)? (?:travaille(?:nt)?|est|sont|utilise(?:nt)?|nous|ont|a|collabore(?:nt)?)",
      '(?:your|one of your|several of your) (?:main |direct |biggest )?(?:competitors?|peers?|rivals?)(?: directly)? (?:works?|is|are|uses?|already|has|have|chose)',
    ),
    /concurrent|confrere|competitor|peers|rival/,
  ],
];
/** Studies that nobody named. */
const STUDIES = anyOf(
  "(?:selon|d'apres|comme le (?:montre|dit|confirme)) (?:une|des|plusieurs|les|la|de nombreuses|cette) (?:dernieres? |recentes? |recents? )?(?:etudes?|enquetes?|sondages?|barometres?|statistiques?|experts?|analyses?|specialistes?)(?: recentes?)?",
  '(?:une|des|plusieurs|les|de nombreuses) (?:recentes? )?(?:etudes?|enquetes?|sondages?|statistiques?) (?:recentes? )?(?:montrent?|revelent?|indiquent?|prouvent?|estiment?|le disent)|les chiffres (?:montrent|le disent|le prouvent)|statistiquement',
  '(?:a |recent |several |many |the )*(?:stud(?:y|ies)|surveys?|research|statistics|reports?) (?:shows?|suggests?|finds?|found|says?|indicates?|proves?)|according to (?:a |the |some |recent )*(?:stud(?:y|ies)|surveys?|research|experts?)',
);

/** What is said of us is what the voice says of us. */
export const aboutUsRule: Rule = (reading, input, known) => [
  ...bentProofs(reading, input, known),
  ...PROMISES.flatMap(([pattern, source]) =>
    each('claim', reading.plain, pattern, (found) =>
      known.trusts(source) ? null : `${quote(found)}: the voice says nothing of it`,
    ),
  ),
  ...each('claim', reading.plain, STUDIES, (found) =>
    known.says(foldedWords(found)) ? null : `${quote(found)}: no study is known`,
  ),
];

/** `94 % de nos clients`, with something else than the proof says of them. */
function bentProofs({ sentences }: Reading, input: GuardInput, known: Known): Finding[] {
  const proofs = proofsOf(input.voice);
  if (proofs.length === 0) return [];
  return sentences.flatMap(({ text }): Finding[] => {
    const keys = figuresIn(text).map(figureKey);
    const told = proofs.filter(({ figures }) => keys.some((key) => figures.has(key) && !known.ofReader(key)));
    if (told.length === 0) return [];
    const meant = meaningsOfTexts([text]);
    const holds = told.some(
      ({ folded, language }) =>
        (carried(folded, meant) ?? 1) >= (language === input.language ? ENOUGH : ENOUGH_ABROAD),
    );
    return holds ? [] : [{ rule: 'claim', detail: `${quote(text)} is not what the proof says` }];
  });
}

interface Proof {
  folded: string;
  language: Language;
  /** Without years, which stand in many sentences. */
  figures: ReadonlySet<string>;
}

const proofs = new WeakMap<object, readonly Proof[]>();

function proofsOf({ proofs: told }: GuardInput['voice']): readonly Proof[] {
  const known = proofs.get(told);
  if (known) return known;
  const made = told.flatMap(({ claim }): Proof[] => {
    const folded = foldedWords(claim);
    const figures = figuresIn(plainText(claim)).filter((figure) => figure.percent || !isYear(figure.bare));
    return figures.length === 0 || contentOf(folded).length < 2
      ? []
      : [{ folded, language: languageOf(folded), figures: new Set(figures.map(figureKey)) }];
  });
  proofs.set(told, made);
  return made;
}

const isYear = (bare: number): boolean => bare >= 1900 && bare < 2100;

function languageOf(folded: string): Language {
  const words = folded.trim().split(' ');
  const count = (language: Language): number =>
    words.filter((word) => FUNCTION_WORDS[language].has(word)).length;
  return count('en') > count('fr') ? 'en' : 'fr';
}
