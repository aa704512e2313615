import { describe, expect, it } from 'vitest';
import { confirmSent } from '../../src/commands/task/confirm.ts';
import { openDatabase } from '../../src/db/connection.ts';
import type { TickStore } from '../../src/engine/ports/ticks.ts';
import { aCampaign, aMessage, anEnrolment, aProspect, aStep, DAY, HOUR, NOW } from '../builders.ts';
import { enrolled, SMS_STEP, TEMPLATES, withProviders } from './providers.ts';
import { type TickWorkspace, tickWorkspace } from './workspace.ts';

const LINKEDIN_STEP = aStep({
  id: 'li',
  channel: 'linkedin',
  kind: 'message',
  template: 'default/message',
});

/** Something else happens just before, or in place of, an act of the tick's store. */
async function between(
  space: TickWorkspace,
  change: (store: TickStore) => Partial<TickStore>,
): Promise<void> {
  const store = await space.context.stores.ticks();
  space.context.stores.ticks = async () => ({ ...store, ...change(store) });
}

describe('two processes at once', () => {
  it('a task that is skipped while the tick plans is not put back to waiting for it', async () => {
    const space = await tickWorkspace();
    const [enrolmentId = 0] = enrolled(space, 1, { scenario: { steps: [LINKEDIN_STEP, aStep()] } });
    const id = aMessage(space.connection, {
      enrolmentId,
      step: 'li',
      channel: 'linkedin',
      state: 'awaiting_operator',
    });
    space.connection.exec("update enrolment set hold = 'operator'");
    const tasks = await space.context.stores.tasks();
    await between(space, (store) => ({
      apply: async (...parameters) => {
        await tasks.skip(await tasks.find(id), 'introuvable', NOW);
        return store.apply(...parameters);
      },
    }));
    await space.tick();
    expect(space.rows('select next_at, hold from enrolment')).toEqual([{ next_at: NOW, hold: null }]);
  });

  it('an acceptance that comes in while the tick plans is not slept through', async () => {
    const space = await tickWorkspace();
    enrolled(space, 1, {
      scenario: { steps: [{ ...LINKEDIN_STEP, when: { accepted: true, within: '9d' } }] },
    });
    space.connection.exec("update enrolment set hold = 'condition_pending'");
    aMessage(space.connection, {
      enrolmentId: 1,
      step: 'before',
      channel: 'linkedin',
      kind: 'invitation',
      state: 'sent',
      sentAt: NOW - DAY,
    });
    const tasks = await space.context.stores.tasks();
    await between(space, (store) => ({
      apply: async (...parameters) => {
        await tasks.accepted(1, NOW + 5);
        return store.apply(...parameters);
      },
    }));
    await space.tick();
    expect(space.rows('select next_at from enrolment')).toEqual([{ next_at: NOW + 5 }]);
  });

  it('a text of which nobody knows whether another tick sends it is repeated when that one has died', async () => {
    const space = await withProviders();
    const [enrolmentId = 0] = enrolled(space);
    await between(space, (store) => ({
      record: async () => {
        throw new Error('killed');
      },
      start: store.start,
    }));
    await expect(space.tick()).rejects.toThrow('killed');
    space.connection.exec("update enrolment set next_at = null, hold = 'uncertain'");
    const fresh = await (await import('../../src/db/tick/tick-store.ts')).createTickStore(
      space.connection,
      async () => (await space.context.config()).shield,
    );
    space.context.stores.ticks = async () => fresh;
    expect(await space.tick()).toMatchObject({ recovered: { repeated: 1 }, sent: { email: 1 } });
    expect(space.mail.accepted).toHaveLength(1);
    expect(space.rows(`select step from enrolment where id = ${enrolmentId}`)).toEqual([{ step: 'email-2' }]);
  });

  it('what was sent is recorded although another program writes for longer than a statement waits', async () => {
    const space = await withProviders();
    enrolled(space);
    const other = openDatabase(space.connection.name, NOW);
    space.connection.pragma('busy_timeout = 10');
    await between(space, (store) => ({
      record: async (...parameters) => {
        other.exec('begin immediate');
        setTimeout(() => other.exec('rollback'), 100);
        return store.record(...parameters);
      },
    }));
    expect(await space.tick()).toMatchObject({ sent: { email: 1 } });
    expect(space.rows('select state from message')).toEqual([{ state: 'sent' }]);
    other.close();
  });

  it.each([
    ['paused', "update enrolment set status = 'paused'"],
    ['stopped', "update enrolment set status = 'stopped', step = null, next_at = null"],
  ])('nothing is stored for a person who was %s while the tick planned', async (_, sql) => {
    const space = await withProviders();
    enrolled(space);
    await between(space, (store) => ({
      apply: async (...parameters) => {
        space.connection.exec(sql);
        return store.apply(...parameters);
      },
    }));
    await space.tick();
    expect(space.rows('select * from message')).toEqual([]);
    expect(space.mail.requests).toHaveLength(0);
  });

  it('somebody who answered while the tick that wrote to them died gets no repeat', async () => {
    const space = await withProviders();
    const enrolmentId = anEnrolment(space.connection, { status: 'replied' });
    aMessage(space.connection, {
      enrolmentId,
      state: 'sending',
      provider: 'resend',
      idempotencyKey: 'k',
      claimedAt: NOW,
      envelope: { channel: 'email', to: 'claire@firme.example', tags: { enrolment: '1' } },
    });
    expect(await space.tick()).toMatchObject({ recovered: { repeated: 0 }, waiting: { checking: 1 } });
    space.setClock(NOW + HOUR);
    expect(await space.tick()).toMatchObject({ recovered: { repeated: 0, absent: 1 }, sent: {} });
    expect(space.rows('select state from message')).toEqual([{ state: 'cancelled' }]);
    expect(space.rows('select status, next_at from enrolment')).toEqual([
      { status: 'replied', next_at: null },
    ]);
  });

  it.each([
    ['the person is paused', "update enrolment set status = 'paused'", 'ready'],
    ['the campaign is paused', "update campaign set status = 'paused'", 'ready'],
    ['the person has ended', "update enrolment set status = 'stopped'", 'ready'],
    ['the message is cancelled', "update message set state = 'cancelled'", 'cancelled'],
  ])('nothing goes out when at the last moment %s', async (_, sql, state) => {
    const space = await withProviders();
    enrolled(space);
    await between(space, (store) => ({
      claim: async (...parameters) => {
        space.connection.exec(sql);
        return store.claim(...parameters);
      },
    }));
    expect(await space.tick()).toMatchObject({ sent: {} });
    expect(space.mail.requests).toHaveLength(0);
    expect(space.rows('select state from message')).toEqual([{ state }]);
  });

  it('a call under way is recorded although another one fails beyond repair', async () => {
    const space = await withProviders();
    enrolled(space, 2, { scenario: { steps: [SMS_STEP] } });
    let calls = 0;
    await between(space, (store) => ({
      claim: async (...parameters) => {
        calls += 1;
        if (calls === 2) throw new Error('disk full');
        return store.claim(...parameters);
      },
    }));
    await expect(space.tick()).rejects.toThrow('disk full');
    expect(space.phone.accepted).toHaveLength(1);
    expect(space.rows('select state from message order by state')).toEqual([
      { state: 'ready' },
      { state: 'sent' },
    ]);
    expect(space.rows('select * from lease')).toEqual([]);
  });

  it('the lease is renewed while a long chunk is being sent', async () => {
    const space = await withProviders();
    enrolled(space, 4, { scenario: { steps: [SMS_STEP] } });
    let beats = 0;
    await between(space, (store) => ({
      heartbeat: async (owner) => {
        beats += 1;
        return store.heartbeat(owner);
      },
    }));
    await space.tick();
    expect(beats).toBeGreaterThanOrEqual(4);
  });

  it('a tick that was taken for dead stops when it finds its lease with another', async () => {
    const space = await withProviders();
    enrolled(space, 3, { scenario: { steps: [SMS_STEP] } });
    await between(space, (store) => ({
      claim: async (...parameters) => {
        space.connection.exec("update lease set host = 'another'");
        return store.claim(...parameters);
      },
    }));
    await space.tick({ concurrency: 1 });
    expect(space.phone.accepted).toHaveLength(1);
    expect(space.rows('select host from lease')).toEqual([{ host: 'another' }]);
  });
});

