import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { checkBlacklist } from '../../src/commands/blacklist/check.ts';
import type { EraseOptions } from '../../src/commands/gdpr/erase/named.ts';
import { erase } from '../../src/commands/gdpr/erase.ts';
import { importProspects } from '../../src/commands/prospect/import.ts';
import type { Connection } from '../../src/db/connection.ts';
import { ABOUT_PEOPLE } from '../../src/db/gdpr/tables.ts';
import { createReportStore } from '../../src/db/report-store.ts';
import { takeLease } from '../../src/db/tick/lease.ts';
import { createVerifyStore } from '../../src/db/verify-store.ts';
import { verifyLedger } from '../../src/engine/verify/ledger.ts';
import { entriesOf, hashOf, tagsOf } from '../blacklist/rows.ts';
import { aMessage, anEnrolment, aProspect, aSuppression, NOW } from '../builders.ts';
import { testContext } from '../context.ts';
import { calendar } from '../engine/snapshot.ts';
import { enrolmentNow, eventsOf, messageNow } from '../people/rows.ts';
import { silent } from '../prompter.ts';
import { aLife, TRACES, ZENOBIE } from './life.ts';

const ASKED: Omit<EraseOptions, 'references'> = { alsoUnknown: false, dryRun: false, yes: true };

async function erased(options: Partial<EraseOptions> = {}) {
  const opened = testContext({ json: true });
  const connection = await opened.context.connection();
  const life = aLife(connection, opened.folder);
  const before = await counts(connection, life.campaignId);
  await erase(opened.context, { ...ASKED, references: [`#${life.prospectId}`], ...options });
  return { ...opened, connection, life, before };
}

/** What reports are made of. */
async function counts(connection: Connection, campaignId: number) {
  const store = createReportStore(connection);
  const funnel = (await store.funnels([campaignId])).get(campaignId);
  return {
    ...funnel,
    stopped: null,
    touches: await store.touches([campaignId]),
    spent: [...(await store.spending([campaignId]))],
  };
}

/** Bytes of the database, its log and the outbox, in lower case. */
function bytesOf(folder: string): string {
  const files = [
    'hector.db',
    'hector.db-wal',
    ...readdirSync(join(folder, 'outbox')).map((name) => `outbox/${name}`),
  ];
  return files
    .map((name) => name + (existsSync(join(folder, name)) ? readFileSync(join(folder, name), 'latin1') : ''))
    .join('\n')
    .toLowerCase();
}

