import { expect, it } from 'vitest';
import { type Asked, beginCampaign } from '../../src/commands/campaign/create/begin.ts';
import { deleteCampaign } from '../../src/commands/campaign/delete.ts';
import { listCampaigns } from '../../src/commands/campaign/list.ts';
import { pauseCampaign } from '../../src/commands/campaign/pause.ts';
import { resumeCampaign } from '../../src/commands/campaign/resume.ts';
import { showCampaign } from '../../src/commands/campaign/show.ts';
import { explainCampaign } from '../../src/commands/explain/campaign.ts';
import { explainPerson } from '../../src/commands/explain/person.ts';
import type { Context } from '../../src/context.ts';
import { aProspect, NOW } from '../builders.ts';
import { testContext } from '../context.ts';

const ASK: Asked = { wizard: false, draft: false, resume: undefined, yes: false };
const ANSWERS = { name: 'PME', scenario: 'connexion-douce', from: ['all'] };
const RELAUNCH: Asked = { ...ASK, resume: 'PME', yes: true };

/** A base of more people than are taken in at once. */
async function base(people = 2500) {
  const test = testContext();
  const connection = await test.context.connection();
  connection.transaction(() => {
    for (let each = 0; each < people; each += 1) aProspect(connection);
  })();
  return { ...test, connection, rows: (sql: string) => connection.prepare(sql).all() };
}

/** Something happens after each thousand that is taken in. */
async function afterEach(context: Context, happens: () => unknown): Promise<void> {
  const enroller = await context.stores.enroller();
  context.stores.enroller = async () => ({
    async enrol(...given) {
      const done = await enroller.enrol(...given);
      await happens();
      return done;
    },
  });
}

/** As a process that dies leaves it: a part of the people is in, and nothing is taken back. */
async function killedLaunch(context: Context): Promise<void> {
  const ends = await context.stores.campaignEnds();
  context.stores.campaignEnds = async () => ({ ...ends, discard: async () => false });
  await afterEach(context, () => {
    throw new Error('killed');
  });
  await expect(beginCampaign(context, {}, RELAUNCH)).rejects.toThrow('killed');
}

const another = (folder: string) => testContext({ folder }).context;

/** A launch by another process that lives, in which something happens once a part of the people is in. */
async function launchElsewhere(
  folder: string,
  happens: () => Promise<unknown>,
): Promise<{ launch: Promise<unknown>; stderr(): string }> {
  const { context, stderr } = testContext({ folder });
  Object.assign(context, { owner: { ...context.owner, pid: process.ppid } });
  let done = false;
  await afterEach(context, async () => {
    if (!done) {
      done = true;
      await happens();
    }
  });
  return { launch: beginCampaign(context, {}, RELAUNCH), stderr };
}

it('Ctrl-C in a launch leaves the draft, and nothing else', async () => {
  const { context, rows, folder } = await base();
  await beginCampaign(context, ANSWERS, { ...ASK, draft: true });
  const pressing = another(folder);
  let chunks = 0;
  await afterEach(pressing, () => {
    chunks += 1;
    if (chunks === 2) process.emit('SIGINT');
  });
  const launch = beginCampaign(pressing, {}, RELAUNCH);
  await expect(launch).rejects.toMatchObject({ exitCode: 130, message: 'interrupted: no campaign is made' });
  expect(chunks).toBe(2);
  expect(rows('select id from campaign union all select id from enrolment')).toEqual([]);
  await beginCampaign(another(folder), {}, RELAUNCH);
  expect(rows('select count(*) as n from enrolment')).toEqual([{ n: 2500 }]);
});

it('a launch that was killed is not resumed as it is, and its draft launches it whole', async () => {
  const { context, rows, folder, stdout } = await base();
  await beginCampaign(context, ANSWERS, { ...ASK, draft: true });
  await killedLaunch(another(folder));
  expect(rows('select count(*) as n from enrolment')).toEqual([{ n: 1000 }]);
  await pauseCampaign(context, 'PME');
  await expect(resumeCampaign(context, 'PME', true)).rejects.toMatchObject({
    message: 'the launch of "PME" was cut off, or is still under way: not everybody is in it',
    next: 'hector campaign create --resume PME --yes',
  });
  await showCampaign(context, 'PME');
  expect(stdout()).toContain('its launch was cut off');
  await beginCampaign(another(folder), {}, RELAUNCH);
  expect(rows('select name, status from campaign')).toEqual([{ name: 'PME', status: 'running' }]);
  expect(rows('select count(*) as n from enrolment')).toEqual([{ n: 2500 }]);
  expect(rows('select * from campaign_draft')).toEqual([]);
});

it('where there is no draft of it, it is to be deleted', async () => {
  const { context, folder } = await base();
  await beginCampaign(context, ANSWERS, { ...ASK, draft: true });
  await killedLaunch(another(folder));
  (await context.connection()).exec('delete from campaign_draft');
  const refused = { next: 'hector campaign delete PME' };
  await expect(resumeCampaign(context, 'PME', true)).rejects.toMatchObject(refused);
  await expect(beginCampaign(context, ANSWERS, ASK)).rejects.toMatchObject(refused);
});

