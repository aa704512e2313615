import type { Channel, MessageKind } from '../model.ts';
import { smsParts } from './sms.ts';

export interface TextLimits {
  /** Characters of a LinkedIn invitation note: 200, or 300 with Premium. */
  invitationLimit: number;
  /** Characters of a LinkedIn message. */
  messageLimit: number;
}

/** A text of more parts is a mistake, not an SMS. */
const SMS_SEGMENT_LIMIT = 3;
/** Longer ones are cut by every mail program; and no business e-mail is a book. */
const SUBJECT_LIMIT = 200;
const EMAIL_LIMIT = 20_000;

/** What is too long about a text, in words, or null. */
export function tooLong(
  text: { kind: MessageKind; channel: Channel; subject: string | null; body: string },
  limits: TextLimits,
): string | null {
  const { kind, channel, subject, body } = text;
  const over = (length: number, limit: number, unit: string): string | null =>
    length > limit ? `${length} ${unit}, at most ${limit}` : null;
  switch (channel) {
    case 'linkedin':
      return over(
        body.length,
        kind === 'invitation' ? limits.invitationLimit : limits.messageLimit,
        'characters',
      );
    case 'sms':
      return over(smsParts(body).segments, SMS_SEGMENT_LIMIT, 'SMS segments');
    case 'email':
      return (
        over(subject?.length ?? 0, SUBJECT_LIMIT, 'characters in the subject') ??
        over(body.length, EMAIL_LIMIT, 'characters')
      );
  }
}

/**
 * The text as it may be sent: no control or direction characters, no halves of characters, no blanks at the end of
 * a line, never more than one empty line.
 */
export const tidyBody = (text: string): string =>
  safe(text.replace(/\r\n?/g, '\n').replace(/\t/g, ' '))
    .replace(/(?<![ \u00a0\u202f])[ \u00a0\u202f]+$/gm, '')
    .replace(/\n{3,}/g, '\n\n')
    .trim();

export const tidySubject = (text: string): string => safe(text.replace(/(?<!\s)\s*[\r\n\t]\s*/g, ' ')).trim();

const safe = (text: string): string =>
  text.replace(/(?!\n)\p{Cc}|\p{Cs}|[\u202a-\u202e\u2066-\u2069\u2028\u2029\ufffd]/gu, '');

const FIELD_WORDS =
  'pr[ée]nom|nom|entreprise|soci[ée]t[ée]|poste|fonction|ville|secteur|titre|first ?name|last ?name|name|company|title|city|industry|votre [^\\]>}]{1,30}|your [^\\]>}]{1,30}|insert [^\\]>}]{1,30}';
const LEFT_OVER = new RegExp(
  `\\{\\{|\\}\\}|\\{%|%\\}|[[<{]\\s*(?:${FIELD_WORDS})\\s*[\\]>}]|(?<!\\p{L})X{3,}(?!\\p{L})|lorem ipsum`,
  'iu',
);

/** A blank somebody meant to fill in (`{{`, `[Prénom]`, `XXX`), or null. */
export const leftOver = (text: string): string | null => LEFT_OVER.exec(text)?.[0] ?? null;