describe('hector gdpr erase', () => {
  test('knows every table that is about a person', async () => {
    const connection = await testContext().context.connection();
    const tables = connection
      .prepare<[], string>(
        `select m.name from sqlite_schema m join pragma_table_info(m.name) c on c.name = 'prospect_id'
         where m.type = 'table' order by m.name`,
      )
      .pluck()
      .all();
    expect([...ABOUT_PEOPLE].sort()).toEqual(tables);
  });

  test('leaves nothing of them in the bytes of the database, its log and the outbox', async () => {
    const opened = testContext();
    const connection = await opened.context.connection();
    // Rows that came and went before: their bytes are in free pages.
    const gone = aProspect(connection, { ...ZENOBIE, phoneKey: null });
    connection.prepare('delete from prospect where id = ?').run(gone);
    const { prospectId } = aLife(connection, opened.folder);
    const before = bytesOf(opened.folder);
    for (const trace of TRACES) expect(before).toContain(trace);
    await erase(opened.context, { ...ASKED, references: [ZENOBIE.email] });
    const after = bytesOf(opened.folder);
    expect(TRACES.filter((trace) => after.includes(trace))).toEqual([]);
    expect(opened.stdout()).toBe('Erased: 1 person, 1 open campaign stopped, 4 fingerprints kept.\n');
    expect(after).toContain('claire');
    expect(connection.prepare('select erased_at from prospect where id = ?').pluck().get(prospectId)).toBe(
      NOW,
    );
  });

  test('keeps the counts of funnel, touches and costs, and a clean proof', async () => {
    const { connection, before, life } = await erased();
    expect(await counts(connection, life.campaignId)).toEqual(before);
    const store = createVerifyStore(connection);
    const { checks } = await verifyLedger({ store, calendar, timezone: 'Europe/Paris', limit: 20 });
    expect(checks.flatMap(({ rows }) => rows)).toEqual([]);
  });

  test('stops what is open, and leaves rows without words', async () => {
    const { connection, life } = await erased();
    expect(enrolmentNow(connection, life.enrolmentId)).toMatchObject({
      status: 'stopped',
      reason: 'removed',
    });
    expect(life.messageIds.map((id) => messageNow(connection, id))).toEqual(['sent', 'cancelled']);
    expect(eventsOf(connection, life.prospectId).map(({ type, data }) => `${type} ${data}`)).toEqual([
      'enrolled null',
      'sent null',
      'delivered null',
      'replied null',
      'stopped {"reason":"removed"}',
    ]);
    const answers = connection.prepare<[], string>('select answers from campaign_draft').pluck().get() ?? '';
    expect(JSON.parse(answers)).toEqual({ name: 'Brouillon', person: ['email=a@b.example'] });
    expect(connection.prepare('select count(*) from model_call').pluck().get()).toBe(1);
  });

  test('keeps fingerprints in the place of plain and hashed entries, without the words of their reason', async () => {
    const opened = testContext({ json: true });
    const connection = await opened.context.connection();
    aSuppression(connection, 'email', ZENOBIE.email, 'Zenobie a dit non');
    aSuppression(connection, 'phone', `sha256:${hashOf('sha256', ZENOBIE.mobile)}`);
    aSuppression(connection, 'domain', 'other.example');
    const { prospectId } = aLife(connection, opened.folder);
    await erase(opened.context, { ...ASKED, references: [`#${prospectId}`] });
    const kept = entriesOf(connection);
    expect(kept.map(({ kind, value }) => `${kind} ${value.split(':')[0]}`)).toEqual([
      'domain other.example',
      'email hmac',
      'linkedin hmac',
      'phone hmac',
      'phone hmac',
    ]);
    expect(kept[1]).toMatchObject({
      reason: 'their data were erased at their request',
      source: 'gdpr',
      expires_at: null,
    });
    // Keyed: nobody can try addresses without the key.
    expect(tagsOf(connection)).not.toContain(`email:hmac:${hashOf('sha256', ZENOBIE.email)}`);
    const check = testContext({ folder: opened.folder });
    await checkBlacklist(check.context, { value: ZENOBIE.email, kind: null });
    expect(check.stdout()).toContain('is on the blacklist by email hmac:');
  });

  test.each([
    ['e-mail address', 'Prénom,Nom,E-mail\nZ,Q,Zenobie.Quetzal@wombat.example'],
    ['number', 'Prénom,Nom,Portable\nZ,Q,06 98 76 54 32'],
    ['profile', 'Prénom,Nom,LinkedIn\nZ,Q,https://www.linkedin.com/in/zq-profil'],
  ])('keeps a list from bringing them back by their %s, and keeps nothing of the row', async (_, list) => {
    const { folder } = await erased();
    const again = testContext({ folder, json: true });
    writeFileSync(join(folder, 'list.csv'), `${list}\n`);
    await importProspects(again.context, join(folder, 'list.csv'), {});
    const connection = await again.context.connection();
    expect(JSON.parse(again.stdout())).toMatchObject({
      ...{ read: 1, new: 0, refused: 1, refused_reasons: { erased: 1 } },
      refused_file: null,
    });
    expect(existsSync(join(folder, 'list.csv.refused.csv'))).toBe(false);
    expect(connection.prepare('select count(*) from prospect where erased_at is null').pluck().get()).toBe(0);
  });

  test('lets others of the same firm be imported', async () => {
    const { folder } = await erased();
    const again = testContext({ folder, json: true });
    writeFileSync(join(folder, 'list.csv'), 'Prénom,Nom,E-mail\nA,B,autre@wombat.example\n');
    await importProspects(again.context, join(folder, 'list.csv'), {});
    expect(JSON.parse(again.stdout())).toMatchObject({ new: 1, refused: 0 });
  });

  test.each([
    ['sending', null],
    ['ready', 'hector-key'],
  ] as const)(
    'refuses while a message is %s (key: %s), and touches nobody',
    async (state, idempotencyKey) => {
      const { context, folder } = testContext();
      const connection = await context.connection();
      const { prospectId, enrolmentId } = aLife(connection, folder);
      aMessage(connection, { enrolmentId, step: 'x', state, idempotencyKey });
      await expect(erase(context, { ...ASKED, references: [`#${prospectId}`] })).rejects.toMatchObject({
        exitCode: 1,
        next: 'hector tick',
      });
      expect(enrolmentNow(connection, enrolmentId)?.status).toBe('active');
      expect(entriesOf(connection)).toEqual([]);
    },
  );

  test('refuses while a tick is at work', async () => {
    const { context, folder } = testContext();
    const connection = await context.connection();
    const { prospectId } = aLife(connection, folder);
    takeLease(connection, { host: 'another-machine', pid: 1 });
    await expect(erase(context, { ...ASKED, references: [`#${prospectId}`] })).rejects.toMatchObject({
      message: expect.stringContaining('a tick is at work'),
    });
    expect(connection.prepare('select count(erased_at) from prospect').pluck().get()).toBe(0);
  });

  test('settles what was perhaps sent: nobody can look it up any more', async () => {
    const opened = testContext();
    const connection = await opened.context.connection();
    const { prospectId, enrolmentId } = aLife(connection, opened.folder);
    const id = aMessage(connection, { enrolmentId, step: 'x', state: 'uncertain', claimedAt: NOW });
    await erase(opened.context, { ...ASKED, references: [`#${prospectId}`] });
    expect(messageNow(connection, id)).toBe('skipped');
  });

  test('shows what it would touch and asks; a no, a pipe without --yes and --dry-run erase nothing', async () => {
    const { context, folder } = testContext();
    const connection = await context.connection();
    const { prospectId } = aLife(connection, folder);
    const references = [`#${prospectId}`];
    await expect(erase(context, { ...ASKED, references, yes: false })).rejects.toMatchObject({ exitCode: 2 });
    const asked: string[] = [];
    const prompter = { ...silent, confirm: async (question: string) => asked.push(question) < 0 };
    const person = testContext({ folder, columns: 200, interactive: true, prompter });
    await erase(person.context, { ...ASKED, references, yes: false });
    expect(asked).toEqual(['Erase all this for good?']);
    expect(person.stderr()).toContain(
      'all facts, 1 open campaign stopped, the texts of 2 messages, the words of 4 events',
    );
    expect(person.stderr()).toContain('1 file in the outbox');
    const dry = testContext({ folder, json: true });
    await erase(dry.context, { ...ASKED, references, yes: false, dryRun: true });
    expect(JSON.parse(dry.stdout())).toMatchObject({
      dry_run: true,
      people: [{ messages: 2 }],
      outbox_files: 1,
    });
    expect(connection.prepare('select count(erased_at) from prospect').pluck().get()).toBe(0);
  });

  test('of somebody nobody has: a mistake, or with --also-unknown a fingerprint', async () => {
    const { context, folder } = testContext({ json: true });
    const references = ['nobody@nowhere.example'];
    await expect(erase(context, { ...ASKED, references })).rejects.toMatchObject({ exitCode: 2 });
    await erase(context, { ...ASKED, references, alsoUnknown: true });
    expect(tagsOf(await context.connection())[0]).toMatch(/^email:hmac:[0-9a-f]{64}$/);
    writeFileSync(join(folder, 'list.csv'), 'E-mail\nnobody@nowhere.example\n');
    const again = testContext({ folder, json: true });
    await importProspects(again.context, join(folder, 'list.csv'), {});
    expect(JSON.parse(again.stdout())).toMatchObject({ refused_reasons: { erased: 1 } });
  });

  test('says when traces may be left, since another program holds the file', async () => {
    const { context, folder, stderr } = testContext();
    const connection = await context.connection();
    const { prospectId } = aLife(connection, folder);
    const other = await testContext({ folder }).context.connection();
    const reading = other.prepare('select * from event').iterate();
    reading.next();
    connection.pragma('busy_timeout = 50');
    await erase(context, { ...ASKED, references: [`#${prospectId}`] });
    reading.return?.();
    expect(stderr()).toContain('traces may be left');
    expect(stderr()).toContain('hector gdpr purge --compact');
    expect(context.exitCode).toBe(1);
  });

  test('of two people erases both or none', async () => {
    const { context, folder } = testContext();
    const connection = await context.connection();
    const { prospectId } = aLife(connection, folder);
    const other = anEnrolment(connection);
    aMessage(connection, { enrolmentId: other, state: 'sending', claimedAt: NOW });
    const both = [`#${prospectId}`, `#${prospectId + 1}`];
    await expect(erase(context, { ...ASKED, references: both })).rejects.toMatchObject({ exitCode: 1 });
    expect(connection.prepare('select count(erased_at) from prospect').pluck().get()).toBe(0);
  });

  test('of two people who share a number refuses, with --also-unknown as well', async () => {
    const { context } = testContext();
    const connection = await context.connection();
    const shared = { email: null, linkedin: null, mobile: null, phone: '+33123456789' };
    aProspect(connection, { ...shared, first_name: 'A' });
    aProspect(connection, { ...shared, first_name: 'B' });
    const references = ['01 23 45 67 89'];
    await expect(erase(context, { ...ASKED, references, alsoUnknown: true })).rejects.toThrow(
      'means several people',
    );
    expect(entriesOf(connection)).toEqual([]);
  });

  test('an unknown address counts once', async () => {
    const { folder } = testContext();
    const counts: number[] = [];
    for (let time = 0; time < 2; time += 1) {
      const opened = testContext({ folder, json: true });
      await erase(opened.context, { ...ASKED, references: ['a@b.example'], alsoUnknown: true });
      counts.push(JSON.parse(opened.stdout()).fingerprints);
    }
    expect(counts).toEqual([1, 0]);
  });

  test('a list does not bring them back by landline and name; a colleague on the same line comes in', async () => {
    const { context, folder } = testContext({ json: true });
    const lists = async (name: string, text: string) => {
      const opened = testContext({ folder, json: true });
      writeFileSync(join(folder, name), text);
      await importProspects(opened.context, join(folder, name), {});
      return JSON.parse(opened.stdout());
    };
    const address = 'zenobie@wombat.example';
    await lists('1.csv', `prénom,nom,email,téléphone\nZénobie,Quetzal,${address},01 23 45 67 89\n`);
    await erase(context, { ...ASKED, references: [address] });
    expect(
      await lists('2.csv', 'prénom,nom,téléphone\nZénobie,Quetzal,01 23 45 67 89\nA,B,01 23 45 67 89\n'),
    ).toMatchObject({ new: 1, refused_reasons: { erased: 1 } });
  });

  test('removes the file of a rehearsal that was written while it asked', async () => {
    const files: string[] = [];
    const prompter = {
      ...silent,
      confirm: async () => {
        const name = `2026-11-23T09-00-00_email_${String(files.length + 1).padStart(6, '0')}_claire_x.eml`;
        mkdirSync(join(opened.folder, 'outbox'), { recursive: true });
        writeFileSync(join(opened.folder, 'outbox', name), 'To: claire');
        files.push(name);
        return true;
      },
    };
    const opened = testContext({ interactive: true, columns: 80, prompter });
    aMessage(await opened.context.connection(), { state: 'ready' });
    await erase(opened.context, { ...ASKED, references: ['#1'], yes: false });
    expect(files).toHaveLength(1);
    expect(readdirSync(join(opened.folder, 'outbox'))).toEqual([]);
    expect(opened.stderr()).toMatch(/Erasing ….*Writing the database anew …/s);
  });

  test('a person without a name is shown by their address', async () => {
    const { context, stderr } = testContext();
    aProspect(await context.connection(), {
      email: 'x@y.example',
      first_name: null,
      last_name: null,
      company: null,
    });
    await erase(context, { ...ASKED, references: ['#1'], dryRun: true });
    expect(stderr()).toContain('#1 x@y.example: all facts');
  });
});
