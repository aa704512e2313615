import { foldedWords } from './reading.ts';
import { anyOf, each, quote, type Rule } from './rule.ts';

/** Phrases of advertising mail, which readers and spam filters know; folded, without punctuation. */
const ADVERTISING = anyOf(
  'offres? (?:exceptionnelle|limitee|speciale|unique|exclusive|incroyable|a ne pas manquer|imbattable)s?',
  '(?:100|cent pour cent|totalement|entierement|completely) (?:gratuit|free)(?:e|s|es)?',
  'resultats? garantis?|guaranteed results?|satisfait ou rembourse|sans aucun risque|risk free|zero risque',
  'cliquez (?:ici|vite|sur)|click (?:here|below|now)',
  'argent facile|gagnez (?:plus )?d argent|make money|earn money|double your (?:income|sales|revenue)',
  'ne (?:ratez|manquez|laissez) (?:pas|surtout pas) (?:cette|passer|l )|(?:une )?occasion a (?:ne pas )?(?:saisir|rater|manquer)|don t miss (?:out|this)|once in a lifetime',
  'limited (?:time|offer)|special offer|act now|buy now|order now|call now|apply now|sign up free',
  'numero (?:1|un) (?:d|sur|en|mondial|francais|europeen)[a-z]*|n ?1 (?:de|du|des|en|sur|francais|mondial)|leader (?:incontest[a-z]*|inconteste|mondial|du marche|of the market)|(?:market|world) leader|number one (?:in|provider)',
  'world class|best in class|cutting edge|state of the art|game chang(?:er|ing)|next level|low hanging fruit|no brainer',
  'win win|gagnant gagnant|unique (?:au monde|sur le marche|en son genre)|revolutionn?aires?|revolutionary|revolutionn?er',
  '(?:j espere|esperant) que (?:vous allez bien|ce (?:message|mail|courriel|mot|e mail) vous (?:trouve|trouvera))[a-z ]{0,10}',
  'i hope (?:this|that) (?:e ?mail|message|note|e mail) finds you[a-z ]{0,6}|(?:i )?hope you(?: are| re) (?:doing )?well',
  'solutions? (?:miracle|magique)s?|produit miracle|miracle (?:cure|solution)|le meilleur prix|prix imbattables?|lowest price|best price',
);

const stems = new WeakMap<object, RegExp | null>();

/** The voice's words to avoid, in their usual endings, and advertising. Words inside names are nobody's choice. */
export const forbiddenWordRule: Rule = ({ unnamed }, { voice }) => {
  const { avoid, use } = voice.words;
  const avoided = stems.get(avoid) ?? patternOf(avoid);
  if (!stems.has(avoid)) stems.set(avoid, avoided);
  const ours = use.map(foldedWords);
  return [
    ...(avoided === null
      ? []
      : each('forbidden_word', unnamed, avoided, (found) => `${quote(found)} is a word to avoid`)),
    ...each('forbidden_word', unnamed, ADVERTISING, (found) =>
      ours.some((word) => word.includes(` ${found} `)) ? null : `${quote(found)} is advertising`,
    ),
  ];
};

function patternOf(avoid: readonly string[]): RegExp | null {
  const phrases = avoid.map(foldedWords).filter((phrase) => phrase.trim() !== '');
  return phrases.length === 0
    ? null
    : anyOf(...phrases.map((phrase) => phrase.trim().split(' ').map(inflected).join(' ')));
}

/** Feminine and plural: `innovant`, `innovante`, `innovants`; short words as they are. */
const inflected = (word: string): string =>
  word.length < 4 || !/[a-z]$/.test(word)
    ? `${escaped(word)}s?`
    : `${escaped(word.replace(/(?:es|e|s)$/, ''))}(?:es|e|s)?`;

/** Folded words hold letters and digits only, of any script. */
const escaped = (word: string): string => word.replace(/[^\p{L}\p{N}]/gu, '');
