import { isAlphanumericSender } from './sms.ts';

const E164 = /^\+[1-9]\d{6,14}$/;
const SHORT_CODE = /^\d{3,8}$/;

/** What is wrong with `sms.from`, or null. */
export function senderProblem(from: string): string | null {
  if (E164.test(from) || SHORT_CODE.test(from) || isAlphanumericSender(from)) return null;
  return `"${from}" is no SMS sender; allowed: a name of 3 to 11 letters, digits and blanks with at least one letter, a short code such as "36111", or a number with its country code`;
}

const ASKS_FOR_AN_ANSWER =
  /\b(?:r[ée]pond\w*|reply|renvo\w+|retourn\w+|text)\b[^.]*\bstop\b(?!\W*(?:au|to)?\W*\d{5})/i;
const LINK_OR_NUMBER = /https?:\/\/\S|\bwww\.|\b[a-z0-9-]+\.[a-z]{2,}(?:\/|\b)|\d(?:[ .]?\d){4,}/i;

/**
 * What is wrong with the opt-out sentence under this sender, or null. The way out must work (CPCE L34-5): under a
 * one-way sender that is a link or a number, never an answer.
 */
export function smsOptOutProblem(from: string, optOut: string | null): string | null {
  if (optOut === null || !isAlphanumericSender(from)) return null;
  if (ASKS_FOR_AN_ANSWER.test(optOut))
    return `"${optOut}" asks for an answer, but the sender "${from}" cannot receive any: name a link or a number, such as "STOP au 36180"`;
  if (LINK_OR_NUMBER.test(optOut)) return null;
  return `"${optOut}" names no way out: with the sender "${from}" it must be a link or a number, such as "STOP au 36180"`;
}
