import { carried, type HeldClaim, heldClaims } from './claims.ts';
import type { Finding } from './finding.ts';
import { foldedWords } from './reading.ts';
import { anyOf, matchesOf, quote, type Rule } from './rule.ts';

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
  `votre (?:levee|croissance|expansion|nomination|prise de poste|acquisition|demenagement|rachat|forte croissance|actualite)`,
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
  'vous (?:etes|travaillez) (?:actuellement|en pleine|en train|en forte)',
  'vous (?:utilisez|employez|exportez|comptez|dirigez|pilotez|fabriquez|produisez|gerez|equipez)',
  'vos (?:difficultes|problemes|retards|pertes|recrutements)',
  "you(?:'re| are) (?:hiring|growing|expanding|looking for|opening|launching|struggling|recruiting|currently)",
  'you (?:run|lead|manage|use|employ|make|export|produce|oversee|operate)',
  'your (?:hiring|difficulties|problems|struggles|delays)',
);
const CONDITION =
  / (?:si|s|quand|lorsque|lorsqu|peut etre|imaginez|if|when|whenever|whether|perhaps|maybe|should|suppose|comme|comment|pourquoi|combien|ou|dont|lequel|laquelle|ce que|what|how|que|qui|where|who|which) $/;
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
  const { plain } = reading;
  const found = [
    ...matchesOf(plain, NEWS),
    ...matchesOf(plain, STATEMENTS)
      .slice(0, MANY)
      .filter((match) => isStated(plain, match)),
  ];
  const some = found.slice(0, MANY);
  const claims = found.length === 0 ? [] : heldClaims(reading, input);
  const findings = some.flatMap((match) => unfounded(plain, match, claims));
  for (const [, role = ''] of matchesOf(reading.plain, ROLE))
    if (ROLE_WORDS.test(role) && (carried(foldedWords(role), input.facts) ?? 1) < MOSTLY)
      findings.push({ rule: 'claim', detail: `${quote(role)}: the reader's function stands in no fact` });
  return findings;
};

/** In a sentence that neither asks nor supposes. */
function isStated(plain: string, match: RegExpMatchArray): boolean {
  const at = match.index ?? 0;
  const before = /[^.!?\n]*$/.exec(plain.slice(Math.max(0, at - 300), at))?.[0] ?? '';
  const end = /[.!?\n]/.exec(plain.slice(at))?.[0];
  return end !== '?' && !CONDITION.test(foldedWords(before));
}

function unfounded(plain: string, match: RegExpMatchArray, claims: readonly HeldClaim[]): Finding[] {
  const [said] = match;
  const facts = claims.map(({ fact }) => fact).filter(({ about }) => about !== 'sender' && about !== 'house');
  const clause = /^[^.;:!?,\n]*/.exec(plain.slice((match.index ?? 0) + said.length))?.[0] ?? '';
  const share = carried(foldedWords(clause), facts) ?? carried(foldedWords(said), facts) ?? 0;
  const events =
    foldedWords(said + clause)
      .match(EVENT)
      ?.join(' ') ?? '';
  return share >= ENOUGH && (carried(events, facts) ?? 1) === 1
    ? []
    : [
        {
          rule: 'claim',
          detail: `${quote(said + clause)} is said of the reader and rests on no claim that holds`,
        },
      ];
}
