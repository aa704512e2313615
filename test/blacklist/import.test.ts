import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { exportBlacklist } from '../../src/commands/blacklist/export.ts';
import type { BlacklistImportOptions } from '../../src/commands/blacklist/import/report.ts';
import { importBlacklist } from '../../src/commands/blacklist/import.ts';
import { openDatabase } from '../../src/db/connection.ts';
import { createBlacklistImports } from '../../src/db/suppression-import.ts';
import { planListColumns } from '../../src/engine/blacklist/columns.ts';
import { aMessage, anEnrolment, aProspect, aSuppression, NOW } from '../builders.ts';
import { type ContextOverrides, testContext } from '../context.ts';
import { enrolmentNow } from '../people/rows.ts';
import { entriesOf, hashOf, tagsOf } from './rows.ts';

const PLAIN: BlacklistImportOptions = {
  kind: null,
  reason: null,
  source: null,
  expires: null,
  dryRun: false,
  encoding: null,
  delimiter: null,
};
const EXPORT = { file: null, kind: null, hash: null, excelFr: false, force: false };

/** A workspace with a list in it, taken in. */
async function taken(
  list: string | Buffer,
  options: Partial<BlacklistImportOptions> = {},
  overrides: ContextOverrides = {},
) {
  const opened = testContext({ json: true, ...overrides });
  const file = join(opened.folder, 'liste.csv');
  writeFileSync(file, list);
  await importBlacklist(opened.context, file, { ...PLAIN, ...options });
  const connection = await opened.context.connection();
  return { ...opened, file, connection };
}

describe('the columns of a list', () => {
  test.each([
    ['email_sha256', 'no SHA-256 hash'],
    ['Hash e-mail', 'no SHA-256, SHA-1 or MD5 hash'],
  ])('what a column "%s" holds is refused as what it should be', async (header, problem) => {
    const { stdout } = await taken(`${header};Nom\nabc;X\n`);
    expect(JSON.parse(stdout())).toMatchObject({ refused: 1, refused_reasons: { [problem]: 1 } });
  });

  test('an "Adresse" is read where no other column holds a value', async () => {
    const { connection } = await taken('Nom;Adresse\nDurand;claire@ads.example\n');
    expect(entriesOf(connection)).toHaveLength(1);
    const beside = await taken('E-mail;Adresse\njulie@ads.example;12 rue de la Paix\n');
    expect(JSON.parse(beside.stdout())).toMatchObject({ refused: 0 });
  });

  test.each([
    ['E-mail;Motif;Origine;Jusqu’au', ['email'], [1, 2, 3]],
    ['kind,value,reason,source,expires_at', ['value'], [2, 3, 4]],
    ['Nom;Prénom;Courriel;Portable;Site web;SIREN', ['email', 'phone'], [null, null, null]],
    ['Domaine;Raison', ['domain'], [1, null, null]],
    ['N° SIREN', ['siren'], [null, null, null]],
    ['email_sha256', ['email'], [null, null, null]],
    ['email_sha256;phone_sha256', ['email', 'phone'], [null, null, null]],
    ['SHA-256', ['value'], [null, null, null]],
    ['email,hash', ['email', 'value'], [null, null, null]],
    ['value,siren', ['value'], [null, null, null]],
  ])('%s', (header, values, others) => {
    const columns = planListColumns(header.split(/[;,]/));
    expect(columns?.values.map(({ kind }) => kind ?? 'value')).toEqual(values);
    expect([columns?.reason, columns?.source, columns?.expires]).toEqual(others);
  });

  test('none of one column is a header of one value a line', () => {
    expect(planListColumns(['claire@ads.example'])).toMatchObject({ headless: true });
    expect(planListColumns(['Nom', 'Prénom'])).toBeNull();
  });
});

