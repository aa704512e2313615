import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { recordAccepted } from '../../src/commands/task/accepted.ts';
import { connectedTasks } from '../../src/commands/task/connected.ts';
import { doneTasks } from '../../src/commands/task/done.ts';
import { nextTasks } from '../../src/commands/task/next.ts';
import { undoTasks } from '../../src/commands/task/undo.ts';
import type { Context } from '../../src/context.ts';
import {
  aCampaign,
  aMessage,
  anEnrolment,
  anEvent,
  aProspect,
  type CampaignOverrides,
  DAY,
  HOUR,
  NOW,
} from '../builders.ts';
import { everything, STEPS, waiting } from './waiting.ts';

const session = (context: Context) => nextTasks(context, { campaign: null, anyway: false });

type Test = Awaited<ReturnType<typeof waiting>>;

/** Whatever the width of the terminal. */
const said = ({ stderr }: Test): string => stderr().replace(/\s+/g, ' ');

/** The first person waits in another campaign as well. */
function elsewhere(
  { connection }: Pick<Test, 'connection'>,
  kind: 'invitation' | 'message',
  campaign: CampaignOverrides = {},
): number {
  const campaignId = aCampaign(connection, { name: 'Autre', scenario: { steps: [...STEPS] }, ...campaign });
  const step = { step: kind, nextAt: null, hold: 'operator' } as const;
  return aMessage(connection, {
    enrolmentId: anEnrolment(connection, { campaignId, prospectId: 1, ...step }),
    ...{ step: kind, kind, channel: 'linkedin', sender: 'linkedin', state: 'awaiting_operator' },
    envelope: { channel: 'linkedin', profile: 'claire-durand-1', body: '' },
  });
}

describe('one touch a day, whatever the campaign', () => {
  it('leaves the other text of a person for tomorrow, and says so once', async () => {
    const test = await waiting(['sent', 'skip', 'quit', 'tasks', 'quit'], { steps: ['message', 'message'] });
    elsewhere(test, 'message');
    await session(test.context);
    expect(test.stdout().match(/Claire\d/g)).toEqual(['Claire1', 'Claire2']);
    expect(test.stderr().match(/Who had a touch today/g)).toHaveLength(1);
    test.at(NOW + DAY);
    await session(test.context);
    expect(test.stdout()).toMatch(/Claire1.*Claire2.*Claire1/s);
  });

  it('an e-mail of today counts as well; the text beside it belongs to it', async () => {
    const test = await waiting(['sent', 'quit'], { steps: ['message', 'message', 'message'] });
    const sent = { channel: 'email', state: 'sent', sentAt: NOW - HOUR } as const;
    aMessage(test.connection, { ...sent, enrolmentId: anEnrolment(test.connection, { prospectId: 1 }) });
    const rehearsal = aCampaign(test.connection, { mode: 'rehearsal' });
    const second = anEnrolment(test.connection, { prospectId: 2, campaignId: rehearsal });
    aMessage(test.connection, { ...sent, enrolmentId: second });
    aMessage(test.connection, { ...sent, enrolmentId: 3, step: 'message' });
    await session(test.context);
    expect(test.stdout().match(/Claire\d/g)).toEqual(['Claire2', 'Claire3']);
  });
});

