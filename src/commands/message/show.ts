import type { Context } from '../../context.ts';
import type { LedgerMessage } from '../../engine/ports/messages.ts';
import { printJson } from '../../io/table.ts';
import { dateTimeIn } from '../../io/time.ts';
import { printable } from '../../io.ts';
import { hectorCommand, type OpenContext } from '../command.ts';
import { messageNumber } from './number.ts';
import { messageJson } from './view.ts';

export const command = (open: OpenContext) =>
  hectorCommand('show', {
    summary: 'one message: state, calls, what the provider said, text',
    description: 'Shows all that is known of one message, and its text as it was or will be sent.',
    examples: ['hector message show 12', 'hector message show 12 --json'],
  })
    .argument('<message>', 'number of hector message list')
    .action(async (message, options) => showMessage(open(options), message));

export async function showMessage(context: Context, number: string): Promise<void> {
  const message = await (await context.messageStore()).find(messageNumber(number));
  if (context.json)
    return printJson(context.io, {
      ...messageJson(message),
      subject: message.subject,
      text: message.body,
      source: message.source,
      template: message.template,
      provider: message.provider,
      provider_id: message.providerId,
      enrolment: message.enrolment,
    });
  const { timezone } = await context.config();
  for (const [name, value] of factsOf(message, (at) => `${dateTimeIn(at, timezone)} (${timezone})`))
    if (value !== null) context.io.out(`${context.io.color.dim(name.padEnd(12))}${printable(value)}`);
  context.io.out('');
  for (const line of message.body.split('\n')) context.io.out(line.replace(/\p{Cc}/gu, '?'));
}

function factsOf(message: LedgerMessage, time: (at: number) => string): [string, string | null][] {
  const { mode, campaign, enrolment, createdAt, claimedAt, sentAt } = message;
  const stands =
    enrolment.step === null ? enrolment.status : `${enrolment.status}, next step ${enrolment.step}`;
  return [
    ['Message', `${message.id}: ${message.state}`],
    ['Why', message.error],
    ['Person', `${message.person} (#${message.prospectId}), ${stands}`],
    ['To', message.to],
    ['Campaign', mode === 'rehearsal' ? `${campaign} (rehearsal)` : campaign],
    ['Step', `${message.step}, ${message.kind} by ${message.channel}`],
    ['Written', `${time(createdAt)}, ${message.template ?? message.source}`],
    ['Called', claimedAt === null ? null : `${time(claimedAt)}, attempts: ${message.attempts}`],
    ['Sent', sentAt === null ? null : time(sentAt)],
    ['Provider', [message.provider, message.providerId].filter((part) => part !== null).join(' ') || null],
    ['Subject', message.subject],
  ];
}
