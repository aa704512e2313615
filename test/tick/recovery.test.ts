import { describe, expect, it } from 'vitest';
import { runTick } from '../../src/engine/tick/tick.ts';
import { aCampaign, aMessage, anEnrolment, aProspect, aStep, DAY, HOUR, NOW } from '../builders.ts';
import { RESEND_TEST_KEY } from '../stand-ins/resend.ts';
import { enrolled, SMS_STEP, TEMPLATES, withProviders } from './providers.ts';
import type { TickWorkspace } from './workspace.ts';

const MINUTE = 60_000;
const TWO_SMS = {
  scenario: { steps: [SMS_STEP, aStep({ ...SMS_STEP, id: 'sms-2', wait: '4d' })] },
};
const ALWAYS = { days: [1, 2, 3, 4, 5, 6, 7], hoursFrom: 0, hoursTo: 24 * 60 };
const before = { fault: 'reset', when: 'before' } as const;
const after = { fault: 'reset', when: 'after' } as const;

/** A tick that is killed around its call to the provider; the ledger says `sending`. */
async function killed(space: TickWorkspace, when: 'before the call' | 'after the call'): Promise<void> {
  const opened = space.context.stores.ticks;
  const store = await space.context.stores.ticks();
  space.context.stores.ticks = async () => ({
    ...store,
    claim: async (...parameters) => {
      const claimed = await store.claim(...parameters);
      if (when === 'before the call') throw new Error('killed');
      return claimed;
    },
    record: async () => {
      throw new Error('killed');
    },
  });
  await expect(space.tick()).rejects.toThrow('killed');
  space.context.stores.ticks = opened;
}

const messages = (space: TickWorkspace) => space.rows('select channel, state from message order by id');
const standing = (space: TickWorkspace) =>
  space.rows('select status, step, next_at, hold from enrolment order by id');

describe('an SMS whose tick died', () => {
  it('after the call is found in the list: one SMS, and the person goes on from when it was sent', async () => {
    const space = await withProviders();
    enrolled(space, 1, TWO_SMS);
    await killed(space, 'after the call');
    space.setClock(NOW + HOUR);
    expect(await space.tick()).toMatchObject({ recovered: { found: 1, uncertain: 0 }, sent: {} });
    expect(space.phone.accepted).toHaveLength(1);
    expect(space.rows('select state, sent_at, provider_id, error from message')).toEqual([
      { state: 'sent', sent_at: NOW, provider_id: space.phone.accepted[0]?.sid, error: null },
    ]);
    expect(standing(space)).toEqual([
      { status: 'active', step: 'sms-2', next_at: NOW + 4 * DAY, hold: null },
    ]);
    expect(space.rows('select type, at from event')).toEqual([{ type: 'sent', at: NOW }]);
  });

  it('before the call waits for ten minutes and is then sent, once', async () => {
    const space = await withProviders();
    enrolled(space, 1, TWO_SMS);
    await killed(space, 'before the call');
    space.setClock(NOW + MINUTE);
    expect(await space.tick()).toMatchObject({ waiting: { checking: 1 }, considered: 0 });
    expect(standing(space)).toMatchObject([{ hold: 'checking', next_at: NOW + 11 * MINUTE }]);
    space.setClock(NOW + 11 * MINUTE);
    expect(await space.tick()).toMatchObject({ recovered: { absent: 1 }, sent: { sms: 1 } });
    await space.tick();
    expect(space.phone.accepted).toHaveLength(1);
  });

  it('is not sent again while the list lags behind', async () => {
    const space = await withProviders({ phone: { lag: 5 * MINUTE } });
    enrolled(space, 1, TWO_SMS);
    await killed(space, 'after the call');
    for (const minute of [1, 3, 12]) {
      space.setClock(NOW + minute * MINUTE);
      await space.tick();
    }
    expect(messages(space)).toEqual([{ channel: 'sms', state: 'sent' }]);
    expect(space.phone.accepted).toHaveLength(1);
  });

  it('is recorded as sent although the person has answered meanwhile, who stays stopped', async () => {
    const space = await withProviders();
    enrolled(space, 1, TWO_SMS);
    await killed(space, 'after the call');
    space.connection.exec("update enrolment set status = 'replied', step = null, next_at = null");
    expect(await space.tick()).toMatchObject({ recovered: { found: 1 } });
    expect(messages(space)).toEqual([{ channel: 'sms', state: 'sent' }]);
    expect(standing(space)).toEqual([{ status: 'replied', step: null, next_at: null, hold: null }]);
  });

  it('goes to nobody who has answered meanwhile when it surely was not sent', async () => {
    const space = await withProviders();
    enrolled(space, 1, TWO_SMS);
    await killed(space, 'before the call');
    space.connection.exec("update enrolment set status = 'replied', step = null, next_at = null");
    space.setClock(NOW + HOUR);
    expect(await space.tick()).toMatchObject({ recovered: { absent: 1 }, sent: {} });
    expect(space.rows('select state, error from message')).toEqual([
      { state: 'cancelled', error: 'surely not sent' },
    ]);
  });

  it('waits with a person who is paused, and goes out when they go on', async () => {
    const space = await withProviders();
    enrolled(space, 1, TWO_SMS);
    await killed(space, 'before the call');
    space.connection.exec("update enrolment set status = 'paused'");
    space.setClock(NOW + HOUR);
    await space.tick();
    expect(messages(space)).toEqual([{ channel: 'sms', state: 'ready' }]);
    await (await space.context.stores.people()).resume(1, null, NOW + HOUR);
    expect(await space.tick()).toMatchObject({ sent: { sms: 1 } });
    expect(space.phone.accepted).toHaveLength(1);
  });

  it.each([
    [21610, 'rejected', { status: 'stopped', step: null }],
    [30005, 'rejected', { status: 'active', step: 'sms-2' }],
    [30008, 'uncertain', { status: 'active', step: 'sms-1', hold: 'uncertain' }],
  ])('and failed since then with %i is %s', async (error_code, state, enrolment) => {
    const space = await withProviders();
    enrolled(space, 1, TWO_SMS);
    await killed(space, 'after the call');
    for (const listed of space.phone.listed) Object.assign(listed, { status: 'undelivered', error_code });
    await space.tick();
    expect(messages(space)).toEqual([{ channel: 'sms', state }]);
    expect(standing(space)).toMatchObject([enrolment]);
    expect(space.phone.accepted).toHaveLength(1);
  });

  it('is looked for again while the list cannot be read, for a day, and is then a task', async () => {
    const space = await withProviders();
    enrolled(space, 1, { ...TWO_SMS, ...ALWAYS });
    await killed(space, 'before the call');
    const down = { fault: 'page', status: 503 } as const;
    for (const hours of [1, 12]) {
      space.phone.fail(down);
      space.setClock(NOW + hours * HOUR);
      expect(await space.tick()).toMatchObject({ waiting: { checking: 1 }, recovered: { uncertain: 0 } });
    }
    space.phone.fail(down);
    space.setClock(NOW + 25 * HOUR);
    expect(await space.tick()).toMatchObject({ recovered: { uncertain: 1 } });
    expect(standing(space)).toMatchObject([{ hold: 'uncertain', next_at: null }]);
    expect(
      await (await space.context.stores.tasks()).list({ campaign: null, channel: null }, null),
    ).toHaveLength(1);
    expect(space.phone.accepted).toHaveLength(0);
  });

  it('is a task when its provider is not configured any more', async () => {
    const space = await withProviders();
    enrolled(space, 1, TWO_SMS);
    await killed(space, 'after the call');
    const engine = await space.context.tickEngine();
    const live = { ...engine.senders.live, sms: null };
    space.context.tickEngine = async () => ({ ...engine, senders: { ...engine.senders, live } });
    expect(await space.tick()).toMatchObject({ recovered: { uncertain: 1 } });
    expect(space.rows("select count(*) as n from event where type = 'uncertain'")).toEqual([{ n: 1 }]);
  });
});

