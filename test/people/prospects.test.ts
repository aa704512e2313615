import { describe, expect, test } from 'vitest';
import { type ListOptions, listPeople } from '../../src/commands/prospect/list.ts';
import { pausePerson } from '../../src/commands/prospect/pause.ts';
import { removePerson } from '../../src/commands/prospect/remove.ts';
import { resumePerson } from '../../src/commands/prospect/resume.ts';
import { showPerson } from '../../src/commands/prospect/show.ts';
import { EVERYBODY, type PeopleFilter } from '../../src/engine/ports/people.ts';
import { aCampaign, aMessage, anEnrolment, anEvent, aProspect, aSuppression, DAY, NOW } from '../builders.ts';
import { type ContextOverrides, testContext } from '../context.ts';
import { enrolmentNow, typesOf } from './rows.ts';

const list = (filter: Partial<PeopleFilter> = {}, limit: number | null = null): ListOptions => ({
  filter: { ...EVERYBODY, ...filter },
  limit,
});

async function workspace(overrides: ContextOverrides = {}) {
  const test = testContext(overrides);
  return { ...test, connection: await test.context.connection() };
}

/** Three people: Élodie active in Printemps, Paul replied there and active in Été, Marie in no campaign. */
async function threePeople(overrides: ContextOverrides = {}) {
  const test = await workspace(overrides);
  const { connection } = test;
  const spring = aCampaign(connection, { name: 'Printemps' });
  const summer = aCampaign(connection, { name: 'Été' });
  const elodie = aProspect(connection, { first_name: 'Élodie', last_name: 'Faÿ', company: 'Noël Expertise' });
  const paul = aProspect(connection, {
    first_name: 'Paul',
    last_name: 'Martin',
    email: 'contact@gmail.com',
    linkedin: null,
  });
  aProspect(connection, { first_name: 'Marie', last_name: 'Roy', email: null, mobile: null });
  anEnrolment(connection, { prospectId: elodie, campaignId: spring, nextAt: NOW + 3 * DAY });
  anEnrolment(connection, { prospectId: paul, campaignId: spring, status: 'replied', reason: 'replied' });
  anEnrolment(connection, { prospectId: paul, campaignId: summer });
  return test;
}

const names = (stdout: string) =>
  stdout
    .split('\n')
    .filter(Boolean)
    .map((line) => line.split('\t')[1]);

