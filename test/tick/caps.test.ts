import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { resumeCampaign } from '../../src/commands/campaign/resume.ts';
import { aCampaign, aMessage, anEnrolment, aProspect, aStep, DAY, HOUR, NOW } from '../builders.ts';
import { testContext } from '../context.ts';
import { enrolled, SMS_STEP, TEMPLATES, withProviders } from './providers.ts';
import { settings, type TickWorkspace, tickWorkspace } from './workspace.ts';

const SENDER = 'hector@nexalis.example';

const capped = (email: string, now = NOW) =>
  withProviders({
    settings: settings({ email: `spread: false, ramp: off, ${email}`, sms: 'caps: off' }),
    now,
  });

/** E-mails of the sender that went out earlier, for real unless said otherwise. */
function earlier(space: TickWorkspace, times: readonly number[], message: object = {}): void {
  const campaignId = aCampaign(space.connection, { templates: TEMPLATES });
  for (const sentAt of times) {
    const enrolmentId = anEnrolment(space.connection, { campaignId, status: 'completed' });
    const id = aMessage(space.connection, {
      enrolmentId,
      state: 'sent',
      sentAt,
      claimedAt: sentAt,
      ...message,
    });
    space.connection.prepare('update message set sender = coalesce(sender, ?) where id = ?').run(SENDER, id);
  }
}

const nextDates = (space: TickWorkspace) =>
  space.rows("select id, next_at, hold from enrolment where status = 'active' order by next_at, id") as {
    id: number;
    next_at: number;
    hold: string | null;
  }[];

describe('the cap of a day', () => {
  it('lets so many out, puts the others off to the next day in their order, and loses nobody', async () => {
    const space = await capped('caps: { hour: off, day: 3, week: off }');
    const people = enrolled(space, 10, { scenario: { steps: [aStep()] } });
    expect(await space.tick()).toMatchObject({ sent: { email: 3 }, waiting: { daily_cap: 7 } });
    const waiting = nextDates(space);
    expect(waiting.map(({ id }) => id)).toEqual(people.slice(3));
    for (const { next_at, hold } of waiting) {
      expect(hold).toBe('daily_cap');
      expect(next_at).toBeGreaterThanOrEqual(NOW - HOUR + DAY);
      expect(next_at).toBeLessThan(NOW + DAY + 8 * HOUR);
    }
    const days = [3];
    for (let day = 1; day <= 3; day += 1) {
      for (let hour = 0; hour < 9; hour += 1) {
        space.setClock(NOW - HOUR + day * DAY + hour * HOUR);
        await space.tick();
      }
      days.push(space.mail.accepted.length);
    }
    expect(days).toEqual([3, 6, 9, 10]);
  });

  it('counts today in the zone of the sender, and what another sender sent not at all', async () => {
    const space = await capped('caps: { hour: off, day: 3, week: off }');
    // 00:30 in Paris is still yesterday in UTC.
    earlier(space, [NOW - 9.5 * HOUR, NOW - 10.5 * HOUR]);
    earlier(space, [NOW - HOUR, NOW - HOUR], { mode: 'rehearsal' });
    space.connection.prepare("update message set sender = 'autre@nexalis.example' where id = 3").run();
    enrolled(space, 5);
    expect(await space.tick()).toMatchObject({ sent: { email: 2 }, waiting: { daily_cap: 3 } });
  });

  it('counts what was perhaps sent', async () => {
    const space = await capped('caps: { hour: off, day: 3, week: off }');
    earlier(space, [NOW - HOUR], { state: 'uncertain', sentAt: null, claimedAt: NOW - HOUR });
    enrolled(space, 5);
    expect(await space.tick()).toMatchObject({ sent: { email: 2 } });
  });

  it('of nothing lets nothing out', async () => {
    const space = await capped('caps: { hour: off, day: 0, week: off }');
    enrolled(space, 2);
    expect(await space.tick()).toMatchObject({ sent: {}, waiting: { daily_cap: 2 } });
  });

  it('does not make a step too late: who waits for weeks still gets the first mail first', async () => {
    const space = await capped('caps: { hour: off, day: 1, week: off }');
    enrolled(space, 12);
    for (let day = 0; day < 24; day += 1)
      for (let hour = 0; hour < 9; hour += 1) {
        space.setClock(NOW - HOUR + day * DAY + hour * HOUR);
        await space.tick();
      }
    const skipped = space.rows("select data from event where type = 'skipped'");
    expect(skipped).toEqual([]);
    expect(space.mail.accepted.length).toBeGreaterThan(15);
  });

  it('is written down for the day, the highest of it', async () => {
    const space = await capped('caps: { hour: off, day: 3, week: 9 }');
    enrolled(space, 1);
    await space.tick();
    expect(space.rows("select * from sender_day where lane = 'email'")).toEqual([
      { sender: SENDER, lane: 'email', date: '2026-11-23', day_cap: 3, week_cap: 9 },
    ]);
  });
});

