import { spawnSync } from 'node:child_process';
import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { beginCampaign } from '../../src/commands/campaign/create/begin.ts';
import { commandLine } from '../../src/commands/campaign/create/command-line.ts';
import { command } from '../../src/commands/campaign/create.ts';
import { deleteCampaign } from '../../src/commands/campaign/delete.ts';
import { listCampaigns } from '../../src/commands/campaign/list.ts';
import { showCampaign } from '../../src/commands/campaign/show.ts';
import type { Connection } from '../../src/db/connection.ts';
import type { CampaignAnswers } from '../../src/engine/ports/campaign-drafts.ts';
import { aCampaign, anEnrolment, aProspect, aSuppression } from '../builders.ts';
import { testContext } from '../context.ts';
import { scripted } from '../prompter.ts';

type Answers = (string | boolean)[];

const LIST =
  'Prénom;Nom;E-mail;Fonction\nPaul;Petit;paul@petit.example;DAF\nNina;New;nina@new.example;DRH\n;;;\n';
const ASK = { wizard: false, draft: false, resume: undefined, yes: false };

/** A workspace on a terminal, with somebody who answers. */
async function desk(answers: Answers, folder?: string) {
  const asked: string[] = [];
  const test = testContext({
    ...(folder === undefined ? {} : { folder }),
    ...{ interactive: true, columns: 100, prompter: scripted(answers, asked) },
  });
  writeFileSync(join(test.folder, 'list.csv'), LIST);
  const connection = await test.context.connection();
  const rows = (sql: string) => connection.prepare(sql).all();
  return { ...test, connection, asked, rows, left: answers };
}

const STEPS_1_2 = ['PME Ouest', 'Présenter', 'connexion-douce'];
const BY_HAND = [
  'hand',
  'Éva',
  "d'Ormesson",
  'Durand "SA"',
  '-',
  'eva@durand.example',
  '-',
  '06 12 34 56 78',
];
const STEP_4 = [
  'lun-jeu',
  '9h-12h',
  'Europe/Brussels',
  'email=40',
  'Claire Martin <claire@ads.example>',
  'first',
];

/** What there is in a base, without numbers and instants. */
const campaignIn = (connection: Connection) => ({
  campaign: connection
    .prepare(
      `select c.name, v.slug, v.hash, status, mode, objective, language, timezone, days, hours_from, hours_to, days_off,
         start_at, approval, voice, caps, sender from campaign c join scenario_version v on v.id = scenario_version_id`,
    )
    .all(),
  people: connection
    .prepare(
      `select p.email, p.first_name, p.last_name, p.company, p.mobile, e.step, e.next_at, c.name from prospect p
       left join enrolment e on e.prospect_id = p.id left join campaign c on c.id = e.campaign_id order by p.email`,
    )
    .all(),
});

