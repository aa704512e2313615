import { describe, expect, it } from 'vitest';
import { completeCampaign } from '../../src/commands/campaign/complete.ts';
import { createCampaign, launchable } from '../../src/commands/campaign/create/launch.ts';
import { recordAccepted } from '../../src/commands/task/accepted.ts';
import { doneTasks } from '../../src/commands/task/done.ts';
import { putOffTasks } from '../../src/commands/task/later.ts';
import { nextTasks } from '../../src/commands/task/next.ts';
import { skipTasks } from '../../src/commands/task/skip.ts';
import { undoTasks } from '../../src/commands/task/undo.ts';
import type { Context } from '../../src/context.ts';
import type { Reply } from '../../src/engine/ports/people.ts';
import { aCampaign, aMessage, anEnrolment, aStep, aSuppression, NOW } from '../builders.ts';
import { testContext } from '../context.ts';
import { everything, STEPS, type WaitingOptions, waiting } from './waiting.ts';

async function stop(context: Context, messageId = 1): Promise<void> {
  const store = await context.stores.tasks();
  await store.stop(await store.find(messageId), NOW);
}

const reply = async (context: Context, prospectId = 1, more: Partial<Reply> = {}) =>
  (await context.stores.replies()).add({
    ...{ prospectId, text: 'Non merci', meeting: false, optOut: false },
    ...{ channel: 'linkedin', at: NOW, now: NOW, ...more },
  });

const ONE_STEP: WaitingOptions = { campaign: { scenario: { steps: STEPS.slice(0, 1) } } };

type Test = Awaited<ReturnType<typeof waiting>>;

async function refused({ context, rows }: Test, why: string): Promise<void> {
  const before = everything(rows);
  await expect(undoTasks(context, ['1'])).rejects.toThrow(why);
  expect(everything(rows)).toEqual(before);
}

describe('nobody is fetched back who has said something since', () => {
  it.each([
    ['an answer', {}, 'they have answered since'],
    ['a meeting', { meeting: true }, 'they have answered since'],
    ['a no', { optOut: true }, 'they have answered since'],
    ['an answer of yesterday, heard of today', { at: NOW - 86_400_000 }, 'they have answered since'],
  ])('%s after a stop', async (_, more, why) => {
    const test = await waiting([]);
    await stop(test.context);
    await reply(test.context, 1, more);
    await refused(test, why);
  });

  it('an answer to another campaign, after the last step of this one', async () => {
    const test = await waiting([], ONE_STEP);
    await doneTasks(test.context, ['1']);
    const enrolmentId = anEnrolment(test.connection, { prospectId: 1 });
    aMessage(test.connection, { enrolmentId, state: 'sent' });
    await reply(test.context, 1, { channel: 'email' });
    await refused(test, 'they have answered since');
  });

  it('an answer of a colleague, where the scenario stops for one', async () => {
    const test = await waiting([], { steps: ['invitation', 'invitation'] });
    test.connection.exec("update prospect set company_key = 'k'");
    await stop(test.context);
    await reply(test.context, 2);
    await refused(test, 'Claire2 Durand of the same firm has answered since');
  });

  it('an answer of a colleague, where the scenario goes on: taken back', async () => {
    const test = await waiting([], {
      steps: ['invitation', 'invitation'],
      campaign: { scenario: { steps: [...STEPS], company_stop: 'off' } },
    });
    test.connection.exec("update prospect set company_key = 'k'");
    await stop(test.context);
    await reply(test.context, 2);
    await undoTasks(test.context, ['1']);
    expect(test.rows('select status from enrolment where id = 1')).toEqual([{ status: 'active' }]);
  });

  it('an entry on the blacklist', async () => {
    const test = await waiting([]);
    await stop(test.context);
    aSuppression(test.connection, 'linkedin', 'claire-durand-1');
    const linkedin = "update prospect set linkedin = 'claire-durand-1'";
    test.connection.exec(linkedin);
    await refused(test, 'they are on the blacklist');
  });

  it('data that were erased', async () => {
    const test = await waiting([]);
    await stop(test.context);
    test.connection.exec(`update prospect set erased_at = ${NOW}`);
    await refused(test, 'their data were erased');
  });

  it('an answer of before does not count: it is as it was before', async () => {
    const { context, rows } = await waiting([]);
    const store = await context.stores.tasks();
    const task = await store.find(1);
    await reply(context);
    const before = everything(rows);
    await store.done(task, { body: task.body, advance: null, at: NOW });
    await undoTasks(context, ['1']);
    expect(everything(rows)).toEqual(before);
  });
});