describe('a cap that somebody raises', () => {
  it('holds for those it has put off as soon as the campaign is resumed', async () => {
    const space = await capped('caps: { hour: off, day: 1, week: off }');
    enrolled(space, 3, { name: 'Ouest', scenario: { steps: [aStep()] } });
    expect(await space.tick()).toMatchObject({ waiting: { daily_cap: 2 } });
    writeFileSync(join(space.folder, 'hector.yaml'), settings());
    const { context, stderr } = testContext({ folder: space.folder, env: space.env });
    await resumeCampaign(context, 'Ouest', false);
    expect(stderr()).toContain('2 that a cap had put off');
    const engine = await context.tickEngine();
    expect(engine.limits.lanes[0]?.caps.day).toBeNull();
    expect(nextDates(space).map(({ next_at }) => next_at)).toEqual([NOW, NOW]);
  });
});

describe('the cap of seven days', () => {
  it('counts today and the six days before', async () => {
    const space = await capped('caps: { hour: off, day: off, week: 4 }');
    earlier(space, [NOW - 7 * DAY, NOW - 6 * DAY, NOW - 2 * DAY]);
    enrolled(space, 5);
    expect(await space.tick()).toMatchObject({ sent: { email: 2 }, waiting: { weekly_cap: 3 } });
  });
});

describe('the cap of an hour', () => {
  it('spaces what is due at once over the hours that follow, at its pace', async () => {
    const space = await capped('caps: { hour: 4, day: off, week: off }');
    enrolled(space, 14, { scenario: { steps: [aStep()] } });
    expect(await space.tick()).toMatchObject({ sent: { email: 4 }, waiting: { hourly_cap: 10 } });
    expect(nextDates(space).map(({ next_at }) => (next_at - NOW) / HOUR)).toEqual([
      1, 1.25, 1.5, 1.75, 2, 2.25, 2.5, 2.75, 3, 3.25,
    ]);
    const sent: number[] = [];
    for (let quarter = 1; quarter <= 16; quarter += 1) {
      space.setClock(NOW + (quarter * HOUR) / 4);
      await space.tick();
      sent.push(space.mail.accepted.length);
    }
    expect(sent.at(-1)).toBe(14);
    for (let hour = 1; hour <= 4; hour += 1)
      expect((sent[hour * 4 - 1] ?? 0) - (sent[hour * 4 - 5] ?? 4)).toBeLessThanOrEqual(4);
  });
});

describe('a new sender', () => {
  const ramped = () =>
    withProviders({
      settings: settings({
        email: 'spread: false, caps: { hour: off, day: 20, week: off }, ramp: { 1: 10, 11: 60 }',
        sms: 'caps: off',
      }),
    });

  it('begins small and grows with the days since its first mail', async () => {
    const fresh = await ramped();
    enrolled(fresh, 30);
    expect(await fresh.tick()).toMatchObject({ sent: { email: 2 } });
    const older = await ramped();
    earlier(older, [NOW - 5 * DAY]);
    enrolled(older, 30);
    expect(await older.tick()).toMatchObject({ sent: { email: 7 } });
  });
});

