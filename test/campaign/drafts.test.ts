import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { type Asked, beginCampaign } from '../../src/commands/campaign/create/begin.ts';
import { editCampaign } from '../../src/commands/campaign/edit.ts';
import { showCampaign } from '../../src/commands/campaign/show.ts';
import { aCampaign } from '../builders.ts';
import { testContext } from '../context.ts';
import { scripted } from '../prompter.ts';

const ASK: Asked = { wizard: false, draft: false, resume: undefined, yes: false };
const DRAFT: Asked = { ...ASK, draft: true };

/** A workspace, and two folders in it with files of the same names. */
function twoFolders() {
  const test = testContext();
  const folders = { here: join(test.folder, 'here'), there: join(test.folder, 'there') };
  for (const [name, folder] of Object.entries(folders)) {
    mkdirSync(folder);
    writeFileSync(join(folder, 'list.csv'), `email\n${name}@petit.example\n`);
    for (const file of ['ours.yaml', 'voice.yaml']) writeFileSync(join(folder, file), `${name}: 1\n`);
  }
  const from = (cwd: string, overrides: Parameters<typeof testContext>[0] = {}) =>
    testContext({ folder: test.folder, cwd, ...overrides });
  return { ...test, ...folders, from };
}

it('a draft names its files wherever it is resumed from', async () => {
  const { context, here, there, from } = twoFolders();
  const given = { name: 'PME', scenario: 'connexion-douce', from: ['list.csv', 'all'] };
  await beginCampaign(from(here).context, given, DRAFT);
  await beginCampaign(from(there).context, {}, { ...ASK, resume: 'PME', yes: true });
  const emails = (await context.connection()).prepare('select email from prospect').all();
  expect(emails).toEqual([{ email: 'here@petit.example' }]);
});

it('so do the answers of the wizard, and the command that it prints', async () => {
  const { here, from, context } = twoFolders();
  const answers = [
    'PME',
    '-',
    'connexion-douce',
    'file',
    'list.csv',
    'file',
    'list.csv',
    'done',
    '<',
    '<',
    '<',
    '<',
    '<',
  ];
  const asking = from(here, { interactive: true, columns: 100, prompter: scripted(answers) });
  await beginCampaign(asking.context, {}, ASK);
  const draft = await (await context.stores.campaignDrafts()).find('PME');
  expect(draft?.answers.from).toEqual([join(here, 'list.csv')]);
  const piped = from(here);
  const resumed = beginCampaign(piped.context, { from: ['list.csv'] }, { ...ASK, resume: 'PME' });
  await expect(resumed).rejects.toMatchObject({
    next: expect.stringContaining(`--from ${join(here, 'list.csv')}`),
  });
});

it('a scenario and a voice that are files stand with their whole path', async () => {
  const { here, context, from } = twoFolders();
  const { wholeReferences } = await import('../../src/commands/campaign/create/whole-paths.ts');
  const { context: inHere } = from(here);
  expect(wholeReferences(inHere, { scenario: 'ours.yaml', voice: './voice.yaml' })).toEqual({
    scenario: join(here, 'ours.yaml'),
    voice: join(here, 'voice.yaml'),
  });
  const bySlug = { scenario: 'ours', voice: 'neutral', name: 'PME' };
  expect(wholeReferences(context, bySlug)).toEqual(bySlug);
});

it('a name does not begin with a dash, and one that does is known all the same', async () => {
  const { context, stdout } = testContext();
  const given = { name: '-PME', scenario: 'connexion-douce' };
  const refused = { message: 'the name of a campaign does not begin with a dash: "-PME"' };
  await expect(beginCampaign(context, given, ASK)).rejects.toMatchObject(refused);
  await expect(beginCampaign(context, given, DRAFT)).rejects.toMatchObject(refused);
  aCampaign(await context.connection(), { name: '-PME' });
  await expect(editCampaign(context, '-PME', { name: '--x', yes: true })).rejects.toThrow('"--x"');
  await showCampaign(context, '-PME');
  expect(stdout()).toContain('-PME');
});

it('the commands to type next carry the workspace that was named', async () => {
  const { folder, from, here } = twoFolders();
  const { context, stderr } = from(here);
  await beginCampaign(context, { name: 'PME' }, DRAFT);
  expect(stderr()).toContain(`hector campaign create --resume PME --workspace ${folder}\n`);
  const resumed = beginCampaign(context, {}, { ...ASK, resume: 'PME' });
  await expect(resumed).rejects.toMatchObject({ next: `hector campaign create PME --workspace ${folder}` });
  aCampaign(await context.connection(), { name: 'Ouest' });
  await editCampaign(context, 'Ouest', { days: 'lun', yes: false });
  expect(stderr()).toContain(`hector campaign edit Ouest --days lun --yes --workspace ${folder}\n`);
});