describe('hector prospect list', () => {
  test('prints everyone when piped, with their open enrolment, channels and flags', async () => {
    const { context, stdout, stderr, connection } = await threePeople();
    aSuppression(connection, 'linkedin', 'claire-durand-3');
    await listPeople(context, list());
    expect(stdout().split('\n')).toEqual([
      '1\tÉlodie Faÿ\tNoël Expertise\tDirectrice générale\tE L S\tPrintemps\tactive\temail-1\t2026-11-26T09:00:00.000Z\t',
      '2\tPaul Martin\tFirme 2\tDirectrice générale\tE S\tÉté\tactive\temail-1\t2026-11-23T09:00:00.000Z\tfree-mail role',
      '3\tMarie Roy\tFirme 3\tDirectrice générale\tL\t\t\t\t\tblacklisted',
      '',
    ]);
    expect(stderr()).toBe('');
  });

  test.each<[Partial<PeopleFilter>, string[]]>([
    [{ campaign: 'printemps' }, ['Élodie Faÿ', 'Paul Martin']],
    [{ campaign: 'ETE' }, ['Paul Martin']],
    [{ status: 'active' }, ['Élodie Faÿ', 'Paul Martin']],
    [{ campaign: 'Printemps', status: 'replied' }, ['Paul Martin']],
    [{ campaign: 'Été', status: 'replied' }, []],
    [{ status: 'none' }, ['Marie Roy']],
    [{ campaign: 'Été', status: 'none' }, ['Élodie Faÿ', 'Marie Roy']],
    [{ text: 'fay' }, ['Élodie Faÿ']],
    [{ text: 'GMAIL' }, ['Paul Martin']],
    [{ text: 'élodie faÿ noel' }, ['Élodie Faÿ']],
    [{ company: 'noel' }, ['Élodie Faÿ']],
    [{ company: 'Marie' }, []],
    [{ text: '%' }, []],
    [{ text: "' or 1=1 --" }, []],
    [{ text: 'martin', status: 'active' }, ['Paul Martin']],
  ])('finds by %j', async (filter, expected) => {
    const { context, stdout } = await threePeople();
    await listPeople(context, list(filter));
    expect(names(stdout())).toEqual(expected);
  });

  test('prints the standing in the campaign that was asked for', async () => {
    const { context, stdout } = await threePeople();
    await listPeople(context, list({ campaign: 'Printemps', status: 'replied' }));
    expect(stdout()).toContain('\tPrintemps\treplied\t');
  });

  test('refuses an unknown campaign with the nearest name', async () => {
    const { context } = await threePeople();
    await expect(listPeople(context, list({ campaign: 'Printemp' }))).rejects.toMatchObject({
      exitCode: 2,
      message: expect.stringContaining('did you mean "Printemps"'),
    });
  });

  test('shows 50 on a terminal and says how many more; all 1,203 when piped', async () => {
    const { context, connection, stdout, stderr, folder } = await workspace({ columns: 100 });
    for (let count = 0; count < 1203; count += 1) aProspect(connection);
    await listPeople(context, list());
    expect(
      stdout()
        .split('\n')
        .filter((line) => line.includes('Claire')),
    ).toHaveLength(50);
    expect(stderr()).toBe('50 of 1203. More: --limit 1203, or pipe it.\n');
    const piped = testContext({ folder });
    await listPeople(piped.context, list());
    expect(names(piped.stdout())).toHaveLength(1203);
    const some = testContext({ folder });
    await listPeople(some.context, list({}, 1001));
    expect(names(some.stdout())).toHaveLength(1001);
  });

  test('is relative on a terminal, and no name can act on it', async () => {
    const { context, connection, stdout } = await workspace({ columns: 160 });
    const prospectId = aProspect(connection, {
      first_name: '\u001b[2J\u0007Eve',
      last_name: 'Sy\u202e\r\nroot',
    });
    anEnrolment(connection, { prospectId, nextAt: NOW + 3 * DAY });
    await listPeople(context, list());
    expect(stdout()).toContain('in 3 days');
    expect(stdout()).not.toContain('Flags');
    expect(stdout()).not.toMatch(/(?!\n)[\p{Cc}\u202e]/u);
  });

  test('says on a terminal what codes mean, and no next touch of who waits for nothing', async () => {
    const { context, connection, stdout, folder } = await workspace({ columns: 160 });
    const stands: [string, Parameters<typeof anEnrolment>[1]][] = [
      ['Ada', { nextAt: NOW - DAY }],
      ['Bob', { nextAt: NOW - 2 * DAY, status: 'paused' }],
      ['Cid', { nextAt: NOW + DAY, hold: 'missing_variable', reason: 'sender.name' }],
      ['Dan', { status: 'stopped', reason: 'company_replied' }],
      ['Eve', { campaignId: aCampaign(connection, { status: 'paused' }), nextAt: NOW - DAY }],
    ];
    for (const [first_name, enrolment] of stands)
      anEnrolment(connection, { prospectId: aProspect(connection, { first_name }), ...enrolment });
    await listPeople(context, list());
    const [, ...lines] = stdout().split('\n');
    for (const [index, end] of [
      /active +email-1 +due now *$/,
      /paused +email-1 *$/,
      /held: sender\.name +email-1 +in 1 day *$/,
      /stopped \(a colleague answered\)/,
      /active +email-1 *$/,
    ].entries())
      expect(lines[index]).toMatch(end);
    const piped = testContext({ folder });
    await listPeople(piped.context, list());
    expect(piped.stdout()).toContain('\tactive (sender.name)\t');
    expect(piped.stdout()).toContain('\tstopped (company_replied)\t');
    expect(piped.stdout().split('\n')[1]).toContain('\t2026-11-21T09:00:00.000Z\t');
    const card = testContext({ folder, columns: 160 });
    await showPerson(card.context, { prospect: '1' });
    await showPerson(card.context, { prospect: '2' });
    expect(card.stdout()).toMatch(/active +email-1 +due now *\n/);
    expect(card.stdout()).toMatch(/paused +email-1 *\n/);
  });

  test('prints JSON with stable keys', async () => {
    const { context, stdout } = await threePeople({ json: true });
    await listPeople(context, list({ text: 'paul' }));
    const [paul] = JSON.parse(stdout());
    expect(paul).toMatchObject({
      id: 2,
      first_name: 'Paul',
      custom: {},
      channels: ['email', 'sms'],
      flags: ['free-mail', 'role'],
    });
    expect(paul.enrolments).toEqual([
      {
        campaign: 'Été',
        campaign_status: 'running',
        mode: 'live',
        status: 'active',
        reason: null,
        step: 'email-1',
        next_at: '2026-11-23T09:00:00.000Z',
        hold: null,
        enrolled_at: '2026-11-23T09:00:00.000Z',
        ended_at: null,
      },
      expect.objectContaining({ campaign: 'Printemps', status: 'replied', next_at: null }),
    ]);
    const nobody = await workspace({ json: true });
    await listPeople(nobody.context, list());
    expect(nobody.stdout()).toBe('[]\n');
  });

  test('says what to do when there is nobody', async () => {
    const empty = await workspace();
    await listPeople(empty.context, list());
    expect(empty.stderr()).toContain('hector prospect import');
    const others = await threePeople();
    await listPeople(others.context, list({ text: 'zzz' }));
    expect(others.stderr()).toContain('Nobody like that');
  });
});

