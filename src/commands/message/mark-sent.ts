import type { Context } from '../../context.ts';
import type { LedgerMessage } from '../../engine/ports/messages.ts';
import { usageError } from '../../errors.ts';
import { printJson } from '../../io/table.ts';
import { printable } from '../../io.ts';
import { hectorCommand, type OpenContext } from '../command.ts';
import { confirmSent } from '../task/confirm.ts';
import { messageNumber } from './number.ts';

export const command = (open: OpenContext) =>
  hectorCommand('mark-sent', {
    summary: 'a message of unknown fate did go out',
    description:
      'Records that messages which were perhaps sent did go out, as seen with the provider or heard from the person. The person goes on; the next wait counts from when it was handed over.',
    examples: ['hector message mark-sent 12', 'hector message list --uncertain   # which'],
  })
    .argument('<message...>', 'numbers of hector message list')
    .action(async (messages, options) => markSent(open(options), messages));

export async function markSent(context: Context, numbers: readonly string[]): Promise<void> {
  const store = await context.stores.messages();
  const tasks = await context.stores.tasks();
  const ids = [...new Set(numbers.map(messageNumber))];
  const messages = await Promise.all(ids.map((id) => store.find(id)));
  for (const message of messages) refuseOther(message);
  for (const { id, state, person } of messages) {
    if (state === 'sending') await store.giveUp(id, context.owner, context.now());
    const task = await tasks.find(id);
    await confirmSent(context, tasks, task, task.body);
    if (!context.json) context.io.out(`Recorded as sent: message ${id}, ${printable(person)}`);
  }
  if (context.json) printJson(context.io, { marked_sent: ids });
}

function refuseOther({ id, state }: LedgerMessage): void {
  if (state === 'uncertain' || state === 'sending') return;
  if (state === 'awaiting_operator')
    throw usageError(`message ${id} is a task for a person`, `hector task done ${id}`);
  throw usageError(
    `message ${id} is ${state}: only what was perhaps sent can be marked`,
    `hector message show ${id}`,
  );
}
