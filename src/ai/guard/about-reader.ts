import { heldClaims } from './claims.ts';
import type { Finding } from './finding.ts';
import { carried, groundsOf, type Meanings, meaningsOfFacts, meaningsOfTexts } from './grounds.ts';
import type { GuardInput } from './input.ts';
import { foldedWords, type Reading } from './reading.ts';
import { anyOf, matchesOf, quote, type Rule } from './rule.ts';
import { isCase, isSupposed, type Sentence } from './sentences.ts';

const EVENTS =
  'levee|recrutement|article|post|publication|intervention|conference|interview|nomination|acquisition|fusion|lancement|ouverture|passage|participation|annonce|demenagement|rachat|prise de poste|promotion|certification|prix|arrivee|implantation|partenariat|inauguration';

/** News of the reader: whoever says so must have it from a fact, even in a question. */
const NEWS = anyOf(
  "j'ai (?:bien |recemment |aussi )?(?:vu|lu|note|remarque|constate|appris|observe|compris|entendu(?: dire)?|decouvert) (?:que (?:vous|votre|vos|chez)|votre(?! profil)|vos|dans|sur|avec)",
  'je (?:vois|lis|note|remarque|constate|sais|crois savoir|comprends) que (?:vous|votre|vos)',
  "(?:il parait|on m'a dit|on me dit) que (?:vous|votre|vos)",
  '(?:felicitations|bravo|mes compliments) (?:pour|a|sur|d|encore)',
  `(?:suite a|apres|depuis|avec|grace a) (?:votre|vos|l'|la|les) ?(?:recente?s? |derniere?s? |nouvel(?:le)? )?(?:${EVENTS})s?`,
  `(?:votre|vos) (?:recente?s?|tout(?:e)? derniere?s?) [a-z]+`,
  `(?:votre|vos) (?:derniere?s?|nouvel(?:le)?s?|nouveaux?) (?:${EVENTS}|site|usine|bureaux?|locaux|agences?|ateliers?|poste|fonctions?|equipe|directeur|directrice)s?`,
  `votre (?:levee|croissance|expansion|nomination|prise de poste|acquisition|demenagement|rachat|forte croissance|actualite (?:recente|riche|chargee|du moment))`,
  `(?:suite a|au vu de|vu|j'ai suivi|je suis avec interet) (?:votre|vos) actualites?`,
  '(?:vous|tu) (?:venez|viens) (?:de|d)',
  'vous avez (?:recemment|dernierement|tout juste|publie|annonce|recrute|leve|inaugure|rejoint|repris|remporte|obtenu|ete (?:nomme|promu|elu|cite))',
  'i (?:recently |just )?(?:saw|read|noticed|see|heard|learned|learnt|understand|gather|came across|know) (?:that )?(?:you|your(?! profile))',
  'congrat(?:s|ulations) (?:on|for|to)',
  'your (?:recent|latest|new) [a-z]+',
  'your (?:growth|expansion|funding|funding round|promotion|acquisition|move to)',
  '(?:following|after|since|with) your (?:funding|round|post|article|talk|interview|acquisition|merger|launch|appointment|move|announcement)',
  'you (?:recently|just|have just|have recently)',
);

/** Statements about the reader's affairs; a question or a condition states nothing. */
const STATEMENTS = anyOf(
  'vous (?:recrutez|embauchez|cherchez a|ouvrez|lancez|developpez|preparez|rencontrez|souffrez|perdez|manquez)',
  'vous (?:etes|travaillez) (?:actuellement|en pleine?|en train|en forte|confrontee?|a la recherche)',
  'vous (?:utilisez|employez|exportez|comptez|dirigez|pilotez|fabriquez|produisez|gerez|equipez)',
  'vous (?:peinez|luttez|changez|migrez|demenagez|basculez|externalisez|modernisez|renouvelez|remplacez|investissez|subissez|envisagez|projetez|prevoyez|quittez|passez (?:a|de|sur|chez)|faites (?:face|appel)|avez (?:du mal|besoin|des difficultes|un projet)|disposez|travaillez avec|vous (?:appretez|developpez|agrandissez|equipez|preparez)|allez (?:bientot )?[a-z]+er|devez (?:faire face|gerer|recruter))',
  'vos (?:difficultes|problemes|retards|pertes|recrutements)',
  "you(?:'re| are) (?:hiring|growing|expanding|looking for|opening|launching|struggling|recruiting|currently|planning|facing|moving|changing|switching|migrating|about to|understaffed|outsourcing|relying)",
  'you (?:run|lead|manage|use|employ|make|export|produce|oversee|operate|struggle|face|rely on|outsource|plan to|lack)',
  'your (?:hiring|difficulties|problems|struggles|delays)',
);
const CONDITION =
  / (?:si|s|quand|lorsque|lorsqu|peut etre|imaginez|if|when|whenever|whether|perhaps|maybe|should|suppose|comme|comment|pourquoi|combien|ou|dont|lequel|laquelle|ce que|what|how|que|qui|where|who|which|do|does|did) $/;
