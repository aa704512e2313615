import type { Finding } from './finding.ts';
import type { GuardInput } from './input.ts';
import { foldedWords } from './reading.ts';
import { anyOf, each, quote, type Rule } from './rule.ts';

const ASKS_FOR_ANSWER = anyOf(
  "repond(?:ez|re|s)(?:-moi)?|votre reponse|ta reponse|par retour|en retour|renvoyez|retournez(?:-moi)?|(?:un|d'un) (?:simple )?(?:sms|texto) (?:suffit|de votre part)|envoyez(?:-moi)? (?:un|oui|ok|stop)|(?:oui|non|mot|ok|reponse)(?: ou (?:oui|non))?[a-z, ]{0,25} (?:par|via) (?:sms|texto)|par (?:sms|texto) me",
  'repl(?:y|ies)|text (?:me )?(?:back|yes|no|stop)|answer|send (?:me )?(?:a text|yes|back)|let me know by text|(?:yes|no|word)(?: or (?:yes|no))?[a-z, ]{0,20} (?:by|via) (?:sms|text)',
);

/** An SMS says who writes, and asks for no answer to itself: its sender may be a name, which takes none. */
export const smsRule: Rule = ({ plain, folded }, input) => {
  if (input.channel !== 'sms') return [];
  const unnamed: Finding = { rule: 'sms_sender', detail: 'the SMS names neither the sender nor the firm' };
  return [
    ...(namesSender(folded, input) ? [] : [unnamed]),
    ...each('sms_reply', plain, ASKS_FOR_ANSWER, (found) => `${quote(found)}: an SMS may not be answerable`),
  ];
};

function namesSender(folded: string, { sender: { name, company } }: GuardInput): boolean {
  const full = foldedWords(name ?? '');
  const last = ` ${full.trim().split(' ').slice(1).join(' ')} `;
  const known = [full, last, foldedWords(company ?? '')].filter((words) => words.trim() !== '');
  return known.length === 0 || known.some((words) => folded.includes(words));
}
