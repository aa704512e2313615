import { describe, expect, test } from 'vitest';
import { erase } from '../../src/commands/gdpr/erase.ts';
import { type AddPersonOptions, addPerson } from '../../src/commands/prospect/add.ts';
import { undoProspectImport } from '../../src/commands/prospect/import.ts';
import { showPerson } from '../../src/commands/prospect/show.ts';
import { aCampaign, anEnrolment, aProspect, aSuppression } from '../builders.ts';
import { type ContextOverrides, testContext } from '../context.ts';
import { scripted, silent } from '../prompter.ts';

const of = (facts: Record<string, string>, rest: Partial<AddPersonOptions> = {}): AddPersonOptions => ({
  ...{ facts, campaign: null, update: false, yes: false },
  ...rest,
});

async function workspace(overrides: ContextOverrides = {}) {
  const opened = testContext(overrides);
  const connection = await opened.context.connection();
  const row = (id: number) =>
    connection.prepare<[number], Record<string, unknown>>('select * from prospect where id = ?').get(id);
  return { ...opened, connection, row };
}

describe('hector prospect add', () => {
  test('takes a person in as an import would, to be undone like one', async () => {
    const { context, connection, row, stdout, stderr } = await workspace();
    const facts = { full_name: 'Mme Claire DURAND', email: 'CLAIRE@ads.example', phone: '06 12 34 56 78' };
    await addPerson(context, of({ ...facts, 'custom.secteur': '=Conseil' }));
    expect(row(1)).toMatchObject({
      ...{ first_name: 'Claire', last_name: 'Durand', civility: 'Mme', email: 'claire@ads.example' },
      ...{ mobile: '+33612345678', phone: null, company_key: 'domain:ads.example' },
      ...{ custom: '{"secteur":"=Conseil"}', import_id: 1, phone_key: '+33612345678 claire durand' },
    });
    expect(stdout()).toBe('Claire Durand (#1) is added.\n');
    expect(stderr()).toContain('hector prospect import --undo 1');
    await undoProspectImport(context, '1');
    expect(connection.prepare('select count(*) from prospect').pluck().get()).toBe(0);
  });

  test('keeps a legal basis; one that is known only gives way to --update', async () => {
    const { context, row } = await workspace();
    const facts = { email: 'claire@ads.example' };
    await addPerson(context, of(facts, { legalBasis: 'contract' }));
    await addPerson(context, of(facts, { legalBasis: 'consent' }));
    expect(row(1)).toMatchObject({ legal_basis: 'contract' });
    await addPerson(context, of(facts, { legalBasis: 'consent', update: true }));
    expect(row(1)).toMatchObject({ legal_basis: 'consent' });
  });

  test('misses no name of somebody known, and says how to take the rest back', async () => {
    const { context, connection, stderr } = await workspace();
    aProspect(connection, { email: 'claire@ads.example', city: null });
    await addPerson(context, of({ email: 'claire@ads.example', city: 'Lyon' }));
    expect(stderr()).not.toContain('without a name');
    expect(stderr()).toContain('hector prospect import --undo 1');
  });

  test('enrols, and does not where the campaign is not there or a rule forbids it', async () => {
    const { context, connection, stderr } = await workspace();
    aCampaign(connection, { name: 'Printemps' });
    await expect(
      addPerson(context, of({ email: 'a@b.example' }, { campaign: 'Printemp' })),
    ).rejects.toMatchObject({ exitCode: 2, message: expect.stringContaining('did you mean "Printemps"') });
    expect(connection.prepare('select count(*) from prospect').pluck().get()).toBe(0);
    await addPerson(context, of({ email: 'a@b.example' }, { campaign: 'Printemps' }));
    expect(stderr()).toContain('Enrolled in Printemps');
    aSuppression(connection, 'domain', 'no.example');
    await addPerson(context, of({ email: 'x@no.example' }, { campaign: 'Printemps' }));
    expect(stderr()).toContain('On the blacklist by domain no.example: never contacted.');
    expect(stderr()).toContain('Not enrolled in Printemps: on the blacklist.');
    expect(context.exitCode).toBe(1);
    expect(connection.prepare('select count(*) from enrolment').pluck().get()).toBe(1);
  });

  test('completes who is known already, and overwrites only with --update', async () => {
    const { context, connection, row, stdout, stderr } = await workspace();
    aProspect(connection, { email: 'claire@ads.example', city: null });
    const facts = { email: 'claire@ads.example', title: 'DAF', city: 'Lyon' };
    await addPerson(context, of(facts));
    expect(row(1)).toMatchObject({ title: 'Directrice générale', city: 'Lyon' });
    expect(stdout()).toBe('Claire Durand (#1) is known already, and completed.\n');
    expect(stderr()).toContain('the known ones were kept');
    await addPerson(context, of(facts, { update: true }));
    expect(row(1)).toMatchObject({ title: 'DAF' });
    expect(connection.prepare('select count(*) from prospect').pluck().get()).toBe(1);
  });

  test.each([
    [true, 'Lyon'],
    [false, null],
  ])('on a terminal asks first whether it is the same person: %s', async (answer, city) => {
    const asked: string[] = [];
    const prompter = { ...silent, confirm: scripted([answer], asked).confirm };
    const { context, connection, row } = await workspace({ columns: 80, interactive: true, prompter });
    aProspect(connection, { email: 'claire@ads.example' });
    await addPerson(context, of({ email: 'claire@ads.example', city: 'Lyon' }));
    expect(asked).toEqual([
      'Known already: #1 Claire Durand, Directrice générale, Firme 1. Complete what is empty with this?',
    ]);
    expect(row(1)?.city).toBe(city);
  });

  test('on a terminal asks for what is missing, and again where an answer cannot be read', async () => {
    const asked: string[] = [];
    const answers = ['Claire Durand', 'claire at ads', 'claire@ads.example', '', '0612', '', '', 'salon'];
    const prompter = scripted(answers, asked);
    const { context, row } = await workspace({ columns: 80, interactive: true, prompter });
    await addPerson(context, of({ company: 'Ads' }));
    expect(row(1)).toMatchObject({ last_name: 'Durand', email: 'claire@ads.example', company: 'Ads' });
    expect(row(1)).toMatchObject({ mobile: null, source: 'salon' });
    expect(asked).toContain('email: not an e-mail address');
    expect(asked).toContain('phone, mobile: not a phone number');
    expect(asked).not.toContain('Firm');
  });

  test.each<[Record<string, string>, string]>([
    [{}, 'an e-mail address, a LinkedIn profile or a phone number is needed'],
    [{ email: 'x' }, 'email: not an e-mail address'],
    [{ linkedin: 'https://www.linkedin.com/company/ads' }, 'linkedin: no LinkedIn profile address'],
    [{ email: 'x', linkedin: '?' }, 'no valid e-mail address, phone number or LinkedIn profile'],
    [{ email: 'a@b.example', language: 'klingon' }, 'language: neither French nor English'],
  ])('refuses %j', async (facts, message) => {
    const { context, connection } = await workspace();
    await expect(addPerson(context, of(facts))).rejects.toMatchObject({
      exitCode: 2,
      message: expect.stringContaining(message),
    });
    expect(connection.prepare('select count(*) from import_run').pluck().get()).toBe(0);
  });

  test('changes neither of two people whose addresses are mixed', async () => {
    const { context, connection } = await workspace();
    aProspect(connection, { email: 'a@b.example' });
    aProspect(connection, { linkedin: 'karim-000' });
    await expect(
      addPerson(context, of({ email: 'a@b.example', linkedin: 'karim-000', city: 'Lyon' })),
    ).rejects.toMatchObject({ exitCode: 1, message: expect.stringContaining('two different people') });
    expect(connection.prepare('select count(*) from prospect where city is not null').pluck().get()).toBe(0);
  });

  test('keeps nothing of somebody whose data were erased', async () => {
    const { context, connection } = await workspace();
    aProspect(connection, { email: 'claire@ads.example' });
    await erase(context, { references: ['1'], alsoUnknown: false, dryRun: false, yes: true });
    await expect(addPerson(context, of({ email: 'claire@ads.example' }))).rejects.toMatchObject({
      exitCode: 1,
      message: expect.stringContaining('erased at their request'),
    });
    expect(connection.prepare('select count(*) from prospect where email is not null').pluck().get()).toBe(0);
  });

  test('prints JSON', async () => {
    const { context, connection, stdout } = await workspace({ json: true });
    aCampaign(connection, { name: 'Printemps' });
    await addPerson(context, of({ email: 'a@gmail.com' }, { campaign: 'Printemps' }));
    expect(JSON.parse(stdout())).toMatchObject({
      ...{ result: 'new', import_id: 1, warnings: ['free_mail_address', 'no_name'], texts_anew: 0 },
      ...{ enrolled: true, left_out: null },
      prospect: { id: 1, email: 'a@gmail.com', flags: ['free-mail'] },
    });
  });
});

describe('hector prospect show', () => {
  test('says where the data come from, what allows them, the last contact and the colleagues', async () => {
    const { context, connection, stdout } = await workspace();
    const firm = { companyKey: 'domain:ads.example' };
    await addPerson(context, of({ email: 'claire@ads.example' }));
    const spring = aCampaign(connection, { name: 'Printemps' });
    anEnrolment(connection, {
      ...{ campaignId: spring, status: 'replied' as const },
      prospectId: aProspect(connection, { ...firm, first_name: 'Karim', last_name: 'Benali', title: 'DAF' }),
    });
    aProspect(connection, { ...firm, first_name: 'Idle' });
    await showPerson(context, { prospect: '1' });
    expect(stdout()).toContain('added\t2026-11-23T09:00:00.000Z, import 1 (added by hand)\n');
    expect(stdout()).toContain('legal basis\tlegitimate_interest (that of the workspace)\n');
    expect(stdout()).toContain('last contact\tnever\n');
    expect(stdout()).toContain('2\tKarim Benali\tDAF\tPrintemps\treplied\n');
    expect(stdout()).not.toContain('Idle');
  });
});
