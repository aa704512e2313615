import { describe, expect, test } from 'vitest';
import { editPeople } from '../../src/commands/prospect/many/edit.ts';
import { holdPeople } from '../../src/commands/prospect/many/hold.ts';
import type { ManyOptions } from '../../src/commands/prospect/many/select.ts';
import { removePeople } from '../../src/commands/prospect/remove.ts';
import type { Connection } from '../../src/db/connection.ts';
import { aCampaign, aMessage, anEnrolment, anEvent, aProspect, aSuppression, DAY, NOW } from '../builders.ts';
import { type ContextOverrides, type TestContext, testContext } from '../context.ts';
import { scripted, silent } from '../prompter.ts';
import { enrolmentNow, typesOf } from './rows.ts';

type Opened = TestContext['context'];
const pausePeople = (context: Opened, options: ManyOptions) => holdPeople(context, 'pause', options);
const resumePeople = (context: Opened, options: ManyOptions) => holdPeople(context, 'resume', options);

const of = (prospects: string[], rest: Partial<ManyOptions> = {}): ManyOptions => ({
  prospects,
  yes: true,
  ...rest,
});

/** Claire, Karim and Julie, active in Printemps; Julie in Été as well; Paul in neither. */
async function people(overrides: ContextOverrides = {}) {
  const opened = testContext(overrides);
  const connection = await opened.context.connection();
  const spring = aCampaign(connection, { name: 'Printemps' });
  const summer = aCampaign(connection, { name: 'Été' });
  for (const first_name of ['Claire', 'Karim', 'Julie', 'Paul'])
    aProspect(connection, { first_name, last_name: null, linkedin: `${first_name.toLowerCase()}-000` });
  for (const prospectId of [1, 2, 3]) anEnrolment(connection, { prospectId, campaignId: spring });
  anEnrolment(connection, { prospectId: 3, campaignId: summer });
  return { ...opened, connection };
}

const statuses = (connection: Connection) =>
  [1, 2, 3, 4].map((id) => enrolmentNow(connection, id)?.status).join(' ');

