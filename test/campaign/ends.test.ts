import { describe, expect, it } from 'vitest';
import { completeCampaign } from '../../src/commands/campaign/complete.ts';
import { createCampaign, launchable } from '../../src/commands/campaign/create/launch.ts';
import { deleteCampaign } from '../../src/commands/campaign/delete.ts';
import { pauseCampaign } from '../../src/commands/campaign/pause.ts';
import { resumeCampaign } from '../../src/commands/campaign/resume.ts';
import { report } from '../../src/commands/report.ts';
import { connectedTasks } from '../../src/commands/task/connected.ts';
import { notFoundTasks } from '../../src/commands/task/not-found.ts';
import { skipTasks } from '../../src/commands/task/skip.ts';
import { prospectsById } from '../../src/db/prospect-rows.ts';
import { lostProfiles } from '../../src/db/tick/lost-profiles.ts';
import { aCampaign, aMessage, anEnrolment, anEvent, aProspect, aSuppression, NOW } from '../builders.ts';
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

  it('counts what was perhaps sent, which stays a task until somebody settles it', async () => {
    const { context, connection, rows, stderr, stdout, id } = await running({ json: true });
    const enrolmentId = anEnrolment(connection, { campaignId: id, hold: 'uncertain', nextAt: null });
    const messageId = aMessage(connection, { enrolmentId, channel: 'sms', state: 'uncertain' });
    const tasks = async () =>
      (await (await context.stores.tasks()).list({ campaign: null, channel: null }, null)).map(
        (task) => task.messageId,
      );
    const counted = async () => (await (await context.stores.status()).read(NOW)).tasks.uncertain;
    await completeCampaign(context, 'PME', true);
    expect(JSON.parse(stdout())).toMatchObject({ stopped: 4, cancelled: 2, uncertain: 1 });
    expect(stderr()).toBe('');
    expect(await tasks()).toEqual([messageId]);
    expect(await counted()).toBe(1);
    await skipTasks(context, [String(messageId)], 'not sent');
    expect(await tasks()).toEqual([]);
    expect(rows(`select state from message where id = ${messageId}`)).toEqual([{ state: 'skipped' }]);
    expect(rows(`select status, step from enrolment where id = ${enrolmentId}`)).toEqual([
      { status: 'stopped', step: null },
    ]);
  });

  it('a text of unknown fate to somebody on the blacklist is listed once, and the list comes to an end', async () => {
    const { context, connection, rows } = await workspace();
    const prospectId = aProspect(connection, { email: 'non@firme.example' });
    const enrolmentId = anEnrolment(connection, { prospectId, hold: 'uncertain', nextAt: null });
    aMessage(connection, { enrolmentId, state: 'uncertain' });
    aMessage(connection, { enrolmentId, step: 'other', channel: 'linkedin', state: 'awaiting_operator' });
    connection.exec("update campaign set status = 'running'; update enrolment set status = 'completed'");
    aSuppression(connection, 'email', 'non@firme.example');
    const store = await context.stores.tasks();
    expect((await store.list({ campaign: null, channel: null }, null)).map(({ state }) => state)).toEqual([
      'uncertain',
    ]);
    expect(rows('select state from message order by id')).toEqual([
      { state: 'uncertain' },
      { state: 'cancelled' },
    ]);
  });

  it('wants a yes, and changes nothing without', async () => {
    const { context, rows } = await running();
    await expect(completeCampaign(context, 'PME', false)).rejects.toMatchObject({
      exitCode: 2,
      message: expect.stringMatching(/stops 3 people and cancels 2 texts/),
    });
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
    ['live', ['not_found', 'connected'], 'claire-d'],
    ['rehearsal', [], null],
  ] as const)('keeps what was seen on LinkedIn, of a %s one', async (mode, kept, profile) => {
    const { context, connection, rows } = await workspace();
    const prospectId = aProspect(connection, { linkedin: 'claire-d' });
    const campaignId = aCampaign(connection, { name: 'PME', mode });
    const enrolmentId = anEnrolment(connection, { campaignId, prospectId });
    const task = (step: string) =>
      aMessage(connection, {
        ...{ enrolmentId, step, channel: 'linkedin', kind: 'invitation', state: 'awaiting_operator' },
        envelope: { channel: 'linkedin', profile: 'claire-d', body: '' },
      });
    const [first, second] = [task('a'), task('b')];
    await notFoundTasks(context, [String(first)]);
    await connectedTasks(context, [String(second)]);
    const lost = () => {
      const [person] = prospectsById(connection, [prospectId]);
      return person && lostProfiles(connection, JSON.stringify([prospectId]))(person, 'live');
    };
    expect(lost()).toBe(mode === 'live');
    await deleteCampaign(context, 'PME', true);
    expect(connection.prepare('select type from event order by id').pluck().all()).toEqual(kept);
    expect(rows("select data ->> '$.profile' as profile from event where type = 'not_found'")).toEqual(
      profile === null ? [] : [{ profile }],
    );
    expect(
      rows("select id from event where data ->> '$.undo' is not null or message_id is not null"),
    ).toEqual([]);
    expect(lost()).toBe(mode === 'live');
    expect(await (await context.stores.roster()).connected([prospectId])).toEqual(
      new Set(mode === 'live' ? [prospectId] : []),
    );
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
    await expect(ends.remove(1)).rejects.toMatchObject({
      message: expect.stringContaining('for real'),
      next: 'hector campaign complete PME',
    });
    expect(rows('select count(*) as n from message')).toEqual([{ n: 1 }]);
  });

  it('of a draft and a campaign of one name: the draft stays, unless the campaign is history; both are named', async () => {
    const { context, connection, rows, stdout, stderr } = await workspace();
    const drafts = await context.stores.campaignDrafts();
    await drafts.save(null, { name: 'PME' }, NOW);
    await drafts.save(null, { name: 'Est' }, NOW);
    aCampaign(connection, { name: 'pme' });
    const enrolmentId = anEnrolment(connection, { campaignId: aCampaign(connection, { name: 'Est' }) });
    aMessage(connection, { enrolmentId, state: 'sent' });
    await deleteCampaign(context, 'PME', true);
    await deleteCampaign(context, 'Est', true);
    expect(stdout()).toBe('Campaign "pme" is gone.\nDraft "Est" is gone.\n');
    expect(stderr()).toContain('"pme" is a campaign and a draft: the campaign goes, the draft stays.');
    expect(stderr()).toContain('"Est" is a campaign and a draft: the draft goes, the campaign stays.');
    expect(rows('select name from campaign union all select name from campaign_draft order by 1')).toEqual([
      { name: 'Est' },
      { name: 'PME' },
    ]);
  });

  it('takes a live one away that has sent nothing', async () => {
    const { context, connection, rows } = await workspace();
    const enrolmentId = anEnrolment(connection, { campaignId: aCampaign(connection, { name: 'PME' }) });
    aMessage(connection, { enrolmentId, state: 'awaiting_approval' });
    await deleteCampaign(context, 'PME', true);
    expect(rows('select * from campaign')).toEqual([]);
  });

  it.each([
    ['running', 'hector task list --campaign PME'],
    ['paused', 'hector campaign complete PME'],
  ] as const)("refuses a %s live one while a LinkedIn text is in a person's hands", async (status, next) => {
    const { context, connection, rows } = await workspace();
    const campaignId = aCampaign(connection, { name: 'PME', status });
    const enrolmentId = anEnrolment(connection, { campaignId });
    aMessage(connection, { enrolmentId, channel: 'linkedin', state: 'awaiting_operator' });
    const message = expect.stringContaining("has 1 LinkedIn text in a person's hands");
    await expect(deleteCampaign(context, 'PME', true)).rejects.toMatchObject({ message, next });
    const ends = await context.stores.campaignEnds();
    await expect(ends.remove(campaignId)).rejects.toMatchObject({ message, next });
    expect(rows('select state from message')).toEqual([{ state: 'awaiting_operator' }]);
  });

  it('takes a rehearsal away with the texts that wait for a person', async () => {
    const { context, connection, rows } = await workspace();
    const campaignId = aCampaign(connection, { name: 'Essai', mode: 'rehearsal' });
    const enrolmentId = anEnrolment(connection, { campaignId });
    aMessage(connection, { enrolmentId, channel: 'linkedin', state: 'awaiting_operator' });
    await deleteCampaign(context, 'Essai', true);
    expect(rows('select * from message')).toEqual([]);
  });

  it.each(['live', 'rehearsal'] as const)('who was stopped in a %s one by a person', async (mode) => {
    const { context, connection, rows } = await workspace();
    const campaignId = aCampaign(connection, { name: 'PME', mode });
    const enrolmentId = anEnrolment(connection, { campaignId });
    const messageId = aMessage(connection, { enrolmentId, channel: 'linkedin', state: 'awaiting_operator' });
    const tasks = await context.stores.tasks();
    await tasks.stop(await tasks.find(messageId), NOW);
    await deleteCampaign(context, 'PME', true);
    const again = () =>
      createCampaign(
        context,
        launchable({ name: 'Encore', scenario: 'connexion-douce', from: ['all'], mode: 'live' }),
      );
    if (mode === 'live')
      await expect(again()).rejects.toThrow('nobody of 1 can be enrolled: 1 asked for no more');
    else await again();
    expect(rows("select id from enrolment where status = 'active'")).toHaveLength(mode === 'live' ? 0 : 1);
  });

  it('wants a yes, and refuses while a tick is at work', async () => {
    const { context, connection, rows } = await workspace({
      interactive: true,
      columns: 80,
      prompter: silent,
    });
    aCampaign(connection, { name: 'PME' });
    await expect(deleteCampaign(context, 'PME', false)).rejects.toThrow('nobody answers "Delete "PME"?"');
    const piped = await workspace();
    aCampaign(piped.connection, { name: 'PME' });
    await expect(deleteCampaign(piped.context, 'PME', false)).rejects.toMatchObject({ exitCode: 2 });
    connection
      .prepare("insert into lease (name, host, pid, heartbeat_at) values ('tick', 'elsewhere', 1, ?)")
      .run(Date.now());
    await expect(deleteCampaign(context, 'PME', true)).rejects.toThrow('a tick is at work');
    expect(rows('select name from campaign')).toEqual([{ name: 'PME' }]);
  });
});
