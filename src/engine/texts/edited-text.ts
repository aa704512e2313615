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
  /** What stood there before it was edited. */
  before: string;
  /** The sentence that an e-mail or SMS must end with. */
  optOut: string;
  limits: TextLimits;
}

export type Checked =
  | ({
      ok: true;
      /** The way out had been taken out. */
      added: boolean;
      /** Lines of signature and legal identity that stood below the text before, and do not any more. */
      gone: readonly string[];
    } & PlainText)
  | { ok: false; problem: string };

/**
 * What a person has written as it may be sent: tidied, with the way out that the law wants, or why it may not. A person
 * may say what a model may not; what is left over, blank or too long goes out by nobody's hand.
 */
export function checkEdited(text: PlainText, { channel, kind, before, optOut, limits }: TextRules): Checked {
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
  if (excess !== null) return refused(excess);
  const gone = channel === 'email' ? goneBelow(tidyBody(before), whole, wayOut) : [];
  return { ok: true, subject, body: whole, added, gone };
}

/** A signature of which a line is left has been changed by a person who saw it; legal lines count one by one. */
function goneBelow(before: string, after: string, wayOut: string): string[] {
  const text = sameSigns(after);
  const isGone = (line: string): boolean => !text.includes(sameSigns(line));
  const { signature, legal } = linesBelow(before, wayOut);
  return [...(signature.every(isGone) ? signature : []), ...legal.filter(isGone)];
}

/** The last paragraph holds the way out and what the law wants named; above it stands the signature. */
function linesBelow(body: string, wayOut: string): { signature: string[]; legal: string[] } {
  const paragraphs = body.split(/\n{2,}/).map((paragraph) => paragraph.split('\n'));
  const last = paragraphs.at(-1) ?? [];
  const isWayOut = (line: string): boolean => wayOut !== '' && sameSigns(wayOut).includes(sameSigns(line));
  const hasWayOut = last.some(isWayOut);
  const above = (hasWayOut ? paragraphs.at(-2) : last) ?? [];
  return {
    signature: isSignature(above) && paragraphs.length > 2 ? above : [],
    legal: hasWayOut ? last.filter((line) => !isWayOut(line)) : [],
  };
}

const SIGNATURE_LINE = 80;

/** Names, titles, numbers: nothing that ends like a sentence or a greeting. */
const isSignature = (lines: readonly string[]): boolean =>
  lines.every((line) => line.length <= SIGNATURE_LINE && !/[.?!…,;:]$/.test(line));

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