describe('campaigns that share a sender', () => {
  it('get the same share: a big one does not starve a small one', async () => {
    const space = await capped('caps: { hour: off, day: 20, week: off }');
    const big = enrolled(space, 200);
    const small = enrolled(space, 5);
    const middle = enrolled(space, 9);
    await space.tick();
    const sent = (ids: readonly number[]) =>
      space.rows(`select id from message where state = 'sent' and enrolment_id in (${ids.join(',')})`).length;
    expect([sent(big), sent(small), sent(middle)]).toEqual([8, 5, 7]);
  });
});

describe('what caps leave alone', () => {
  it('rehearsals', async () => {
    const space = await tickWorkspace({ settings: settings({ email: 'caps: { day: 1 }' }) });
    enrolled(space, 5, { mode: 'rehearsal' });
    expect(await space.tick()).toMatchObject({ sent: { email: 5 }, rehearsed: 5 });
  });

  it('another channel', async () => {
    const space = await withProviders({
      settings: settings({
        email: 'ramp: off, caps: { day: 1 }',
        sms: 'ramp: off, caps: { hour: off, day: 2 }',
      }),
    });
    enrolled(space, 4, { scenario: { steps: [SMS_STEP] } });
    enrolled(space, 4);
    expect(await space.tick()).toMatchObject({ sent: { email: 1, sms: 2 }, waiting: { daily_cap: 5 } });
  });

  it('a repeat under its key: it has been counted', async () => {
    const space = await capped('caps: { hour: off, day: 1, week: off }');
    enrolled(space, 1);
    space.mail.fail({ fault: 'reset', when: 'after' });
    expect(await space.tick()).toMatchObject({ sent: {}, retried: 1 });
    space.setClock(NOW + HOUR);
    expect(await space.tick()).toMatchObject({ sent: { email: 1 } });
    expect(space.mail.accepted).toHaveLength(1);
  });
});

describe('LinkedIn tasks', () => {
  const steps = (kind: 'invitation' | 'message') => [
    aStep({ id: 'li', channel: 'linkedin', kind, template: 'default/message' }),
  ];

  it('are capped as invitations and as messages, and open ones take room until they are done', async () => {
    const space = await withProviders({
      settings: settings({
        more: 'linkedin: { invitations: { day: 3, week: 10 }, messages: { day: 2 }, ramp: off }',
      }),
    });
    enrolled(space, 5, { scenario: { steps: steps('invitation') } });
    enrolled(space, 5, { scenario: { steps: steps('message') } });
    expect(await space.tick()).toMatchObject({ tasks: 5, waiting: { daily_cap: 5 } });
    space.setClock(NOW + DAY);
    expect(await space.tick()).toMatchObject({ tasks: 0, waiting: { daily_cap: 5 } });
    space.connection.prepare("update message set state = 'skipped' where kind = 'invitation'").run();
    space.setClock(NOW + 2 * DAY);
    expect(await space.tick()).toMatchObject({ tasks: 2 });
  });
});

