import { describe, expect, it } from 'vitest';
import { completeCampaign } from '../../src/commands/campaign/complete.ts';
import { createCampaign, launchable } from '../../src/commands/campaign/create/launch.ts';
import { deleteCampaign } from '../../src/commands/campaign/delete.ts';
import { pauseCampaign } from '../../src/commands/campaign/pause.ts';
import { resumeCampaign } from '../../src/commands/campaign/resume.ts';
import { report } from '../../src/commands/report.ts';
import { aCampaign, aMessage, anEnrolment, anEvent, aProspect, NOW } from '../builders.ts';
import { testContext } from '../context.ts';
import { scripted, silent } from '../prompter.ts';

async function workspace(options: Parameters<typeof testContext>[0] = {}) {
  const test = testContext(options);
  const connection = await test.context.connection();
  return { ...test, connection, rows: (sql: string) => connection.prepare(sql).all() };
}

describe('campaign complete', () => {
  async function running(options: Parameters<typeof testContext>[0] = {}) {
    const test = await workspace(options);
    const { connection } = test;
    const id = aCampaign(connection, { name: 'PME' });
    const [sent, ready, asked] = [1, 2, 3].map(() => anEnrolment(connection, { campaignId: id }));
    const ended = anEnrolment(connection, { campaignId: id, status: 'replied', reason: 'replied' });
    aMessage(connection, { enrolmentId: sent ?? 0, state: 'sent' });
    aMessage(connection, { enrolmentId: ready ?? 0, state: 'ready' });
    aMessage(connection, { enrolmentId: asked ?? 0, state: 'awaiting_approval' });
    aMessage(connection, { enrolmentId: ended, state: 'sent' });
    const other = anEnrolment(connection);
    aMessage(connection, { enrolmentId: other, state: 'ready' });
    return { ...test, id, other };
  }

  it('stops who is under way, cancels what has not gone out, and leaves all else', async () => {
    const { context, rows, stderr, id, other } = await running();
    await completeCampaign(context, 'pme', true);
    expect(stderr()).toContain('Under way, and stopped: 3 people. Not sent, and cancelled: 2 texts.');
    expect(
      rows(
        `select status, reason, step, next_at from enrolment where campaign_id = ${id} and status = 'stopped'`,
      ),
    ).toEqual(Array(3).fill({ status: 'stopped', reason: 'campaign_ended', step: null, next_at: null }));
    expect(rows('select state, count(*) as n from message group by 1 order by 1')).toEqual([
      { state: 'cancelled', n: 2 },
      { state: 'ready', n: 1 },
      { state: 'sent', n: 2 },
    ]);
    expect(rows(`select status from enrolment where id = ${other}`)).toEqual([{ status: 'active' }]);
    expect(rows("select count(*) as n from event where type = 'stopped'")).toEqual([{ n: 3 }]);
  });

  it('is final: it is neither resumed nor paused, takes nobody in, and its people are free for another', async () => {
    const { context, connection, rows } = await running();
    await completeCampaign(context, 'PME', true);
    await expect(resumeCampaign(context, 'PME', true)).rejects.toThrow('"PME" has ended');
    await expect(pauseCampaign(context, 'PME')).rejects.toThrow('"PME" has ended');
    const enroller = await context.stores.enroller();
    await expect(enroller.enrol('PME', [aProspect(connection)], NOW)).rejects.toThrow('has ended');
    const answers = {
      name: 'Encore',
      scenario: 'connexion-douce',
      from: ['campaign:PME'],
      mode: 'live' as const,
    };
    await createCampaign(context, launchable(answers));
    expect(
      rows(
        "select count(*) as n from enrolment where campaign_id = (select id from campaign where name = 'Encore')",
      ),
    ).toEqual([{ n: 3 }]);
  });

  it('what was sent and answered stays in the report', async () => {
    const { context, stdout } = await running({ json: true });
    const sentIn = async () => {
      const before = stdout().length;
      await report(context, { campaign: 'PME', excelFr: false });
      return JSON.parse(stdout().slice(before)).reports[0].campaigns[0].steps;
    };
    const before = await sentIn();
    await completeCampaign(context, 'PME', true);
    expect(await sentIn()).toEqual(before);
  });

  it('wants a yes, and changes nothing without', async () => {
    const { context, rows } = await running();
    await expect(completeCampaign(context, 'PME', false)).rejects.toThrow(
      /stops 3 people and cancels 2 texts/,
    );
    const asked = await running({ interactive: true, columns: 80, prompter: scripted([false]) });
    await completeCampaign(asked.context, 'PME', false);
    for (const look of [rows, asked.rows])
      expect(look("select status from campaign where name = 'PME'")).toEqual([{ status: 'running' }]);
  });
});