/** `En tant que directeur industriel`: a title is stated as well. */
const ROLE =
  /(?<![a-z])(?:(?:en tant que|en qualite de|dans votre role de) |as (?:the |an? )?)([a-z][a-z' -]{3,40}?)(?= (?:chez|at|of|de l')|,)/g;
const ROLE_WORDS =
  /(?:direct|respons|chef|president|gerant|head|manager|officer|chief|owner|founder|fondat|dirigeant|lead|vp|ceo|cfo|cto|daf|drh|dsi|pdg)/;

/** Half of what is said must be in the facts that are named for it. */
const ENOUGH = 0.5;
const MOSTLY = 0.6;
/** A text that says more of the reader is refused for the first ones. */
const MANY = 12;

/** Words that tell of something that happened: each of them must be in a fact, not only the place where it did. */
const EVENT =
  /(?<= )(?:recrut|embauch|hiring|hired|ouvr|ouver|open|inaugur|lanc|launch|levee|leve |fund|raise|rach|acqui|acquer|fusion|merg|nomm|nomin|promu|promot|appoint|demenag|moved|relocat|croissan|grow|expan|certif|publi|article|interv|conferenc|prix|award|remport|won |winning)[a-z]*/g;

/** What is said about the reader rests on a claim that holds, wherever it can be recognised as such. */
export const aboutReaderRule: Rule = (reading, input) => {
  const { plain, sentences } = reading;
  const found = [
    ...matchesOf(plain, NEWS).filter(({ index }) => !inCase(sentences, index)),
    ...matchesOf(plain, STATEMENTS).filter((match) => isStated(sentences, match)),
  ].slice(0, MANY);
  const meant = found.length === 0 ? NOTHING : heldMeanings(reading, input);
  const findings = found.flatMap((match) => unfounded(plain, match, meant));
  for (const [, role = ''] of matchesOf(plain, ROLE))
    if (ROLE_WORDS.test(role) && (carried(foldedWords(role), groundsOf(input).reader) ?? 1) < MOSTLY)
      findings.push({ rule: 'claim', detail: `${quote(role)}: the reader's function stands in no fact` });
  return findings;
};

const NOTHING: Meanings = new Set();

/** What claims that hold say of the reader, with what needs no claim; by the names of their columns as well. */
export function heldMeanings(reading: Reading, input: GuardInput, byColumn = false): Meanings {
  const facts = heldClaims(reading, input)
    .map(({ fact }) => fact)
    .filter(({ about }) => about !== 'sender' && about !== 'house');
  const meant = byColumn ? meaningsOfFacts(facts) : meaningsOfTexts(facts.map(({ value }) => value));
  return new Set([...groundsOf(input).said, ...meant]);
}

const sentenceAt = (sentences: readonly Sentence[], index: number): Sentence | undefined =>
  sentences.find(({ at, text }) => at <= index && index <= at + text.length);

/** `Si vous venez de changer` tells no news. */
function inCase(sentences: readonly Sentence[], index: number): boolean {
  const sentence = sentenceAt(sentences, index);
  return sentence !== undefined && isCase(sentence.text, index - sentence.at);
}

/** In a sentence that neither asks nor supposes. */
function isStated(sentences: readonly Sentence[], { index }: RegExpExecArray): boolean {
  const sentence = sentenceAt(sentences, index);
  if (sentence === undefined) return true;
  const { asks, text, at } = sentence;
  const before = foldedWords(text.slice(0, index - at));
  return !asks && !CONDITION.test(before) && !isSupposed(text, index - at);
}

function unfounded(plain: string, match: RegExpExecArray, meant: Meanings): Finding[] {
  const [said] = match;
  const clause = /^[^.;:!?,\n]*/.exec(plain.slice(match.index + said.length))?.[0] ?? '';
  const share = carried(foldedWords(clause), meant) ?? carried(foldedWords(said), meant) ?? 0;
  const events =
    foldedWords(said + clause)
      .match(EVENT)
      ?.join(' ') ?? '';
  return share >= ENOUGH && (carried(events, meant) ?? 1) === 1
    ? []
    : [
        {
          rule: 'claim',
          detail: `${quote(said + clause)} is said of the reader and rests on no claim that holds`,
        },
      ];
}