describe('mails that went out under one key', () => {
  const lost = { fault: 'reset', when: 'after' } as const;

  it('are repeated and recorded together, even when the limit would part them', async () => {
    const space = await withProviders();
    enrolled(space, 3);
    space.mail.fail(lost);
    await space.tick();
    space.setClock(NOW + HOUR);
    expect(await space.tick({ limit: 1 })).toMatchObject({ uncertain: 0 });
    space.setClock(NOW + 2 * HOUR);
    expect(await space.tick()).toMatchObject({ recovered: { repeated: 0 }, uncertain: 0 });
    expect(space.rows('select distinct state from message')).toEqual([{ state: 'sent' }]);
    expect(space.mail.accepted).toHaveLength(3);
  });

  it.each([
    ['a rate limit', 429, 'rate_limit_exceeded'],
    ['a wrong key', 401, 'restricted_api_key'],
  ])('are not sent anew after %s, when one of them has answered', async (_, status, name) => {
    const space = await withProviders();
    enrolled(space, 3);
    space.mail.fail(lost, { fault: 'answer', status, body: { statusCode: status, name, message: 'x' } });
    for (const hour of [0, 1]) {
      space.setClock(NOW + hour * HOUR);
      await space.tick();
    }
    const replies = await space.context.stores.replies();
    const at = NOW + HOUR;
    await replies.add({
      prospectId: 1,
      text: 'Non',
      meeting: false,
      optOut: false,
      channel: null,
      at,
      now: at,
    });
    space.setClock(NOW + 2 * HOUR);
    expect(await space.tick()).toMatchObject({ sent: {} });
    expect(space.mail.accepted).toHaveLength(3);
    expect(await space.tick()).toMatchObject({ recovered: { found: 2 }, sent: {} });
    expect(space.rows('select state from message order by id')).toEqual([
      { state: 'sent' },
      { state: 'sent' },
      { state: 'sent' },
    ]);
    expect(space.mail.accepted).toHaveLength(3);
  });

  it('are not repeated without those of them that are settled already: the key names its set', async () => {
    const space = await withProviders();
    const [one = 0, other = 0] = enrolled(space, 2);
    const envelope = {
      channel: 'email',
      from: 'Hector <hector@nexalis.example>',
      to: 'claire@firme.example',
      replyTo: null,
      subject: 'x',
      text: 'x',
      html: 'x',
      headers: {},
      tags: {},
    };
    const key = { idempotencyKey: 'first-key', claimedAt: NOW - HOUR, envelope };
    aMessage(space.connection, { enrolmentId: one, state: 'sent', sentAt: NOW - DAY, ...key });
    aMessage(space.connection, { enrolmentId: other, ...key });
    space.connection.exec(`update enrolment set next_at = null where id = ${one}`);
    expect(await space.tick()).toMatchObject({ sent: {}, waiting: { checking: 1 } });
    expect(space.mail.requests).toEqual([]);
    space.setClock(NOW + HOUR);
    expect(await space.tick()).toMatchObject({ recovered: { absent: 1 }, sent: { email: 1 } });
    const keys = space.mail.requests.map(({ headers }) => headers['idempotency-key']);
    expect(keys.filter((key) => key !== undefined)).not.toContain('first-key');
  });

  it('are looked for a day after the first call, however often they were repeated', async () => {
    const space = await withProviders();
    enrolled(space, 1, { days: [1, 2, 3, 4, 5, 6, 7], hoursFrom: 0, hoursTo: 24 * 60 });
    const unheard = { fault: 'reset', when: 'before' } as const;
    space.mail.fail(unheard, unheard, unheard);
    for (const hours of [0, 8, 16]) {
      space.setClock(NOW + hours * HOUR);
      expect(await space.tick()).toMatchObject({ retried: 1 });
    }
    space.setClock(NOW + 24 * HOUR);
    expect(await space.tick()).toMatchObject({ recovered: { absent: 1 }, uncertain: 0, sent: { email: 1 } });
    expect(space.mail.accepted).toHaveLength(1);
  });

  it('count the next wait from when they went out, for all of them', async () => {
    const space = await withProviders();
    enrolled(space, 3);
    space.connection.exec(`update enrolment set anchor_at = ${NOW - 4 * DAY}`);
    space.mail.fail(lost);
    await space.tick();
    space.setClock(NOW + HOUR);
    await space.tick({ limit: 1 });
    space.setClock(NOW + 2 * HOUR);
    await space.tick();
    expect(space.rows('select distinct step, next_at from enrolment')).toEqual([
      { step: 'email-2', next_at: NOW + HOUR + 4 * DAY },
    ]);
  });

  it('are still one mail each when one of them has to wait for his morning', async () => {
    const space = await withProviders();
    const campaignId = aCampaign(space.connection, {
      templates: TEMPLATES,
      hoursFrom: 9 * 60,
      hoursTo: 11 * 60,
    });
    for (const zip of ['75001', '97100'])
      anEnrolment(space.connection, { campaignId, prospectId: aProspect(space.connection, { zip }) });
    // Ten in Paris, five in Guadeloupe: the second is put into the same call by hand, as an earlier window would.
    space.connection.exec("update prospect set zip = '75002' where zip = '97100'");
    space.mail.fail(lost);
    await space.tick();
    space.connection.exec("update prospect set zip = '97100' where zip = '75002'");
    space.setClock(NOW + HOUR / 2);
    await space.tick();
    space.setClock(NOW + 5 * HOUR);
    await space.tick();
    expect(space.rows('select distinct state from message')).toEqual([{ state: 'sent' }]);
    expect(space.mail.accepted).toHaveLength(2);
  });
});

