import { describe, expect, it } from 'vitest';
import { confirmSent } from '../../src/commands/task/confirm.ts';
import { aMessage, aStep, DAY, HOUR, NOW } from '../builders.ts';
import { refusal } from '../stand-ins/twilio.ts';
import { enrolled, withProviders } from './providers.ts';

const EMAIL_AND_SMS = { steps: [aStep({ also: ['sms'] }), aStep({ id: 'email-2', wait: '4d' })] };
const EMAIL_AND_LINKEDIN = {
  steps: [aStep({ also: ['linkedin'], kind: 'email' }), aStep({ id: 'email-2', wait: '4d' })],
};
const LINKEDIN_AND_EMAIL = {
  steps: [
    aStep({ id: 'li', channel: 'linkedin', kind: 'message', template: 'default/message', also: ['email'] }),
    aStep({ id: 'email-2', wait: '4d' }),
  ],
};
const slow = refusal(429, 20429, 'Too many requests', { 'retry-after': '60' });
const mailSlow = {
  fault: 'answer',
  status: 429,
  headers: { 'retry-after': '60' },
  body: { statusCode: 429, name: 'rate_limit_exceeded', message: 'Too many requests.' },
} as const;

const messages = (space: { rows(sql: string): unknown[] }) =>
  space.rows('select channel, state from message order by id');

