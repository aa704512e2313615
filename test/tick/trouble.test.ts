import { describe, expect, it } from 'vitest';
import { aStep, aSuppression, DAY, HOUR, NOW } from '../builders.ts';
import { enrolled, SMS_STEP, withProviders } from './providers.ts';
import { settings, type TickWorkspace, tickWorkspace } from './workspace.ts';

const down = {
  fault: 'answer',
  status: 503,
  body: { statusCode: 503, name: 'service_unavailable', message: 'Service unavailable' },
} as const;
const slowDownOnce = {
  fault: 'answer',
  status: 429,
  headers: { 'retry-after': '60' },
  body: { statusCode: 429, name: 'rate_limit_exceeded', message: 'slow down' },
} as const;
const throttled = {
  fault: 'answer',
  status: 429,
  body: { code: 20429, message: 'Too many requests' },
} as const;

/** Mails that a batch refuses as a whole would go one by one; here each campaign is a batch of its own. */
function oneByOne(space: TickWorkspace, people: number): void {
  for (let person = 0; person < people; person += 1) enrolled(space);
}

describe('a provider that fails again and again', () => {
  it('is left alone after five calls in a row, says so once, and the other channel goes on', async () => {
    const space = await withProviders();
    enrolled(space, 800);
    enrolled(space, 3, { scenario: { steps: [SMS_STEP] } });
    space.mail.fail(...Array.from({ length: 50 }, () => down));
    const summary = await space.tick({ concurrency: 1 });
    expect(space.mail.requests).toHaveLength(5);
    expect(summary.down.email).toContain('503');
    expect(summary).toMatchObject({ sent: { sms: 3 }, retried: 450, uncertain: 0 });
    expect(space.rows('select channel, failures, open_until from circuit')).toEqual([
      { channel: 'email', failures: 5, open_until: NOW + 5 * 60_000 },
    ]);
  });

  it('is left alone by the next tick, too, and tried again when its time is over', async () => {
    const space = await withProviders();
    enrolled(space, 800);
    space.mail.fail(...Array.from({ length: 6 }, () => down));
    expect(await space.tick({ concurrency: 1 })).toMatchObject({ waiting: { provider_down: 300 } });
    enrolled(space, 10);
    space.setClock(NOW + 4 * 60_000);
    expect(await space.tick()).toMatchObject({ sent: {}, waiting: { provider_down: 10 } });
    expect(space.mail.requests).toHaveLength(5);
    space.setClock(NOW + 6 * 60_000);
    const summary = await space.tick({ concurrency: 1 });
    expect(space.mail.requests).toHaveLength(6);
    expect(summary.down.email).toContain('503');
    space.setClock(NOW + HOUR);
    await space.tick({ concurrency: 1 });
    expect(space.mail.accepted).toHaveLength(810);
    expect(space.rows('select * from circuit')).toEqual([]);
  });

  it('that answers between two failures is used on', async () => {
    const space = await withProviders();
    enrolled(space, 5, { scenario: { steps: [SMS_STEP] } });
    space.phone.fail(throttled, null, throttled, null, null);
    expect(await space.tick({ concurrency: 1 })).toMatchObject({ sent: { sms: 3 }, retried: 2, down: {} });
  });

  it('is not taken for down because it asks to slow down', async () => {
    const space = await withProviders();
    oneByOne(space, 1);
    space.mail.fail({
      fault: 'answer',
      status: 429,
      headers: { 'retry-after': '1' },
      body: { statusCode: 429, name: 'rate_limit_exceeded', message: 'slow down' },
    });
    expect(await space.tick()).toMatchObject({ retried: 1, down: {} });
    expect(space.rows('select * from circuit')).toEqual([]);
  });
});

