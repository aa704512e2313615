import type { Finding } from './finding.ts';
import { isFunctionWord } from './function-words.ts';
import type { GuardInput } from './input.ts';
import type { Known } from './known.ts';
import { quantities } from './number-words.ts';
import { type Figure, figureKey, figuresIn } from './numbers.ts';
import { foldedWords, plainText, type Reading } from './reading.ts';
import { anyOf, each, matchesOf, quote, type Rule } from './rule.ts';

/** Figures only as facts, voice and step have them; no invented dates, times and crowds. */
export const figureRule: Rule = (reading, input, known) => [
  ...digits(reading, input, known),
  ...invented(reading, known),
  ...quantities(reading, known),
  ...visits(reading, known),
  ...days(reading, known),
];

/** A call may last this long without anybody having said so. */
const CALL = /^[ -]?(?:min|mn|mins|minutes?)(?![a-z])/;
/** `2 questions`: a count of what stands in the message itself. */
const SMALL_COUNT =
  /^ ?(?:questions?|lignes?|mots?|phrases?|points?|options?|pages?|idees?|pistes?|etapes?|raisons?|creneaux|choix|reponses?|lines?|words?|sentences?|ideas?|steps?|reasons?|choices?|answers?|slots?)(?![a-z])/;
const ITEM = /^[ \t]*(\d{1,2})[ ]?[.)/-]\s/gm;
const ORDINAL = /^(?:er|ere|re|e|eme|st|nd|rd|th)(?![a-z])/;

function digits({ words }: Reading, { year }: GuardInput, known: Known): Finding[] {
  const plain = plainText(words);
  const items = Array.from(matchesOf(plain, ITEM), ([, number]) => Number(number));
  const unknown = figuresIn(plain).filter((figure) => {
    const { index, text, bare, value } = figure;
    const before = plain.slice(Math.max(0, index - 12), index);
    const after = plain.slice(index + text.length);
    if (known.figure(figureKey(figure))) return false;
    if (isPartOfName(before, after, text, known)) return false;
    if (CALL.test(after) && bare > 0 && bare <= 60) return false;
    if (value === bare && !figure.percent && bare <= 9 && (SMALL_COUNT.test(after) || ORDINAL.test(after)))
      return false;
    if (!figure.percent && value === bare && isChoice(before, after, bare)) return false;
    if (!figure.percent && isNearYear(bare, after, year ?? null)) return false;
    return !(
      items.length > 1 &&
      items.includes(bare) &&
      !figure.percent &&
      !/^ ?(?:€|\$|eur|k€|m€|x\b)/.test(after)
    );
  });
  return unknown.map((figure) => ({
    rule: 'figure',
    detail: `${quote(shown(plain, figure))} stands in no fact`,
  }));
}

/** With what it counts. */
function shown(plain: string, { index, text }: Figure): string {
  const unit = /^ ?(?:k€|m€|€|\$|[a-z]+)/.exec(plain.slice(index + text.length))?.[0] ?? '';
  return isFunctionWord(unit.trim()) ? text : text + unit;
}

