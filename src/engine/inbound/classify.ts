import { folded } from '../suggest.ts';
import { soundsLikeOptOut } from '../texts/opt-out.ts';
import { withoutQuote } from './quote.ts';

/** `absence`: written by a machine, and so no answer. `left`: this person is not at the firm any more. */
export type InboundKind = 'opt_out' | 'absence' | 'left' | 'human';

/**
 * What an answer is, by its words alone, French and English; headers of a mail are read before this. What is in doubt
 * is human: a sequence that stops too early does less harm than one that goes on after an answer.
 * @param subject of a mail; null where there is none
 */
export function classifyInbound(text: string, subject: string | null = null): InboundKind {
  if (soundsLikeOptOut(text) && !NOT_YET.test(plain(text))) return 'opt_out';
  const words = plain(withoutQuote(text));
  if (LEFT.some((phrase) => phrase.test(words))) return 'left';
  return isAbsence(words, subject === null ? '' : plain(subject)) ? 'absence' : 'human';
}

const plain = (text: string): string => folded(text).replace(/[’‘`]/g, "'");

/** "Merci de ne pas me contacter avant lundi" refuses nothing. */
const NOT_YET =
  /\b(?:contacter|contact|write|ecrire)\s+(?:me\s+)?(?:avant|d'ici|pendant|before|until|while)\b/;

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
const SURE: readonly RegExp[] = [
  /\b(?:reponse|message)\s+automatique\b/,
  /\b(?:automatic|automated)\s+(?:reply|response|message)\b/,
  /\bje\s+suis\s+(?:actuellement\s+)?absente?\b/,
  /\b(?:currently\s+)?out\s+of\s+(?:the\s+)?office\b/,
  /\bi\s+am\s+(?:currently\s+)?(?:away|on\s+(?:annual\s+leave|vacation|holiday|parental\s+leave))\b/,
];

/** Of these it takes two: people mention their holidays in answers as well. */
const LIKELY: readonly RegExp[] = [
  /\ben\s+(?:conge|vacances|deplacement)/,
  /\bde\s+retour\s+(?:le|au|a partir|lundi|mardi|mercredi|jeudi|vendredi)\b/,
  /\bjusqu'au\s+.{1,40}\binclus\b/,
  /\bacces\s+(?:limite|restreint)\s+a\s+(?:mes|ma)\b/,
  /\ben\s+cas\s+d'urgence\b/,
  /\bon\s+(?:annual\s+leave|vacation|holiday)\b/,
  /\bparental\s+leave\b/,
  /\b(?:i\s+)?will\s+be\s+back\b/,
  /\blimited\s+access\s+to\s+(?:my\s+)?e-?mails?\b/,
  /\bin\s+case\s+of\s+emergency\b/,
];

/** What no machine writes: a question, a yes, a no, a proposal. */
const HUMAN =
  /\?|\b(?:oui|volontiers|d'accord|avec plaisir|interess\w*|non merci|pas besoin|rappelez|rappelons|parlons|on en (?:re)?parle|yes|sure|sounds good|interested|no thanks|let's)\b/;

function isAbsence(words: string, subject: string): boolean {
  if (SUBJECT.test(subject)) return true;
  const sure = SURE.some((phrase) => phrase.test(words));
  const likely = LIKELY.filter((phrase) => phrase.test(words)).length;
  return (sure || likely >= 2) && !HUMAN.test(words);
}
