import { describe, expect, it } from 'vitest';
import { nextTasks } from '../../src/commands/task/next.ts';
import type { Context } from '../../src/context.ts';
import { aMessage, anEnrolment, anEvent, aStep, DAY, NOW } from '../builders.ts';
import { waiting } from './waiting.ts';

const session = (context: Context) => nextTasks(context, { campaign: null, anyway: false });

/** Live invitations of a campaign whose later steps ask for no acceptance. */
async function invitedOnly(answers: string[], number: number, daysAgo = 10) {
  const steps = [
    aStep({ id: 'invitation', channel: 'linkedin', kind: 'invitation', template: 'linkedin/invitation' }),
    aStep({ id: 'email-1', wait: '2d' }),
  ];
  const test = await waiting(answers, { campaign: { scenario: { steps } }, steps: ['invitation'] });
  const ids = Array.from({ length: number }, () =>
    aMessage(test.connection, {
      enrolmentId: anEnrolment(test.connection, { campaignId: test.campaignId, step: 'email-1' }),
      ...{ step: 'invitation', channel: 'linkedin', kind: 'invitation', state: 'sent', sender: 'linkedin' },
      sentAt: NOW - daysAgo * DAY,
    }),
  );
  const rounds = () => test.asked.filter((question) => question.includes('on to the tasks')).length;
  return { ...test, ids, rounds };
}

describe('invitations on whose acceptance no step depends', () => {
  it('do not pause themselves where nobody was ever asked', async () => {
    const { context, stdout, stderr } = await invitedOnly(['tasks', 'quit'], 25);
    await session(context);
    expect(stderr()).toContain('20 invitations to look up');
    expect(stderr()).not.toContain('paused');
    expect(stdout()).toContain('Claire1');
  });

  it('pause themselves once it is known that few were accepted', async () => {
    const answers = [...Array.from({ length: 20 }, () => 'no'), 'quit', 'tasks'];
    const { context, stderr, stdout } = await invitedOnly(answers, 25);
    await session(context);
    expect(stderr()).toContain('Not accepted: ');
    expect(stdout()).not.toContain('Claire1');
    expect(stderr().replace(/\s+/g, ' ')).toContain('paused: 0 of 20');
  });

  it.each([
    ['six days after they went out', 6, 0],
    ['a week after they went out', 7, 1],
    ['two months after', 60, 1],
    ['later', 61, 0],
  ])('are asked about %s', async (_, daysAgo, asked) => {
    const { context, rounds } = await invitedOnly(asked ? ['no', 'quit'] : ['quit'], 1, daysAgo);
    await session(context);
    expect(rounds()).toBe(asked);
  });

  it('are asked about once', async () => {
    const { context, rounds, at } = await invitedOnly(['no', 'quit', 'quit'], 1);
    await session(context);
    at(NOW + 2 * DAY);
    await session(context);
    expect(rounds()).toBe(1);
  });

  it.each<[string, string]>([
    ['who has answered on LinkedIn', 'replied'],
    ['who has accepted', 'accepted'],
  ])('are not asked about of somebody %s', async (_, type) => {
    const { context, connection, ids, rounds } = await invitedOnly(['quit'], 1);
    anEvent(connection, { type, messageId: Number(ids[0]), channel: 'linkedin', at: NOW - DAY });
    await session(context);
    expect(rounds()).toBe(0);
  });

  it.each([
    ['stopped', "update enrolment set status = 'stopped' where id > 1"],
    ['erased', 'update prospect set erased_at = 1 where id > 1'],
  ])('nor of somebody who was %s', async (_, sql) => {
    const { context, connection, rounds } = await invitedOnly(['quit'], 1);
    connection.exec(sql);
    await session(context);
    expect(rounds()).toBe(0);
  });
});

describe('an answer', () => {
  it.each([
    ['before the invitation went out does not say that it was accepted', -1, 0],
    ['after it does', 1, 1],
  ])('%s', async (_, after, accepted) => {
    const { context, connection, ids } = await invitedOnly([], 1);
    connection.exec('update message set asked_at = 1');
    const at = NOW - 10 * DAY + after;
    anEvent(connection, { type: 'replied', messageId: Number(ids[0]), channel: 'linkedin', at });
    const look = await context.stores.linkedinSession();
    expect(await look.acceptance(NOW - 60 * DAY, NOW)).toEqual({ sent: 1, accepted });
  });
});
