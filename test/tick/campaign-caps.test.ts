import { describe, expect, it } from 'vitest';
import { editCampaign } from '../../src/commands/campaign/edit.ts';
import { explain } from '../../src/commands/explain.ts';
import { verifyLedger } from '../../src/engine/verify/ledger.ts';
import { aCampaign, aMessage, anEnrolment, aStep, DAY, HOUR, NOW } from '../builders.ts';
import { testContext } from '../context.ts';
import { enrolled, SMS_STEP, TEMPLATES, withProviders } from './providers.ts';
import { settings, type TickWorkspace, tickWorkspace } from './workspace.ts';

const ONE_STEP = { scenario: { steps: [aStep()] } };
const SENDER = 'hector@nexalis.example';

const sentBy = (space: TickWorkspace, enrolments: readonly number[]): number =>
  space.rows(`select id from message where state = 'sent' and enrolment_id in (${enrolments.join(',')})`)
    .length;

const waiting = (space: TickWorkspace) =>
  space.rows("select id, next_at, hold from enrolment where status = 'active' order by next_at, id") as {
    id: number;
    next_at: number;
    hold: string | null;
  }[];

const ticksOf = async (space: TickWorkspace, day: number): Promise<void> => {
  for (let hour = 0; hour < 9; hour += 1) {
    space.setClock(NOW - HOUR + day * DAY + hour * HOUR);
    await space.tick();
  }
};

/** An e-mail of this campaign that went out earlier, from whatever address. */
function earlier(space: TickWorkspace, campaignId: number, sentAt: number, message: object = {}): void {
  const enrolmentId = anEnrolment(space.connection, { campaignId, status: 'completed' });
  aMessage(space.connection, {
    ...{ enrolmentId, state: 'sent', sentAt, claimedAt: sentAt, sender: SENDER },
    ...message,
  });
}

const verified = async ({ context }: TickWorkspace): Promise<unknown[]> => {
  const [store, calendar] = await Promise.all([context.stores.verify(), context.calendar()]);
  const { checks } = await verifyLedger({ store, calendar, timezone: 'Europe/Paris', limit: 10 });
  return checks.flatMap(({ rows }) => rows);
};

describe('the caps of a campaign', () => {
  it('let so many out a day, the first to be turned away first, and hold nobody of another', async () => {
    const space = await withProviders();
    const own = enrolled(space, 7, { ...ONE_STEP, caps: { email: 3 } });
    const other = enrolled(space, 5, ONE_STEP);
    expect(await space.tick()).toMatchObject({ sent: { email: 8 }, waiting: { campaign_cap: 4 } });
    expect([sentBy(space, own), sentBy(space, other)]).toEqual([3, 5]);
    expect(waiting(space).map(({ id, hold }) => [id, hold])).toEqual(
      own.slice(3).map((id) => [id, 'campaign_cap']),
    );
    for (const { next_at } of waiting(space)) expect(next_at).toBeGreaterThanOrEqual(NOW - HOUR + DAY);
    await ticksOf(space, 1);
    expect(sentBy(space, own)).toBe(6);
    await ticksOf(space, 2);
    expect(sentBy(space, own)).toBe(7);
    expect(await verified(space)).toEqual([]);
  });

  it('leave the caps of the sender in force over all campaigns', async () => {
    const space = await withProviders({
      settings: settings({ email: 'spread: false, ramp: off, caps: { hour: off, day: 4, week: off }' }),
    });
    const first = enrolled(space, 9, { ...ONE_STEP, caps: { email: 3 } });
    const second = enrolled(space, 9, { ...ONE_STEP, caps: { email: 3 } });
    await space.tick();
    expect(sentBy(space, [...first, ...second])).toBe(4);
    expect(Math.max(sentBy(space, first), sentBy(space, second))).toBeLessThanOrEqual(3);
  });

  it('count what went out today from any address, and what perhaps did; not yesterday, another campaign, a rehearsal', async () => {
    const space = await withProviders();
    const capped = aCampaign(space.connection, { ...ONE_STEP, templates: TEMPLATES, caps: { email: 6 } });
    const other = aCampaign(space.connection, ONE_STEP);
    // 00:30 in Paris is still yesterday in UTC.
    for (const at of [NOW - 9.5 * HOUR, NOW - HOUR]) earlier(space, capped, at);
    earlier(space, capped, NOW - HOUR, { sender: 'autre@nexalis.example' });
    earlier(space, capped, NOW - HOUR, { state: 'uncertain', sentAt: null });
    earlier(space, capped, NOW - 10.5 * HOUR);
    earlier(space, capped, NOW - HOUR, { mode: 'rehearsal' });
    earlier(space, capped, NOW - HOUR, { channel: 'sms', sender: 'Nexalis' });
    earlier(space, other, NOW - HOUR);
    for (let person = 0; person < 4; person += 1) anEnrolment(space.connection, { campaignId: capped });
    expect(await space.tick()).toMatchObject({ sent: { email: 2 }, waiting: { campaign_cap: 2 } });
  });

  it('are counted lane by lane; open tasks take room until they are done', async () => {
    const space = await withProviders({ settings: settings({ more: 'linkedin: { ramp: off }' }) });
    const li = (kind: 'invitation' | 'message') =>
      aStep({ id: 'li', channel: 'linkedin', kind, template: 'default/message' });
    const caps = { invitation: 2, sms: 1 };
    enrolled(space, 5, { scenario: { steps: [li('invitation')] }, caps });
    enrolled(space, 5, { scenario: { steps: [li('message')] }, caps });
    enrolled(space, 3, { scenario: { steps: [SMS_STEP] }, caps });
    expect(await space.tick()).toMatchObject({ tasks: 7, sent: { sms: 1 }, waiting: { campaign_cap: 5 } });
    space.setClock(NOW + DAY);
    expect(await space.tick()).toMatchObject({ tasks: 0 });
    space.connection.prepare("update message set state = 'skipped' where kind = 'invitation'").run();
    space.setClock(NOW + 2 * DAY);
    expect(await space.tick()).toMatchObject({ tasks: 2 });
  });

  it('of nothing let nothing out, and do not make a step too late', async () => {
    const space = await withProviders();
    const own = enrolled(space, 1, { ...ONE_STEP, name: 'Ouest', caps: { email: 0 } });
    for (let day = 0; day < 10; day += 1) await ticksOf(space, day);
    expect(sentBy(space, own)).toBe(0);
    expect(space.rows("select type from event where type = 'skipped'")).toEqual([]);
  });

  it('hold no repeat under its key: it has been counted', async () => {
    const space = await withProviders();
    const own = enrolled(space, 2, { ...ONE_STEP, caps: { email: 1 } });
    space.mail.fail({ fault: 'reset', when: 'after' });
    expect(await space.tick()).toMatchObject({ retried: 1, waiting: { campaign_cap: 1 } });
    space.setClock(NOW + HOUR);
    expect(await space.tick()).toMatchObject({ sent: { email: 1 } });
    expect(sentBy(space, own)).toBe(1);
  });

  it('leave rehearsals alone', async () => {
    const space = await tickWorkspace();
    enrolled(space, 4, { mode: 'rehearsal', caps: { email: 1 } });
    expect(await space.tick()).toMatchObject({ sent: { email: 4 }, rehearsed: 4 });
  });

  it('have their place back where a text could not be written', async () => {
    const space = await withProviders();
    enrolled(space, 1, {
      ...ONE_STEP,
      caps: { email: 1 },
      templates: { 'default/email': '---\nsubject: x\n---\n{{ custom.ville }} {{ opt_out }}' },
    });
    const { held, own_caps } = await space.tick();
    expect(held).toEqual({ missing_variable: 1 });
    expect(own_caps).toMatchObject([{ day: 1, day_used: 0 }]);
  });

  it('are read of nobody where no campaign has any', async () => {
    const space = await withProviders();
    enrolled(space, 1);
    const store = await space.context.stores.ticks();
    let asked = 0;
    await space.tick({
      store: {
        ...store,
        campaignUsage: (since) => {
          asked += 1;
          return store.campaignUsage(since);
        },
      },
    });
    expect(asked).toBe(0);
    expect(space.rows("select sender from sender_day where sender like 'campaign%'")).toEqual([]);
  });
});