describe('a message whose calls fail too often', () => {
  const queueFull = {
    fault: 'answer',
    status: 400,
    body: { code: 21611, message: 'Queue is full' },
  } as const;
  const limited = () => withProviders({ settings: settings({ more: 'tick: { max_attempts: 3 }' }) });

  async function hourly(space: TickWorkspace, hours: number): Promise<number[]> {
    const failed: number[] = [];
    for (let hour = 0; hour < hours; hour += 1) {
      space.setClock(NOW + hour * HOUR);
      failed.push((await space.tick()).failed);
    }
    return failed;
  }

  it('is given up with its cause, and the person goes on', async () => {
    const space = await limited();
    enrolled(space, 1, { scenario: { steps: [SMS_STEP, aStep({ id: 'email-2', wait: '0d' })] } });
    space.phone.fail(...Array.from({ length: 9 }, () => queueFull));
    const failed = await hourly(space, 8);
    expect(failed.reduce((sum, each) => sum + each, 0)).toBe(1);
    expect(space.rows("select state, attempts, error from message where channel = 'sms'")).toEqual([
      {
        state: 'failed',
        attempts: 3,
        error: expect.stringMatching(/^given up after 3 calls: the queue of this sender is full/),
      },
    ]);
    expect(space.rows("select data from event where type = 'skipped'")).toEqual([
      { data: '{"step":"sms-1","reason":"failed"}' },
    ]);
    expect(space.mail.accepted).toHaveLength(1);
  });

  it('is replaced by the fallback of its step', async () => {
    const space = await limited();
    enrolled(space, 1, { scenario: { steps: [{ ...SMS_STEP, fallback: ['email'] }] } });
    space.phone.fail(...Array.from({ length: 9 }, () => queueFull));
    await hourly(space, 8);
    expect(space.mail.accepted).toHaveLength(1);
  });

  it('waits longer each time, never less than the provider asks for', async () => {
    const space = await withProviders();
    const [enrolment] = enrolled(space, 1, { scenario: { steps: [SMS_STEP] } });
    space.phone.fail(...Array.from({ length: 9 }, () => queueFull));
    const next = () =>
      Number(
        (space.rows(`select next_at from enrolment where id = ${enrolment}`)[0] as { next_at: number })
          .next_at,
      );
    for (let attempt = 0; attempt < 5; attempt += 1) {
      const at = space.context.now();
      await space.tick();
      expect(next() - at).toBeGreaterThanOrEqual(HOUR);
      space.setClock(next());
    }
  });
});

describe('a provider that asks for a long pause', () => {
  const pause = {
    fault: 'answer',
    status: 429,
    headers: { 'retry-after': '3600' },
    body: { statusCode: 429, name: 'rate_limit_exceeded', message: 'slow down' },
  } as const;

  it('is called by nobody before it is over, not for others and not by the next tick', async () => {
    const space = await withProviders();
    enrolled(space);
    space.mail.fail(pause);
    expect(await space.tick()).toMatchObject({ retried: 1, down: {} });
    enrolled(space, 3);
    space.setClock(NOW + 10 * 60_000);
    expect(await space.tick()).toMatchObject({ sent: {}, waiting: { provider_down: 3 } });
    expect(space.mail.requests).toHaveLength(1);
    space.setClock(NOW + 2 * HOUR);
    expect(await space.tick()).toMatchObject({ sent: { email: 4 } });
  });
});

describe('a live campaign whose provider is gone', () => {
  it('waits for it instead of passing its people over', async () => {
    const space = await withProviders();
    enrolled(space, 2);
    space.connection.exec(`update campaign set channels = '["linkedin","email","sms"]'`);
    const without = await tickWorkspace({ twilio: space.phone.url });
    const { policies, liveProblem, senders, limits } = await without.context.tickEngine();
    const engine = await space.context.tickEngine();
    const summary = await space.tick({
      engine: async () => ({ ...engine, policies, liveProblem, senders, limits }),
    });
    expect(summary).toMatchObject({ skipped: {}, stopped: {}, waiting: { channel_closed: 2 } });
    expect(summary.misconfigured.email).toContain('RESEND_API_KEY is missing');
    expect(await space.tick()).toMatchObject({ sent: { email: 2 } });
  });
});

describe('what a dead tick has left', () => {
  it('is repeated by the next one, however few touches that may begin', async () => {
    const space = await withProviders();
    enrolled(space, 4);
    space.mail.fail({ fault: 'reset', when: 'after' });
    await space.tick();
    space.connection.exec("update message set state = 'sending'");
    enrolled(space, 9);
    space.connection.exec(`update enrolment set next_at = ${NOW - DAY} where id > 4`);
    space.setClock(NOW + HOUR);
    expect(await space.tick({ limit: 2 })).toMatchObject({
      recovered: { repeated: 4 },
      sent: { email: 6 },
      limited: true,
    });
    expect(space.mail.accepted).toHaveLength(6);
  });
});

describe('a channel that a person must mend', () => {
  it('counts who waits for it, and keeps them due', async () => {
    const space = await withProviders();
    enrolled(space, 501);
    space.mail.fail({
      fault: 'answer',
      status: 403,
      body: { statusCode: 403, name: 'validation_error', message: 'The domain is not verified' },
    });
    const summary = await space.tick({ concurrency: 1 });
    expect(summary).toMatchObject({ sent: {}, waiting: { channel_closed: 1 } });
    expect(summary.misconfigured.email).toContain('not verified');
    expect(await space.tick()).toMatchObject({ sent: { email: 501 } });
  });
});