describe('the wizard', () => {
  it('asks in five steps, and launches what the printed command makes again', async () => {
    const test = await desk([
      ...STEPS_1_2,
      ...['file', 'list.csv', ...BY_HAND, 'where', 'company=Firme', 'done'],
      ...[...STEP_4, 'auto', 'yes', '-', '24/12/2026', '01/12/2026', 'fr', 'no', 'no'],
      'launch',
    ]);
    aProspect(test.connection);
    await beginCampaign(test.context, {}, ASK);
    expect(test.left).toEqual([]);
    expect(test.rows('select * from campaign_draft')).toEqual([]);
    expect(test.stdout().match(/\bread\b/g)).toHaveLength(1);
    const said = test.stderr().replace(/\s+/g, ' ');
    expect(said).toContain('It is imported at the launch; until then nothing of it is stored.');
    expect(said).toContain('/list.csv: 2 people (2 new, 0 completed). To take it back: ');
    expect(said).not.toMatch(/For good:|Enrolled in/);
    const made = campaignIn(test.connection);
    expect(made.people).toHaveLength(4);
    expect(made.people).toContainEqual(
      expect.objectContaining({ last_name: "d'Ormesson", company: 'Durand "SA"', name: 'PME Ouest' }),
    );
    const line = test.stderr().split('The same without a question:\n')[1]?.trim() ?? '';
    const again = testContext();
    writeFileSync(join(again.folder, 'list.csv'), LIST);
    const connection = await again.context.connection();
    aProspect(connection);
    await command(() => again.context).parseAsync(wordsOf(line).slice(3), { from: 'user' });
    expect(campaignIn(connection)).toEqual(made);
  });

  it('shows who is in and out and why, the calendar, the work, and three real texts', async () => {
    const test = await desk([
      ...STEPS_1_2,
      'all',
      'file',
      'list.csv',
      'done',
      ...STEP_4,
      'auto',
      'no',
      'quit',
    ]);
    const { connection, stdout, stderr } = test;
    aProspect(connection, { email: 'non@firme.example', first_name: 'Nora' });
    connection.exec(
      "insert into suppression (kind, value, reason, source, created_at) values ('email', 'non@firme.example', 'non', 'operator', 0)",
    );
    aProspect(connection, { consent: 'salon' });
    await beginCampaign(test.context, {}, ASK);
    expect(stdout()).toContain('In: 3 people: ');
    expect(stdout()).toContain('Out: 1 on the blacklist: Nora Durand');
    expect(stdout()).toMatch(/Day +LinkedIn +E-mail +SMS +All/);
    expect(stdout()).toMatch(/Mon 23 Nov 2026 +1 \(1 inv\.\) +1\n/);
    expect(stdout()).toContain('If no invitation is accepted: LinkedIn 1 instead of 2');
    expect(stdout()).toContain('LinkedIn by hand: about 2 min a day (');
    for (const line of [
      'Hours: lun-jeu 09:00-12:00 Europe/Brussels',
      'Sender: Claire Martin <claire@ads.example>',
      'Approval: first',
      'Touches a day at most, live: email 40 (this campaign)',
      'A rehearsal has no caps',
      'LinkedIn: reaches',
      'SMS: reaches 1 of 3 people; 2 without a mobile number.',
    ])
      expect(stdout()).toContain(line);
    expect(stdout()).toMatch(/SMS: 1, [12] segments?, about \$0\.\d+ \(assumed/);
    expect(stdout()).toContain('Rehearsal (no provider for e-mail and SMS yet');
    expect(stdout()).toContain('Missing for real e-mails: RESEND_API_KEY');
    expect(stdout()).toContain('Texts by template: Claude is not asked');
    for (const name of ['Claire Durand', 'Paul Petit, DAF'])
      expect(stdout()).toMatch(new RegExp(`^${name}.*\\n.*by template$`, 'm'));
    expect(stderr()).toContain("hector campaign create --resume 'PME Ouest'");
    expect(test.rows('select count(*) as n from campaign')).toEqual([{ n: 0 }]);
    expect(test.rows('select count(*) as n from prospect')).toEqual([{ n: 2 }]);
  });

  it('goes back with "<", question by question, and keeps what was answered as the default', async () => {
    const test = await desk([
      ...[
        'PME',
        'Vendre<',
        'PME Ouest',
        '',
        '<',
        'Présenter',
        'connexion-douce',
        '<',
        'relance-douce',
        'all',
      ],
      ...[
        '<',
        'relance-agressive',
        'done',
        '',
        '<',
        '',
        '',
        '',
        '',
        '',
        'off',
        '<',
        'all',
        'auto',
        'no',
        'draft',
      ],
    ]);
    aProspect(test.connection);
    await beginCampaign(test.context, {}, ASK);
    expect(test.left).toEqual([]);
    const [draft] = test.rows('select name, answers from campaign_draft') as {
      name: string;
      answers: string;
    }[];
    expect(draft?.name).toBe('PME Ouest');
    expect(JSON.parse(draft?.answers ?? '')).toMatchObject({
      ...{ objective: 'Présenter', scenario: 'relance-agressive', from: ['all'], approval: 'all' },
      ...{ days: 'lun-ven', hours: '09:00-18:00', timezone: 'Europe/Paris' },
    });
  });

  it('loses nothing when it is interrupted, and goes on where it was', async () => {
    const interrupted = () => Object.assign(new Error('force closed'), { name: 'ExitPromptError' });
    const first = await desk([...STEPS_1_2]);
    const prompter = first.context.prompter();
    const select = prompter.select;
    prompter.select = async (message, options, standing) => {
      if (message.startsWith('Who')) throw interrupted();
      return select(message, options, standing);
    };
    await expect(beginCampaign(first.context, {}, ASK)).rejects.toThrow('force closed');
    expect(first.stderr().replace(/\s+/g, ' ')).toContain(
      "Kept as a draft. To go on with it: hector campaign create --resume 'PME Ouest'",
    );
    const second = await desk(['1', 'all', 'done', ...STEP_4, 'auto', 'no', 'launch'], first.folder);
    aProspect(second.connection);
    await beginCampaign(second.context, {}, ASK);
    expect(second.asked[0]).toBe('Go on with a draft?');
    expect(second.asked[1]).toBe('Who is in it?');
    expect(second.rows('select name, objective from campaign')).toEqual([
      { name: 'PME Ouest', objective: 'Présenter' },
    ]);
  });

  it('asks again, with the reason, for what cannot be', async () => {
    const test = await desk([
      ...['pris', '  ', 'PME Ouest', '', ' other', 'connexion-douc', 'connexion-douce'],
      ...['where', 'statut=active', '<', 'file', 'absent.csv', '<', 'hand', '<', 'done'],
      ...[
        'lun-vendrdi',
        '',
        '18h-9h',
        '',
        'Europe/Pari',
        '',
        'mail=3',
        '',
        'Claire',
        '',
        'off',
        'auto',
        'no',
        'quit',
      ],
    ]);
    aCampaign(test.connection, { name: 'Pris' });
    await beginCampaign(test.context, {}, ASK);
    expect(test.left).toEqual([]);
    const said = test.asked.join('\n');
    for (const problem of [
      'a campaign "Pris" exists already',
      'a campaign name has 1 to 80',
      'did you mean "connexion-douce"?',
      'no file "absent.csv"',
      'did you mean "vendredi"?',
      'goes backwards',
      'did you mean "Europe/Paris"?',
      'nothing that has a cap',
      'is no sender',
    ])
      expect(said).toContain(problem);
    expect(said).not.toContain('--');
    expect(test.stdout()).toContain(
      "Nobody is in it: once it is launched, hector prospect import FILE --campaign 'PME Ouest'",
    );
  });

  it('asks again at once for a fact that cannot be, and keeps the rest where nothing reaches the person', async () => {
    const test = await desk([
      ...[...STEPS_1_2, 'hand', 'Éva', 'Roi', '-', '-', 'eva@', '-', 'nope nope', '-', '12', '-'],
      ...['eva@durand.example', '-', '06 12 34 56 78', 'done', ...STEP_4, 'auto', 'no', 'draft'],
    ]);
    await beginCampaign(test.context, {}, ASK);
    expect(test.left).toEqual([]);
    const at = test.asked.indexOf('E-mail (may be empty)');
    expect(test.asked[at + 1]).toMatch(/^email: /);
    expect(test.stderr()).toContain('no valid e-mail address, phone number or LinkedIn profile');
    expect(test.rows("select answers ->> '$.person' as person from campaign_draft")).toEqual([
      { person: '["email=eva@durand.example first_name=Éva last_name=Roi mobile=\\"06 12 34 56 78\\""]' },
    ]);
  });

  it('names no flag where none was typed, and says what a cap of nothing does', async () => {
    const test = await desk([
      ...[...STEPS_1_2, 'file', 'absent.csv', '<', 'where', 'statut=active', '<', 'done'],
      ...[
        '18h-9h',
        '',
        '',
        '',
        'email=x',
        'email=0 invitation=0',
        'Claire',
        '-',
        'off',
        'auto',
        'no',
        'quit',
      ],
    ]);
    await beginCampaign(test.context, {}, ASK);
    expect(test.asked.filter((text) => text.includes('--'))).toEqual([]);
    for (const said of ['email=0: no e-mail goes out', 'invitation=0: nobody is invited'])
      expect(test.stderr()).toContain(said);
  });

  it('of a rehearsal it says what the caps would make of it', async () => {
    const test = await desk([
      ...[...STEPS_1_2, 'all', 'done', '', '', '', 'invitation=1', '-', 'off', 'auto', 'no', 'quit'],
    ]);
    for (let person = 0; person < 4; person += 1)
      aProspect(test.connection, { linkedin: `claire-${person}` });
    await beginCampaign(test.context, {}, ASK);
    const said = test.stdout().replace(/\s+/g, ' ');
    expect(said).toContain('Touches a day at most, live: ');
    expect(said).toContain('invitation 1 (this campaign)');
    expect(said).toMatch(
      /Live, its caps allow at most \d touches? on the busiest day instead of 4\. The last one goes out on \S+ [^.]+ instead of [^.]+\./,
    );
  });

  it('says where nobody is reached by SMS, what was answered beside the usual, and which touches a missing sender holds', async () => {
    const test = await desk([
      ...[...STEPS_1_2, 'all', 'done', '', '', '', '-', '-', 'off', 'auto'],
      ...['yes', '', '-', '01/12/2026', 'en', 'yes', 'no'],
      ...['sender', 'Claire Martin <claire@ads.example>', 'quit'],
    ]);
    aProspect(test.connection, { mobile: null });
    await beginCampaign(test.context, {}, ASK);
    expect(test.left).toEqual([]);
    const [before = '', after = ''] = test
      .stdout()
      .split(/^PME Ouest$/m)
      .slice(1);
    for (const line of [
      /^SMS: none\.$/m,
      /^First day: Tue 01 Dec 2026$/m,
      /^Language: en$/m,
      /^People who answered in an earlier campaign: taken, too$/m,
      /^People who have had this scenario before: left out$/m,
    ])
      expect(before).toMatch(line);
    expect(before.replace(/\s+/g, ' ')).toMatch(
      /\d+ of these touches, e-mails and SMS, would be held: nobody is named as their sender\./,
    );
    expect(after).toContain('Sender: Claire Martin <claire@ads.example>');
    expect(after).not.toContain('would be held');
    const [draft] = test.rows("select answers ->> '$.sender' as sender from campaign_draft");
    expect(draft).toEqual({ sender: 'Claire Martin <claire@ads.example>' });
  });

  it('says nothing of what was not answered', async () => {
    const test = await desk([
      ...[...STEPS_1_2, 'all', 'done', '', '', '', '-', '-', 'off', 'auto', 'no', 'quit'],
    ]);
    aProspect(test.connection);
    await beginCampaign(test.context, {}, ASK);
    expect(test.stdout()).not.toMatch(/First day:|Language:|Voice:|People who/);
  });

  it('the three texts are of different channels, where the campaign has them, and of different people', async () => {
    const test = await desk([
      ...[...STEPS_1_2, 'all', 'done', '', '', '', '-', '-', 'off', 'auto', 'no', 'quit'],
    ]);
    for (const first_name of ['Anne', 'Bruno', 'Carla', 'Denis'])
      aProspect(test.connection, { first_name, mobile: '+33612345678', consent: 'salon' });
    await beginCampaign(test.context, {}, ASK);
    const shown = [...test.stdout().matchAll(/^(\w+) Durand.*\n.*, (linkedin, invitation|email|sms), /gm)];
    expect(shown.map(([, name, channel]) => [name, channel])).toEqual([
      ['Anne', 'linkedin, invitation'],
      ['Bruno', 'email'],
      ['Carla', 'sms'],
    ]);
  });

  it('where there is one channel alone, the texts are of different steps', async () => {
    const test = await desk([
      ...[...STEPS_1_2, 'all', 'done', '', '', '', '-', '-', 'off', 'live', 'no', 'quit'],
    ]);
    for (const first_name of ['Anne', 'Bruno', 'Carla']) aProspect(test.connection, { first_name });
    await beginCampaign(test.context, {}, ASK);
    const shown = [...test.stdout().matchAll(/^(\w+) Durand.*\n.*, linkedin, (\w+), /gm)];
    expect(shown.map(([, name, kind]) => [name, kind])).toEqual([
      ['Anne', 'invitation'],
      ['Bruno', 'message'],
      ['Carla', 'invitation'],
    ]);
  });

  it("reckons SMS with the operator's own price", async () => {
    const test = await desk([
      ...[...STEPS_1_2, 'all', 'done', '', '', '', '-', '-', 'off', 'auto', 'no', 'quit'],
    ]);
    appendFileSync(join(test.folder, 'hector.yaml'), '\nsms: { price: 0.5 }\n');
    aProspect(test.connection, { mobile: '+33612345678', consent: 'salon', linkedin: null });
    await beginCampaign(test.context, {}, ASK);
    const [, segments, total] =
      /SMS: 1, (\d) segments?, about \$(\S+) \(\$0.50 a segment\)/.exec(test.stdout()) ?? [];
    expect(Number(total)).toBe(Number(segments) / 2);
  });

  it('nobody of those who were named: no launch is offered; nobody named: the draft comes first', async () => {
    const settings = ['', '', '', '-', '-', 'off', 'auto', 'no'];
    const offered: string[][] = [];
    for (const who of [['all', 'done'], ['done']]) {
      const test = await desk([...STEPS_1_2, ...who, ...settings, 'draft']);
      aProspect(test.connection, { email: 'non@firme.example' });
      aSuppression(test.connection, 'email', 'non@firme.example');
      const prompter = test.context.prompter();
      const select = prompter.select;
      prompter.select = async (message, options, standing) => {
        if (message === 'What now?') offered.push(options.slice(0, 2).map(({ value }) => value));
        return select(message, options, standing);
      };
      test.context.prompter = () => prompter;
      await beginCampaign(test.context, {}, ASK);
      expect(test.stdout()).toMatch(/Nobody (of those|is in it)/);
    }
    expect(offered).toEqual([
      ['draft', '1'],
      ['draft', 'launch'],
    ]);
  });

  it('says what keeps a draft from being launched, and leads back to that step', async () => {
    const test = await desk(['3', 'remove', '0', 'done', '1', 'Ouest', '-', 'launch']);
    await (await test.context.stores.campaignDrafts()).save(
      null,
      {
        ...{ name: 'PME Ouest', objective: 'Présenter', scenario: 'connexion-douce', from: ['absent.csv'] },
        ...{ days: 'lun-ven', hours: '9h-18h', timezone: 'Europe/Paris', caps: '', sender: '' },
        ...{ approval: 'off', mode: 'auto', voice: '' },
      },
      0,
    );
    await beginCampaign(test.context, {}, { ...ASK, resume: '' });
    expect(test.stderr()).toContain('It cannot be launched yet: no file "absent.csv"');
    expect(test.left).toEqual([]);
    expect(test.rows('select name, objective from campaign')).toEqual([{ name: 'Ouest', objective: null }]);
    expect(test.rows('select * from campaign_draft')).toEqual([]);
  });
});

describe('without questions', () => {
  const draft = (test: Awaited<ReturnType<typeof desk>>, given: Partial<CampaignAnswers>) =>
    beginCampaign(test.context, given, { ...ASK, draft: true });

  it('a draft is kept, shown in the list, launched as it is, or deleted', async () => {
    const test = await desk([]);
    aProspect(test.connection);
    await draft(test, { name: 'PME Ouest', scenario: 'connexion-douce' });
    await draft(test, { name: 'pme ouest', from: ['all'] });
    await draft(test, { name: 'Autre' });
    await listCampaigns(test.context);
    expect(test.stdout()).toMatch(/PME Ouest|pme ouest/);
    expect(test.stdout()).toMatch(/connexion-douce +draft/);
    expect(test.stderr().replace(/\s+/g, ' ')).toContain(
      'hector campaign create --resume Autre; to drop it: hector campaign delete Autre',
    );
    await expect(showCampaign(test.context, 'autre')).rejects.toMatchObject({
      message: '"Autre" is a draft, and no campaign yet',
      next: 'hector campaign create --resume Autre',
    });
    await deleteCampaign(test.context, 'autre', true);
    await beginCampaign(test.context, {}, { ...ASK, resume: 'PME OUEST', yes: true });
    expect(test.rows('select count(*) as n from enrolment')).toEqual([{ n: 1 }]);
    expect(test.rows('select * from campaign_draft')).toEqual([]);
  });

  it.each<[string, Partial<CampaignAnswers>, Partial<typeof ASK> | { resume: string }, RegExp]>([
    ['no name', { scenario: 'connexion-douce' }, {}, /missing required argument 'name'/],
    ['no scenario', { name: 'x' }, {}, /required option '--scenario/],
    ['--wizard in a pipe', { name: 'x', scenario: 'connexion-douce' }, { wizard: true }, /needs a terminal/],
    ['--resume without drafts', {}, { resume: '' }, /there are no drafts/],
    ['--draft without a name', {}, { draft: true }, /missing required argument 'name'/],
    [
      'a person nobody can reach',
      { name: 'x', scenario: 'connexion-douce', person: ['first_name=Eva'] },
      {},
      /--person/,
    ],
    [
      'a fact that is none',
      { name: 'x', scenario: 'connexion-douce', person: ['mail=x'] },
      {},
      /"mail" is no fact/,
    ],
  ])('refuses %s in one line, and makes nothing', async (_, given, asked, message) => {
    const { context } = testContext();
    const refusal = await beginCampaign(context, given, { ...ASK, ...asked }).catch(
      (error: unknown) => error,
    );
    expect(refusal).toMatchObject({ exitCode: 2, message: expect.stringMatching(message) });
    expect(await (await context.stores.campaigns()).list()).toEqual([]);
  });

  it.each<[string, Partial<CampaignAnswers>, RegExp]>([
    ['a scenario that is not there', { scenario: 'nope' }, /nope/],
    ['caps that are none', { caps: 'foo=1' }, /--caps/],
    ['a zone that is none', { timezone: 'Mars/Base' }, /--timezone/],
    ['a list that is not there', { from: ['nope.csv'] }, /--from: no file "nope.csv"/],
    ['a campaign that is not there', { from: ['campaign:x'] }, /no campaign "x"/],
    ['a voice that is not there', { voice: 'nope' }, /nope/],
    ['a person nobody can reach', { person: ['first_name=Eva'] }, /--person/],
  ])('keeps no draft with %s, and asks no further', async (_, wrong, message) => {
    const test = await desk([]);
    await expect(draft(test, { name: 'x', ...wrong })).rejects.toThrow(message);
    const asking = beginCampaign(test.context, { name: 'x', ...wrong }, { ...ASK, wizard: true });
    await expect(asking).rejects.toThrow(message);
    expect(test.rows('select * from campaign_draft')).toEqual([]);
  });

  it('a campaign does not take the name of a draft, unless it is launched from it', async () => {
    const test = await desk([]);
    await draft(test, { name: 'PME', scenario: 'connexion-douce' });
    await draft(test, { name: 'Autre' });
    const given = { name: 'pme', scenario: 'connexion-douce', mode: 'rehearsal' } as const;
    await expect(beginCampaign(test.context, given, ASK)).rejects.toMatchObject({
      message: 'a draft "PME" exists already',
      next: 'hector campaign create --resume PME --yes',
    });
    expect(test.rows('select id from campaign')).toEqual([]);
    await beginCampaign(test.context, {}, { ...ASK, resume: 'pme', yes: true });
    expect(test.stderr()).toContain('Draft "PME" is a campaign now.');
    expect(test.rows('select name from campaign_draft')).toEqual([{ name: 'Autre' }]);
    const editor = await test.context.stores.campaignEditor();
    const campaign = await (await test.context.stores.campaigns()).find('PME');
    await expect(
      editor.preview(campaign.id, { ...campaign, name: 'autre', loaded: null }, 0),
    ).rejects.toThrow('a draft "Autre" exists already');
  });

  it('a launch that fails leaves the draft as it was, to be launched later', async () => {
    const test = await desk([]);
    writeFileSync(join(test.folder, 'broken.csv'), '');
    await draft(test, { name: 'PME', scenario: 'connexion-douce', from: ['list.csv', 'broken.csv'] });
    const launch = () => beginCampaign(test.context, {}, { ...ASK, resume: 'PME', yes: true });
    await expect(launch()).rejects.toThrow(/broken\.csv.*empty/);
    writeFileSync(join(test.folder, 'broken.csv'), 'email\nlea@petit.example\n');
    await launch();
    expect(test.rows('select status from campaign')).toEqual([{ status: 'running' }]);
    expect(test.rows('select count(*) as n from enrolment')).toEqual([{ n: 3 }]);
    expect(test.rows('select * from campaign_draft')).toEqual([]);
  });

  it('a draft cannot take the name of a campaign', async () => {
    const test = await desk([]);
    aCampaign(test.connection, { name: 'Pris' });
    await expect(draft(test, { name: 'pris' })).rejects.toThrow('a campaign "Pris" exists already');
  });

  it('people of several sources are taken once', async () => {
    const test = await desk([]);
    const one = aProspect(test.connection, { email: 'paul@petit.example' });
    anEnrolment(test.connection, {
      prospectId: one,
      status: 'completed',
      campaignId: aCampaign(test.connection, { name: 'Avant' }),
    });
    const from = ['list.csv', 'campaign:Avant', 'all'];
    await beginCampaign(test.context, { name: 'PME', scenario: 'connexion-douce', from }, ASK);
    expect(test.stdout()).toContain('is running with 2 people');
    expect(test.stderr()).not.toContain('Left out');
  });
});

describe('the command line', () => {
  it('is read back by a shell as it was meant, whatever is in it', () => {
    const answers: CampaignAnswers = {
      ...{
        name: `L'Ouest "$HOME" \`id\``,
        scenario: 'connexion-douce',
        objective: 'a\\b; rm -rf /',
        from: ['-x.csv'],
      },
      ...{ person: ['company="Durand \\"SA\\""'], daysOff: '', mode: 'rehearsal', includeAnswered: true },
    };
    expect(wordsOf(commandLine(answers)).slice(3)).toEqual([
      ...[answers.name, '--objective', 'a\\b; rm -rf /', '--scenario', 'connexion-douce', '--from', '-x.csv'],
      ...['--person', 'company="Durand \\"SA\\""', '--days-off', '', '--include-answered', '--rehearsal'],
    ]);
  });
});

/** As a shell splits them. */
function wordsOf(line: string): string[] {
  const printed = spawnSync('sh', ['-c', `printf '%s\\0' ${line}`], { encoding: 'utf8' }).stdout;
  return printed.split('\0').slice(0, -1);
}
