import type { Context } from '../../context.ts';
import { printJson } from '../../io/table.ts';
import { hectorCommand, type OpenContext } from '../command.ts';
import { messageNumber } from './number.ts';
import { personOf } from './review/print.ts';

export const command = (open: OpenContext) =>
  hectorCommand('reject', {
    summary: 'a text will not go out; the step is passed over',
    description:
      'Rejects texts that wait for approval. They are not sent, and their people go on with the next step.',
    examples: ["hector message reject 12 --reason 'not for this firm'"],
  })
    .argument('<message...>', 'numbers of hector message list --awaiting')
    .option('--reason <text>', 'kept in the history')
    .action(async (messages, options) =>
      rejectMessages(open(options), messages, options.reason?.trim() || 'by the operator'),
    );

export async function rejectMessages(
  context: Context,
  numbers: readonly string[],
  reason: string,
): Promise<void> {
  const store = await context.stores.reviews();
  const rejected = [];
  for (const number of new Set(numbers.map(messageNumber))) {
    const draft = await store.find(number);
    await store.reject(draft, reason, context.now());
    rejected.push(number);
    if (!context.json) context.io.out(`Rejected: message ${number}, ${personOf(draft)}`);
  }
  if (context.json) printJson(context.io, { rejected });
}
