import type { Channel, MessageKind } from '../model.ts';
import { leftOver, type TextLimits, tidyBody, tidySubject, tooLong } from './message-text.ts';

export interface PlainText {
  /** For e-mail only. */
  subject: string | null;
  body: string;
}

export interface TextRules {
  channel: Channel;
  kind: MessageKind;
  /** The sentence that an e-mail or SMS must end with. */
  optOut: string;
  limits: TextLimits;
}

export type Checked =
  | ({
      ok: true;
      /** The way out had been taken out. */
      added: boolean;
    } & PlainText)
  | { ok: false; problem: string };

/**
 * What a person has written as it may be sent: tidied, with the way out that the law wants, or why it may not. A person
 * may say what a model may not; what is left over, blank or too long goes out by nobody's hand.
 */
export function checkEdited(text: PlainText, { channel, kind, optOut, limits }: TextRules): Checked {
  const body = tidyBody(text.body);
  const subject = channel === 'email' ? tidySubject(text.subject ?? '') : null;
  if (body === '') return refused('the text is empty');
  if (subject === '') return refused('an e-mail needs a subject');
  const blank = leftOver(`${subject ?? ''}\n${body}`);
  if (blank !== null) return refused(`"${blank.slice(0, 40)}" is left in the text`);
  const wayOut = channel === 'linkedin' ? '' : tidyBody(optOut);
  const added = wayOut !== '' && !sameSigns(body).includes(sameSigns(wayOut));
  const whole = added ? `${body}${channel === 'email' ? '\n\n' : ' '}${wayOut}` : body;
  const excess = tooLong({ kind, channel, subject, body: whole }, limits);
  return excess === null ? { ok: true, subject, body: whole, added } : refused(excess);
}

const refused = (problem: string): Checked => ({ ok: false, problem });

/** An editor or a sheet may turn a no-break space into a plain one. */
const sameSigns = (text: string): string => text.replace(/\s+/g, ' ');

const SUBJECT_LINE = /^(?:subject|objet)[ \u00a0\u202f]*:[ \u00a0\u202f]*(?<subject>.*)$/i;

/** As it is put before a person: an e-mail begins with the line of its subject. */
export const editableText = ({ subject, body }: PlainText): string =>
  subject === null ? `${body}\n` : `Subject: ${subject}\n\n${body}\n`;

/** The other way round. An e-mail without such a line keeps the subject it has. */
export function readEditable(text: string, before: PlainText): PlainText {
  const lines = text.replace(/^\ufeff/, '').replace(/\r\n?/g, '\n');
  if (before.subject === null) return { subject: null, body: lines };
  const trimmed = lines.replace(/^\n+/, '');
  const end = trimmed.indexOf('\n');
  const first = end < 0 ? trimmed : trimmed.slice(0, end);
  const subject = SUBJECT_LINE.exec(first)?.groups?.subject;
  if (subject === undefined) return { subject: before.subject, body: lines };
  return { subject, body: end < 0 ? '' : trimmed.slice(end + 1) };
}