describe('hector blacklist import', () => {
  test('takes one value a line, without a header, each of the kind that is seen', async () => {
    const lines = ['claire@ads.example', '06 12 34 56 78', '@firme.example', '726 018 153', ''];
    const { connection, stdout } = await taken(lines.join('\r\n'));
    expect(tagsOf(connection)).toEqual([
      'domain:firme.example',
      'email:claire@ads.example',
      'phone:+33612345678',
      'siren:726018153',
    ]);
    expect(JSON.parse(stdout())).toMatchObject({ read: 4, added: 4, known: 0, refused: 0, dry_run: false });
    expect(entriesOf(connection)[0]).toMatchObject({
      reason: 'imported',
      source: 'liste.csv',
      created_at: NOW,
    });
  });

  test('takes a French Excel list in Windows-1252 with kind, reason, source and expiry', async () => {
    const list = Buffer.from(
      'Type;Valeur;Motif;Source;Échéance\r\n' +
        'Téléphone;0612345678;Opposé au téléphone;Salon;31/12/2027\r\n' +
        'e-mail;Claire@ADS.example;;;\r\n',
      'latin1',
    );
    const { connection } = await taken(list, { reason: 'bloctel' });
    expect(entriesOf(connection)).toMatchObject([
      { kind: 'email', value: 'claire@ads.example', reason: 'bloctel', expires_at: null },
      {
        kind: 'phone',
        value: '+33612345678',
        reason: 'Opposé au téléphone',
        source: 'Salon',
        expires_at: Date.UTC(2027, 11, 31, 23),
      },
    ]);
  });

  test('stops at once whom it matches, by hash as well, in all campaigns', async () => {
    const opened = testContext({ json: true });
    const connection = await opened.context.connection();
    const people = ['claire@ads.example', 'karim@other.example'].map((email) =>
      aProspect(connection, { email }),
    );
    const [one, two] = people.map((prospectId) => anEnrolment(connection, { prospectId }));
    const bystander = anEnrolment(connection);
    const list = [hashOf('md5', 'claire@ads.example'), 'other.example'].join('\n');
    const { stdout } = await taken(list, {}, { folder: opened.folder });
    expect(JSON.parse(stdout())).toMatchObject({
      added: 2,
      matched: 2,
      stopped: { people: 2, enrolments: 2 },
    });
    for (const id of [one ?? 0, two ?? 0])
      expect(enrolmentNow(connection, id)).toMatchObject({ status: 'stopped', reason: 'blacklisted' });
    expect(enrolmentNow(connection, bystander)?.status).toBe('active');
  });

  test('of the same list again changes nothing', async () => {
    const first = await taken('Email\nclaire@ads.example\nclaire@ads.example\n');
    expect(JSON.parse(first.stdout())).toMatchObject({ added: 1, known: 1 });
    const before = entriesOf(first.connection);
    const again = await taken('Email\nclaire@ads.example\n', { reason: 'x' }, { folder: first.folder });
    expect(JSON.parse(again.stdout())).toMatchObject({ added: 0, renewed: 0, known: 1 });
    expect(entriesOf(first.connection)).toEqual(before);
  });

  test('--dry-run counts, says whom it would stop, and writes nothing', async () => {
    const opened = testContext({ json: true });
    const connection = await opened.context.connection();
    const id = anEnrolment(connection, { prospectId: aProspect(connection, { email: 'a@ads.example' }) });
    const { stdout } = await taken(
      'email\na@ads.example\nbroken\n',
      { dryRun: true },
      { folder: opened.folder },
    );
    expect(JSON.parse(stdout())).toMatchObject({
      ...{ dry_run: true, read: 2, added: 1, refused: 1, matched: 1, stopped: { people: 1 } },
      refused_file: null,
    });
    expect(entriesOf(connection)).toEqual([]);
    expect(enrolmentNow(connection, id)?.status).toBe('active');
    expect(existsSync(join(opened.folder, 'liste.csv.refused.csv'))).toBe(false);
  });

  test('puts what it cannot take into a file, and takes the rest of the row', async () => {
    const { connection, file, stdout, folder } = await taken(
      'Nom;E-mail;Portable\nDurand;claire@ads.example;06 1\nBenali;=cmd|x;n/a\nRoy;;\n',
    );
    expect(tagsOf(connection)).toEqual(['email:claire@ads.example']);
    expect(JSON.parse(stdout())).toMatchObject({ read: 2, added: 1, refused: 2 });
    const refused = readFileSync(`${file}.refused.csv`, 'utf8');
    expect(refused).toContain('no phone number (the rest of the row was taken)');
    expect(refused).toContain('Benali');
    const mended = testContext({ folder, json: true });
    writeFileSync(
      `${file}.refused.csv`,
      refused.replace('06 1', '06 12 34 56 78').replace('=cmd|x', 'k@b.example'),
    );
    await importBlacklist(mended.context, `${file}.refused.csv`, PLAIN);
    expect(tagsOf(connection)).toEqual([
      'email:claire@ads.example',
      'email:k@b.example',
      'phone:+33612345678',
    ]);
  });

  test.each([
    [`kind,value\nfusée,${hashOf('sha256', 'x')}\n`, 'no kind of entry'],
    [`value\nhmac:${hashOf('sha256', 'x')}\n`, 'a fingerprint'],
  ])('refuses %j, with exit code 1 where nothing is left', async (list, reason) => {
    const { context, stdout } = await taken(list);
    expect(Object.keys(JSON.parse(stdout()).refused_reasons)[0]).toContain(reason);
    expect(context.exitCode).toBe(1);
  });

  test.each([
    ['a kind that is none, where the column says it', 'email,type\nclaire@ads.example,hard bounce\n'],
    ['a kind that is none, where the value says it', 'value,type\nclaire@ads.example,unsubscribed\n'],
    ['an expiry that is none', 'email,until\nclaire@ads.example,never\n'],
  ])('takes a no whatever stands beside it: %s', async (_, list) => {
    const { connection, stdout } = await taken(list);
    expect(entriesOf(connection)).toMatchObject([{ value: 'claire@ads.example', expires_at: null }]);
    expect(JSON.parse(stdout())).toMatchObject({ refused: 0, warnings: {} });
  });

  test.each(['2020-01-01', 'bientôt'])('takes a no for good that ends %s, and says so', async (until) => {
    const { connection, stdout } = await taken(`email,until\nclaire@ads.example,${until}\n`);
    expect(entriesOf(connection)).toMatchObject([{ value: 'claire@ads.example', expires_at: null }]);
    expect(Object.entries(JSON.parse(stdout()).warnings)).toEqual([
      [expect.stringContaining('taken for good'), 1],
    ]);
  });

  test('a kind named beside columns of two kinds changes neither', async () => {
    const { connection } = await taken('email,phone,kind\nclaire@ads.example,06 12 34 56 78,email\n');
    expect(tagsOf(connection)).toEqual(['email:claire@ads.example', 'phone:+33612345678']);
  });

  test('takes all columns that hold values, and names those it leaves alone', async () => {
    const hash = hashOf('sha256', 'claire@ads.example');
    const { connection, stdout } = await taken(
      `email,hash,phone_sha256,Nom,siren\nkarim@ads.example,${hash},${hashOf('md5', '+33612345678')},Roy,552100554\n`,
    );
    expect(tagsOf(connection)).toEqual([
      'email:karim@ads.example',
      `email:sha256:${hash}`,
      `phone:md5:${hashOf('md5', '+33612345678')}`,
    ]);
    expect(JSON.parse(stdout()).ignored_columns).toEqual(['Nom', 'siren']);
  });

  test('after one that was killed stops whom its entries match, although none is new', async () => {
    const { context, folder } = testContext();
    const connection = await context.connection();
    const id = anEnrolment(connection, { prospectId: aProspect(connection, { email: 'a@ads.example' }) });
    const killed = createBlacklistImports(connection);
    await killed.begin(false);
    const key = { kind: 'email' as const, value: 'a@ads.example' };
    await killed.chunk([{ key, by: { reason: 'r', source: 's', now: NOW } }]);
    const again = await taken('a@ads.example\n', {}, { folder });
    expect(JSON.parse(again.stdout())).toMatchObject({ known: 1, matched: 1, stopped: { people: 1 } });
    expect(enrolmentNow(connection, id)).toMatchObject({ status: 'stopped', reason: 'blacklisted' });
  });

  test('of which nothing could be taken looks for nobody', async () => {
    const { stdout } = await taken('email\nbroken\n');
    expect(JSON.parse(stdout())).toMatchObject({ refused: 1, matched: null, stopped: { people: 0 } });
  });

  test('a dry run keeps nobody from writing, and counts as if it wrote', async () => {
    const { context } = testContext();
    const connection = await context.connection();
    const person = aProspect(connection, { email: 'a@ads.example' });
    const enrolmentId = anEnrolment(connection, { prospectId: person });
    aMessage(connection, { enrolmentId, state: 'awaiting_approval' });
    aSuppression(connection, 'email', 'old@ads.example');
    const store = createBlacklistImports(connection);
    const entry = (value: string) => ({
      key: { kind: 'email' as const, value },
      by: { reason: 'r', source: 's', now: NOW },
    });
    await store.begin(true);
    const other = openDatabase(context.workspace().database, NOW);
    other.pragma('busy_timeout = 0');
    expect(
      await store.chunk([entry('a@ads.example'), entry('a@ads.example'), entry('old@ads.example')]),
    ).toEqual({ added: 1, renewed: 0, known: 2 });
    other.exec('begin immediate; commit');
    other.close();
    expect(await store.finish(true, NOW)).toEqual({
      matched: 1,
      stopped: { people: 1, enrolments: 1, messages: 1 },
    });
    expect(tagsOf(connection)).toEqual(['email:old@ads.example']);
    expect(enrolmentNow(connection, enrolmentId)?.status).toBe('active');
  });

  test('refuses a list without any column it knows', async () => {
    await expect(taken('Nom,Prénom\nDurand,Claire\n')).rejects.toMatchObject({
      exitCode: 1,
      message: expect.stringContaining('(columns: Nom, Prénom)'),
    });
  });

  test('takes a long list in chunks, and finds the one that counts', async () => {
    const opened = testContext({ json: true });
    const connection = await opened.context.connection();
    const id = anEnrolment(connection, {
      prospectId: aProspect(connection, { email: 'claire@ads.example' }),
    });
    const others = Array.from({ length: 24_999 }, (_, number) => hashOf('sha256', `p${number}@x.example`));
    const list = [...others, hashOf('sha256', 'claire@ads.example')].join('\n');
    const { stdout } = await taken(list, {}, { folder: opened.folder });
    expect(JSON.parse(stdout())).toMatchObject({ read: 25_000, added: 25_000, matched: 1 });
    expect(enrolmentNow(connection, id)?.status).toBe('stopped');
  });
});

