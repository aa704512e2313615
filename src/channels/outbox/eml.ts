import { createHash } from 'node:crypto';
import type { EmailEnvelope, Outgoing } from '../../engine/ports/channels.ts';

/**
 * The mail as real MIME (RFC 5322, 2045): text and HTML as alternatives. Its id and boundary come from its
 * content, so that the same message gives the same bytes.
 */
export async function composeEml({ messageId, envelope, at }: Outgoing<EmailEnvelope>): Promise<Buffer> {
  const { default: MailComposer } = await import('nodemailer/lib/mail-composer');
  const fingerprint = createHash('sha256')
    .update(JSON.stringify([messageId, envelope, at]))
    .digest('hex')
    .slice(0, 24);
  const composer = new MailComposer({
    from: envelope.from,
    to: envelope.to,
    ...(envelope.replyTo === null ? {} : { replyTo: envelope.replyTo }),
    subject: envelope.subject,
    text: envelope.text,
    html: envelope.html,
    date: new Date(at),
    messageId: `<${messageId}.${fingerprint}@hector.invalid>`,
    headers: { ...envelope.headers, 'X-Hector-Rehearsal': 'yes', ...tagHeaders(envelope.tags) },
    baseBoundary: fingerprint,
    newline: 'win',
    // Nothing in a mail makes this read a file or call an address.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return composer.compile().build();
}

/** Of a mail of ours, from its beginning; null: it has none. */
export const messageIdOf = (head: string): string | null =>
  /^Message-ID:\s*(<[^<>\s]+>)\s*$/im.exec(head.split(/\r?\n\r?\n/, 1)[0] ?? '')?.[1] ?? null;

/** `campaign` becomes `X-Hector-Campaign`. */
const tagHeaders = (tags: Record<string, string>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(tags).map(([name, value]) => [
      `X-Hector-${name.slice(0, 1).toUpperCase()}${name.slice(1)}`,
      value,
    ]),
  );