describe('the caps of a campaign, and of messages', () => {
  it('stops offering what the campaign may not send today', async () => {
    const test = await waiting(['sent', 'quit'], {
      steps: ['invitation', 'invitation', 'message'],
      campaign: { caps: { invitation: 1 } },
    });
    await session(test.context);
    expect(test.stdout().match(/Claire\d/g)).toEqual(['Claire1', 'Claire3']);
    expect(said(test)).toContain(
      'PME Ouest: 1 of 1 invitation today, the cap of the campaign. The others are offered tomorrow.',
    );
  });

  it('counts what this campaign has sent today, of its kind', async () => {
    const test = await waiting(['sent', 'sent', 'quit'], {
      steps: ['message', 'message', 'message'],
      campaign: { caps: { linkedin: 2, invitation: 1 } },
    });
    const other = anEnrolment(test.connection);
    aMessage(test.connection, {
      ...{ enrolmentId: other, channel: 'linkedin', kind: 'message', sender: 'linkedin', state: 'sent' },
    });
    await session(test.context);
    expect(test.stdout().match(/Claire\d/g)).toEqual(['Claire1', 'Claire2']);
    expect(said(test)).toContain('2 of 2 messages today');
  });

  it('keeps to the cap of messages of who sends; invitations go on', async () => {
    const test = await waiting(['sent', 'quit'], { steps: ['message', 'message', 'invitation'] });
    writeFileSync(join(test.folder, 'hector.yaml'), 'linkedin:\n  messages: { day: 1 }\n  ramp: off\n');
    await session(test.context);
    expect(test.stdout().match(/Claire\d/g)).toEqual(['Claire1', 'Claire3']);
    expect(said(test)).toContain('1 of 1 today. No more before Tue 24 Nov 2026; invitations go on.');
  });
});

describe('acceptances', () => {
  it('of rehearsals say nothing of live invitations', async () => {
    const { context, connection } = await waiting([]);
    const sent = { channel: 'linkedin', kind: 'invitation', state: 'sent', sender: 'linkedin' } as const;
    const prospectId = aProspect(connection);
    aMessage(connection, {
      ...{ ...sent, sentAt: NOW - 10 * DAY, enrolmentId: anEnrolment(connection, { prospectId }) },
    });
    connection.exec(`update message set asked_at = ${NOW - DAY} where state = 'sent'`);
    const campaignId = aCampaign(connection, { mode: 'rehearsal' });
    const enrolmentId = anEnrolment(connection, { prospectId, campaignId });
    const messageId = aMessage(connection, { ...sent, sentAt: NOW - 10 * DAY, enrolmentId });
    anEvent(connection, { type: 'accepted', messageId, at: NOW - 9 * DAY });
    const look = await context.stores.linkedinSession();
    expect(await look.acceptance(NOW - 60 * DAY, NOW)).toEqual({ sent: 1, accepted: 0 });
  });

  it('are of an invitation, not of the message that came after it', async () => {
    const { context, rows } = await waiting([], { steps: ['message'] });
    await doneTasks(context, ['2']);
    await recordAccepted(context, ['#1']);
    expect(rows("select message_id from event where type = 'accepted'")).toEqual([{ message_id: 1 }]);
  });

  it('are refused of whom was sent messages only', async () => {
    const { context, connection } = await waiting([], { steps: ['message'] });
    connection.exec("update message set kind = 'message'");
    await expect(recordAccepted(context, ['#1'])).rejects.toThrow('was sent no LinkedIn invitation');
  });

  it('at the card of a rehearsal are made up, whatever was sent for real', async () => {
    const test = await waiting(['accepted', 'quit'], {
      steps: ['message'],
      campaign: { mode: 'rehearsal' },
    });
    const enrolmentId = anEnrolment(test.connection, { prospectId: 1 });
    aMessage(test.connection, {
      ...{ enrolmentId, channel: 'linkedin', kind: 'invitation', state: 'sent', sentAt: NOW - DAY },
    });
    await session(test.context);
    expect(test.rows("select message_id from event where type = 'accepted'")).toEqual([{ message_id: 1 }]);
  });

  it('count for the invitation that the round has asked about', async () => {
    const test = await waiting(['yes', 'quit', 'quit']);
    await doneTasks(test.context, ['1']);
    const enrolmentId = anEnrolment(test.connection, { prospectId: 1 });
    aMessage(test.connection, {
      ...{ enrolmentId, channel: 'linkedin', kind: 'invitation', state: 'sent', sentAt: NOW + HOUR },
    });
    test.at(NOW + 2 * DAY);
    await session(test.context);
    expect(test.rows("select message_id from event where type = 'accepted'")).toEqual([{ message_id: 1 }]);
  });

  it('are asked about once a day, however early the next session begins', async () => {
    const test = await waiting(['no', 'no']);
    await doneTasks(test.context, ['1']);
    test.at(NOW + DAY + 8 * HOUR);
    await session(test.context);
    await session(test.context);
    expect(test.asked).toHaveLength(1);
    test.at(NOW + DAY + 14 * HOUR);
    await session(test.context);
    expect(test.asked).toHaveLength(2);
  });
});