describe('two SMS of the same words to one number', () => {
  const twins = (space: TickWorkspace): void => {
    for (const name of ['Printemps', 'Automne']) {
      const campaignId = aCampaign(space.connection, {
        name,
        templates: TEMPLATES,
        scenario: { steps: [SMS_STEP] },
      });
      const prospectId = aProspect(space.connection, { mobile: '+33612345678', consent: 'salon 2026' });
      anEnrolment(space.connection, { campaignId, prospectId, step: 'sms-1' });
    }
  };

  it('are each found by an entry of their own', async () => {
    const space = await withProviders();
    twins(space);
    space.phone.fail(after, after);
    expect(await space.tick()).toMatchObject({ waiting: { checking: 2 } });
    expect(await space.tick()).toMatchObject({ recovered: { found: 2 } });
    expect(space.rows('select count(distinct provider_id) as n from message')).toEqual([{ n: 2 }]);
    expect(space.phone.accepted).toHaveLength(2);
  });

  it('are not both settled by the one that came through', async () => {
    const space = await withProviders();
    twins(space);
    space.phone.fail(before, after);
    await space.tick({ concurrency: 1 });
    space.setClock(NOW + HOUR);
    expect(await space.tick()).toMatchObject({ recovered: { found: 1, absent: 1 }, sent: { sms: 1 } });
    expect(space.phone.accepted).toHaveLength(2);
  });

  it('are told apart where the ledger knows one of them already', async () => {
    const space = await withProviders();
    twins(space);
    space.phone.fail(null, before);
    expect(await space.tick({ concurrency: 1 })).toMatchObject({
      sent: { sms: 1 },
      waiting: { checking: 1 },
    });
    space.setClock(NOW + HOUR);
    expect(await space.tick()).toMatchObject({ recovered: { found: 0, absent: 1 }, sent: { sms: 1 } });
    expect(space.phone.accepted).toHaveLength(2);
  });
});

