import { describe, expect, it } from 'vitest';
import { confirmSent } from '../../src/commands/task/confirm.ts';
import {
  aCampaign,
  aMessage,
  anEnrolment,
  aProspect,
  aStep,
  aSuppression,
  DAY,
  HOUR,
  NOW,
} from '../builders.ts';
import { refusal } from '../stand-ins/twilio.ts';
import { enrolled, SMS_STEP, TEMPLATES, withProviders } from './providers.ts';
import { tickWorkspace } from './workspace.ts';

const LINKEDIN_STEP = aStep({ id: 'li', channel: 'linkedin', kind: 'message', template: 'default/message' });
const ALL = { campaign: null, channel: null };

describe('never after no', () => {
  it('a task of somebody whose new facts are on the blacklist is not offered, and they are stopped', async () => {
    const space = await tickWorkspace();
    enrolled(space, 2, { scenario: { steps: [LINKEDIN_STEP] } });
    await space.tick();
    const tasks = await space.context.stores.tasks();
    expect(await tasks.list(ALL, null)).toHaveLength(2);
    aSuppression(space.connection, 'siren', '552100554');
    space.connection.exec("update prospect set siren = '552100554' where id = 1");
    expect((await tasks.list(ALL, 1)).map(({ prospect }) => prospect.id)).toEqual([2]);
    expect(await tasks.list(ALL, null)).toHaveLength(1);
    expect(space.rows('select status, reason from enrolment where prospect_id = 1')).toEqual([
      { status: 'stopped', reason: 'blacklisted' },
    ]);
  });

  it('a text that was ready for somebody who is on the blacklist now is cancelled', async () => {
    const space = await withProviders();
    const [enrolmentId = 0] = enrolled(space);
    aMessage(space.connection, { enrolmentId });
    space.connection.exec("update prospect set siren = '552100554'");
    aSuppression(space.connection, 'siren', '552100554');
    expect(await space.tick()).toMatchObject({ stopped: { blacklisted: 1 }, sent: {} });
    expect(space.rows('select state, error from message')).toEqual([
      { state: 'cancelled', error: 'blacklisted' },
    ]);
  });

  it('whoever shares the number that answered STOP is stopped as well, tasks included', async () => {
    const space = await withProviders();
    enrolled(space, 1, { scenario: { steps: [SMS_STEP] } });
    const colleague = aProspect(space.connection);
    space.connection.exec('update prospect set mobile = (select mobile from prospect where id = 1)');
    const enrolmentId = anEnrolment(space.connection, { prospectId: colleague, step: 'li', nextAt: null });
    aMessage(space.connection, { enrolmentId, step: 'li', channel: 'linkedin', state: 'awaiting_operator' });
    space.phone.fail(refusal(400, 21610, 'unsubscribed recipient'));
    await space.tick();
    expect(space.rows('select status, reason from enrolment order by id')).toEqual([
      { status: 'stopped', reason: 'opted_out' },
      { status: 'stopped', reason: 'blacklisted' },
    ]);
    expect(space.rows("select state from message where channel = 'linkedin'")).toEqual([
      { state: 'cancelled' },
    ]);
  });

  it('the number that refused is the one on the blacklist, whatever the person has now', async () => {
    const space = await withProviders();
    const [enrolmentId = 0] = enrolled(space, 1, { scenario: { steps: [SMS_STEP] } });
    const envelope = {
      channel: 'sms',
      to: '+33611111111',
      from: 'Nexalis',
      messagingService: null,
      body: 'x',
    };
    aMessage(space.connection, { enrolmentId, step: 'sms-1', channel: 'sms', envelope });
    space.phone.fail(refusal(400, 21610, 'unsubscribed recipient'));
    await space.tick();
    expect(space.rows('select value from suppression')).toEqual([{ value: '+33611111111' }]);
  });

  it('a text pasted just before the answer came in is recorded, and the person stays stopped', async () => {
    const space = await tickWorkspace();
    enrolled(space, 1, { scenario: { steps: [LINKEDIN_STEP, aStep()] } });
    await space.tick();
    const tasks = await space.context.stores.tasks();
    const [task] = await tasks.list(ALL, 1);
    if (!task) throw new Error('no task');
    const replies = await space.context.stores.replies();
    await replies.add({
      prospectId: 1,
      text: 'Non',
      meeting: false,
      optOut: false,
      channel: null,
      at: NOW,
      now: NOW,
    });
    await confirmSent(space.context, tasks, task, task.body);
    expect(space.rows('select state, sent_at from message')).toEqual([{ state: 'sent', sent_at: NOW }]);
    expect(space.rows('select status, step from enrolment')).toEqual([{ status: 'replied', step: null }]);
    await expect(confirmSent(space.context, tasks, task, task.body)).rejects.toThrow('not open any more');
  });

  it('nobody gets a second touch on the day of one that was perhaps sent by another campaign', async () => {
    const space = await withProviders();
    const prospectId = aProspect(space.connection);
    const perhaps = anEnrolment(space.connection, { prospectId, nextAt: null, hold: 'uncertain' });
    aMessage(space.connection, {
      enrolmentId: perhaps,
      channel: 'sms',
      state: 'uncertain',
      idempotencyKey: 'k',
      claimedAt: NOW - HOUR,
    });
    anEnrolment(space.connection, {
      prospectId,
      campaignId: aCampaign(space.connection, { templates: TEMPLATES }),
    });
    expect(await space.tick()).toMatchObject({ sent: {}, waiting: { one_touch_a_day: 1 } });
  });

  it('a mail that was perhaps sent does not keep itself from being repeated', async () => {
    const space = await withProviders();
    enrolled(space);
    space.mail.fail({ fault: 'reset', when: 'after' });
    await space.tick();
    space.setClock(NOW + HOUR);
    expect(await space.tick()).toMatchObject({ sent: { email: 1 } });
  });
});

