import type { Language } from '../model.ts';
import type { EmailEnvelope } from '../ports/channels.ts';
import { emailHtml } from './email-html.ts';

export interface EmailText {
  subject: string;
  /** Plain text; an empty line makes a paragraph. */
  body: string;
  language: Language;
  prospect: { email: string; name: string | null };
  /** `Name <address>`. */
  from: string;
  replyTo: string | null;
  /** Address that takes opt-outs by mail; null: the reply-to, else the sender. */
  unsubscribe: string | null;
  campaign: string;
  step: string;
  /** Whose answer an opt-out by mail is. */
  enrolmentId: number;
}

/**
 * The mail as it will be handed over, to the byte: the same input gives the same envelope. Nothing in it tracks
 * the reader. List-Unsubscribe has only its `mailto:` form: one-click (RFC 8058) needs a public https address.
 */
export function composeEmail(input: EmailText): EmailEnvelope {
  const subject = oneLine(input.subject);
  const text = bodyText(input.body);
  const optOutTo = input.unsubscribe ?? input.replyTo ?? input.from;
  return {
    channel: 'email',
    from: oneLine(input.from),
    to: mailbox(input.prospect.name, input.prospect.email),
    replyTo: input.replyTo === null ? null : oneLine(input.replyTo),
    subject,
    text: `${text}\n`,
    html: emailHtml(text, { language: input.language, title: subject }),
    headers: { 'List-Unsubscribe': `<${unsubscribeLink(optOutTo, input.enrolmentId)}>` },
    tags: { campaign: tag(input.campaign), step: tag(input.step), enrolment: String(input.enrolmentId) },
  };
}

/** No control character, line break or direction mark: what stands in a header stays one header. */
const oneLine = (text: string): string =>
  text
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]+/gu, ' ')
    .trim();

const bodyText = (body: string): string =>
  body
    .normalize('NFC')
    .replace(/\r\n?/g, '\n')
    .replace(/(?!\n)[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, ' ')
    .replace(/(?<! ) +$/gm, '')
    .replace(/\n{3,}/g, '\n\n')
    .trim();

/** A name of letters needs no quoting anywhere; any other is left out, the address is what matters. */
function mailbox(name: string | null, email: string): string {
  const address = oneLine(email);
  const person = oneLine(name ?? '');
  return /^[\p{L}\p{M}][\p{L}\p{M} '’-]{0,63}$/u.test(person) ? `${person} <${address}>` : address;
}

/** The address inside `Name <address>`, or the text itself. */
export const addressOf = (text: string): string => /<([^<>]*)>\s*$/.exec(text)?.[1]?.trim() ?? text.trim();

/**
 * One recipient and nothing else: no list, no blank, no bracket. Stricter than RFC 5321 where that is only a
 * way to be misread; the last guard before a provider is called.
 */
export const isOneAddress = (address: string): boolean =>
  address.length <= 254 &&
  /^[^\s@<>()[\]\\,;:"\p{Cc}]{1,64}@[^\s@<>()[\]\\,;:"\p{Cc}.]+(?:\.[^\s@<>()[\]\\,;:"\p{Cc}.]+)+$/u.test(
    address,
  );

/** RFC 6068. The enrolment in the subject says who asks, even from another address. */
function unsubscribeLink(mailboxOrAddress: string, enrolmentId: number): string {
  const [local = '', domain = ''] = oneLine(addressOf(mailboxOrAddress)).split('@');
  return `mailto:${encodeURIComponent(local)}@${encodeURIComponent(domain)}?subject=unsubscribe%20${enrolmentId}`;
}

/** Resend takes ASCII letters, digits, `_` and `-`, 256 at most; accents fold, the rest becomes `-`. */
function tag(text: string): string {
  const folded = text.normalize('NFD').replace(/\p{M}/gu, '');
  const safe = folded.replace(/[^A-Za-z0-9_-]+/g, '-').replace(/^-+|-+$/g, '');
  return safe.slice(0, 256) || 'none';
}
