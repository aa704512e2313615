import { afterEach, describe, expect, it } from 'vitest';
import { BY_TEMPLATE } from '../../src/engine/ports/writer.ts';
import { aCampaign, anEnrolment, aProspect, aStep, DAY, HOUR, NOW } from '../builders.ts';
import * as resend from '../stand-ins/resend.ts';
import * as twilio from '../stand-ins/twilio.ts';
import { enrolled, SMS_STEP, TEMPLATES } from './providers.ts';
import { type TickWorkspace, tickWorkspace } from './workspace.ts';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const server of open.splice(0)) await server.close();
});

/** The provider lives by the clock of the workspace. */
function sharedClock() {
  const clock = { now: () => NOW };
  return { clock, rules: { now: () => clock.now() } };
}

async function withResend(): Promise<TickWorkspace & { server: resend.ResendStandIn }> {
  const { clock, rules } = sharedClock();
  const server = await resend.start(rules);
  open.push(server);
  const space = await tickWorkspace({ resend: server.url });
  clock.now = () => space.context.now();
  return { ...space, server };
}

async function withTwilio(
  given: twilio.TwilioRules = {},
): Promise<TickWorkspace & { server: twilio.TwilioStandIn }> {
  const { clock, rules } = sharedClock();
  const server = await twilio.start({ ...rules, ...given });
  open.push(server);
  const space = await tickWorkspace({ twilio: server.url });
  clock.now = () => space.context.now();
  return { ...space, server };
}

describe('a tick', () => {
  it('sends what is due, records message and event, and sets the next date', async () => {
    const space = await withResend();
    enrolled(space);
    expect(await space.tick()).toMatchObject({ considered: 1, sent: { email: 1 }, rehearsed: 0 });
    expect(space.server.accepted).toHaveLength(1);
    expect(space.rows('select state, attempts, provider, sent_at, source from message')).toEqual([
      { state: 'sent', attempts: 1, provider: 'resend', sent_at: NOW, source: 'template' },
    ]);
    expect(space.rows('select type from event')).toEqual([{ type: 'sent' }]);
    expect(space.rows('select status, step, next_at, anchor_at from enrolment')).toEqual([
      { status: 'active', step: 'email-2', next_at: NOW + 4 * DAY, anchor_at: NOW },
    ]);
  });

  it('sends nothing twice when it runs again at once', async () => {
    const space = await withResend();
    enrolled(space, 3);
    await space.tick();
    expect(await space.tick()).toMatchObject({ considered: 0, sent: {} });
    expect(space.server.accepted).toHaveLength(3);
  });

  it('completes who has had the last step', async () => {
    const space = await withResend();
    enrolled(space, 1, { scenario: { steps: [aStep()] } });
    await space.tick();
    expect(space.rows('select status, step, next_at from enrolment')).toEqual([
      { status: 'completed', step: null, next_at: null },
    ]);
  });

  it('sends e-mails a hundred to a call', async () => {
    const space = await withResend();
    enrolled(space, 150);
    expect(await space.tick()).toMatchObject({ sent: { email: 150 } });
    expect(space.server.requests.map(({ path }) => path)).toEqual(['/emails/batch', '/emails/batch']);
    expect(new Set(space.server.accepted.map(({ email }) => JSON.stringify(email.to))).size).toBe(150);
  });

  it('puts people with the same hours in one call: what is repeated is repeated for all of them', async () => {
    const space = await withResend();
    enrolled(space, 4);
    space.connection.exec("update prospect set timezone = 'Africa/Casablanca' where id in (2, 4)");
    await space.tick();
    const sizes = space.server.requests.map(({ body }) => [JSON.parse(body)].flat().length);
    expect(sizes).toEqual([2, 2]);
  });

  it('stops at the limit and goes on with the next tick', async () => {
    const space = await withResend();
    enrolled(space, 5);
    expect(await space.tick({ limit: 2 })).toMatchObject({ sent: { email: 2 }, limited: true });
    expect(await space.tick()).toMatchObject({ sent: { email: 3 }, limited: false });
  });

  it('touches only the campaign it is asked for, and no paused one', async () => {
    const space = await withResend();
    enrolled(space, 1, { status: 'paused' });
    enrolled(space);
    enrolled(space);
    const [first] = space.rows("select id from campaign where status = 'running' order by id") as {
      id: number;
    }[];
    expect(await space.tick({ campaignId: first?.id ?? 0 })).toMatchObject({ sent: { email: 1 } });
    expect(await space.tick()).toMatchObject({ sent: { email: 1 } });
  });

  it('touches a person once a day, even when two campaigns are due in the same pass', async () => {
    const space = await withResend();
    const prospectId = aProspect(space.connection);
    for (let number = 0; number < 2; number += 1)
      anEnrolment(space.connection, {
        prospectId,
        campaignId: aCampaign(space.connection, { templates: TEMPLATES }),
      });
    expect(await space.tick()).toMatchObject({ sent: { email: 1 }, waiting: { one_touch_a_day: 1 } });
    expect(space.server.accepted).toHaveLength(1);
  });

  it('hands LinkedIn texts to a person and waits for them', async () => {
    const space = await tickWorkspace();
    enrolled(space, 1, {
      scenario: {
        steps: [aStep({ id: 'li', channel: 'linkedin', kind: 'message', template: 'default/message' })],
      },
    });
    expect(await space.tick()).toMatchObject({ tasks: 1, sent: {} });
    expect(space.rows('select state from message')).toEqual([{ state: 'awaiting_operator' }]);
    expect(space.rows('select next_at, hold from enrolment')).toEqual([{ next_at: null, hold: 'operator' }]);
    expect(await space.tick()).toMatchObject({ considered: 0 });
  });

  it('holds a text with a blank, and says which', async () => {
    const space = await withResend();
    enrolled(space, 1, {
      templates: { 'default/email': '---\nsubject: x\n---\n{{ custom.ville }} {{ opt_out }}' },
    });
    expect(await space.tick()).toMatchObject({ held: { missing_variable: 1 }, sent: {} });
    expect(space.rows('select hold from enrolment')).toEqual([{ hold: 'missing_variable' }]);
    const [held] = space.rows("select data from event where type = 'held'") as { data: string }[];
    expect(held?.data).toContain('custom.ville');
  });
});