describe('a step that is passed over', () => {
  const late = { anchorAt: NOW - 20 * DAY, stepAt: NOW - 20 * DAY };

  it('takes its unsent text along', async () => {
    const space = await withProviders();
    const [enrolmentId = 0] = enrolled(space);
    space.connection.exec(`update enrolment set anchor_at = ${late.anchorAt}, step_at = ${late.stepAt}`);
    aMessage(space.connection, { enrolmentId });
    expect(await space.tick()).toMatchObject({ skipped: { expired: 1 }, sent: {} });
    expect(space.rows('select state, error from message')).toEqual([{ state: 'expired', error: 'expired' }]);
  });

  it('leaves a person to look at a mail that was perhaps sent', async () => {
    const space = await withProviders();
    const [enrolmentId = 0] = enrolled(space);
    space.connection.exec(`update enrolment set anchor_at = ${late.anchorAt}, step_at = ${late.stepAt}`);
    aMessage(space.connection, { enrolmentId, idempotencyKey: 'k', claimedAt: NOW - HOUR });
    expect(await space.tick()).toMatchObject({ waiting: { checking: 1 } });
    expect(await space.tick()).toMatchObject({ recovered: { uncertain: 1 } });
    expect(space.rows('select state from message')).toEqual([{ state: 'uncertain' }]);
    expect(
      await (await space.context.stores.tasks()).list({ campaign: null, channel: null }, null),
    ).toHaveLength(1);
  });

  it('does not move the person when somebody says later that its mail did go out', async () => {
    const space = await withProviders();
    const [enrolmentId = 0] = enrolled(space);
    const later = NOW + 2 * DAY;
    space.connection.exec(`update enrolment set step = 'email-2', next_at = ${later}`);
    aMessage(space.connection, { enrolmentId, state: 'uncertain' });
    const tasks = await space.context.stores.tasks();
    const [task] = await tasks.list({ campaign: null, channel: null }, 1);
    if (!task) throw new Error('no task');
    await confirmSent(space.context, tasks, task, task.body);
    expect(space.rows('select step, next_at from enrolment')).toEqual([{ step: 'email-2', next_at: later }]);
  });

  it('has no second touch on another channel when the first was perhaps sent', async () => {
    const space = await withProviders();
    const [enrolmentId = 0] = enrolled(space, 1, { scenario: { steps: [aStep({ fallback: ['sms'] })] } });
    aMessage(space.connection, { enrolmentId, idempotencyKey: 'k', claimedAt: NOW - HOUR });
    space.connection.exec('update prospect set email = null');
    for (const _ of ['plans', 'asks']) await space.tick();
    expect(space.phone.accepted).toHaveLength(0);
    expect(space.rows('select channel, state from message')).toEqual([
      { channel: 'email', state: 'uncertain' },
    ]);
  });

  it('may still use another channel when the first text surely never left', async () => {
    const space = await withProviders();
    const [enrolmentId = 0] = enrolled(space, 1, { scenario: { steps: [aStep({ fallback: ['sms'] })] } });
    aMessage(space.connection, { enrolmentId });
    space.connection.exec('update prospect set email = null');
    await space.tick();
    expect(space.rows('select channel, state from message order by id')).toEqual([
      { channel: 'email', state: 'failed' },
      { channel: 'sms', state: 'sent' },
    ]);
  });
});