describe('nobody comes back into a campaign', () => {
  it('that has ended', async () => {
    const test = await waiting([]);
    await stop(test.context);
    await completeCampaign(test.context, 'PME Ouest', true);
    await refused(test, 'campaign "PME Ouest" has ended since');
  });

  it('while another one has begun', async () => {
    const test = await waiting([], ONE_STEP);
    await doneTasks(test.context, ['1']);
    await createCampaign(
      test.context,
      launchable({ name: 'Suite', scenario: 'relance-douce', from: ['all'], mode: 'live' }),
    );
    await refused(test, 'they are in campaign "Suite" by now');
  });

  it('but into one of two, where they were in both before', async () => {
    const test = await waiting([], ONE_STEP);
    anEnrolment(test.connection, { prospectId: 1 });
    const before = everything(test.rows);
    await doneTasks(test.context, ['1']);
    await undoTasks(test.context, ['1']);
    expect(everything(test.rows)).toEqual(before);
  });

  it('of a rehearsal that has begun nothing is said', async () => {
    const test = await waiting([], ONE_STEP);
    await doneTasks(test.context, ['1']);
    const campaignId = aCampaign(test.connection, { mode: 'rehearsal' });
    anEnrolment(test.connection, { campaignId, prospectId: 1 });
    await undoTasks(test.context, ['1']);
    expect(test.rows('select status from enrolment where id = 1')).toEqual([{ status: 'active' }]);
  });
});

describe('u takes back what this session has said, and nothing else', () => {
  /** At the second card somebody else acts; then u. */
  async function meanwhile(first: string, other: (context: Context) => Promise<void>) {
    const { context, rows, stderr } = await waiting([first, 'undo', 'quit'], {
      steps: ['invitation', 'invitation'],
    });
    const prompter = context.prompter();
    const { key } = prompter;
    let asked = 0;
    let before: unknown;
    prompter.key = async (message, keys) => {
      asked += 1;
      if (asked === 2) {
        await other(testContext({ folder: context.cwd }).context);
        before = everything(rows);
      }
      return key(message, keys);
    };
    await nextTasks(context, { campaign: null, anyway: false });
    expect(everything(rows)).toEqual(before);
    expect(stderr()).toContain('somebody else has said something else of task 1 since');
  }

  it('somebody has taken it back already, and said another thing', () =>
    meanwhile('sent', async (context) => {
      await undoTasks(context, ['1']);
      await skipTasks(context, ['1'], 'non');
    }));

  it('somebody has taken it back already, and put it off', () =>
    meanwhile('skip', async (context) => {
      await undoTasks(context, ['1']);
      await putOffTasks(context, ['1']);
    }));

  it('somebody has sent what was put off', () => meanwhile('later', (context) => doneTasks(context, ['1'])));

  it('somebody has heard that the invitation was accepted', () =>
    meanwhile('sent', (context) => recordAccepted(context, ['#1'])));
});

it('a text beside the last step is stopped, and taken back', async () => {
  const { context, connection, rows } = await waiting([], {
    campaign: { scenario: { steps: [aStep({ id: 'invitation', also: ['linkedin'] })] } },
  });
  connection.exec("update enrolment set status = 'completed', step = null, hold = null");
  const before = everything(rows);
  await stop(context);
  expect(rows('select state from message')).toEqual([{ state: 'cancelled' }]);
  await undoTasks(context, ['1']);
  expect(everything(rows)).toEqual(before);
});