describe('a text that waits for a fact', () => {
  it('is looked at again each day, told once, and goes out when the fact is there, however late', async () => {
    const space = await withResend();
    enrolled(space, 1, {
      templates: { 'default/email': '---\nsubject: x\n---\n{{ custom.ville }} {{ opt_out }}' },
    });
    for (let day = 0; day < 4; day += 1) {
      space.setClock(NOW + day * DAY + 60_000 * day);
      expect(await space.tick()).toMatchObject({ held: { missing_variable: 1 } });
    }
    expect(space.rows("select count(*) as n from event where type = 'held'")).toEqual([{ n: 1 }]);
    space.setClock(NOW + 7 * DAY);
    expect(await space.tick()).toMatchObject({ held: { missing_variable: 1 } });
    space.connection.exec(`update prospect set custom = '{"ville":"Brest"}'`);
    space.setClock(NOW + 8 * DAY);
    expect(await space.tick()).toMatchObject({ sent: { email: 1 } });
  });
});

describe('never after no', () => {
  it('a person put on the blacklist is stopped, not touched', async () => {
    const space = await withResend();
    enrolled(space);
    space.connection.exec(
      "insert into suppression (kind, value, reason, source, created_at) select 'email', email, 'non', 'operator', 0 from prospect",
    );
    expect(await space.tick()).toMatchObject({ stopped: { blacklisted: 1 }, sent: {} });
    expect(space.server.requests).toHaveLength(0);
  });

  it('a reply that comes in between planning and sending keeps the message in', async () => {
    const space = await withResend();
    const [enrolment] = enrolled(space);
    const store = await space.context.stores.ticks();
    const tickId = await store.start(space.context.owner, NOW);
    const stored = await store.apply(
      [
        {
          enrolmentId: enrolment ?? 0,
          prospectId: 1,
          campaignId: 1,
          plannedStep: 'email-1',
          plannedHold: null,
          plannedNextAt: NOW,
          stale: [],
          skips: [],
          step: 'email-1',
          anchorAt: NOW,
          stepAt: NOW,
          outcome: {
            do: 'touch',
            channel: 'email',
            existing: 0,
            repeats: false,
            handOver: [],
            messages: [
              {
                replaces: null,
                writing: BY_TEMPLATE,
                factsKey: '',
                channel: 'email',
                kind: 'email',
                state: 'ready',
                subject: 'x',
                body: 'x',
                envelope: { channel: 'linkedin', profile: 'x', body: 'x' },
                source: 'template',
                template: null,
                sender: 'hector@nexalis.example',
              },
            ],
          },
        },
      ],
      tickId ?? 0,
      NOW,
    );
    const { addReply } = await import('../../src/commands/reply/add.ts');
    await addReply(space.context, {
      prospect: '1',
      text: 'Bonjour, non merci.',
      meeting: false,
      optOut: false,
      channel: null,
      at: null,
    });
    const claimed = await store.claim(
      stored.map(({ messageId }) => ({
        messageId,
        allowed: { days: [1], from: 0, to: 1440, daysOff: [], zone: 'Europe/Paris', region: 'FR' },
      })),
      { provider: 'resend', tickId: 1, key: null, lookUp: true },
      NOW,
    );
    expect(claimed?.outgoing).toEqual([]);
    expect(space.rows('select state from message')).toEqual([{ state: 'cancelled' }]);
  });

  it('a reply that comes in while the mail is on its way leaves it recorded, and the person stopped', async () => {
    const space = await withResend();
    enrolled(space);
    const store = await space.context.stores.ticks();
    const original = store.record.bind(store);
    space.context.stores.ticks = async () => ({
      ...store,
      record: async (results, now) => {
        space.connection.exec("update enrolment set status = 'replied', step = null, next_at = null");
        return original(results, now);
      },
    });
    await space.tick();
    expect(space.rows('select state from message')).toEqual([{ state: 'sent' }]);
    expect(space.rows('select status, step from enrolment')).toEqual([{ status: 'replied', step: null }]);
  });

  it('a number that has answered STOP to the provider goes on the blacklist, and everything of theirs stops', async () => {
    const space = await withTwilio();
    enrolled(space, 1, { scenario: { steps: [SMS_STEP, aStep({ wait: '3d' })] } });
    space.server.fail(twilio.refusal(400, 21610, 'unsubscribed recipient'));
    await space.tick();
    expect(space.rows('select kind, source from suppression')).toEqual([
      { kind: 'phone', source: 'provider' },
    ]);
    expect(space.rows('select status, reason from enrolment')).toEqual([
      { status: 'stopped', reason: 'opted_out' },
    ]);
  });
});