describe('the day of a campaign', () => {
  it('is explained, and stands in the summary', async () => {
    const space = await withProviders();
    enrolled(space, 2, { ...ONE_STEP, name: 'PME Ouest', caps: { email: 1 } });
    const summary = await space.tick();
    expect(summary.own_caps).toEqual([
      {
        ...{ campaign: 'PME Ouest', sender: null, lane: 'email' },
        ...{ hour: null, hour_used: 1, day: 1, day_used: 1, week: null, week_used: 1 },
      },
    ]);
    const { context, stdout } = testContext({ folder: space.folder, env: space.env, json: true });
    await explain(context, { prospect: '2', campaign: null });
    expect(JSON.parse(stdout()).enrolments[0].rules).toMatchObject([
      { code: 'campaign_cap', commands: ["hector campaign edit 'PME Ouest' --caps 'email=1' --yes"] },
    ]);
  });

  it('goes on with other caps as soon as they are changed, in the same order, and is not judged by them', async () => {
    const space = await withProviders();
    const own = enrolled(space, 9, { ...ONE_STEP, name: 'Ouest', caps: { email: 4 } });
    await space.tick();
    const { context } = testContext({ folder: space.folder, env: space.env });
    await editCampaign(context, 'Ouest', { caps: 'email=6', yes: true });
    expect(waiting(space).map(({ id, next_at }) => [id, next_at <= NOW])).toEqual(
      own.slice(4).map((id) => [id, true]),
    );
    expect(await space.tick()).toMatchObject({ sent: { email: 2 }, waiting: { campaign_cap: 3 } });
    await editCampaign(context, 'Ouest', { caps: 'email=2', yes: true });
    expect(await space.tick()).toMatchObject({ sent: {}, waiting: { campaign_cap: 3 } });
    await editCampaign(context, 'Ouest', { caps: 'off', yes: true });
    expect(await space.tick()).toMatchObject({ sent: { email: 3 } });
    expect(await verified(space)).toEqual([]);
  });

  it('on which more went out than its cap is found by verify', async () => {
    const space = await withProviders();
    enrolled(space, 3, { ...ONE_STEP, caps: { email: 3 } });
    await space.tick();
    space.connection.exec("update sender_day set day_cap = 2 where sender = 'campaign 1'");
    expect(await verified(space)).toMatchObject([
      {
        code: 'over_day_cap',
        detail: expect.stringContaining('email of campaign 1, 2026-11-23: 3 sends, cap 2'),
      },
    ]);
  });
});
