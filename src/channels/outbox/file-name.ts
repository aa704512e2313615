import type { EmailEnvelope, Outgoing, SmsEnvelope } from '../../engine/ports/channels.ts';
import { addressOf } from '../../engine/texts/email.ts';

type Touch = EmailEnvelope | SmsEnvelope;

/**
 * A name that sorts by time and reads as a log, UTC:
 * `2026-11-23T09-00-05_email_000012_claire-durand_connexion-douce-email-1.eml`.
 * Only lower-case letters, digits, `-`, `_` and one dot, whatever the envelope holds; at most 200 characters.
 */
export const fileName = (message: Outgoing<Touch>): string => `${stamp(message.at)}_${fileTail(message)}`;

/** The name without its time: the same for each repeat of one message. */
export function fileTail({ messageId, envelope }: Outgoing<Touch>): string {
  const id = String(messageId).padStart(6, '0');
  if (envelope.channel === 'sms') return `sms_${id}_${slug(envelope.to, 20)}.txt`;
  const touch = slug(`${envelope.tags.campaign ?? ''}-${envelope.tags.step ?? ''}`, 90);
  return `email_${id}_${slug(personOf(envelope.to), 40)}_${touch}.eml`;
}

const stamp = (at: number): string => new Date(at).toISOString().slice(0, 19).replaceAll(':', '-');

/** The name before `<address>`, else the address. */
const personOf = (mailbox: string): string =>
  mailbox.replace(/<[^<>]*>\s*$/, '').trim() || addressOf(mailbox);

function slug(text: string, length: number): string {
  const folded = text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll('œ', 'oe')
    .replaceAll('æ', 'ae');
  const safe = folded
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, length)
    .replace(/^-+|-+$/g, '');
  return safe || 'x';
}