describe('bad days', () => {
  it('a refused address takes the fallback channel with the next tick', async () => {
    const space = await withResend();
    enrolled(space, 1, { scenario: { steps: [aStep({ fallback: ['linkedin'] })] } });
    space.server.fail({
      fault: 'answer',
      status: 422,
      body: { statusCode: 422, name: 'validation_error', message: 'Invalid `to` field.' },
    });
    expect(await space.tick()).toMatchObject({ sent: {} });
    expect(space.rows('select state from message')).toEqual([{ state: 'rejected' }]);
    expect(await space.tick()).toMatchObject({ tasks: 1 });
  });

  it('a rate limit puts the message off; it goes out later, once', async () => {
    const space = await withResend();
    enrolled(space);
    const limited = { statusCode: 429, name: 'rate_limit_exceeded', message: 'Too many requests.' };
    space.server.fail({ fault: 'answer', status: 429, headers: { 'retry-after': '60' }, body: limited });
    expect(await space.tick()).toMatchObject({ retried: 1 });
    expect(await space.tick()).toMatchObject({ considered: 0 });
    space.setClock(NOW + HOUR);
    expect(await space.tick()).toMatchObject({ sent: { email: 1 } });
    expect(space.server.accepted).toHaveLength(1);
  });

  it('an answer that is lost after acceptance is asked for again with the same key and bytes: one mail', async () => {
    const space = await withResend();
    enrolled(space, 2);
    space.server.fail({ fault: 'reset', when: 'after' });
    expect(await space.tick()).toMatchObject({ retried: 2, sent: {} });
    space.setClock(NOW + HOUR);
    expect(await space.tick()).toMatchObject({ sent: { email: 2 } });
    expect(space.server.accepted).toHaveLength(2);
    const [first, second] = space.server.requests;
    expect(second?.headers['idempotency-key']).toBe(first?.headers['idempotency-key']);
    expect(second?.body).toBe(first?.body);
  });

  it('a batch of unknown fate that can no longer be repeated whole is looked for, not sent a second time', async () => {
    const space = await withResend();
    enrolled(space, 2);
    space.server.fail({ fault: 'reset', when: 'after' });
    await space.tick();
    space.connection.exec(
      "update enrolment set status = 'replied' where id = 1; update message set state = 'cancelled' where enrolment_id = 1",
    );
    space.setClock(NOW + HOUR);
    expect(await space.tick()).toMatchObject({ waiting: { checking: 1 }, uncertain: 0, sent: {} });
    expect(space.server.requests).toHaveLength(1);
    expect(space.rows('select hold from enrolment where id = 2')).toEqual([{ hold: 'checking' }]);
    expect(await space.tick()).toMatchObject({ recovered: { found: 1, uncertain: 0 }, sent: {} });
    expect(space.rows('select state from message order by id')).toEqual([
      { state: 'cancelled' },
      { state: 'sent' },
    ]);
    expect(space.server.accepted).toHaveLength(2);
  });

  it('an SMS whose answer is lost is never sent again by itself', async () => {
    const space = await withTwilio();
    enrolled(space, 1, { scenario: { steps: [SMS_STEP] } });
    space.server.fail({ fault: 'reset', when: 'after' });
    expect(await space.tick()).toMatchObject({ uncertain: 0, waiting: { checking: 1 } });
    space.setClock(NOW + HOUR);
    expect(await space.tick()).toMatchObject({ considered: 0, recovered: { found: 1 } });
    expect(space.server.accepted).toHaveLength(1);
    expect(space.rows('select state from message')).toEqual([{ state: 'sent' }]);
  });

  it('a wrong key closes the channel for this tick with one line, and nothing is lost', async () => {
    const space = await withResend();
    enrolled(space, 250);
    const wrong = {
      fault: 'answer' as const,
      status: 401,
      body: { statusCode: 401, name: 'restricted_api_key', message: 'x' },
    };
    space.server.fail(wrong, wrong, wrong);
    const summary = await space.tick();
    expect(Object.keys(summary.misconfigured)).toEqual(['email']);
    expect(summary.misconfigured.email).toMatch(/key/);
    expect(space.rows('select distinct state from message')).toEqual([{ state: 'ready' }]);
    expect(await space.tick()).toMatchObject({ sent: { email: 250 }, misconfigured: {} });
    expect(space.server.accepted).toHaveLength(250);
  });

  it('what a dead tick left sending is repeated by e-mail with its key, and looked for by SMS', async () => {
    const mail = await withResend();
    enrolled(mail, 2);
    mail.server.fail({ fault: 'reset', when: 'after' });
    const store = await mail.context.stores.ticks();
    mail.context.stores.ticks = async () => ({
      ...store,
      record: async () => {
        throw new Error('killed');
      },
    });
    await expect(mail.tick()).rejects.toThrow('killed');
    expect(mail.rows('select distinct state from message')).toEqual([{ state: 'sending' }]);
    mail.context.stores.ticks = async () => store;
    expect(await mail.tick()).toMatchObject({ recovered: { repeated: 2, uncertain: 0 }, sent: { email: 2 } });
    expect(mail.server.accepted).toHaveLength(2);

    const phone = await withTwilio();
    enrolled(phone, 1, { scenario: { steps: [SMS_STEP] } });
    const sms = await phone.context.stores.ticks();
    phone.context.stores.ticks = async () => ({
      ...sms,
      record: async () => {
        throw new Error('killed');
      },
    });
    await expect(phone.tick()).rejects.toThrow('killed');
    phone.context.stores.ticks = async () => sms;
    expect(await phone.tick()).toMatchObject({ recovered: { repeated: 0, found: 1 }, sent: {} });
    expect(phone.server.accepted).toHaveLength(1);
  });
});