/** `« 1 », « 2 » ou « 3 »`: an answer to choose, in quotes or beside another one. */
const isChoice = (before: string, after: string, bare: number): boolean =>
  bare >= 1 &&
  bare <= 5 &&
  ((/[«"“'‘(] ?$/.test(before) && /^ ?[»"”')]/.test(after)) ||
    /^(?:, ?[1-5])* ?(?:, |ou |or |et |and )(?:ou |or )?[1-5](?![\d%]| ?(?:€|k€|%))/.test(after) ||
    /[1-5](?: ?,| ou| or| et| and) $/.test(before));

/** The running year and the next; where the year is not known, in a question. */
const isNearYear = (bare: number, after: string, year: number | null): boolean =>
  year === null
    ? bare >= 2026 && bare <= 2028 && /^[^.!\n]*\?/.test(after)
    : bare === year || bare === year + 1;

/** `3M`, `B2B`, `CO2`, `Industrie 4.0`: digits of a known word. */
function isPartOfName(before: string, after: string, text: string, known: Known): boolean {
  const head = /[\p{L}-]+$/u.exec(before)?.[0] ?? '';
  const tail = /^[\p{L}-]+/u.exec(after)?.[0] ?? '';
  if (/(?:industrie|industry|usine|web) $/.test(before) && /^\d[.,]0$/.test(text.trim())) return true;
  const word = foldedWords(head + text + tail).trim();
  return head + tail !== '' && (NAMES.has(word) || known.word(word));
}
const NAMES = new Set(['b2b', 'b2c', 'co2', 'h2o', 'd2c', 'p2p', '3d', '2d', '5s', 'o2c', 'r2d2', 'web3']);

const NUMBER_WORDS =
  'deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|quinze|vingt|trente|quarante|cinquante|soixante|cent|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty|forty|fifty|hundred';
const CROWDS = anyOf(
  "(?:des |plusieurs |plus (?:de |d')(?:une )?)?(?:dizaine|douzaine|vingtaine|trentaine|quarantaine|cinquantaine|centaine|millier|(?<=des )million)s? (?:de |d')(?:nos |vos )?[a-z]+",
  '(?:dozens|hundreds|thousands|millions|scores) of [a-z]+',
  `(?:${NUMBER_WORDS}) (?:de nos |of our )?(?:clients|clientes|entreprises|references|customers|companies|firms)`,
  `(?:${NUMBER_WORDS}) (?:ans|annees|years) (?:d'experience|d'existence|de metier|of experience|in business|in the trade)`,
  '(?:diviser?|divise[es]*|multiplier?|multiplie[es]*|reduire|reduit[es]*) (?:[a-z]+ ){0,4}?(?:par|de) (?:deux|trois|quatre|cinq|dix|moitie)',
  '(?:deux|trois|quatre|cinq|dix) fois (?:plus|moins)',
  '(?:doubl|tripl)(?:er|e|es|ent|ons|ed|es|ing) (?:votre|vos|leur|leurs|son|ses|your|their|its|le|la|les|the)',
  '(?:halv(?:ed|es|ing|e)|twice as|three times|ten times) [a-z]+',
  '(?:la moitie|le quart|un tiers|les deux tiers|les trois quarts|half|a third|two thirds|most) (?:de|des|du|of) (?:nos|our|all|les|the|dirigeants|entreprises|pme|companies|firms) ?[a-z]*',
  'la plupart de nos clients',
);

const invented = ({ plain }: Reading, known: Known): Finding[] =>
  each('figure', plain, CROWDS, (found) =>
    known.says(foldedWords(found)) ? null : `${quote(found)} stands in no fact`,
  );

const DAY =
  /\b(?:(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|monday|tuesday|wednesday|thursday|friday|saturday|sunday)(?![a-z])|(?:disponible|dispo|libre|available|free)[^.?!\n]{0,25}(?:demain|apres-demain|la semaine prochaine|tomorrow|next week|ce matin|cet apres-midi|this afternoon))/g;
/** `le lundi`, `every Monday`: any of them. */
const ANY_DAY = /(?:^|[^a-z])(?:les?|chaque|du|au|une?|des|every|any|each|a)[ ]$/;

/** A day that nobody gave is an availability that nobody has. */
const days = ({ plain }: Reading, known: Known): Finding[] =>
  matchesOf(plain, DAY).flatMap(({ 0: found, index }): Finding[] =>
    ANY_DAY.test(plain.slice(Math.max(0, index - 8), index)) || known.says(foldedWords(found))
      ? []
      : [{ rule: 'figure', detail: `${quote(found)}: no day or time was given` }],
  );

const COMING =
  '(?:apres-)?demain|(?:la |en debut de |en fin de |debut |fin de |cette )?semaine(?: prochaine| qui vient)?|(?:ce|cet|cette|le) (?:matin|apres-midi|soir|lundi|mardi|mercredi|jeudi|vendredi)|tomorrow|(?:next|this) (?:week|month|monday|tuesday|wednesday|thursday|friday|morning|afternoon)|on (?:mondays?|tuesdays?|wednesdays?|thursdays?|fridays?)';
/** `Je passe à Cholet la semaine prochaine`: a visit or a call that nobody planned. */
const VISITS = anyOf(
  `(?:je (?:passe(?:rai)?|serai|suis|viens|viendrai|me (?:rends|rendrai|deplace)|vous (?:appelle|rappelle|appellerai|rappellerai))|nous (?:passons|serons|sommes|venons))(?! (?:dans|depuis|pour) )[^.?!\\n]{0,40} (?:${COMING})`,
  `(?:i(?:'ll| will|'m| am)(?: be)?|we(?:'ll| will|'re| are)(?: be)?) (?:in|near|around|visiting|passing|stopping|calling|available|free|call(?:ing)?|over)(?![a-z])[^.?!\\n]{0,40} (?:${COMING})`,
  'toute la (?:matinee|journee|semaine|soiree|apres-midi) (?:de |du )?(?:demain|lundi|mardi|mercredi|jeudi|vendredi|prochaine)|all (?:day|morning|afternoon) (?:tomorrow|on [a-z]+day)',
);

const visits = ({ plain }: Reading, known: Known): Finding[] =>
  each('figure', plain, VISITS, (found) =>
    known.says(foldedWords(/[a-z-]+ [a-z-]+$/.exec(found)?.[0] ?? found))
      ? null
      : `${quote(found)}: no day or time was given`,
  );