describe('a tick that somebody ends', () => {
  it('finishes and records what is under way, begins nothing more, and the next one goes on', async () => {
    const space = await withProviders();
    enrolled(space, 1200);
    const summary = await space.tick({
      concurrency: 1,
      stopping: () => space.mail.accepted.length >= 200,
    });
    expect(summary).toMatchObject({ interrupted: true, sent: { email: 200 } });
    expect(space.rows("select count(*) as n from message where state = 'sending'")).toEqual([{ n: 0 }]);
    expect(await space.tick()).toMatchObject({ interrupted: false, sent: { email: 1000 } });
    expect(new Set(space.mail.accepted.map(({ email }) => String(email.to))).size).toBe(1200);
    expect(space.mail.accepted).toHaveLength(1200);
  });

  it('before it has begun writes no text', async () => {
    const space = await withProviders();
    enrolled(space, 5);
    const summary = await space.tick({ stopping: () => true });
    expect(summary).toMatchObject({ interrupted: true, considered: 0 });
    expect(space.rows('select * from message')).toEqual([]);
  });
});

describe('calls that were not the fault of a message', () => {
  const wrongKey = {
    fault: 'answer',
    status: 401,
    body: { statusCode: 401, name: 'restricted_api_key', message: 'x' },
  } as const;
  const slowDown = (seconds: number) =>
    ({
      fault: 'answer',
      status: 429,
      headers: { 'retry-after': String(seconds) },
      body: { statusCode: 429, name: 'rate_limit_exceeded', message: 'slow down' },
    }) as const;

  it('do not count towards giving it up: a key that was wrong for days', async () => {
    const space = await withProviders();
    enrolled(space);
    space.mail.fail(...Array.from({ length: 12 }, () => wrongKey), slowDown(60));
    for (let hour = 0; hour < 13; hour += 1) {
      space.setClock(NOW + (hour * HOUR) / 2);
      expect(await space.tick()).toMatchObject({ failed: 0 });
    }
    expect(space.rows('select state, attempts from message')).toEqual([{ state: 'ready', attempts: 1 }]);
  });

  it('do not count when nobody was called: the rate limit of the batch before', async () => {
    const space = await withProviders();
    enrolled(space, 150);
    space.mail.fail(slowDown(20));
    await space.tick({ concurrency: 1 });
    expect(space.mail.requests).toHaveLength(1);
    expect(space.rows('select attempts, count(*) as n from message group by 1 order by 1')).toEqual([
      { attempts: 0, n: 50 },
      { attempts: 1, n: 100 },
    ]);
  });
});

describe('one person that cannot be dealt with', () => {
  it('is held with the reason, and all others are served', async () => {
    const space = await withProviders();
    enrolled(space, 3);
    space.connection.exec("update prospect set timezone = 'Mars/Olympus' where id = 2");
    const summary = await space.tick();
    expect(summary).toMatchObject({ sent: { email: 2 }, held: { fault: 1 } });
    expect(Object.keys(summary.held_for).join()).toMatch(/time zone.*olympus/i);
    space.connection.exec("update prospect set timezone = 'Europe/Paris' where id = 2");
    space.setClock(NOW + 25 * HOUR);
    expect(await space.tick()).toMatchObject({ sent: { email: 1 } });
  });
});

describe('an address on the blacklist that a stored text still carries', () => {
  it('gets nothing, whatever address the person has now', async () => {
    const space = await withProviders();
    enrolled(space, 1);
    space.mail.fail(slowDownOnce);
    await space.tick();
    const [old] = space.rows('select email from prospect') as { email: string }[];
    space.connection.exec("update prospect set email = 'neu@autre.example'");
    // As a person would have written it: it is not written anew.
    space.connection.exec('update message set facts_key = null');
    aSuppression(space.connection, 'email', old?.email ?? '');
    space.setClock(NOW + HOUR);
    await space.tick();
    expect(space.mail.accepted).toEqual([]);
    expect(space.rows('select state from message')).toEqual([{ state: 'cancelled' }]);
  });

  it('gets no repeat either: its provider is asked', async () => {
    const space = await withProviders();
    enrolled(space, 1);
    space.mail.fail({ fault: 'reset', when: 'before' });
    await space.tick();
    const [old] = space.rows('select email from prospect') as { email: string }[];
    space.connection.exec("update prospect set email = 'neu@autre.example'");
    // As a person would have written it: it is not written anew.
    space.connection.exec('update message set facts_key = null');
    aSuppression(space.connection, 'email', old?.email ?? '');
    space.setClock(NOW + HOUR);
    expect(await space.tick()).toMatchObject({ waiting: { checking: 1 } });
    space.setClock(NOW + 2 * HOUR);
    await space.tick();
    await space.tick();
    expect(space.mail.accepted).toEqual([]);
  });
});