describe('many people at once', () => {
  test('are paused by --where, only in the campaign it names, each with an event', async () => {
    const { context, connection, stdout, stderr } = await people();
    await pausePeople(context, of([], { where: 'campaign=printemps' }));
    expect(statuses(connection)).toBe('paused paused paused active');
    expect(typesOf(connection, 3)).toEqual(['paused']);
    expect(stdout()).toBe('3 people paused in Printemps.\n');
    expect(stderr()).toBe('');
    expect(context.exitCode).toBe(0);
  });

  test('are paused by --where only where they stand as it says, in whatever campaign that is', async () => {
    const { context, connection, stdout } = await people();
    connection.exec("update enrolment set step = 'email-2' where id = 4");
    await pausePeople(context, of([], { where: 'step=email-1 channel=email' }));
    expect(statuses(connection)).toBe('paused paused paused active');
    expect(stdout()).toBe('3 people paused.\n');
  });

  test.each<[string, Partial<ManyOptions>, string]>([
    ['stuck', {}, 'paused active active active'],
    // Whoever stands so in another campaign only is not meant.
    ['step=email-2', { campaign: 'Été' }, 'active active active paused'],
    ['step=email-1', { campaign: 'Été' }, 'active active active active'],
    // The filter speaks of one campaign, the pause of another.
    ['campaign=Printemps step=email-1', { campaign: 'Été' }, 'active active active paused'],
    ['status=none', {}, 'active active active active'],
  ])('are paused by --where %j %j', async (where, rest, expected) => {
    const { context, connection } = await people();
    connection.exec("update enrolment set step = 'email-2' where id = 4");
    connection.exec("update enrolment set hold = 'missing_variable' where id = 1");
    await pausePeople(context, of([], { where, ...rest }));
    expect(statuses(connection)).toBe(expected);
  });

  test('are resumed by name; who was not paused is listed with the reason, and the exit code is 1', async () => {
    const { context, connection, stdout, stderr } = await people();
    connection.exec("update enrolment set status = 'paused' where id in (1, 3)");
    await resumePeople(context, of(['Claire', 'karim-000', '#3']));
    expect(statuses(connection)).toBe('active active active active');
    expect(stdout()).toBe('2 people resumed.\n');
    expect(stderr()).toBe('Not resumed: 1\n  #2 Karim: paused in no campaign\n');
    expect(context.exitCode).toBe(1);
  });

  test('by name: who is unknown, or several, is listed, the rest is done, and the exit code is 1', async () => {
    const { context, connection, stdout, stderr } = await people();
    connection.exec("update prospect set first_name = 'Julie' where id = 4");
    await pausePeople(context, of(['Claire', 'Zoé', '9999', 'Julie', '#2']));
    expect(statuses(connection)).toBe('paused paused active active');
    expect(stdout()).toBe('2 people paused.\n');
    expect(stderr()).toBe(
      'Not paused: 3\n  no prospect matches "Zoé"\n  no prospect matches "9999"\n' +
        '  "Julie" means several people: #3 Julie, Directrice générale, Firme 3; #4 Julie, Directrice générale, Firme 4\n',
    );
    expect(context.exitCode).toBe(1);
  });

  test('by name: a question and a refusal say how many are unknown', async () => {
    const { context, connection } = await people();
    await expect(removePeople(context, of(['Claire', 'Zoé'], { yes: false }))).rejects.toMatchObject({
      message: 'this would delete 1 person (Claire), and leave out 1 who is not known: say --yes',
    });
    expect(connection.prepare('select count(*) from prospect').pluck().get()).toBe(4);
  });

  test.each([
    ['a listing', JSON.stringify([{ id: 1, enrolments: [] }, { id: 2 }]), 'paused paused active active'],
    ['what was chosen of it', '\n[{"hector_id": 2, "email": null}]', 'active paused active active'],
    ['addresses', '[{"email": null, "linkedin": "karim-000"}]', 'active paused active active'],
    [
      'messages, whose own number is nobody’s',
      '[{"id": 1, "prospect_id": 2}]',
      'active paused active active',
    ],
    ['numbers and addresses alone', '[1, "karim-000"]', 'paused paused active active'],
    ['nobody', '[]', 'active active active active'],
  ])('are read from stdin as JSON: %s', async (_, stdin, expected) => {
    const { context, connection } = await people({ stdin });
    await pausePeople(context, of(['-']));
    expect(statuses(connection)).toBe(expected);
    expect(context.exitCode).toBe(0);
  });

  test.each([
    ['[{"id": 1},', /^the JSON on stdin cannot be read: /],
    ['[{"name": "Claire"}]', /^entry 1 of the JSON on stdin does not say who is meant/],
  ])('JSON on stdin that says nobody is refused: %s', async (stdin, message) => {
    const { context, connection } = await people({ stdin });
    await expect(pausePeople(context, of(['-']))).rejects.toMatchObject({
      exitCode: 1,
      message: expect.stringMatching(message),
      next: 'hector prospect list --json | hector prospect pause - --yes',
    });
    expect(statuses(connection)).toBe('active active active active');
  });

  test.each(['', ' \n\n'])('an empty stdin is nobody, as --where may be: %j', async (stdin) => {
    const { context, stderr } = await people({ stdin });
    await pausePeople(context, of(['-']));
    expect(stderr()).toBe('Nobody like that: nothing was done. Who is there: hector prospect list\n');
    expect(context.exitCode).toBe(0);
  });

  test.each([
    ['numbers', '1\n#2\n\n', 'paused paused active active'],
    ['addresses and slugs', 'claire.durand@firme-1.example\r\nkarim-000\r\n', 'paused paused active active'],
    [
      'a CSV list with other columns',
      'Nom;Adresse mail;Ville\nX;claire.durand@firme-1.example;Lyon\n',
      'paused active active active',
    ],
    ['an export', 'first_name,email,hector_id\nKarim,,2\n', 'active paused active active'],
    [
      'an empty cell before one that is filled',
      'hector_id,linkedin\n,https://www.linkedin.com/in/karim-000\n',
      'active paused active active',
    ],
    [
      'a listing that was piped',
      '1\tClaire\tFirme 1\tDG\tE L S\n2\tKarim\tFirme 2\tDG\tE L S\n',
      'paused paused active active',
    ],
    [
      'a listing whose first person works at LinkedIn',
      '1\tClaire\tLinkedIn\tDG\n2\tKarim\tFirme 2\tDG\n',
      'paused paused active active',
    ],
    [
      'a listing with words of a header further down',
      '1\tClaire\tFirme 1\tDG\n2\tKarim\tLinkedIn\tMobile\n',
      'paused paused active active',
    ],
    [
      'a list with a number above its header',
      '2\nNom;E-mail\nX;claire.durand@firme-1.example\n',
      'paused active active active',
    ],
    ['one twice', '1\n1\nclaire-000\n', 'paused active active active'],
  ])('are read from stdin: %s', async (_, stdin, expected) => {
    const { context, connection } = await people({ stdin });
    await pausePeople(context, of(['-']));
    expect(statuses(connection)).toBe(expected);
    expect(context.exitCode).toBe(0);
  });

  test('from stdin: what names nobody is listed, made safe to show, and the rest is done', async () => {
    const { context, connection, stderr } = await people({
      stdin: "1\n=cmd|'/c calc'!A1\n\u001b[2Jx\n99\n' or 1=1 --\n",
    });
    await pausePeople(context, of(['-']));
    expect(statuses(connection)).toBe('paused active active active');
    expect(stderr()).toContain('Not paused: 4\n');
    expect(stderr()).toContain('  99: nobody has this number or address\n');
    expect(stderr()).not.toContain('\u001b');
    expect(context.exitCode).toBe(1);
  });

  test('from stdin: a number that two people share names nobody', async () => {
    const { context, connection, stderr } = await people({ stdin: '06 12 00 00 01\n' });
    connection.exec("update prospect set mobile = '+33612000001'");
    await pausePeople(context, of(['-']));
    expect(stderr()).toContain('06 12 00 00 01: nobody has this number or address');
    expect(statuses(connection)).toBe('active active active active');
  });

  test('a list without a column that says who is meant is refused', async () => {
    const { context } = await people({ stdin: 'Ville,Secteur\nLyon,Conseil\n' });
    await expect(pausePeople(context, of(['-']))).rejects.toMatchObject({
      exitCode: 1,
      message: 'no column of the list on stdin says who is meant (id, email, linkedin, phone)',
    });
  });

  test.each<[string, ManyOptions, string]>([
    ['nobody said', of([]), 'who? A person'],
    ['both', of(['1'], { where: 'stuck' }), 'exclude each other'],
    ['an empty filter', of([], { where: ' ' }), "--where: empty; for example 'status=active"],
    ['- with others', of(['-', '1']), '- stands alone'],
    [
      'no --yes',
      of([], { where: 'status=active', yes: false }),
      'this would delete 3 people (Claire, Karim, Julie): say --yes',
    ],
  ])('are refused: %s', async (_, options, message) => {
    const { context, connection } = await people();
    await expect(removePeople(context, options)).rejects.toMatchObject({
      exitCode: 2,
      message: expect.stringContaining(message),
    });
    expect(connection.prepare('select count(*) from prospect').pluck().get()).toBe(4);
  });

  test.each([
    [true, 0],
    [false, 4],
  ])('are asked about on a terminal with a count and some names; %s leaves %i', async (answer, left) => {
    const asked: string[] = [];
    const prompter = { ...silent, confirm: scripted([answer], asked).confirm };
    const { context, connection } = await people({ columns: 80, interactive: true, prompter });
    await removePeople(context, of(['1', '2', '3', '4'], { yes: false }));
    expect(asked).toEqual(['Delete 4 people (Claire, Karim, Julie and 1 more)?']);
    expect(connection.prepare('select count(*) from prospect').pluck().get()).toBe(left);
  });

  test('are deleted but for who was contacted', async () => {
    const { context, connection, stderr } = await people();
    aMessage(connection, { enrolmentId: 2, state: 'sent', sentAt: NOW });
    await removePeople(context, of([], { where: 'campaign=Printemps' }));
    expect(connection.prepare('select id from prospect').pluck().all()).toEqual([2, 4]);
    expect(stderr()).toContain('#2 Karim: has been contacted, or was heard from, and stays in the ledger');
    expect(context.exitCode).toBe(1);
  });

  test.each(['replied', 'bounced', 'opted_out'])('are not deleted once one has %s', async (type) => {
    const { context, connection } = await people();
    anEvent(connection, { type, enrolmentId: 2 });
    await removePeople(context, of(['1', '2', '4']));
    expect(connection.prepare('select id from prospect').pluck().all()).toEqual([2, 3]);
  });

  test('without --yes are named again in what to type next', async () => {
    const { context } = await people();
    const asked = (options: ManyOptions) => pausePeople(context, { ...options, yes: false });
    await expect(asked(of([], { where: 'campaign=Printemps', campaign: 'Été' }))).rejects.toMatchObject({
      next: "hector prospect pause --campaign Été --where 'campaign=Printemps' --yes",
    });
    await expect(asked(of(['Claire', '#3']))).rejects.toMatchObject({
      next: "hector prospect pause Claire '#3' --yes",
    });
  });

  test('get the same facts, by --where or from stdin; an address is one person’s', async () => {
    const { context, connection, stdout } = await people({ stdin: 'email\nnobody@no.example\n#4\n' });
    const wanted = { facts: { city: 'LYON' }, unset: null, legalBasis: 'contrat' };
    await editPeople(context, { ...of([], { where: 'campaign=Printemps' }), ...wanted });
    expect(stdout()).toBe('3 people edited (city, legal_basis).\n');
    const stored = () => connection.prepare('select city, legal_basis from prospect').raw().all();
    expect(stored()).toEqual([...new Array(3).fill(['LYON', 'contract']), [null, null]]);
    await editPeople(context, { ...of(['-']), facts: {}, unset: null, legalBasis: 'consent' });
    expect(stored()[3]).toEqual([null, 'consent']);
    const address = { facts: { email: 'a@b.example' }, unset: null, legalBasis: null };
    await expect(editPeople(context, { ...of(['1', '2']), ...address })).rejects.toMatchObject({
      exitCode: 2,
    });
    const asked = editPeople(context, { ...of(['1', '2'], { yes: false }), ...wanted });
    await expect(asked).rejects.toMatchObject({
      next: 'hector prospect edit --city LYON --legal-basis contrat 1 2 --yes',
    });
  });

  test('are edited but for who would come off the blacklist, or become somebody else, with the reason', async () => {
    const { context, connection, stdout, stderr } = await people();
    connection.exec("update prospect set siren = '732829320' where id = 2");
    connection.exec("update prospect set mobile = '+33612000001' where id in (1, 4)");
    aSuppression(connection, 'siren', '732829320');
    const wanted = { facts: { last_name: 'Roux', siren: '552100554' }, unset: null, legalBasis: null };
    connection.exec("update prospect set first_name = 'Claire', linkedin = null where id in (1, 4)");
    await editPeople(context, { ...of(['#1', '#2', '#3', '#4']), ...wanted });
    expect(stdout()).toBe('2 people edited (last_name, siren).\n');
    const stored = connection.prepare('select last_name, siren from prospect order by id').raw().all();
    expect(stored).toEqual([
      ['Roux', '552100554'],
      [null, '732829320'],
      ['Roux', '552100554'],
      [null, null],
    ]);
    expect(stderr()).toContain('Not edited: 2\n');
    expect(stderr()).toContain('  #2 Karim: is on the blacklist, and this would take them off it\n');
    expect(stderr()).toContain("  #4 Claire: that address, or number and name, is another person's\n");
    expect(context.exitCode).toBe(1);
  });

  test('are planned anew and stopped by what they are given, in one act', async () => {
    const { context, connection } = await people();
    connection.exec(`update enrolment set next_at = ${NOW + DAY}, hold = 'not_yet_due'`);
    aSuppression(connection, 'siren', '552100554');
    const facts = { zip: '97400', siren: '552100554' };
    await editPeople(context, { ...of(['1', '3']), facts, unset: null, legalBasis: null });
    expect(statuses(connection)).toBe('stopped active stopped stopped');
    await editPeople(context, { ...of(['2', '4']), facts: { zip: '97400' }, unset: null, legalBasis: null });
    expect(enrolmentNow(connection, 2)).toMatchObject({ status: 'active', next_at: NOW });
  });

  test('are told as JSON: who, and who not', async () => {
    const { context, stdout } = await people({ json: true, stdin: '1\n4\nx\n' });
    await pausePeople(context, of(['-']));
    expect(JSON.parse(stdout())).toMatchObject({
      done: 'paused',
      count: 1,
      people: [{ id: 1, name: 'Claire', enrolments: [{ campaign: 'Printemps', status: 'paused' }] }],
      not_done: [
        { id: 4, name: 'Paul', reason: 'not_active' },
        { id: null, name: 'x', reason: 'nobody' },
      ],
    });
  });

  test('more than one act can hold are done in several, all of them', async () => {
    const { context, connection, stdout } = await people();
    connection.exec(`with recursive n(i) as (select 1 union all select i + 1 from n where i < 2100)
      insert into prospect (first_name, email, created_at, updated_at) select 'P', 'p' || i || '@x.example', 0, 0 from n`);
    await removePeople(context, of([], { where: 'q=x.example' }));
    expect(stdout()).toBe('2100 people deleted.\n');
    expect(connection.prepare('select count(*) from prospect').pluck().get()).toBe(4);
  });

  test('nobody like that is no error', async () => {
    const { context, stderr } = await people();
    await removePeople(context, of([], { where: 'company=zzz' }));
    expect(stderr()).toContain('Nobody like that');
    expect(context.exitCode).toBe(0);
  });
});
