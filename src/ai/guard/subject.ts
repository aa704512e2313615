import type { Finding } from './finding.ts';
import { isCommonWord } from './function-words.ts';
import type { GuardInput } from './input.ts';
import type { Known } from './known.ts';
import { foldedWords } from './reading.ts';
import { quote, type Rule } from './rule.ts';

/** Mail programs show about this many characters. */
const LONGEST = 80;

export const subjectRule: Rule = ({ subject }, input, known) => {
  if (!input.wantsSubject) return [];
  const finding = (detail: string): Finding[] => [{ rule: 'subject', detail }];
  if (subject === null || subject === '') return finding('the e-mail has no subject');
  const raw = input.answer.subject?.trim() ?? '';
  return [
    ...(/[\r\n\u2028\u2029]/.test(raw) ? finding('the subject has several lines') : []),
    ...(subject.length > LONGEST
      ? finding(`a subject of ${subject.length} characters, at most ${LONGEST}`)
      : []),
    ...(isShouted(subject, known) ? finding('the subject is in capitals') : []),
    ...(isFakedReply(subject, input) ? finding(`${quote(subject)} pretends to answer a message`) : []),
  ];
};

function isShouted(subject: string, known: Known): boolean {
  const words = (subject.match(/\p{L}{2,}/gu) ?? []).filter(
    (word) => !known.capitals(word) && !isCommonWord(foldedWords(word).trim()),
  );
  const letters = words.join('');
  return letters.length >= 6 && letters === letters.toUpperCase();
}

const REPLY = /^\s*\[?(?:re|tr|fw|fwd|ref|rv|aw)\s*(?:\[\d+\])?\s*[:：]/i;

/** A reply mark is honest only over the subject of a mail that there was. */
function isFakedReply(subject: string, { exchanges }: GuardInput): boolean {
  if (!REPLY.test(subject)) return false;
  const bare = foldedWords(subject.replace(REPLY, ''));
  return !exchanges.some(
    (exchange) => exchange.subject !== null && foldedWords(exchange.subject.replace(REPLY, '')) === bare,
  );
}