describe('hector blacklist export', () => {
  test('round-trips reasons, sources and expiries; formula cells are disarmed', async () => {
    const list =
      'kind,value,reason,source,expires\nphone,+33612345678,=1+1,"a;b",2027-01-31\nemail,a@ads.example,non,x,\n';
    const { context, connection, folder } = await taken(list, {}, { json: false });
    const before = entriesOf(connection);
    for (const excelFr of [false, true]) {
      await exportBlacklist(context, { ...EXPORT, file: join(folder, 'out.csv'), excelFr, force: true });
      const written = readFileSync(join(folder, 'out.csv'), 'utf8');
      expect(written).toContain(`'=1+1`);
      const other = testContext();
      await importBlacklist(other.context, join(folder, 'out.csv'), PLAIN);
      expect(entriesOf(await other.context.connection())).toEqual(before);
    }
  });

  test('--hash hides values, reasons and sources of people, not of firms; the other workspace still knows them', async () => {
    const opened = testContext();
    const connection = await opened.context.connection();
    aSuppression(connection, 'email', 'claire@ads.example', 'Claire a dit non');
    aSuppression(connection, 'siren', '726018153');
    aSuppression(connection, 'phone', `md5:${hashOf('md5', '+33612345678')}`);
    aSuppression(connection, 'linkedin', `hmac:${hashOf('sha256', 'x')}`);
    await exportBlacklist(opened.context, { ...EXPORT, hash: 'sha256' });
    expect(opened.stdout()).not.toMatch(/claire|dit non|hmac/i);
    expect(opened.stderr()).toContain('1 fingerprint of erased people left out.');
    const { connection: other } = await taken(opened.stdout());
    expect(tagsOf(other)).toEqual([
      `email:sha256:${hashOf('sha256', 'claire@ads.example')}`,
      `phone:md5:${hashOf('md5', '+33612345678')}`,
      'siren:726018153',
    ]);
  });

  test('replaces no file without --force, and says when there is nothing', async () => {
    const { context, folder, stderr } = testContext();
    const file = join(folder, 'hector.yaml');
    await expect(exportBlacklist(context, { ...EXPORT, file })).rejects.toMatchObject({ exitCode: 2 });
    await exportBlacklist(context, EXPORT);
    expect(stderr()).toContain('Nothing to write');
  });
});
