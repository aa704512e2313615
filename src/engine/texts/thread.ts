import type { Language } from '../model.ts';
import type { PastTouch, WriteRequest } from '../ports/writer.ts';
import { kindOn } from './kinds.ts';

/** Of the latest e-mail, without the `Re :` it may have had itself; null: there was none. */
export function previousSubject(history: readonly PastTouch[]): string | null {
  const subject = history.findLast((touch) => touch.channel === 'email' && touch.subject)?.subject ?? '';
  return subject.replace(/^(?:re\s*:\s*)+/i, '').trim() || null;
}

const REPLY: Record<Language, string> = { fr: 'Re\u00a0: ', en: 'Re: ' };

/** The subject of a follow-up by e-mail, which goes on in the thread of the one before; null: it begins one of its own. */
export function threadSubject({
  step,
  channel,
  language,
  history,
}: Pick<WriteRequest, 'step' | 'channel' | 'language' | 'history'>): string | null {
  if (channel !== 'email' || kindOn(step.kind, channel) !== 'follow_up') return null;
  const subject = previousSubject(history);
  return subject === null ? null : `${REPLY[language]}${subject}`;
}

/** As a provider writes it: `<local@domain>`, ASCII without blanks, on one line of a header (RFC 5322 §3.6.4). */
const MESSAGE_ID = /^<[\x21-\x3b\x3d\x3f\x41-\x7e]{1,200}@[\x21-\x3b\x3d\x3f\x41-\x7e]{1,200}>$/;

/** A thread longer than this names its last mails only. */
const MOST_REFERENCES = 10;

/**
 * What tells a mail program that a mail answers another one; nothing where that one's Message-ID is not known. What is
 * no Message-ID never reaches a header.
 * @param references the header of that name of the mail before, or null
 */
export function threadHeaders(messageId: string | null, references: string | null): Record<string, string> {
  if (messageId === null || !MESSAGE_ID.test(messageId)) return {};
  const before = (references ?? '').split(' ').filter((id) => MESSAGE_ID.test(id) && id !== messageId);
  return {
    'In-Reply-To': messageId,
    References: [...before, messageId].slice(-MOST_REFERENCES).join(' '),
  };
}
