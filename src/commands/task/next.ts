import type { Context } from '../../context.ts';
import { printJson } from '../../io/table.ts';
import { hectorCommand, type OpenContext } from '../command.ts';
import { runSession } from './next/session.ts';
import { standingOf } from './next/standing.ts';
import { printTask, taskJson } from './print.ts';

export const command = (open: OpenContext) =>
  hectorCommand('next', {
    summary: 'the LinkedIn session: person, text in the clipboard, one key each',
    description:
      'Goes through what waits on LinkedIn: first the invitations of which nobody knows whether they were accepted, then text by text, each copied to the clipboard. One key says what became of it (? shows them all), u takes the last one back, q ends; what was said is kept at once. Only what you confirm is recorded as sent. Without a terminal it prints the next task and asks nothing. No invitation is offered beyond the caps of the day and of seven days, nor while less than 30 % of them are accepted.',
    examples: ['hector task next', "hector task next --campaign 'PME Ouest'", 'hector task next --json'],
  })
    .option('--campaign <name>', 'only this campaign')
    .option('--anyway', 'invitations although less than 30 % are accepted')
    .action(async (options) =>
      nextTasks(open(options), { campaign: options.campaign ?? null, anyway: options.anyway === true }),
    );

export interface NextOptions {
  campaign: string | null;
  anyway: boolean;
}

export async function nextTasks(context: Context, options: NextOptions): Promise<void> {
  if (context.json || !context.io.interactive) return printNext(context, options);
  await runSession(context, options);
}

async function printNext(context: Context, options: NextOptions): Promise<void> {
  const [store, look] = await Promise.all([context.stores.tasks(), context.stores.linkedinSession()]);
  const { offer, refusals } = await standingOf({ context, look, ...options });
  const [task] = await store.list(offer, 1);
  for (const line of refusals) context.io.note(line);
  if (context.json) return printJson(context.io, task ? taskJson(task) : null);
  if (!task) return context.io.note('No LinkedIn task is waiting. Next: hector status');
  printTask(context, task);
  context.io.note(`When it is sent: hector task done ${task.messageId}`);
}
