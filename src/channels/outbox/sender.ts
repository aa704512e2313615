import { join } from 'node:path';
import type { EmailEnvelope, Outcome, Outgoing, Sender, SmsEnvelope } from '../../engine/ports/channels.ts';
import { addressOf, isOneAddress } from '../../engine/texts/email.ts';
import { errorCode } from '../../errors.ts';
import { composeEml, messageIdOf } from './eml.ts';
import { fileName, fileTail } from './file-name.ts';
import { OutboxFolder } from './folder.ts';
import { smsText } from './sms-text.ts';

/** The headers of ours are far shorter. */
const HEADER_BYTES = 16_384;

/** The provider that needs no account: real `.eml` files in a folder; nothing leaves this machine. */
export function createEmailOutbox(folder: string): Sender<EmailEnvelope> {
  const files = new OutboxFolder(folder);
  return {
    ...common(folder, files, async (message) =>
      isOneAddress(addressOf(message.envelope.to)) ? composeEml(message) : 'not an e-mail address',
    ),
    channel: 'email',
    messageId: async (name) => messageIdOf(files.head(name, HEADER_BYTES) ?? ''),
  };
}

/** The same for SMS: a text file with its cost above the words. */
export const createSmsOutbox = (folder: string): Sender<SmsEnvelope> => ({
  ...common(folder, new OutboxFolder(folder), async (message) =>
    /^\+[1-9]\d{6,14}$/.test(message.envelope.to)
      ? Buffer.from(smsText(message))
      : 'not a phone number in E.164 form',
  ),
  channel: 'sms',
});

/** `compose` gives the bytes, or why this address can have none, as a real provider would refuse it. */
function common<E extends EmailEnvelope | SmsEnvelope>(
  folder: string,
  files: OutboxFolder,
  compose: (message: Outgoing<E>) => Promise<Buffer | string>,
): Omit<Sender<E>, 'channel'> {
  async function put(message: Outgoing<E>): Promise<Outcome> {
    const content = await compose(message);
    if (typeof content === 'string') return { status: 'rejected', reason: content, badAddress: true };
    const name = fileName(message);
    try {
      files.put(name, fileTail(message), content);
      return { status: 'sent', providerId: name, delivered: true };
    } catch (error) {
      return { status: 'misconfigured', reason: explain(error, join(folder, name)) };
    }
  }

  return {
    provider: 'outbox',
    maxBatch: 100,
    idempotent: true,
    async send(batch) {
      const outcomes: Outcome[] = [];
      for (const message of batch) {
        const last = outcomes.at(-1);
        // A full disk stays full for the rest of the batch.
        outcomes.push(last?.status === 'misconfigured' ? last : await put(message));
      }
      return outcomes;
    },
  };
}

function explain(error: unknown, file: string): string {
  switch (errorCode(error)) {
    case 'ENOSPC':
    case 'EDQUOT':
      return `no space left on the disk to write ${file}`;
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return `no right to write ${file}`;
    case 'EEXIST':
    case 'ENOTDIR':
    case 'EISDIR':
      return `something else is in the way of ${file}`;
    default:
      return `cannot write ${file}: ${error instanceof Error ? error.message : String(error)}`;
  }
}