describe('campaign delete', () => {
  it('takes a rehearsal away with all that was made up in it, and keeps the people and what they did', async () => {
    const { context, connection, rows, stderr } = await workspace();
    const id = aCampaign(connection, { name: 'Essai', mode: 'rehearsal' });
    const enrolmentId = anEnrolment(connection, { campaignId: id });
    const messageId = aMessage(connection, { enrolmentId, state: 'sent' });
    anEvent(connection, { type: 'accepted', messageId });
    anEvent(connection, { type: 'sent', messageId });
    anEvent(connection, { type: 'opted_out', messageId });
    const other = anEnrolment(connection);
    await deleteCampaign(context, 'essai', true);
    expect(stderr()).toContain('the places of 1 person in it and 1 text');
    expect(rows('select id from enrolment')).toEqual([{ id: other }]);
    expect(rows('select * from message')).toEqual([]);
    expect(rows('select type, campaign_id, enrolment_id, message_id from event')).toEqual([
      { type: 'opted_out', campaign_id: null, enrolment_id: null, message_id: null },
    ]);
    expect(rows('select count(*) as n from prospect')).toEqual([{ n: 2 }]);
    expect(rows('select count(*) as n from scenario_version')).toEqual([{ n: 1 }]);
  });

  it.each([
    ['sent', {}],
    ['uncertain', {}],
    ['sending', {}],
    ['ready', { idempotencyKey: 'k' }],
  ] as const)('refuses a live one with a touch that is %s, and says what to do', async (state, more) => {
    const { context, connection, rows } = await workspace();
    const enrolmentId = anEnrolment(connection, { campaignId: aCampaign(connection, { name: 'PME' }) });
    aMessage(connection, { enrolmentId, state, ...more });
    await expect(deleteCampaign(context, 'PME', true)).rejects.toMatchObject({
      exitCode: 1,
      message: expect.stringContaining('has touched 1 person for real'),
      next: 'hector campaign complete PME',
    });
    const ends = await context.stores.campaignEnds();
    await expect(ends.remove(1)).rejects.toThrow('for real');
    expect(rows('select count(*) as n from message')).toEqual([{ n: 1 }]);
  });

  it('takes a live one away that has sent nothing', async () => {
    const { context, connection, rows } = await workspace();
    const enrolmentId = anEnrolment(connection, { campaignId: aCampaign(connection, { name: 'PME' }) });
    aMessage(connection, { enrolmentId, state: 'awaiting_approval' });
    await deleteCampaign(context, 'PME', true);
    expect(rows('select * from campaign')).toEqual([]);
  });

  it('wants a yes, and refuses while a tick is at work', async () => {
    const { context, connection, rows } = await workspace({
      interactive: true,
      columns: 80,
      prompter: silent,
    });
    aCampaign(connection, { name: 'PME' });
    await expect(deleteCampaign(context, 'PME', false)).rejects.toThrow('nobody answers "Delete "PME"?"');
    connection
      .prepare("insert into lease (name, host, pid, heartbeat_at) values ('tick', 'elsewhere', 1, ?)")
      .run(Date.now());
    await expect(deleteCampaign(context, 'PME', true)).rejects.toThrow('a tick is at work');
    expect(rows('select name from campaign')).toEqual([{ name: 'PME' }]);
  });
});
