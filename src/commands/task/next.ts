import type { Context } from '../../context.ts';
import type { Task, TaskStore } from '../../engine/ports/tasks.ts';
import { usageError } from '../../errors.ts';
import type { Choice } from '../../io/prompter.ts';
import { printJson } from '../../io/table.ts';
import { hectorCommand, type OpenContext } from '../command.ts';
import { confirmSent } from './confirm.ts';
import { personOf, printCard, taskJson } from './print.ts';

export const command = (open: OpenContext) =>
  hectorCommand('next', {
    summary: 'the LinkedIn session: person, text in the clipboard, one letter each',
    description:
      'Shows the next LinkedIn text, copies it to the clipboard, and asks what became of it. Only what you confirm is recorded as sent. Without a terminal it prints the next task and asks nothing.',
    examples: ['hector task next', "hector task next --campaign 'PME Ouest'", 'hector task next --json'],
  })
    .option('--campaign <name>', 'only this campaign')
    .action(async (options) => nextTasks(open(options), options.campaign ?? null));

type Answer = 'sent' | 'skip' | 'later' | 'edit' | 'open' | 'stop' | 'quit';

const CHOICES: readonly Choice<Answer>[] = [
  { key: 's', name: 'sent: I have pasted and sent it', value: 'sent' },
  { key: 'l', name: 'later: leave it in the list', value: 'later' },
  { key: 'e', name: 'edit the text', value: 'edit' },
  { key: 'o', name: 'open the profile', value: 'open' },
  { key: 'k', name: 'skip this step, go on with the next one', value: 'skip' },
  {
    key: 'x',
    name: 'stop: take this person out of all campaigns (never again: hector blacklist add)',
    value: 'stop',
  },
  { key: 'q', name: 'quit; the rest stays in the list', value: 'quit' },
];

interface Tally {
  sent: number;
  skipped: number;
  stopped: number;
  later: number[];
}

export async function nextTasks(context: Context, campaign: string | null): Promise<void> {
  const store = await context.stores.tasks();
  const filter = { campaign, channel: 'linkedin' as const };
  if (context.json || !context.io.interactive) return printNext(context, store, filter);
  const tally: Tally = { sent: 0, skipped: 0, stopped: 0, later: [] };
  for (;;) {
    const [task] = await store.list(filter, 1, tally.later);
    if (!task) break;
    const left = (await store.count(filter)) - tally.later.length;
    if (!(await work(context, store, task, tally, `${left} to go`))) break;
  }
  context.io.note(
    `Sent ${tally.sent}, skipped ${tally.skipped}, stopped ${tally.stopped}, left for later ${tally.later.length}.`,
  );
}

async function printNext(
  context: Context,
  store: TaskStore,
  filter: { campaign: string | null; channel: 'linkedin' },
): Promise<void> {
  const [task] = await store.list(filter, 1);
  if (context.json) return printJson(context.io, task ? taskJson(task) : null);
  if (!task) return context.io.note('No LinkedIn task is waiting. Next: hector status');
  printCard(context, task, `task ${task.messageId}`);
  context.io.note(`When it is sent: hector task done ${task.messageId}`);
}

/** One task until it is settled or put off; false ends the session. */
async function work(
  context: Context,
  store: TaskStore,
  task: Task,
  tally: Tally,
  position: string,
): Promise<boolean> {
  let body = task.body;
  for (;;) {
    printCard(context, { ...task, body }, position);
    await copy(context, body);
    const answer = await context.prompter().choose(`${personOf(task)} (a letter, then Enter):`, CHOICES);
    switch (answer) {
      case 'edit':
        body = await edited(context, task, body);
        continue;
      case 'open':
        await openProfile(context, task);
        continue;
      case 'quit':
        return false;
      case 'later':
        tally.later.push(task.messageId);
        return true;
      case 'sent':
        await confirmSent(context, store, task, body);
        tally.sent += 1;
        return true;
      case 'skip':
        await store.skip(task, 'skipped by the operator', context.now());
        tally.skipped += 1;
        return true;
      case 'stop':
        await store.stop(task, context.now());
        tally.stopped += 1;
        return true;
    }
  }
}

async function copy(context: Context, body: string): Promise<void> {
  const how = await context.copyText(body);
  if (how === 'clipboard') context.io.note('Copied to the clipboard.');
  else if (how === 'terminal')
    context.io.note('Sent to the clipboard of your terminal (if it takes it; else copy from above).');
  else context.io.note('No clipboard here: copy the text from above.');
}

async function edited(context: Context, task: Task, body: string): Promise<string> {
  const text = await context.prompter().edit('Text', body);
  const { linkedin } = await context.config();
  const limit = task.kind === 'invitation' ? linkedin.invitationLimit : linkedin.messageLimit;
  if (text.length > limit)
    context.io.warn(`${text.length} characters: LinkedIn takes ${limit} here and cuts or refuses the rest.`);
  if (text !== '') return text;
  context.io.warn('An empty text is not kept; the old one stays.');
  return body;
}

async function openProfile(context: Context, task: Task): Promise<void> {
  if (task.prospect.linkedin === null) throw usageError(`${personOf(task)} has no LinkedIn profile`);
  if (!(await context.openProfile(task.prospect.linkedin)))
    context.io.note('No browser can be opened from here: use the address above.');
}