describe('who is connected needs no invitation in another campaign', () => {
  it.each<[string, (test: Test) => Promise<void>]>([
    ['connected', ({ context }) => connectedTasks(context, ['1'])],
    [
      'accepted',
      async ({ context }) => {
        await doneTasks(context, ['1']);
        await recordAccepted(context, ['#1']);
      },
    ],
  ])('where they are %s, until that is taken back', async (act, run) => {
    const test = await waiting([]);
    const other = elsewhere(test, 'invitation');
    const [before] = test.rows(`select state, error from message where id = ${other}`);
    await run(test);
    expect(test.rows(`select state, error from message where id = ${other}`)).toEqual([
      { state: 'skipped', error: 'already_connected' },
    ]);
    await undoTasks(test.context, ['1']);
    expect(test.rows(`select state, error from message where id = ${other}`)).toEqual([before]);
    expect(test.stdout()).toContain(`Taken back: task 1, ${act}`);
  });

  it('what a rehearsal makes up leaves the live one', async () => {
    const test = await waiting([], { campaign: { mode: 'rehearsal' } });
    const live = elsewhere(test, 'invitation');
    await connectedTasks(test.context, ['1']);
    expect(test.rows(`select state from message where id = ${live}`)).toEqual([
      { state: 'awaiting_operator' },
    ]);
  });
});

describe('an answer at the card of a rehearsal', () => {
  it('is a real one by a single key, or none', async () => {
    const { context, rows, asked } = await waiting(
      ['replied', 'no', 'replied', 'yes', 'Ne me contactez plus', 'opt_out', 'yes', 'quit'],
      { campaign: { mode: 'rehearsal' } },
    );
    await session(context);
    expect(asked[1]).toBe(
      [
        'This is a rehearsal. Has Claire1 Durand really answered? It stops them',
        'in live campaigns as well.',
        'y yes, really  b back',
        '> ',
      ].join('\n'),
    );
    expect(rows("select count(*) as n from event where type = 'replied'")).toEqual([{ n: 1 }]);
  });
});

describe('several at once', () => {
  it('none is settled where one is not open', async () => {
    const { context, rows } = await waiting([], { steps: ['invitation', 'invitation'] });
    const before = everything(rows);
    await expect(doneTasks(context, ['1', '99'])).rejects.toThrow('no task 99');
    expect(everything(rows)).toEqual(before);
  });

  it('with --json what was done before a failure is told', async () => {
    const { context, stdout } = await waiting([], { steps: ['invitation', 'message'] });
    Object.assign(context, { json: true });
    await expect(connectedTasks(context, ['1', '3'])).rejects.toThrow('task 3 is no invitation');
    expect(JSON.parse(stdout())).toEqual({ connected: [1] });
  });
});

it('what is sent to somebody who was erased meanwhile is recorded without its words', async () => {
  const { context, connection, rows } = await waiting([]);
  const store = await context.stores.tasks();
  const task = await store.find(1);
  connection.exec(
    `update prospect set erased_at = ${NOW}; update message set state = 'cancelled', body = ''; update enrolment set status = 'stopped'`,
  );
  await store.done(task, { body: task.body, advance: null, at: NOW });
  expect(rows('select state, body from message')).toEqual([{ state: 'sent', body: '' }]);
});
