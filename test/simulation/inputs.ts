import { confirmSent } from '../../src/commands/task/confirm.ts';
import type { SuppressionKey } from '../../src/engine/model.ts';
import { ownAddresses } from '../../src/engine/suppression.ts';
import { UserError } from '../../src/errors.ts';
import type { Ledger } from './ledger.ts';
import { prepareEarly, review } from './review.ts';
import { type Input, SENDERS } from './story.ts';
import type { World } from './world.ts';

/** Something happens outside the tick; what must not happen any more after it is noted in the ledger. */
export async function happen(world: World, ledger: Ledger, input: Input): Promise<void> {
  try {
    await act(world, ledger, input);
  } catch (error) {
    // Nobody to accept, no task of that number: a command would say so.
    if (!(error instanceof UserError)) throw error;
  }
}

async function act(world: World, ledger: Ledger, input: Input): Promise<void> {
  switch (input.input) {
    case 'pause_campaign':
    case 'resume_campaign':
      return setCampaign(world, ledger, input.campaign, input.input === 'pause_campaign');
    case 'complete_campaign':
      return completeCampaign(world, ledger, input.campaign);
    case 'task_done':
    case 'task_skip':
    case 'task_stop':
      return settleTask(world, ledger, input.input, input.task);
    case 'task_undo':
      return undoTask(world, ledger, input.task);
    case 'approve':
    case 'edit':
    case 'reject':
      return review(world, ledger, input);
    case 'change_sender':
      return changeSender(world, input);
    case 'prepare':
      return prepareEarly(world, input.hours);
    default:
      return toPerson(world, ledger, input);
  }
}

async function setCampaign(
  { context, campaigns, now, connection }: World,
  ledger: Ledger,
  campaign: number,
  pauses: boolean,
): Promise<void> {
  const id = campaigns[campaign % campaigns.length] ?? 0;
  if (isOver(connection, id)) return;
  await (await context.stores.campaigns()).setStatus(id, pauses ? 'paused' : 'running', now());
  ledger.pause({ campaignId: id }, pauses);
}

const isOver = (connection: World['connection'], campaignId: number): boolean =>
  connection.prepare("select 1 from campaign where id = ? and status = 'completed'").get(campaignId) !==
  undefined;

/** As if it were paused for ever: nothing of it goes out. */
async function completeCampaign(
  { context, campaigns, now }: World,
  ledger: Ledger,
  campaign: number,
): Promise<void> {
  const id = campaigns[campaign % campaigns.length] ?? 0;
  await (await context.stores.campaignEnds()).complete(id, now());
  ledger.pause({ campaignId: id }, true);
}

/** Refused while a tick is at work. */
async function changeSender(
  { context, campaigns, connection, now }: World,
  { campaign: nth, sender }: Extract<Input, { input: 'change_sender' }>,
): Promise<void> {
  const id = campaigns[nth % campaigns.length] ?? 0;
  if (connection.prepare('select 1 from lease').get()) return;
  const { campaign } = await (await context.stores.campaigns()).detail(id);
  const edit = { ...campaign, sender: SENDERS[sender] ?? null, loaded: null };
  await (await context.stores.campaignEditor()).apply(id, edit, now());
}

async function settleTask(
  { context, now }: World,
  ledger: Ledger,
  input: 'task_done' | 'task_skip' | 'task_stop',
  nth: number,
): Promise<void> {
  const store = await context.stores.tasks();
  const tasks = await store.list({ campaign: null, channel: null }, null);
  const task = tasks[nth % Math.max(1, tasks.length)];
  if (!task) return;
  ledger.settledByPerson.add(task.messageId);
  if (input === 'task_skip') return void (await store.skip(task, 'introuvable', now()));
  if (input === 'task_stop') return void (await store.stop(task, now()));
  if (task.channel === 'linkedin') ledger.contact(task, now());
  await confirmSent(context, store, task, task.body);
}

/** Of those that a person has settled. */
async function undoTask({ context, now }: World, ledger: Ledger, nth: number): Promise<void> {
  const settled = [...ledger.settledByPerson];
  const messageId = settled[nth % Math.max(1, settled.length)];
  if (messageId === undefined) return;
  const { act } = await (await context.stores.tasks()).undo(messageId, now());
  if (act === 'sent') ledger.takeBack(messageId);
}

async function toPerson(
  { context, people, now, connection }: World,
  ledger: Ledger,
  { input, person }: Extract<Input, { person: number }>,
): Promise<void> {
  const prospectId = people[person % people.length] ?? 0;
  switch (input) {
    case 'pause':
    case 'resume': {
      const { changed } = await (await context.stores.people())[input](prospectId, null, now());
      for (const { id } of changed) ledger.pause({ enrolmentId: id }, input === 'pause');
      return;
    }
    case 'accept':
      await (await context.stores.tasks()).accepted(prospectId, now());
      return;
    case 'rename':
      connection
        .prepare<[string, number]>('update prospect set first_name = ? where id = ?')
        .run(ledger.newName(), prospectId);
      return;
    case 'blacklist': {
      const [key] = addressesOf(connection, prospectId);
      if (!key) return;
      await (await context.stores.suppressions()).add([key], {
        reason: 'asked',
        source: 'operator',
        now: now(),
      });
      return ledger.no(prospectId);
    }
    case 'reply':
    case 'opt_out':
    case 'meeting': {
      const [meeting, optOut] = [input === 'meeting', input === 'opt_out'];
      const at = now();
      const told = { prospectId, text: 'Bonjour', meeting, optOut, channel: null, at, now: at };
      await (await context.stores.replies()).add(told);
      ledger.no(prospectId);
      return ledger.noToColleagues(prospectId);
    }
  }
}

function addressesOf(connection: World['connection'], prospectId: number): SuppressionKey[] {
  const facts = connection
    .prepare<[number], Parameters<typeof ownAddresses>[0]>(
      'select email, phone, mobile, linkedin from prospect where id = ?',
    )
    .get(prospectId);
  return facts ? ownAddresses(facts) : [];
}