describe('room that is not used', () => {
  it('by a text that cannot be written goes to the others', async () => {
    const space = await capped('caps: { hour: off, day: 3, week: off }');
    enrolled(space, 3, {
      templates: { 'default/email': '---\nsubject: x\n---\n{{ custom.ville }} {{ opt_out }}' },
    });
    enrolled(space, 4);
    await space.tick();
    const before = space.mail.accepted.length;
    for (let hour = 0; hour < 9; hour += 1) {
      space.setClock(NOW + DAY - HOUR + hour * HOUR);
      await space.tick();
    }
    expect(space.mail.accepted.length - before).toBe(3);
  });

  it('by a closed channel keeps nobody back', async () => {
    const space = await withProviders({
      settings: settings({ email: 'spread: false, ramp: off, caps: { day: 2 }' }),
    });
    enrolled(space, 5);
    const unverified = {
      fault: 'answer',
      status: 403,
      body: { statusCode: 403, name: 'validation_error', message: 'The domain is not verified' },
    } as const;
    space.mail.fail(unverified);
    await space.tick();
    expect(await space.tick()).toMatchObject({ sent: { email: 2 } });
  });

  it('by a text beside a step is no reason to keep the step back', async () => {
    const space = await withProviders({
      settings: settings({
        more: 'linkedin: { messages: { day: 1 }, ramp: off }',
      }),
    });
    enrolled(space, 3, {
      scenario: { steps: [aStep({ also: ['linkedin'] })] },
      templates: TEMPLATES,
    });
    expect(await space.tick()).toMatchObject({ sent: { email: 3 }, tasks: 1 });
  });

  it('by tasks of a paused campaign is there for the others', async () => {
    const space = await withProviders({
      settings: settings({ more: 'linkedin: { messages: { day: 2 }, ramp: off }' }),
    });
    const li = [aStep({ id: 'li', channel: 'linkedin', kind: 'message', template: 'default/message' })];
    enrolled(space, 2, { scenario: { steps: li } });
    expect(await space.tick()).toMatchObject({ tasks: 2 });
    space.connection.exec("update campaign set status = 'paused'");
    enrolled(space, 2, { scenario: { steps: li } });
    expect(await space.tick()).toMatchObject({ tasks: 2 });
  });

  it('today is taken by what is repeated today, though it was first called yesterday', async () => {
    const space = await capped('caps: { hour: off, day: 3, week: off }');
    const down = {
      fault: 'answer',
      status: 503,
      body: { statusCode: 503, name: 'x', message: 'x' },
    } as const;
    enrolled(space, 3, { scenario: { steps: [aStep()] } });
    space.mail.fail(down);
    space.setClock(NOW + 7 * HOUR + 50 * 60_000);
    expect(await space.tick()).toMatchObject({ retried: 3 });
    enrolled(space, 3, { scenario: { steps: [aStep()] } });
    space.setClock(NOW + DAY);
    expect(await space.tick()).toMatchObject({ sent: { email: 3 }, waiting: { daily_cap: 3 } });
  });
});

describe('spread', () => {
  it('reaches everybody with a tick an hour, in a short window too', async () => {
    const space = await withProviders({ settings: settings({ email: 'caps: off, spread: true' }) });
    const sunday = NOW - DAY;
    const campaignId = aCampaign(space.connection, {
      templates: TEMPLATES,
      scenario: { steps: [aStep()] },
      hoursFrom: 9 * 60,
      hoursTo: 12 * 60,
    });
    for (let person = 0; person < 120; person += 1)
      anEnrolment(space.connection, { campaignId, anchorAt: sunday, nextAt: sunday });
    for (let hour = 0; hour < 72; hour += 1) {
      space.setClock(sunday + hour * HOUR);
      await space.tick();
    }
    expect(space.mail.accepted).toHaveLength(120);
  });

  it('what gathered over night leaves in the course of the day, not with its first minute', async () => {
    const monday = NOW - HOUR;
    const space = await withProviders({
      settings: settings({ email: 'caps: off, spread: true' }),
      now: monday,
    });
    const campaignId = aCampaign(space.connection, { templates: TEMPLATES, scenario: { steps: [aStep()] } });
    for (let person = 0; person < 90; person += 1)
      anEnrolment(space.connection, {
        campaignId,
        prospectId: aProspect(space.connection),
        anchorAt: monday - 5 * HOUR,
        nextAt: monday,
      });
    expect(await space.tick()).toMatchObject({ sent: {}, waiting: { spacing: 90 } });
    const byHour: number[] = [];
    for (let hour = 1; hour <= 8; hour += 1) {
      space.setClock(monday + hour * HOUR);
      await space.tick();
      byHour.push(space.mail.accepted.length - byHour.reduce((sum, each) => sum + each, 0));
    }
    space.setClock(monday + 8.5 * HOUR);
    await space.tick();
    expect(space.mail.accepted).toHaveLength(90);
    for (const sent of byHour) expect(sent).toBeGreaterThan(2);
    for (const sent of byHour) expect(sent).toBeLessThan(25);
  });
});