describe('the hours of a long tick', () => {
  const evening = Date.UTC(2026, 10, 23, 18, 59);

  it('end with the window: what has not gone out by then waits for the morning', async () => {
    const space = await withProviders();
    enrolled(space, 6, { scenario: { steps: [SMS_STEP] }, hoursTo: 24 * 60 });
    space.setClock(evening);
    const store = await space.context.stores.ticks();
    let claims = 0;
    space.context.stores.ticks = async () => ({
      ...store,
      claim: async (...parameters) => {
        claims += 1;
        if (claims === 2) space.setClock(evening + 2 * 60_000);
        return store.claim(...parameters);
      },
    });
    await space.tick({ concurrency: 1 });
    expect(space.phone.accepted).toHaveLength(2);
    expect(space.rows("select count(*) as n from message where state = 'ready'")).toEqual([{ n: 4 }]);
    await space.tick();
    expect(space.rows('select distinct next_at from enrolment where next_at is not null')).toEqual([
      { next_at: Date.UTC(2026, 10, 24, 8) },
    ]);
    expect(space.phone.accepted).toHaveLength(2);
  });

  it('date each touch by when it really happened', async () => {
    const space = await withProviders();
    enrolled(space);
    const store = await space.context.stores.ticks();
    space.context.stores.ticks = async () => ({
      ...store,
      apply: async (...parameters) => {
        space.setClock(NOW + HOUR);
        return store.apply(...parameters);
      },
    });
    await space.tick();
    expect(space.rows('select sent_at from message')).toEqual([{ sent_at: NOW + HOUR }]);
    expect(space.rows('select anchor_at, next_at from enrolment')).toEqual([
      { anchor_at: NOW + HOUR, next_at: NOW + HOUR + 4 * DAY },
    ]);
  });
});

describe('a rehearsal', () => {
  const scenario = { steps: [{ ...LINKEDIN_STEP, when: { accepted: true, within: '9d' } }] };

  it('keeps to one touch a day among rehearsals, and takes no notice of real ones', async () => {
    const space = await withProviders();
    const prospectId = aProspect(space.connection);
    const inCampaign = (mode: 'live' | 'rehearsal') =>
      anEnrolment(space.connection, {
        prospectId,
        campaignId: aCampaign(space.connection, { mode, templates: TEMPLATES }),
      });
    inCampaign('live');
    await space.tick();
    inCampaign('rehearsal');
    expect(await space.tick()).toMatchObject({ rehearsed: 1 });
    inCampaign('rehearsal');
    expect(await space.tick()).toMatchObject({ rehearsed: 0, waiting: { one_touch_a_day: 1 } });
  });

  it('whose invitation was "accepted" has told nothing about the real person', async () => {
    const space = await withProviders();
    const prospectId = aProspect(space.connection);
    for (const mode of ['rehearsal', 'live'] as const)
      anEnrolment(space.connection, {
        prospectId,
        step: 'li',
        campaignId: aCampaign(space.connection, { mode, scenario, templates: TEMPLATES }),
      });
    aMessage(space.connection, {
      enrolmentId: 1,
      step: 'before',
      channel: 'linkedin',
      kind: 'invitation',
      state: 'sent',
      sentAt: NOW - DAY,
    });
    const tasks = await space.context.stores.tasks();
    expect(await tasks.accepted(prospectId, NOW)).toMatchObject({ messageId: 1 });
    expect(await space.tick()).toMatchObject({ tasks: 1, waiting: { condition_pending: 1 } });
    aMessage(space.connection, {
      enrolmentId: 2,
      step: 'before',
      channel: 'linkedin',
      kind: 'invitation',
      state: 'sent',
      sentAt: NOW - 2 * DAY,
    });
    expect(await tasks.accepted(prospectId, NOW)).toMatchObject({ messageId: 3 });
    expect(await space.tick()).toMatchObject({ tasks: 1 });
    expect(await tasks.accepted(prospectId, NOW)).toBeNull();
  });
});

describe('a delivery', () => {
  it('is that of an e-mail or SMS, not of a LinkedIn text', async () => {
    const space = await withProviders();
    enrolled(space, 1, {
      scenario: {
        steps: [LINKEDIN_STEP, aStep({ when: { delivered: true, within: '1d' }, otherwise: 'stop' })],
      },
    });
    await space.tick();
    const tasks = await space.context.stores.tasks();
    const [task] = await tasks.list(ALL, 1);
    if (!task) throw new Error('no task');
    await confirmSent(space.context, tasks, task, task.body);
    space.setClock(NOW + 2 * DAY);
    expect(await space.tick()).toMatchObject({ sent: {}, stopped: { condition_stop: 1 } });
  });
});