describe('the lease', () => {
  it('is held by a live tick, and taken from a dead one', async () => {
    const space = await tickWorkspace();
    const store = await space.context.stores.ticks();
    const { host } = space.context.owner;
    expect(await store.start({ host, pid: process.ppid }, NOW)).not.toBeNull();
    expect(await store.start({ host, pid: process.pid }, NOW)).toBeNull();
    space.connection.exec('update lease set pid = 2147483647');
    expect(await store.start({ host, pid: process.pid }, NOW)).not.toBeNull();
    expect(await store.start({ host: 'another', pid: 1 }, NOW)).toBeNull();
    space.connection.exec('update lease set heartbeat_at = 0');
    expect(await store.start({ host: 'another', pid: 1 }, NOW)).not.toBeNull();
  });
});

describe('a rehearsal', () => {
  it('writes to the outbox, is no contact of a live campaign, and stays one when keys come', async () => {
    const space = await withResend();
    const prospectId = aProspect(space.connection);
    const rehearsal = aCampaign(space.connection, { templates: TEMPLATES, mode: 'rehearsal' });
    const live = aCampaign(space.connection, { templates: TEMPLATES });
    anEnrolment(space.connection, { prospectId, campaignId: rehearsal });
    anEnrolment(space.connection, { prospectId, campaignId: live });
    expect(await space.tick()).toMatchObject({ sent: { email: 2 }, rehearsed: 1 });
    expect(space.server.accepted).toHaveLength(1);
    expect(space.rows('select mode, provider from message order by id')).toEqual([
      { mode: 'rehearsal', provider: 'outbox' },
      { mode: 'live', provider: 'resend' },
    ]);
  });
});