describe('a mail that was perhaps sent', () => {
  it.each([
    ['is found', after, { found: 1, absent: 0 }, {}],
    ['is sent, once', before, { found: 0, absent: 1 }, { email: 1 }],
  ])('%s by the list once its key is a day old', async (_, fault, recovered, sent) => {
    const space = await withProviders();
    enrolled(space, 1, ALWAYS);
    space.mail.fail(fault);
    await space.tick();
    space.setClock(NOW + 24 * HOUR);
    expect(await space.tick()).toMatchObject({ recovered, sent });
    expect(messages(space)).toEqual([{ channel: 'email', state: 'sent' }]);
    expect(space.mail.accepted).toHaveLength(1);
  });

  it('in a batch that was refused and then sent singly is looked for, never repeated under the key of the batch', async () => {
    const space = await withProviders();
    enrolled(space, 3);
    const refused = { statusCode: 422, name: 'validation_error', message: 'x' };
    space.mail.fail({ fault: 'answer', status: 422, body: refused }, null, after, after);
    expect(await space.tick()).toMatchObject({ sent: { email: 1 }, waiting: { checking: 1 } });
    space.setClock(NOW + 20 * MINUTE);
    const summary = await space.tick();
    expect(summary.recovered).toMatchObject({ found: 1, uncertain: 0 });
    space.setClock(NOW + 2 * HOUR);
    await space.tick();
    expect(space.rows('select distinct state from message')).toEqual([{ state: 'sent' }]);
    expect(space.mail.accepted).toHaveLength(3);
  });

  it('is a task when the key may only send', async () => {
    const space = await withProviders({ mail: { sendingOnly: true } });
    enrolled(space, 1, ALWAYS);
    space.mail.fail(after);
    await space.tick();
    space.setClock(NOW + 24 * HOUR);
    expect(await space.tick()).toMatchObject({ recovered: { uncertain: 1 }, sent: {} });
    const [task] = await (await space.context.stores.tasks()).list({ campaign: null, channel: null }, null);
    expect(task?.error).toContain('may only send');
    expect(space.mail.requests.at(-1)?.headers.authorization).toBe(`Bearer ${RESEND_TEST_KEY}`);
  });

  it('is not taken for the one of the step before', async () => {
    const space = await withProviders();
    const [enrolmentId = 0] = enrolled(space, 1, {
      ...ALWAYS,
      scenario: { steps: [aStep(), aStep({ id: 'email-2' })] },
    });
    await space.tick();
    space.setClock(NOW + DAY);
    space.mail.fail(before);
    await space.tick();
    space.setClock(NOW + 2 * DAY);
    expect(await space.tick()).toMatchObject({ recovered: { found: 0, absent: 1 }, sent: { email: 1 } });
    expect(space.mail.accepted).toHaveLength(2);
    expect(space.rows(`select status from enrolment where id = ${enrolmentId}`)).toEqual([
      { status: 'completed' },
    ]);
  });
});

describe('a touch beside its step that was perhaps sent', () => {
  const EMAIL_AND_SMS = {
    scenario: { steps: [aStep({ also: ['sms'] }), aStep({ id: 'email-2', wait: '4d' })] },
  };

  it('is found without moving the person', async () => {
    const space = await withProviders();
    enrolled(space, 1, EMAIL_AND_SMS);
    space.phone.fail(after);
    await space.tick();
    const [stood] = standing(space);
    expect(await space.tick()).toMatchObject({ recovered: { found: 1 } });
    expect(standing(space)).toEqual([stood]);
    expect(space.phone.accepted).toHaveLength(1);
  });

  it('is cancelled when it surely did not go out and the person has gone on', async () => {
    const space = await withProviders();
    enrolled(space, 1, EMAIL_AND_SMS);
    space.phone.fail(before);
    await space.tick();
    space.setClock(NOW + HOUR);
    await space.tick();
    expect(messages(space)).toContainEqual({ channel: 'sms', state: 'cancelled' });
    expect(space.phone.accepted).toHaveLength(0);
  });
});

describe('one touch of which two ticks learn', () => {
  it('is one event', async () => {
    const space = await withProviders();
    enrolled(space, 1, TWO_SMS);
    await space.tick();
    const store = await space.context.stores.ticks();
    const providerId = space.phone.accepted[0]?.sid ?? '';
    await store.record([{ messageId: 1, result: 'sent', providerId, delivered: false, advance: null }], NOW);
    expect(space.rows('select type from event')).toEqual([{ type: 'sent' }]);
  });
});

describe('a tick with nothing to settle', () => {
  it('loads none of what asks and sends', async () => {
    const space = await withProviders();
    const enrolmentId = anEnrolment(space.connection, { nextAt: NOW + DAY });
    aMessage(space.connection, { enrolmentId });
    const summary = await runTick({
      store: await space.context.stores.ticks(),
      sources: [],
      collector: { collect: async () => null },
      engine: async () => {
        throw new Error('loaded');
      },
      owner: space.context.owner,
      clock: () => NOW,
      campaignId: null,
      limit: null,
      concurrency: null,
      stopping: () => false,
    });
    expect(summary).toMatchObject({ considered: 0 });
  });
});
