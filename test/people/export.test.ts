import { existsSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { describe, expect, test, vi } from 'vitest';
import { type ExportOptions, exportPeople } from '../../src/commands/prospect/export.ts';
import { importProspects } from '../../src/commands/prospect/import.ts';
import type { Connection } from '../../src/db/connection.ts';
import { PROSPECT_FIELDS } from '../../src/engine/model.ts';
import { EVERYBODY } from '../../src/engine/ports/people.ts';
import { aCampaign, anEnrolment, aProspect, DAY, NOW } from '../builders.ts';
import { type ContextOverrides, testContext } from '../context.ts';

const everyone: ExportOptions = {
  file: null,
  filter: EVERYBODY,
  columns: null,
  excelFr: false,
  force: false,
};

async function workspace(overrides: ContextOverrides = {}) {
  const test = testContext(overrides);
  return { ...test, connection: await test.context.connection() };
}

/** Two dirty French people, as an import leaves them. */
const LIST = `Prénom;Nom;Société;E-mail;Tél. mobile;Tél. fixe;LinkedIn;N° SIREN;CA (M€);Date de contact;Notes
Élodie;FAŸ;Noël & Fils;ELODIE.FAY@noel.example;06 47 84 01 01;01 23 45 67 89;linkedin.com/in/%C3%A9lodie-fay;386091391;23,2;18/06/2026;"=SOMME(A1); ""dit"" @@
deux lignes"
d'Ormesson;de La Tour;-;;;;https://www.linkedin.com/company/ads;;;;
Jean-Pierre;Garnier;Ads;jp@ads.example;;;https://www.linkedin.com/company/ads;;+12;;@jp
`;

const dump = (connection: Connection) =>
  connection.prepare('select * from prospect order by id').all() as Record<string, unknown>[];

describe('hector prospect export', () => {
  test('is never written through a link that lies in its way', async () => {
    const { context, connection, folder } = await workspace();
    aProspect(connection);
    const victim = join(folder, 'victim');
    writeFileSync(victim, 'safe');
    symlinkSync(victim, join(folder, `.people.csv.${process.pid}.partial`));
    await exportPeople(context, { ...everyone, file: join(folder, 'people.csv') });
    expect(readFileSync(victim, 'utf8')).toBe('safe');
    expect(statSync(join(folder, 'people.csv')).mode & 0o777).toBe(0o600);
  });

  test('to a file says how far it is on a terminal, and takes that away', async () => {
    const { context, connection, stdout, stderr } = await workspace({ columns: 80 });
    connection.exec(`with recursive n(i) as (select 1 union all select i + 1 from n where i < 1203)
      insert into prospect (email, created_at, updated_at) select 'p' || i || '@x.example', 0, 0 from n`);
    let now = 0;
    vi.spyOn(performance, 'now').mockImplementation(() => (now += 400));
    await exportPeople(context, { ...everyone, file: 'people.csv' });
    vi.restoreAllMocks();
    expect(stderr()).toContain(
      '\r\u001b[KExporting people: 1000 of 1203 (83 %)\r\u001b[K1203 people written to people.csv.\n',
    );
    expect(stdout()).toBe('');
  });

  test('to a file with --json says there how many are in it', async () => {
    const { context, connection, stdout, folder } = await workspace({ json: true });
    aProspect(connection);
    await exportPeople(context, { ...everyone, file: 'people.json' });
    expect(JSON.parse(stdout())).toEqual({ file: 'people.json', people: 1 });
    expect(JSON.parse(readFileSync(join(folder, 'people.json'), 'utf8'))).toMatchObject([{ id: 1 }]);
  });

  test('- is stdout, and the legal basis of each person goes with them', async () => {
    const { context, connection, stdout, folder } = await workspace();
    aProspect(connection, { custom: { legal_basis: 'contract' } });
    aProspect(connection);
    connection.exec("update prospect set legal_basis = 'consent' where id = 2");
    await exportPeople(context, { ...everyone, file: '-' });
    const [header, ...rows] = parse(stdout());
    const at = header?.indexOf('legal_basis') ?? -1;
    expect(rows.map((row) => row[at])).toEqual(['contract', 'consent']);
    expect(header?.filter((name) => name.includes('legal_basis'))).toHaveLength(1);
    expect(existsSync(join(folder, '-'))).toBe(false);
  });

  test('hashes nobody where no column asks for the blacklist', async () => {
    const { context, connection } = await workspace();
    aProspect(connection);
    connection.exec('drop table suppression');
    await exportPeople(context, { ...everyone, columns: ['email', 'status'] });
    await expect(exportPeople(context, { ...everyone, columns: ['flags'] })).rejects.toThrow('suppression');
  });

  test('writes the facts, custom columns and standing, headers first', async () => {
    const { context, connection, stdout } = await workspace();
    const prospectId = aProspect(connection, { custom: { ca_m: '23,2' }, linkedin: 'élodie-fay' });
    const campaignId = aCampaign(connection, { name: 'Printemps' });
    anEnrolment(connection, { prospectId, campaignId, nextAt: NOW + DAY });
    aProspect(connection, { custom: { autre: 'x' } });
    await exportPeople(context, everyone);
    const [header, first, second] = parse(stdout());
    expect(header).toEqual([
      ...PROSPECT_FIELDS,
      'legal_basis',
      'autre',
      'ca_m',
      'hector_id',
      'hector_campaign',
      'hector_status',
      'hector_reason',
      'hector_step',
      'hector_next_at',
      'hector_flags',
    ]);
    const cell = (name: string) => first?.[header?.indexOf(name) ?? -1];
    expect(cell('linkedin')).toBe('https://www.linkedin.com/in/%C3%A9lodie-fay/');
    expect(cell('ca_m')).toBe('23,2');
    expect(first?.slice(-7)).toEqual([
      '1',
      'Printemps',
      'active',
      '',
      'email-1',
      '2026-11-24T09:00:00.000Z',
      '',
    ]);
    expect(second?.at(-7)).toBe('2');
  });

  test.each([false, true])('can be imported again with nothing changed (--excel-fr %s)', async (excelFr) => {
    const { context, connection, folder } = await workspace();
    const list = join(folder, 'list.csv');
    writeFileSync(list, LIST);
    await importProspects(context, list, {});
    const before = dump(connection);
    expect(before).toHaveLength(2);
    expect(before[0]).toMatchObject({ last_name: 'Faÿ', mobile: '+33647840101', phone: '+33123456789' });
    const file = join(folder, 'people.csv');
    await exportPeople(context, { ...everyone, file, excelFr });
    await importProspects(context, file, { update: true });
    expect(dump(connection)).toEqual(before);
    const fresh = await workspace();
    await importProspects(fresh.context, file, {});
    const person = (row: Record<string, unknown>) => ({ ...row, custom: JSON.parse(String(row.custom)) });
    expect(dump(fresh.connection).map(person)).toEqual(before.map(person));
  });

  test('keeps apart a custom field that has the name of a fact', async () => {
    const { context, connection, stdout, folder } = await workspace();
    aProspect(connection, { custom: { linkedin_url: 'linkedin.com/company/ads', country: 'Syldavie' } });
    await exportPeople(context, everyone);
    expect(stdout().split('\n')[0]).toContain('custom.country,custom.linkedin_url');
    const file = join(folder, 'people.csv');
    writeFileSync(file, stdout());
    const before = dump(connection);
    await importProspects(context, file, { update: true });
    expect(dump(connection).map(({ custom }) => custom)).toEqual(before.map(({ custom }) => custom));
  });

  test('disarms what a spreadsheet would run, in headers too', async () => {
    const { context, connection, stdout } = await workspace();
    aProspect(connection, { company: '=cmd|calc', title: '@SUM(A1)', notes: '+33612345678' });
    await exportPeople(context, { ...everyone, columns: ['company', 'title', 'notes'] });
    expect(stdout()).toBe("company,title,notes\n'=cmd|calc,'@SUM(A1),+33612345678\n");
  });

  test('takes the columns named, in their order, and refuses an unknown one', async () => {
    const { context, connection, stdout } = await workspace();
    aProspect(connection, { custom: { ca_m: '3' } });
    await exportPeople(context, { ...everyone, columns: ['ca_m', 'email', 'status'] });
    expect(stdout()).toBe('ca_m,email,hector_status\n3,claire.durand@firme-1.example,\n');
    await expect(exportPeople(context, { ...everyone, columns: ['emial'] })).rejects.toMatchObject({
      exitCode: 2,
      message: 'no column "emial", did you mean "email"?',
    });
  });

  test('filters by campaign and status', async () => {
    const { context, connection, stdout } = await workspace();
    const campaignId = aCampaign(connection, { name: 'Printemps' });
    for (const status of ['active', 'replied', 'replied'] as const)
      anEnrolment(connection, { campaignId, status });
    const filter = { ...everyone.filter, campaign: 'Printemps', status: 'replied' as const };
    await exportPeople(context, { ...everyone, filter, columns: ['id', 'status'] });
    expect(stdout()).toBe('hector_id,hector_status\n2,replied\n3,replied\n');
  });

  test('writes a file that only its owner may read, whole or not at all', async () => {
    const { context, connection, folder, stderr } = await workspace();
    aProspect(connection);
    const file = join(folder, 'people.csv');
    await exportPeople(context, { ...everyone, file });
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(stderr()).toBe(`1 person written to ${file}.\n`);
    await expect(
      exportPeople(context, { ...everyone, file: join(folder, 'no', 'where.csv') }),
    ).rejects.toMatchObject({
      exitCode: 1,
      message: expect.stringContaining('no such folder'),
    });
    expect(readdirSync(folder).filter((name) => name.includes('partial'))).toEqual([]);
  });

  test('writes JSON', async () => {
    const { context, connection, folder } = await workspace({ json: true });
    for (let count = 0; count < 3; count += 1) aProspect(connection);
    const file = join(folder, 'people.json');
    await exportPeople(context, { ...everyone, file });
    expect(JSON.parse(readFileSync(file, 'utf8')).map(({ id }: { id: number }) => id)).toEqual([1, 2, 3]);
    await exportPeople(context, { ...everyone, file, columns: ['email'], force: true });
    expect(JSON.parse(readFileSync(file, 'utf8'))[0]).toEqual({ email: 'claire.durand@firme-1.example' });
  });

  test('does not replace a file that is there, unless told to', async () => {
    const { context, folder } = await workspace();
    const file = join(folder, 'liste.csv');
    writeFileSync(file, 'ma liste');
    await expect(exportPeople(context, { ...everyone, file })).rejects.toMatchObject({ exitCode: 2 });
    expect(readFileSync(file, 'utf8')).toBe('ma liste');
    await exportPeople(context, { ...everyone, file, force: true });
    expect(readFileSync(file, 'utf8')).not.toBe('ma liste');
  });

  test('of nobody is a header, and says so', async () => {
    const { context, stdout, stderr } = await workspace();
    await exportPeople(context, everyone);
    expect(stdout().split('\n')).toHaveLength(2);
    expect(stderr()).toContain('Nobody like that');
  });
});
