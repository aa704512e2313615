import { tooLong } from '../../engine/texts/message-text.ts';
import { smsParts } from '../../engine/texts/sms.ts';
import type { Finding } from './finding.ts';
import type { GuardInput } from './input.ts';
import { countWords } from './reading.ts';
import type { Rule } from './rule.ts';

/** What a channel takes, of the finished text; and what the step asks for, of the model's own part, with tolerance. */
export const lengthRule: Rule = ({ subject, body }, input) => [
  ...channelLimit(input, subject, body),
  ...(input.step.length === null ? usualLimit(input, body) : stepLimit(input.step.length, subject, body)),
];

/** Words of an e-mail whose step names no length. */
const EMAIL_WORDS = 320;
/** Characters that are added to an SMS: with more of them, one segment is no longer asked for. */
const SMS_ADDED = 60;

function usualLimit({ channel, complete }: GuardInput, body: string): Finding[] {
  if (channel === 'email') {
    const words = body.length > EMAIL_WORDS * 2 ? countWords(body) : 0;
    return words > EMAIL_WORDS ? [{ rule: 'length', detail: `${words} words, at most ${EMAIL_WORDS}` }] : [];
  }
  if (channel !== 'sms') return [];
  const whole = complete(body);
  const { segments } = smsParts(whole);
  const most = whole.length - body.length > SMS_ADDED ? 2 : 1;
  return segments > most
    ? [{ rule: 'length', detail: `${segments} SMS segments with what is added, at most ${most}` }]
    : [];
}

function channelLimit(input: GuardInput, subject: string | null, body: string): Finding[] {
  const { kind, channel, limits, complete } = input;
  const excess = tooLong({ kind, channel, subject, body: complete(body) }, limits);
  return excess === null ? [] : [{ rule: 'length', detail: excess }];
}

type Unit = 'words' | 'characters';

interface Wanted {
  unit: Unit;
  from: number;
  to: number;
}

const OVER = 1.25;
const UNDER = 0.6;

function stepLimit(wish: string, subject: string | null, body: string): Finding[] {
  const { text, title } = readLength(wish);
  const findings: Finding[] = [];
  const judge = (part: string, wanted: Wanted | null, what: string): void => {
    if (wanted === null) return;
    const { unit, from, to } = wanted;
    const length = unit === 'words' ? countWords(part) : part.length;
    if (length > to * OVER)
      findings.push({ rule: 'length', detail: `${length} ${unit}${what}, at most ${to}` });
    else if (length < from * UNDER)
      findings.push({ rule: 'length', detail: `${length} ${unit}${what}, at least ${from}` });
  };
  judge(body, text, '');
  if (subject !== null) judge(subject, title, ' in the subject');
  return findings;
}

const SUBJECT_PART = /[,;]?[^,;]*\b(?:objets?|sujets?|subject|title)\b[^,;]*/i;

/** What a step's `length` asks for, as far as it can be read: `60 à 110 mots, objet de 50 signes au plus`. */
function readLength(wish: string): { text: Wanted | null; title: Wanted | null } {
  const title = SUBJECT_PART.exec(wish)?.[0] ?? null;
  const rest = title === null ? wish : wish.replace(title, '');
  return { text: readWanted(rest), title: title === null ? null : readWanted(title) };
}

const UNITS = '(?:mots?|words?|signes?|caract[èe]res?|characters?|chars?|signs?)';
const BETWEEN = new RegExp(`(\\d+)\\s*(?:${UNITS}\\s*)?(?:à|a|et|and|to|-|–|/)\\s*(\\d+)\\s*${UNITS}`, 'i');
const AT_MOST = new RegExp(
  `(?:<=?|≤|moins de|pas plus de|au plus|au maximum|maximum|max\\.?|jusqu['’]à|at most|up to|under|below|no more than|fewer than|less than)\\s*(?:de\\s*)?(\\d+)|(\\d+)\\s*(?:${UNITS}\\s*)?(?:au plus|au maximum|maximum|max\\b|at most|or less|or fewer)`,
  'i',
);
const AT_LEAST = /(?:>=?|≥|au moins|plus de|at least|more than|over)\s*(\d+)/i;
const PLAIN = new RegExp(`(\\d+)\\s*${UNITS}`, 'i');

function readWanted(text: string): Wanted | null {
  const named = new RegExp(`\\d\\s*(${UNITS})`, 'i').exec(text)?.[1];
  if (named === undefined) return null;
  const unit: Unit = /^(?:mot|word)/i.test(named) ? 'words' : 'characters';
  const between = BETWEEN.exec(text);
  if (between) return { unit, from: Number(between[1]), to: Number(between[2]) };
  const most = AT_MOST.exec(text);
  if (most) return { unit, from: 0, to: Number(most[1] ?? most[2]) };
  const least = AT_LEAST.exec(text);
  if (least) return { unit, from: Number(least[1]), to: Number.POSITIVE_INFINITY };
  const plain = PLAIN.exec(text);
  return plain ? { unit, from: 0, to: Number(plain[1]) } : null;
}