it('a campaign that somebody has paused is no launch that was cut off', async () => {
  const { context, rows } = await base(1);
  await beginCampaign(context, ANSWERS, ASK);
  await pauseCampaign(context, 'PME');
  await pauseCampaign(context, 'PME');
  expect(rows('select paused_at from campaign')).toEqual([{ paused_at: NOW }]);
  await resumeCampaign(context, 'PME', false);
  expect(rows('select status from campaign')).toEqual([{ status: 'running' }]);
});

it('a launch under way in another process is not taken for one that was cut off', async () => {
  const { context, rows, folder, connection } = await base();
  await beginCampaign(context, ANSWERS, { ...ASK, draft: true });
  const { launch } = await launchElsewhere(folder, async () => {
    // It may have been asleep.
    connection.exec("update lease set heartbeat_at = heartbeat_at - 3600000 where name like 'launch:%'");
    await expect(beginCampaign(another(folder), {}, RELAUNCH)).rejects.toMatchObject({
      message: 'another process is launching "PME": wait until it is through',
      next: 'hector campaign show PME',
    });
  });
  await launch;
  expect(rows('select id, status from campaign')).toEqual([{ id: 1, status: 'running' }]);
  expect(rows('select count(*) as n from enrolment')).toEqual([{ n: 2500 }]);
  expect(rows("select name from lease where name like 'launch:%'")).toEqual([]);
});

it('a launch whose process has died is taken back', async () => {
  const { context, rows, folder, connection } = await base();
  await beginCampaign(context, ANSWERS, { ...ASK, draft: true });
  await killedLaunch(another(folder));
  connection.exec("update lease set pid = 4194305 where name like 'launch:%'");
  await beginCampaign(another(folder), {}, RELAUNCH);
  expect(rows('select count(*) as n from enrolment')).toEqual([{ n: 2500 }]);
});

it('a launch whose campaign is deleted puts nobody into the next one of that name', async () => {
  const { context, rows, folder } = await base();
  await beginCampaign(context, ANSWERS, { ...ASK, draft: true });
  const { launch, stderr } = await launchElsewhere(folder, async () => {
    await deleteCampaign(context, 'PME', true);
    await deleteCampaign(context, 'PME', true);
    await beginCampaign(context, { ...ANSWERS, from: [] }, ASK);
  });
  await expect(launch).rejects.toThrow('the campaign is gone');
  expect(rows('select name, status from campaign')).toEqual([{ name: 'PME', status: 'running' }]);
  expect(rows('select id from enrolment')).toEqual([]);
  expect(stderr()).not.toContain('left as it is');
});

it('a pause during a launch holds', async () => {
  const { context, rows, folder, stdout } = await base();
  await beginCampaign(context, ANSWERS, { ...ASK, draft: true });
  const { launch, stderr } = await launchElsewhere(folder, async () => {
    await pauseCampaign(context, 'PME');
    expect(stdout()).toContain('Campaign "PME" is paused, and stays so: its launch was cut off, or is still');
    await expect(resumeCampaign(context, 'PME', true)).rejects.toThrow('not everybody is in it');
  });
  await launch;
  expect(rows('select status, paused_at from campaign')).toEqual([{ status: 'paused', paused_at: NOW }]);
  expect(rows('select count(*) as n from enrolment')).toEqual([{ n: 2500 }]);
  expect(stderr()).toContain('It was paused meanwhile, and stays so: hector campaign resume PME');
  await resumeCampaign(context, 'PME', false);
  expect(rows('select status, paused_at from campaign')).toEqual([{ status: 'running', paused_at: null }]);
});

it('one that was paused and then killed is no campaign either', async () => {
  const { context, rows, folder, connection } = await base();
  await beginCampaign(context, ANSWERS, { ...ASK, draft: true });
  await killedLaunch(another(folder));
  connection.exec(`update campaign set paused_at = ${NOW}`);
  await expect(resumeCampaign(context, 'PME', true)).rejects.toThrow('not everybody is in it');
  await beginCampaign(another(folder), {}, RELAUNCH);
  expect(rows('select status, paused_at from campaign')).toEqual([{ status: 'running', paused_at: null }]);
});

it('what was cut off is said wherever one looks, with the command that is not refused', async () => {
  const { context, folder, stderr, connection } = await base();
  await beginCampaign(context, ANSWERS, { ...ASK, draft: true });
  await killedLaunch(another(folder));
  await listCampaigns(context);
  expect(stderr()).toContain('"PME" is paused: its launch was cut off');
  const explained = async (command: string): Promise<void> => {
    const { context: asked, stdout } = testContext({ folder, json: true });
    await explainCampaign(asked, 'PME');
    await explainPerson(asked, '1', null);
    // Once for the campaign, once for the person.
    expect(stdout().split('"its launch was cut off, or is still under way')).toHaveLength(3);
    expect(stdout().split(`"${command}"`)).toHaveLength(3);
    expect(stdout()).not.toContain('campaign resume');
  };
  await explained('hector campaign create --resume PME --yes');
  connection.exec('delete from campaign_draft');
  await explained('hector campaign delete PME');
});
