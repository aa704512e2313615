import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { completeCampaign } from '../../src/commands/campaign/complete.ts';
import { type CreateOptions, createCampaign } from '../../src/commands/campaign/create/launch.ts';
import { listCampaigns } from '../../src/commands/campaign/list.ts';
import { pauseCampaign } from '../../src/commands/campaign/pause.ts';
import { resumeCampaign } from '../../src/commands/campaign/resume.ts';
import { showCampaign } from '../../src/commands/campaign/show.ts';
import { importProspects } from '../../src/commands/prospect/import.ts';
import { aCampaign, anEnrolment, anEvent, aProspect, aSuppression, NOW } from '../builders.ts';
import { testContext } from '../context.ts';

async function workspace(options: Parameters<typeof testContext>[0] = {}) {
  const test = testContext(options);
  const connection = await test.context.connection();
  const create = (overrides: Partial<CreateOptions> = {}) =>
    createCampaign(test.context, {
      name: 'PME Ouest',
      scenario: 'connexion-douce',
      ...(connection.prepare('select id from prospect').get() ? { from: 'all' } : {}),
      mode: 'auto',
      ...overrides,
    });
  return { ...test, connection, create, rows: (sql: string) => connection.prepare(sql).all() };
}

describe('campaign create', () => {
  it('names the next command so that a shell understands it', async () => {
    const { create, stderr } = await workspace();
    await create({ name: "L'Ouest" });
    expect(stderr()).toContain(`--campaign 'L'\\''Ouest'`);
  });

  it('enrols people at the first step, at the first opening of the window', async () => {
    const { connection, create, rows, stdout } = await workspace({ now: NOW + 12 * 3_600_000 });
    aProspect(connection);
    await create();
    expect(rows('select status, step, next_at, hold from enrolment')).toEqual([
      { status: 'active', step: 'invitation', next_at: Date.UTC(2026, 10, 24, 8), hold: 'not_yet_due' },
    ]);
    expect(rows('select type from event')).toEqual([{ type: 'enrolled' }]);
    expect(stdout()).toContain('with 1 person');
  });

  it('leaves out who is blacklisted, busy elsewhere, or cannot be reached; a finished campaign does not count', async () => {
    const { connection, create, stderr, rows } = await workspace();
    aProspect(connection, { email: 'non@firme.example' });
    connection.exec(
      "insert into suppression (kind, value, reason, source, created_at) values ('email', 'non@firme.example', 'non', 'operator', 0)",
    );
    const busy = aProspect(connection);
    anEnrolment(connection, { prospectId: busy, campaignId: aCampaign(connection, { mode: 'rehearsal' }) });
    const done = aProspect(connection);
    anEnrolment(connection, {
      prospectId: done,
      status: 'completed',
      campaignId: aCampaign(connection, { mode: 'rehearsal' }),
    });
    aProspect(connection, { email: null, linkedin: null, mobile: null, phone: '+33145678901' });
    await create();
    expect(
      rows(
        "select prospect_id from enrolment where campaign_id = (select id from campaign where name = 'PME Ouest')",
      ),
    ).toEqual([{ prospect_id: done }]);
    for (const reason of ['1 on the blacklist', '1 active in another', '1 no address'])
      expect(stderr()).toContain(reason);
  });

  it('refuses where nobody of those who were named can be enrolled, and makes nothing', async () => {
    const { connection, create, rows, folder, stderr } = await workspace();
    aProspect(connection, { email: 'non@firme.example' });
    aSuppression(connection, 'email', 'non@firme.example');
    await expect(create()).rejects.toMatchObject({
      exitCode: 1,
      message: 'nobody of 1 can be enrolled: 1 on the blacklist',
    });
    expect(stderr()).toBe('');
    writeFileSync(join(folder, 'non.csv'), 'email,first_name\nnon@firme.example,Nora\n');
    await expect(create({ from: 'non.csv' })).rejects.toThrow('nobody of 1 can be enrolled');
    expect(rows('select id from campaign union select id from enrolment')).toEqual([]);
  });

  it('a list of which nobody can be enrolled leaves no import where it changed nothing, and the way back where it did', async () => {
    const { connection, context, create, rows, folder, stderr } = await workspace();
    aSuppression(connection, 'domain', 'firme.example');
    writeFileSync(join(folder, 'non.csv'), 'email\nnon@firme.example\n');
    await importProspects(context, 'non.csv', {});
    const before = stderr();
    await expect(create({ from: 'non.csv' })).rejects.toThrow('nobody of 1 can be enrolled');
    expect(stderr()).toBe(before);
    expect(rows('select id from import_run')).toEqual([{ id: 1 }]);
    writeFileSync(
      join(folder, 'neuf.csv'),
      'email,first_name,last_name,company\nneuf@firme.example,Nina,New,Firme\n',
    );
    await expect(create({ from: ['non.csv', 'neuf.csv'] })).rejects.toThrow('nobody of 2 can be enrolled');
    expect(rows('select file from import_run')).toEqual([{ file: 'non.csv' }, { file: 'neuf.csv' }]);
    expect(stderr().slice(before.length)).toMatch(
      /^Imported neuf.csv: 1 person \(1 new, 0 completed\)\. To take it back: hector prospect import --undo \d+\nNo campaign is made. Whom the lists have brought stays in the base.\n$/,
    );
  });

  it('refuses sources that name nobody, and makes nothing; without any it runs empty', async () => {
    const { create, rows, folder } = await workspace();
    for (const from of ['all', 'where:company=zzz', ['where:company=zzz', 'all']])
      await expect(create({ from })).rejects.toMatchObject({
        exitCode: 1,
        message: expect.stringMatching(/^--from .*: nobody is there$/),
      });
    writeFileSync(join(folder, 'vide.csv'), 'email,nom\nnope,Durand\n');
    await expect(create({ from: 'vide.csv' })).rejects.toMatchObject({
      exitCode: 1,
      message: 'nobody in vide.csv can be taken in',
    });
    expect(rows('select id from campaign union select id from import_run')).toEqual([]);
    await create({ from: [] });
    expect(rows('select status from campaign')).toEqual([{ status: 'running' }]);
  });

  it('says in one line what it has imported', async () => {
    const { create, folder, stdout, stderr } = await workspace();
    writeFileSync(join(folder, 'deux.csv'), 'email,nom\npaul@petit.example,Petit\nnope,Durand\n');
    await create({ from: 'deux.csv' });
    expect(stdout()).toBe('Campaign "PME Ouest" is running with 1 person.\n');
    expect(stderr()).toMatch(
      /^Imported deux.csv: 1 person \(1 new, 0 completed\); 1 row refused into deux.csv.refused.csv\. To take it back: hector prospect import --undo 1\n/,
    );
    expect(stderr()).not.toMatch(/Enrolled in|^Import 1/m);
  });

  it('says what a cap of nothing and a rehearsal mean', async () => {
    const { create, stderr } = await workspace();
    await create({ caps: 'sms=0' });
    expect(stderr()).toContain('sms=0: no SMS goes out in this campaign');
    expect(stderr()).not.toContain('holds nothing back');
    expect(stderr()).toContain('it stays so for this campaign. To send for real, create another one');
  });

  it('leaves out who said no in an earlier campaign of the same kind, and who answered unless asked for', async () => {
    const { connection, create, rows, stderr } = await workspace();
    const earlier = aCampaign(connection, { mode: 'rehearsal' });
    const live = aCampaign(connection, { mode: 'live' });
    const ended = (status: 'replied' | 'meeting' | 'stopped', reason: string, campaignId = earlier) => {
      const prospectId = aProspect(connection);
      anEnrolment(connection, { prospectId, campaignId, status, reason });
      return prospectId;
    };
    const answered = ended('meeting', 'meeting');
    ended('stopped', 'removed');
    ended('replied', 'opted_out');
    const colleague = ended('stopped', 'company_replied');
    const elsewhere = ended('replied', 'replied', live);
    const inside = (name: string) =>
      rows(
        `select prospect_id as id from enrolment where campaign_id = (select id from campaign where name = '${name}')`,
      );
    await create();
    expect(inside('PME Ouest')).toEqual([{ id: colleague }, { id: elsewhere }]);
    expect(stderr()).toContain('2 asked for no more');
    expect(stderr()).toContain('1 answered or agreed to meet');
    connection.exec("update campaign set status = 'completed'");
    await create({ name: 'Encore', includeAnswered: true });
    expect(inside('Encore')).toContainEqual({ id: answered });
    expect(inside('Encore')).toHaveLength(3);
  });

  it('hears what was said outside of any campaign, or after its end; in a rehearsal only for rehearsals', async () => {
    const { connection, create, rows, stderr } = await workspace();
    const live = aCampaign(connection, { mode: 'live' });
    const said = (type: string, campaignId?: number, data?: unknown) => {
      const prospectId = aProspect(connection);
      if (campaignId === undefined) anEvent(connection, { type, prospectId, data });
      else {
        const enrolmentId = anEnrolment(connection, { prospectId, campaignId, status: 'completed' });
        anEvent(connection, { type, enrolmentId, data });
      }
      return prospectId;
    };
    for (const type of ['replied', 'meeting', 'opted_out', 'complained']) said(type);
    said('stopped', undefined, { reason: 'removed' });
    said('replied', live);
    said('stopped', live, { reason: 'removed' });
    const inside = [
      said('replied', aCampaign(connection, { mode: 'rehearsal' })),
      said('stopped', aCampaign(connection, { mode: 'rehearsal' }), { reason: 'removed' }),
      said('stopped', live, { reason: 'campaign_ended' }),
    ];
    const { id } = await create({ mode: 'live' });
    expect(rows(`select prospect_id from enrolment where campaign_id = ${id}`)).toEqual(
      inside.map((prospect_id) => ({ prospect_id })),
    );
    expect(stderr()).toContain('4 asked for no more');
    expect(stderr()).toContain('3 answered or agreed to meet');
  });

  it('a rehearsal keeps nobody out of a live campaign, nor the other way round', async () => {
    const { connection, create, rows } = await workspace();
    const person = aProspect(connection);
    anEnrolment(connection, { prospectId: person, campaignId: aCampaign(connection, { mode: 'live' }) });
    await create();
    expect(rows('select count(*) as n from enrolment')).toEqual([{ n: 2 }]);
  });

  it('keeps the scenario and texts it started with, once for all campaigns that use them', async () => {
    const { create, rows, context, folder } = await workspace();
    await create();
    await create({ name: 'PME Est' });
    expect(rows('select count(*) as n from scenario_version')).toEqual([{ n: 1 }]);
    const before = await (await context.library()).load('connexion-douce');
    const { mkdirSync } = await import('node:fs');
    mkdirSync(join(folder, 'templates', 'fr', 'connexion-douce'), { recursive: true });
    writeFileSync(join(folder, 'templates', 'fr', 'connexion-douce', 'invitation.liquid'), 'Un autre texte');
    await create({ name: 'PME Sud' });
    const versions = rows('select body from scenario_version order by id') as { body: string }[];
    expect(versions).toHaveLength(2);
    expect(JSON.parse(versions[0]?.body ?? '').templates).toEqual(before.templates);
    expect(versions[1]?.body).toContain('Un autre texte');
  });

  it('is a rehearsal while a channel of the scenario has no provider, and says so', async () => {
    const { create, stderr } = await workspace();
    expect((await create()).mode).toBe('rehearsal');
    expect(stderr()).toContain('nothing leaves this machine');
    expect((await create({ name: 'Pour de vrai', mode: 'live' })).mode).toBe('live');
    expect(stderr()).toContain('e-mail and SMS have no provider');
  });

  it('takes people from another campaign, from an import, and from a list', async () => {
    const { create, connection, folder, rows } = await workspace();
    const one = aProspect(connection);
    aProspect(connection);
    anEnrolment(connection, {
      prospectId: one,
      status: 'completed',
      campaignId: aCampaign(connection, { name: 'Avant' }),
    });
    await create({ from: 'campaign:avant' });
    expect(
      rows(
        "select prospect_id from enrolment e join campaign c on c.id = e.campaign_id where c.name = 'PME Ouest'",
      ),
    ).toEqual([{ prospect_id: one }]);
    const list = join(folder, 'liste.csv');
    writeFileSync(list, 'Prénom;Nom;E-mail\nPaul;Petit;paul@petit.example\n');
    const created = await create({ name: 'Liste', from: list });
    expect(rows(`select count(*) as n from enrolment where campaign_id = ${created.id}`)).toEqual([{ n: 1 }]);
    connection.exec("update campaign set status = 'completed' where name = 'Liste'");
    await create({ name: 'Encore', from: 'import:1' });
    expect(rows("select count(*) as n from campaign where name = 'Encore'")).toEqual([{ n: 1 }]);
  });

  it('leaves no campaign behind when the list cannot be read', async () => {
    const { create, folder, rows } = await workspace();
    const list = join(folder, 'vide.csv');
    writeFileSync(list, '');
    await expect(create({ from: list })).rejects.toThrow(/empty/);
    expect(rows('select name from campaign')).toEqual([]);
  });

  it('where a second list cannot be read there is no campaign, and the same command makes it later', async () => {
    const { create, folder, rows, stderr } = await workspace();
    writeFileSync(
      join(folder, 'a.csv'),
      'first_name,last_name,email,company\nPaul,Petit,paul@petit.example,P\n',
    );
    writeFileSync(join(folder, 'b.csv'), '<!doctype html><html><body>expired</body></html>\n');
    const from = ['a.csv', 'b.csv'];
    await expect(create({ from })).rejects.toThrow(/b\.csv/);
    expect(rows('select id from campaign union select id from enrolment')).toEqual([]);
    expect(rows('select id from scenario_version')).toEqual([]);
    expect(rows('select type from event')).toEqual([]);
    expect(rows('select email from prospect')).toEqual([{ email: 'paul@petit.example' }]);
    expect(stderr()).toContain('No campaign is made. Whom the lists have brought stays in the base.');
    writeFileSync(join(folder, 'b.csv'), 'first_name,last_name,email\nNina,New,nina@new.example\n');
    await create({ from });
    expect(rows('select status, paused_at from campaign')).toEqual([{ status: 'running', paused_at: null }]);
    expect(rows('select count(*) as n from enrolment')).toEqual([{ n: 2 }]);
  });

  it('runs only when everybody is in it: until then no tick sees it', async () => {
    const { context, create, connection, rows } = await workspace();
    aProspect(connection);
    const enroller = await context.stores.enroller();
    const seen: unknown[] = [];
    context.stores.enroller = async () => ({
      async enrol(...given) {
        const done = await enroller.enrol(...given);
        seen.push(...rows('select status from campaign'));
        return done;
      },
    });
    expect((await create()).status).toBe('running');
    expect(seen).toEqual([{ status: 'paused' }]);
  });

  it('one that somebody has ended meanwhile stays, and that is said', async () => {
    const { context, create, connection, rows, stderr } = await workspace();
    aProspect(connection);
    const enroller = await context.stores.enroller();
    context.stores.enroller = async () => ({
      async enrol(...given) {
        const done = await enroller.enrol(...given);
        await completeCampaign(context, 'PME Ouest', true);
        return done;
      },
    });
    await expect(create()).rejects.toThrow('campaign "PME Ouest" has ended');
    expect(stderr()).toContain(`Campaign "PME Ouest" is left as it is: hector campaign show 'PME Ouest'`);
    expect(rows('select status from enrolment')).toEqual([{ status: 'stopped' }]);
  });

  it('reads days, hours, zone, start and language as people write them', async () => {
    const { create } = await workspace();
    const campaign = await create({
      days: 'lundi au jeudi',
      hours: '9h30-12h',
      timezone: 'europe/brussels',
      daysOff: '24/12/2026',
      start: '01/12/2026',
      language: 'EN',
      objective: ' Présenter ',
    });
    expect(campaign).toMatchObject({
      window: { days: [1, 2, 3, 4], from: 570, to: 720, daysOff: ['2026-12-24'] },
      timezone: 'Europe/Brussels',
      startAt: Date.UTC(2026, 10, 30, 23),
      language: 'en',
      objective: 'Présenter',
    });
  });

  it.each<[string, Partial<CreateOptions>, RegExp]>([
    [
      'a scenario that is not there',
      { scenario: 'connexion-douc' },
      /connexion-douc.*did you mean "connexion-douce"/,
    ],
    ['a day that is none', { days: 'lun-vend' }, /--days.*"vend" is no day/],
    ['a day off that is none', { daysOff: '24/13/2026' }, /--days-off.*no date/],
    ['hours that go backwards', { hours: '18h-9h' }, /--hours.*backwards/],
    ['a zone that is none', { timezone: 'Europe/Pari' }, /--timezone.*did you mean "Europe\/Paris"/],
    ['a date that is none', { start: '31/02/2026' }, /--start.*no date/],
    ['a language it does not write', { language: 'de' }, /--language.*fr, en/],
    ['a list that is not there', { from: 'absent.csv' }, /--from: no file "absent.csv"/],
    ['an import that is not there', { from: 'import:9' }, /no import 9/],
    ['a campaign that is not there', { from: 'campaign:x' }, /no campaign "x"/],
    ['an empty name', { name: '  ' }, /campaign name/],
  ])('refuses %s in one line, and makes nothing', async (_, overrides, message) => {
    const { create, rows } = await workspace();
    const refusal = await create(overrides).catch((error: unknown) => error);
    expect(refusal).toMatchObject({ exitCode: 2, message: expect.stringMatching(message) });
    expect(rows('select name from campaign')).toEqual([]);
  });

  it('refuses a name that is taken, whatever its case and accents', async () => {
    const { create } = await workspace();
    await create({ name: 'Été' });
    await expect(create({ name: 'ete' })).rejects.toThrow('a campaign "Été" exists already');
  });
});

describe('campaign list, show, pause, resume', () => {
  it('show settings and where people are; pausing keeps everything in', async () => {
    const { create, connection, context, stdout, rows } = await workspace();
    aProspect(connection);
    await create();
    await listCampaigns(context);
    await showCampaign(context, 'pme ouest');
    expect(stdout()).toMatch(/PME Ouest\tconnexion-douce\trunning, rehearsal\t1\t1\t0\t0/);
    expect(stdout()).toContain('invitation\t0d\tlinkedin\t1');
    await pauseCampaign(context, 'PME Ouest');
    expect(rows('select status from campaign')).toEqual([{ status: 'paused' }]);
    await resumeCampaign(context, 'PME Ouest', false);
    expect(rows('select status, paused_at from campaign')).toEqual([{ status: 'running', paused_at: null }]);
  });

  it('name the nearest campaign when one is mistyped', async () => {
    const { create, context } = await workspace();
    await create();
    await expect(showCampaign(context, 'PME Est')).rejects.toThrow(
      'no campaign "PME Est", did you mean "PME Ouest"?',
    );
  });
});
