import { folded } from '../suggest.ts';
import { soundsLikeOptOut } from '../texts/opt-out.ts';
import { withoutQuote } from './quote.ts';

/** `absence`: written by a machine, and so no answer. `left`: this person is not at the firm any more. */
export type InboundKind = 'opt_out' | 'absence' | 'left' | 'human';

/**
 * What an answer is, by its words alone, French and English; headers of a mail are read before this. What is in doubt
 * is human: a sequence that stops too early does less harm than one that goes on after an answer.
 * @param subject of a mail; null where there is none, as on LinkedIn, where machines seldom write
 */
export function classifyInbound(text: string, subject: string | null = null): InboundKind {
  const words = plain(withoutQuote(text));
  if (soundsLikeOptOut(withoutDelays(words))) return 'opt_out';
  if (LEFT.some((phrase) => phrase.test(words))) return 'left';
  return isAbsence(words, subject === null ? null : plain(subject)) ? 'absence' : 'human';
}

const plain = (text: string): string => folded(text).replace(/[’‘`]/g, "'");

/**
 * "Merci de ne pas me contacter avant lundi" refuses nothing: it is not read. A refusal for good stays, whatever date it
 * names, and so does every other one beside it.
 */
const withoutDelays = (words: string): string =>
  FOR_GOOD.test(words) ? words : words.replace(NOT_YET, ' … ');

const NOT_YET = new RegExp(
  [
    /\bne\s+pas\s+(?:me\s+|nous\s+|m')?(?:re)?(?:contacter|ecrire)\s+(?:avant|d'ici|pendant)\b/,
    /\bne\s+(?:me|nous)\s+(?:re)?contacte[zr]?\s+pas\s+(?:avant|d'ici|pendant)\b/,
    /\b(?:do\s+not|don't)\s+(?:contact|write)\s+(?:(?:to\s+)?(?:me|us)\s+)?(?:before|until|while)\b/,
  ]
    .map(({ source }) => source)
    .join('|'),
  'g',
);

/** "… avant lundi, ni après", "… avant que je ne porte plainte". */
const FOR_GOOD = /\bni\s+(?:apres|ensuite|plus\s+tard|jamais)\b|\bor\s+(?:ever|after)\b|\b(?:plainte|cnil)\b/;

const LEFT: readonly RegExp[] = [
  /\bne fai[ts]\w*\s+plus\s+partie\s+(?:de|des|du)\b/,
  /\bn'est\s+plus\s+(?:dans|chez|au sein)\b/,
  /\ba\s+quitte\s+(?:la|l'|notre)\s*(?:societe|entreprise|groupe|agence|cabinet)/,
  /\b(?:is\s+)?no\s+longer\s+(?:with|at|works?)\b/,
  /\bhas\s+left\s+(?:the|our)\s+(?:company|firm|organi[sz]ation)/,
];

const SUBJECT =
  /^(?:re\s*:\s*)?(?:automatic reply|auto[- ]?reply|out of office|ooo\b|reponse automatique|absence du bureau|message d'absence|absente?\b)/;

/** One of these is enough. */
const MACHINE: readonly RegExp[] = [
  /\b(?:reponse|message)\s+automatique\b/,
  /\b(?:automatic|automated)\s+(?:reply|response|message)\b/,
];

/** Nobody is here: enough in a mail. People are absent from a market or a town, too. */
const ABSENT: readonly RegExp[] = [
  /\bje\s+suis\s+(?:actuellement\s+)?absente?\b(?!\s+d[eu]s?\s+(?!bureau\b|l'|la\s|\d|lundi|mardi|mercredi|jeudi|vendredi))/,
  /\b(?:currently\s+)?out\s+of\s+(?:the\s+)?office\b/,
  /\bi\s+am\s+(?:currently\s+)?away\b(?!\s+from\s+(?!the\s+office|my\s+desk|work))/,
];

/** On LinkedIn it takes two of all these: people mention their holidays in answers as well. */
const HINTS: readonly (readonly RegExp[])[] = [
  ABSENT,
  [
    /\ben\s+(?:conge|vacances|deplacement)/,
    /\bon\s+(?:annual\s+leave|vacation|holiday)\b/,
    /\bparental\s+leave\b/,
  ],
  [
    /\bde\s+retour\s+(?:le|au|a partir|lundi|mardi|mercredi|jeudi|vendredi)\b/,
    /\b(?:i\s+)?will\s+be\s+back\b/,
  ],
  [/\bjusqu'au\s+.{1,40}\binclus\b/],
  [/\bacces\s+(?:limite|restreint)\s+a\s+(?:mes|ma)\b/, /\blimited\s+access\s+to\s+(?:my\s+)?e-?mails?\b/],
  [/\ben\s+cas\s+d'urgence\b/, /\bin\s+case\s+of\s+emergency\b/],
];

/** What no machine writes: a question, a yes, a no, a proposal, a reproach, an hour. */
const HUMAN: readonly RegExp[] = [
  /\?/,
  /\b(?:oui|volontiers|d'accord|avec plaisir|interess\w*|concernee?s?|non merci|pas besoin|merci mais|insist\w+)\b/,
  /\b(?:prestataires?|fournisseurs?|deja\s+(?:equipe|accompagne|pourvu)\w*)\b/,
  /\b(?:rappel|recontact|relanc|reven|contact|appel)ez(?:-|\s+)(?:moi|nous|vers)\b|\b(?:ecrivez|reecrivez)(?:-|\s+)(?:moi|nous)\b/,
  /\b(?:rappelez|revenez|rappelons|parlons)\b|\bon\s+(?:en\s+(?:re)?parle|se\s+(?:voit|rappelle|parle|recontacte)|s'appelle|verra)\b/,
  /\b(?:envoy|transmett|adress)ez(?:-|\s+)(?:moi|nous)\b|\b(?:please|do|and|but)\s+(?:send|forward)\b/,
  /\b(?:yes|sure|sounds good|interested|no thanks|no thank you|let's)\b/,
  /\b(?:write|call|ping|contact|text|message|get\s+back\s+to|reach\s+out\s+to)\s+me\b/,
  /\b\d{1,2}\s?h(?:\s?\d{2})?\b|\b\d{1,2}:\d{2}\b|\b\d{1,2}\s?[ap]\.?m\b/,
];

const anyOf = (phrases: readonly RegExp[], words: string): boolean =>
  phrases.some((phrase) => phrase.test(words));

function isAbsence(words: string, subject: string | null): boolean {
  if (subject !== null && SUBJECT.test(subject)) return true;
  if (anyOf(HUMAN, words)) return false;
  if (anyOf(MACHINE, words) && (subject !== null || OPENS.test(words))) return true;
  const hints = [...HINTS, MACHINE].filter((phrases) => anyOf(phrases, words)).length;
  return hints >= 2 || (subject !== null && (anyOf(ABSENT, words) || AWAY_FOR_LONG.test(words)));
}

const OPENS =
  /^\W*(?:(?:bonjour|hello|hi)\W+)?(?:(?:ceci|this)\s+(?:est|is)\s+(?:une?|an)\s+)?(?:(?:reponse|message)\s+automatique|automat(?:ic|ed)\s+(?:reply|response|message))\b/;

const AWAY_FOR_LONG =
  /\bi\s+am\s+(?:currently\s+)?on\s+(?:annual\s+leave|vacation|holiday|parental\s+leave)\b/;