describe('hector prospect show', () => {
  async function card(overrides: ContextOverrides = {}) {
    const test = await workspace(overrides);
    const { connection } = test;
    const prospectId = aProspect(connection, { email: 'claire@ads.example', custom: { ca_m: '23,2' } });
    const campaignId = aCampaign(connection, { name: 'Printemps', timezone: 'Indian/Reunion' });
    const enrolmentId = anEnrolment(connection, {
      prospectId,
      campaignId,
      step: 'email-2',
      nextAt: NOW + DAY,
      hold: 'not_yet_due',
    });
    const sent = aMessage(connection, { enrolmentId, state: 'sent', sentAt: NOW - DAY });
    anEvent(connection, { type: 'sent', messageId: sent, at: NOW - DAY });
    anEvent(connection, { type: 'replied', messageId: sent, data: { text: 'Oui\u001b[31m' } });
    aMessage(connection, { enrolmentId, step: 'email-2', state: 'ready', createdAt: NOW + 5 });
    aSuppression(connection, 'domain', 'ads.example');
    return test;
  }

  test('prints facts, standing in the campaign’s zone, blacklist and history', async () => {
    const { context, stdout } = await card({ columns: 200 });
    await showPerson(context, { prospect: '1' });
    const text = stdout();
    expect(text).toContain(
      '#1 Claire Durand\nTimes are in Indian/Reunion, the zone of the campaign Printemps.\n',
    );
    expect(text).toMatch(/custom\.ca_m +23,2/);
    expect(text).toMatch(
      /Printemps +active +email-2 +Tue 24 Nov 2026 13:00, in 1 day +the wait of the next step is not over/,
    );
    expect(text).toMatch(/domain +ads\.example +sur demande/);
    expect(text).toMatch(/Mon 23 Nov 2026 13:00 · replied · email · Printemps · email-1\n {4}Oui\?\[31m\n/);
    expect(text).not.toMatch(/(?!\n)\p{Cc}/u);
  });

  test.each([40, 80, 120])(
    'is whole on %i columns: notes, states, and texts with their lines',
    async (columns) => {
      const { context, connection, stdout, stderr } = await workspace({ columns });
      const notes = 'Rencontrée au salon de Lyon, rappelle volontiers le matin, avant neuf heures et demie';
      const answer =
        'Bonjour, merci pour votre message, je préfère que nous en parlions après le salon.\n\nClaire';
      const prospectId = aProspect(connection, { notes, createdAt: NOW });
      const campaignId = aCampaign(connection, {
        name: 'Nurturing long terme, printemps',
        mode: 'rehearsal',
      });
      const enrolled = { prospectId, campaignId, status: 'stopped' as const, reason: 'blacklisted' };
      const enrolmentId = anEnrolment(connection, { ...enrolled, step: 'relance-interlocuteur' });
      anEvent(connection, { type: 'replied', enrolmentId, prospectId, data: { text: answer }, at: NOW });
      const step = 'relance-interlocuteur';
      aMessage(connection, { enrolmentId, step, state: 'awaiting_operator', createdAt: NOW });
      await showPerson(context, { prospect: '1' });
      const lines = `${stdout()}${stderr()}`.split('\n');
      expect(lines.filter((line) => line.length > columns)).toEqual([]);
      const said = stdout().replace(/\s+/g, ' ');
      for (const whole of [
        'avant neuf heures et demie',
        'stopped (is on the blacklist)',
        'awaiting operator',
      ])
        expect(said).toContain(whole);
      expect(said).toContain('je préfère que nous en parlions après le salon. Claire');
      expect(stdout()).toContain('\n    Claire\n');
      expect(`${stdout()}${stderr()}`).not.toMatch(/…|No room for/);
      expect(said).toContain('Times are in Europe/Paris');
      expect(said).toContain('added Mon 23 Nov 2026 10:00');
    },
  );

  test('names the zone of the workspace for who is in no campaign', async () => {
    const { context, connection, stdout } = await workspace({ columns: 80 });
    aProspect(connection, { createdAt: NOW });
    await showPerson(context, { prospect: '1' });
    expect(stdout()).toContain('Times are in Europe/Paris, the zone of the workspace.\n');
    expect(stdout()).toMatch(/added +Mon 23 Nov 2026 10:00\n/);
  });

  test('prints JSON: each message once, as its event or, without one, as its state', async () => {
    const { context, stdout } = await card({ json: true });
    await showPerson(context, { prospect: 'claire@ads.example' });
    const json = JSON.parse(stdout());
    expect(json).toMatchObject({
      id: 1,
      email: 'claire@ads.example',
      custom: { ca_m: '23,2' },
      flags: ['blacklisted'],
    });
    expect(json.blacklist).toMatchObject([
      { kind: 'domain', value: 'ads.example', added_at: expect.any(String) },
    ]);
    expect(json.history.map((line: { what: string; text: string }) => [line.what, line.text])).toEqual([
      ['sent', 'Une question'],
      ['replied', 'Oui\u001b[31m'],
      ['ready', 'Une question'],
    ]);
  });

  test('prints ISO times when piped', async () => {
    const { context, stdout, stderr } = await card();
    await showPerson(context, { prospect: '1' });
    expect(stdout()).toContain('email\tclaire@ads.example\n');
    expect(stdout()).toContain('Printemps\tactive\temail-2\t2026-11-24T09:00:00.000Z\tnot_yet_due\n');
    expect(stderr()).toBe('');
  });
});

describe('hector prospect pause and resume', () => {
  const inAll = { prospect: '1', campaign: null };

  test('pause holds the person where they are, in one campaign or all', async () => {
    const { context, connection, stdout } = await workspace();
    const prospectId = aProspect(connection);
    const one = anEnrolment(connection, {
      prospectId,
      campaignId: aCampaign(connection, { name: 'Printemps' }),
      hold: 'not_yet_due',
    });
    const two = anEnrolment(connection, { prospectId });
    await pausePerson(context, { prospect: '1', campaign: 'printemps' });
    expect(enrolmentNow(connection, one)).toMatchObject({
      status: 'paused',
      step: 'email-1',
      next_at: NOW,
      hold: 'not_yet_due',
    });
    expect(enrolmentNow(connection, two)?.status).toBe('active');
    expect(stdout()).toBe('Claire Durand (#1) is paused in Printemps, before step email-1.\n');
    await pausePerson(context, inAll);
    expect(enrolmentNow(connection, two)?.status).toBe('paused');
    expect(typesOf(connection, 1)).toEqual(['paused', 'paused']);
  });

  test.each([
    ['in the past', NOW - 30 * DAY, NOW],
    ['to come', NOW + 3 * DAY, NOW + 3 * DAY],
    ['that was not set, for a person was awaited', null, NOW],
  ])('resume with a next date %s goes on then or now, whichever is later', async (_, nextAt, expected) => {
    const { context, connection } = await workspace();
    const id = anEnrolment(connection, { status: 'paused', nextAt, step: 'email-2' });
    await resumePerson(context, inAll);
    expect(enrolmentNow(connection, id)).toMatchObject({
      status: 'active',
      step: 'email-2',
      next_at: expected,
    });
    expect(typesOf(connection, 1)).toEqual(['resumed']);
  });

  test('resume says when the campaign itself is paused', async () => {
    const { context, connection, stderr } = await workspace();
    anEnrolment(connection, {
      status: 'paused',
      campaignId: aCampaign(connection, { name: 'Été', status: 'paused' }),
    });
    await resumePerson(context, inAll);
    expect(stderr()).toBe('The campaign itself is paused: Été\n');
  });

  test('neither brings back who has replied or was stopped, and both say why', async () => {
    const { context, connection } = await workspace();
    const campaignId = aCampaign(connection, { name: 'Printemps' });
    const id = anEnrolment(connection, { campaignId, status: 'stopped', reason: 'blacklisted' });
    for (const act of [pausePerson, resumePerson])
      await expect(act(context, inAll)).rejects.toMatchObject({
        exitCode: 1,
        message: expect.stringContaining('stopped (is on the blacklist) in Printemps'),
      });
    expect(enrolmentNow(connection, id)?.status).toBe('stopped');
    expect(typesOf(connection, 1)).toEqual([]);
  });

  test('print JSON with what changed', async () => {
    const { context, connection, stdout } = await workspace({ json: true });
    anEnrolment(connection);
    await pausePerson(context, inAll);
    expect(JSON.parse(stdout())).toMatchObject({
      id: 1,
      enrolments: [{ status: 'paused', step: 'email-1' }],
    });
  });
});

describe('hector prospect remove', () => {
  const yes = { prospect: '1', yes: true, confirm: async () => false };

  test('deletes who was never contacted, with enrolments, unsent messages and events', async () => {
    const { context, connection, stdout } = await workspace();
    const enrolmentId = anEnrolment(connection);
    aMessage(connection, { enrolmentId, state: 'ready' });
    anEvent(connection, { type: 'enrolled', enrolmentId });
    const other = anEnrolment(connection);
    await removePerson(context, yes);
    expect(stdout()).toBe('Claire Durand (#1) is deleted, with 1 enrolment.\n');
    for (const table of ['prospect', 'enrolment', 'message', 'event'])
      expect([table, connection.prepare(`select count(*) from ${table}`).pluck().get()]).toEqual([
        table,
        table === 'prospect' || table === 'enrolment' ? 1 : 0,
      ]);
    expect(enrolmentNow(connection, other)?.status).toBe('active');
  });

  test.each(['sent', 'sending', 'uncertain'] as const)(
    'keeps who has a message that is %s',
    async (state) => {
      const { context, connection } = await workspace();
      aMessage(connection, { state });
      await expect(removePerson(context, yes)).rejects.toMatchObject({
        exitCode: 1,
        next: "hector gdpr erase '#1'",
      });
      expect(connection.prepare('select count(*) from prospect').pluck().get()).toBe(1);
    },
  );

  test('deletes who was only rehearsed', async () => {
    const { context, connection } = await workspace();
    const enrolmentId = anEnrolment(connection, { campaignId: aCampaign(connection, { mode: 'rehearsal' }) });
    aMessage(connection, { enrolmentId, state: 'sent' });
    await removePerson(context, yes);
    expect(connection.prepare('select count(*) from message').pluck().get()).toBe(0);
  });

  test('wants --yes when nobody can be asked', async () => {
    const { context, connection } = await workspace();
    aProspect(connection);
    await expect(removePerson(context, { ...yes, yes: false })).rejects.toMatchObject({
      exitCode: 2,
      next: 'hector prospect remove 1 --yes',
    });
    expect(connection.prepare('select count(*) from prospect').pluck().get()).toBe(1);
  });

  test.each([
    [false, 1],
    [true, 0],
  ])('asks on a terminal, and an answer of %s leaves %i', async (answer, left) => {
    const { context, connection } = await workspace({ columns: 80, interactive: true });
    aProspect(connection);
    const questions: string[] = [];
    const confirm = async (question: string) => {
      questions.push(question);
      return answer;
    };
    await removePerson(context, { prospect: '1', yes: false, confirm });
    expect(questions).toEqual(['Delete Claire Durand (#1) and their enrolments?']);
    expect(connection.prepare('select count(*) from prospect').pluck().get()).toBe(left);
  });
});