describe('a program that fails where nothing should', () => {
  it('leaves the fate of its messages open and goes on with the others', async () => {
    const space = await withProviders();
    enrolled(space, 1, { scenario: { steps: [SMS_STEP] } });
    enrolled(space);
    const engine = await space.context.tickEngine();
    const { sms } = engine.senders.live;
    if (!sms) throw new Error('no SMS');
    const broken = {
      ...sms,
      send: async () => {
        throw new Error('a bug');
      },
    };
    space.context.tickEngine = async () => ({
      ...engine,
      senders: { ...engine.senders, live: { ...engine.senders.live, sms: broken } },
    });
    expect(await space.tick()).toMatchObject({ sent: { email: 1 }, waiting: { checking: 1 } });
    expect(space.rows("select state, error from message where channel = 'sms'")).toEqual([
      { state: 'sending', error: 'the program failed while sending: a bug' },
    ]);
  });
});

describe('a number in a country that the account may not reach', () => {
  it('is put off and told, and does not close the channel for the others', async () => {
    const space = await withProviders();
    const { refusal } = await import('../stand-ins/twilio.ts');
    enrolled(space, 3, { scenario: { steps: [SMS_STEP] } });
    space.phone.fail(refusal(400, 21408, 'Permission to send an SMS has not been enabled'));
    const summary = await space.tick();
    expect(summary).toMatchObject({ sent: { sms: 2 } });
    expect(summary.misconfigured.sms).toContain('geo permissions');
    expect(await space.tick()).toMatchObject({ considered: 0 });
    space.setClock(NOW + DAY);
    expect(await space.tick()).toMatchObject({ sent: { sms: 1 } });
  });
});