describe('a key that may have been used', () => {
  it('is kept when the repeat meets a rate limit or a wrong key: still one mail', async () => {
    const space = await withResend();
    enrolled(space, 2);
    const refused = (status: number, name: string) =>
      ({ fault: 'answer', status, body: { statusCode: status, name, message: 'x' } }) as const;
    space.server.fail(
      { fault: 'reset', when: 'after' },
      refused(429, 'rate_limit_exceeded'),
      refused(401, 'restricted_api_key'),
    );
    for (let hour = 0; hour < 4; hour += 1) {
      space.setClock(NOW + hour * HOUR);
      await space.tick();
    }
    expect(space.rows('select distinct state from message')).toEqual([{ state: 'sent' }]);
    expect(space.server.accepted).toHaveLength(2);
    expect(new Set(space.server.requests.map(({ headers }) => headers['idempotency-key'])).size).toBe(1);
  });

  it('is not trusted after a day: the mail is looked for', async () => {
    const space = await withResend();
    enrolled(space, 1);
    space.server.fail({ fault: 'reset', when: 'after' });
    await space.tick();
    space.setClock(NOW + 2 * DAY);
    expect(await space.tick()).toMatchObject({ recovered: { found: 1 }, uncertain: 0, sent: {} });
    expect(space.server.accepted).toHaveLength(1);
    expect(space.rows('select state, sent_at from message')).toEqual([{ state: 'sent', sent_at: NOW }]);
  });
});
