import { leftOver } from '../../engine/texts/message-text.ts';
import type { Finding } from './finding.ts';
import { anyOf, each, quote, type Rule } from './rule.ts';

/** Marks of a blank, whatever stands between them. HTML tags have their own rule. */
const MARKS: readonly RegExp[] = [
  /\[[^\]\n]{0,60}\](?!\()/gu,
  /<(?!\/?(?:a|b|p|i|u|br|div|em|strong|span|html|body|ul|ol|li|h[1-6]|img|script|facts|task|exchanges)\b)\/?[^<>\n]{1,40}>/gu,
  /\{[^{}\n]{0,40}\}/gu,
  /%{1,2}[\p{L}_][\p{L}\p{N}_. ]{0,30}%{1,2}/gu,
  /\$\{?[\p{L}_][\p{L}_.]{2,}\}?/gu,
  /#[\p{L}_]{2,30}#/gu,
  /__+[\p{Lu}\p{N}_]*|_{3,}/gu,
  /@@[\p{L}_]+@@|<<|>>/gu,
  /(?<![\p{L}\p{N}])X{2,}(?![\p{L}\p{N}])/gu,
  /(?<![\p{L}\p{N}])X(?=\s?(?:%|€|k€|M€|ans\b|années|mois\b|clients|euros|jours|years|months|customers|people))/gu,
  /(?<!\p{L})(?:PR[EÉ]NOM|NOM|ENTREPRISE|SOCI[EÉ]T[EÉ]|FIRST_?NAME|LAST_?NAME|COMPANY|POSTE)(?!\p{L})/gu,
  /(?<!\p{L})(?:undefined|NaN|null|TODO|TBD|TBC)(?!\p{L})|(?<!\p{L})N\/A(?!\p{L})|\[object \w+\]/gu,
  /\.{6,}|…{2,}/gu,
  /‹[^›\n]{1,40}›/gu,
  /[«"“][\s\u00a0]?(?:pr[ée]nom|nom|soci[ée]t[ée]|entreprise|ville|poste|fonction|secteur|company|first name|last name|name|city|job title)[\s\u00a0]?[»"”]/giu,
  /(?<!\p{L})(?:l['’]entreprise|la soci[ée]t[ée]|le groupe|chez|company|firm|at)[ \u00a0][XYZ](?![\p{L}\p{N}&'’-])/giu,
  /(?<!\p{L})(?:ville|entreprise|soci[ée]t[ée]|secteur|poste|fonction|m[ée]tier|city|company|industry)[ \u00a0](?:d['’e]|des?|du|of)[ \u00a0]?(?:\.{2,}|…)/giu,
  /(?:^(?:Bonjour|Bonsoir|Hello|Hi|Hey|Dear|Ch[eè]re?)|(?<!\p{L})(?:chez|de|du|pour|at|for|of))[ \u00a0\u202f]+[,.](?!\.)/gimu,
];

/** Words of somebody who leaves a blank. */
const WORDS = anyOf(
  'lorem ipsum',
  'inserer (?:ici|le|la|un|une|votre)',
  'insert (?:here|your|the|a)',
  "nom de (?:l'entreprise|la societe|votre societe)",
  '(?:bonjour|hello|hi|dear|cher|chere) (?:prenom|nom|first ?name|last ?name|name|prospect|client|contact|monsieur/madame|madame/monsieur)',
  'undefined',
);
const TO_BE_FILLED =
  /\((?:(?:votre|your|le|la|the|nom|prenom|name|first|last)(?![a-z]) ?[^()\n]{0,30}|nom|prenom|entreprise|societe|name|company)\)|[([] ?(?:a|to be) (?:completer|remplir|preciser|definir|personnaliser|completed|filled in|confirmed|defined)(?![a-z])|[.:-] ?(?:a|to be) (?:completer|remplir|completed|filled in)(?![a-z])/g;
const OWN_NAME = /^(?:votre|your|mon|my) (?:nom|prenom|name|signature|poste|title|titre)\s*$/gm;

/** One of these signs is in every mark. */
const MAY_BE_MARK =
  /[[\]<>{}%$#_@XYZ‹«"“]|PR[EÉ]NOM|NOM|ENTREPRISE|SOCI|NAME|COMPANY|POSTE|undefined|NaN|null|T[OB][DC]|N\/A|\.{2}|…|[ \u00a0\u202f][,.]/;

/** A blank somebody meant to fill in, in any style: looked for in what the model wrote, before it is mended. */
export const placeholderRule: Rule = ({ raw, rawPlain }) => {
  const says = (found: string): string => `${quote(found)} was never filled in`;
  const blank = leftOver(raw);
  const findings: Finding[] = blank === null ? [] : [{ rule: 'placeholder', detail: says(blank) }];
  if (MAY_BE_MARK.test(raw)) for (const mark of MARKS) findings.push(...each('placeholder', raw, mark, says));
  for (const words of [WORDS, TO_BE_FILLED, OWN_NAME])
    findings.push(...each('placeholder', rawPlain, words, says));
  return findings;
};
