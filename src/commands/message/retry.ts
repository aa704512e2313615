import type { Context } from '../../context.ts';
import type { LedgerMessage } from '../../engine/ports/messages.ts';
import { shellWord } from '../../engine/shell-word.ts';
import { usageError } from '../../errors.ts';
import { printJson } from '../../io/table.ts';
import { printable } from '../../io.ts';
import { hectorCommand, type OpenContext } from '../command.ts';
import { messageNumber } from './number.ts';

export const command = (open: OpenContext) =>
  hectorCommand('retry', {
    summary: 'send again what failed, was refused, or was perhaps not sent',
    description:
      'Gives messages back to the next tick: the same text to the same address. Refused where the person has ended or gone on to another step. One that was perhaps sent may then arrive twice, so it asks first.',
    examples: ['hector message retry 12', 'hector message retry 12 13 --yes   # perhaps for the second time'],
  })
    .argument('<message...>', 'numbers of hector message list')
    .option('-y, --yes', 'do not ask')
    .action(async (messages, options) => retryMessages(open(options), messages, options.yes === true));

export async function retryMessages(
  context: Context,
  numbers: readonly string[],
  yes: boolean,
): Promise<void> {
  const store = await context.stores.messages();
  const ids = [...new Set(numbers.map(messageNumber))];
  const messages = await Promise.all(ids.map((id) => store.find(id)));
  if (!yes && !(await agreed(context, messages))) return context.io.note('Nothing was changed.');
  await store.retry(ids, context.now());
  if (context.json) return printJson(context.io, { retried: ids });
  for (const message of messages)
    context.io.out(`Ready again: message ${message.id}, ${printable(message.person)}. ${whatNext(message)}`);
}

/** A second touch is a person's decision. */
async function agreed(context: Context, messages: readonly LedgerMessage[]): Promise<boolean> {
  const perhaps = messages.filter(({ state }) => state === 'uncertain').map(({ id }) => id);
  if (perhaps.length === 0) return true;
  const what = `${perhaps.length > 1 ? 'messages' : 'message'} ${perhaps.join(', ')}`;
  if (!context.io.interactive)
    throw usageError(
      `${what}: perhaps sent already, so this may be the second time: say --yes`,
      `hector message retry ${messages.map(({ id }) => id).join(' ')} --yes`,
    );
  return context
    .prompter()
    .confirm(`Perhaps sent already: ${what}. Send again, perhaps for the second time?`);
}

function whatNext({ enrolment, campaign, campaignStatus, prospectId }: LedgerMessage): string {
  if (enrolment.status === 'paused')
    return `It waits until the person goes on: hector prospect resume ${prospectId}`;
  if (campaignStatus !== 'running')
    return `It waits until the campaign runs: hector campaign resume ${shellWord(campaign)}`;
  return 'It goes out with the next tick inside its hours: hector tick';
}