describe('a touch on two channels in one pass', () => {
  it('goes out on both, and moves the person on once', async () => {
    const space = await withProviders();
    enrolled(space, 1, { scenario: EMAIL_AND_SMS });
    expect(await space.tick()).toMatchObject({ sent: { email: 1, sms: 1 } });
    expect(space.rows('select step, next_at from enrolment')).toEqual([
      { step: 'email-2', next_at: NOW + 4 * DAY },
    ]);
  });

  it('is closed with its reason on the second channel when that one must wait', async () => {
    const space = await withProviders();
    enrolled(space, 1, { scenario: EMAIL_AND_SMS });
    space.phone.fail(slow);
    expect(await space.tick()).toMatchObject({ sent: { email: 1 } });
    expect(messages(space)).toEqual([
      { channel: 'email', state: 'sent' },
      { channel: 'sms', state: 'failed' },
    ]);
    expect(space.rows("select type, channel from event where type = 'failed'")).toEqual([
      { type: 'failed', channel: 'sms' },
    ]);
  });

  it('does not count as done while the channel of the step still waits', async () => {
    const space = await withProviders();
    enrolled(space, 1, { scenario: EMAIL_AND_SMS });
    space.mail.fail(mailSlow);
    expect(await space.tick()).toMatchObject({ sent: { sms: 1 }, retried: 1 });
    expect(space.rows('select step from enrolment')).toEqual([{ step: 'email-1' }]);
    space.setClock(NOW + DAY);
    expect(await space.tick()).toMatchObject({ sent: { email: 1 } });
    expect(space.phone.accepted).toHaveLength(1);
  });

  it('is sent on both by the next tick when this one dies before the calls', async () => {
    for (const scenario of [EMAIL_AND_SMS, LINKEDIN_AND_EMAIL]) {
      const space = await withProviders();
      enrolled(space, 1, { scenario });
      const store = await space.context.stores.ticks();
      space.context.stores.ticks = async () => ({
        ...store,
        claim: async () => {
          throw new Error('killed');
        },
      });
      await expect(space.tick()).rejects.toThrow('killed');
      space.context.stores.ticks = async () => store;
      await space.tick();
      expect(space.rows("select count(*) as n from message where state = 'ready'")).toEqual([{ n: 0 }]);
      expect(space.mail.accepted).toHaveLength(1);
      expect(
        space.rows("select count(*) as n from message where state in ('sent', 'awaiting_operator')"),
      ).toEqual([{ n: 2 }]);
    }
  });

  it('takes the fallback of the step although the text beside it is still to go', async () => {
    const space = await withProviders();
    const step = aStep({ fallback: ['linkedin'], also: ['sms'] });
    const [enrolmentId = 0] = enrolled(space, 1, { scenario: { steps: [step] } });
    aMessage(space.connection, { enrolmentId, state: 'rejected' });
    const envelope = {
      channel: 'sms',
      to: '+33612000001',
      from: 'Nexalis',
      messagingService: null,
      body: 'x',
    };
    aMessage(space.connection, { enrolmentId, channel: 'sms', envelope });
    expect(await space.tick()).toMatchObject({ tasks: 1, sent: { sms: 1 } });
    expect(messages(space)).toEqual([
      { channel: 'email', state: 'rejected' },
      { channel: 'sms', state: 'sent' },
      { channel: 'linkedin', state: 'awaiting_operator' },
    ]);
  });

  it('is not lost on the second channel when the tick dies between the two calls', async () => {
    const space = await withProviders();
    enrolled(space, 1, { scenario: EMAIL_AND_SMS });
    const store = await space.context.stores.ticks();
    space.context.stores.ticks = async () => ({
      ...store,
      claim: async (ids, by, now) => {
        if (by.provider === 'twilio') throw new Error('killed');
        return store.claim(ids, by, now);
      },
    });
    await expect(space.tick()).rejects.toThrow('killed');
    space.context.stores.ticks = async () => store;
    await space.tick();
    expect([space.mail.accepted.length, space.phone.accepted.length]).toEqual([1, 1]);
  });

  it('left unclear by the provider is looked for; the operator’s turn stays what it was', async () => {
    const space = await withProviders();
    enrolled(space, 1, { scenario: LINKEDIN_AND_EMAIL });
    space.mail.fail({ fault: 'reset', when: 'after' });
    expect(await space.tick()).toMatchObject({ waiting: { checking: 1 }, uncertain: 0, tasks: 1 });
    expect(await space.tick()).toMatchObject({ recovered: { found: 1 } });
    expect(messages(space)).toEqual([
      { channel: 'linkedin', state: 'awaiting_operator' },
      { channel: 'email', state: 'sent' },
    ]);
    expect(space.mail.accepted).toHaveLength(1);
    expect(space.rows('select next_at, hold from enrolment')).toEqual([{ next_at: null, hold: 'operator' }]);
  });

  it('waits for the operator only once the mail beside it is gone', async () => {
    const space = await withProviders();
    enrolled(space, 1, { scenario: LINKEDIN_AND_EMAIL });
    expect(await space.tick()).toMatchObject({ tasks: 1, sent: { email: 1 } });
    await space.tick();
    expect(space.rows('select next_at, hold from enrolment')).toEqual([{ next_at: null, hold: 'operator' }]);
    expect(space.mail.accepted).toHaveLength(1);
  });

  it('left unclear beside a step that is done holds nobody up', async () => {
    const space = await withProviders();
    const [enrolmentId = 0] = enrolled(space, 1, { scenario: EMAIL_AND_SMS });
    aMessage(space.connection, { enrolmentId, state: 'sent', sentAt: NOW - HOUR });
    aMessage(space.connection, {
      enrolmentId,
      channel: 'sms',
      state: 'sending',
      provider: 'twilio',
      claimedAt: NOW - HOUR,
      envelope: { channel: 'sms', to: '+33612000001', from: 'Nexalis', messagingService: null, body: 'x' },
    });
    space.connection.exec(`update enrolment set step = 'email-2', next_at = ${NOW + 3 * DAY}`);
    expect(await space.tick()).toMatchObject({ recovered: { absent: 1 }, sent: {} });
    expect(messages(space)).toEqual([
      { channel: 'email', state: 'sent' },
      { channel: 'sms', state: 'cancelled' },
    ]);
    expect(space.rows('select step, next_at from enrolment')).toEqual([
      { step: 'email-2', next_at: NOW + 3 * DAY },
    ]);
  });

  it('left unclear before its step is done does not keep the step from being done', async () => {
    const space = await withProviders();
    enrolled(space, 1, { scenario: EMAIL_AND_SMS });
    space.phone.fail({ fault: 'reset', when: 'after' });
    expect(await space.tick()).toMatchObject({ sent: { email: 1 }, waiting: { checking: 1 } });
    expect(space.rows('select step from enrolment')).toEqual([{ step: 'email-2' }]);
  });

  it('pasted by the operator does not move the person past a mail that waits', async () => {
    const space = await withProviders();
    enrolled(space, 1, { scenario: EMAIL_AND_LINKEDIN });
    space.mail.fail(mailSlow);
    await space.tick();
    const tasks = await space.context.stores.tasks();
    const [task] = await tasks.list({ campaign: null, channel: null }, null);
    if (!task) throw new Error('no task');
    await confirmSent(space.context, tasks, task, task.body);
    expect(space.rows('select step from enrolment')).toEqual([{ step: 'email-1' }]);
    space.setClock(NOW + DAY);
    expect(await space.tick()).toMatchObject({ sent: { email: 1 } });
    expect(space.rows('select step from enrolment')).toEqual([{ step: 'email-2' }]);
  });
});
