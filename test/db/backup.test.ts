import {
  closeSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { dbBackup } from '../../src/commands/db/backup.ts';
import { dbCheck } from '../../src/commands/db/check.ts';
import { dbPath } from '../../src/commands/db/path.ts';
import { dbRestore } from '../../src/commands/db/restore.ts';
import { makeBackup } from '../../src/db/backup.ts';
import { openDatabase } from '../../src/db/connection.ts';
import { uuidOf } from '../../src/db/raw.ts';
import { takeLease } from '../../src/db/tick/lease.ts';
import { aMessage, aProspect, aSuppression, DAY, NOW } from '../builders.ts';
import { type ContextOverrides, testContext } from '../context.ts';
import { scripted } from '../prompter.ts';

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

const AT = 'hector-20261123-090000.db';
const USUAL = { file: undefined, keep: null, yes: false };

/** A workspace with a sent mail in it. */
async function workspace(overrides: ContextOverrides = {}) {
  const test = testContext(overrides);
  const connection = await test.context.connection();
  aMessage(connection, { state: 'sent' });
  return { ...test, connection };
}

describe('hector db backup', () => {
  it('makes a whole copy in a file of its own, for its owner alone, while a tick runs', async () => {
    const { context, folder, connection, stdout, stderr } = await workspace();
    takeLease(connection, { host: 'another-machine', pid: 1 });
    await dbBackup(context, USUAL);
    const file = join(folder, 'backups', AT);
    expect(stdout()).toBe(`${file}\n`);
    expect(stderr()).toContain('1 person, 1 campaign, 1 sent, 0 on the blacklist');
    expect(readdirSync(join(folder, 'backups'))).toEqual([AT]);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it('ends although another program writes all the time, and is of one moment', async () => {
    const { folder, connection } = await workspace();
    connection.exec('create table filler (x); insert into filler values (randomblob(30000000))');
    let seen = 0;
    const file = join(folder, 'hector.db');
    const backup = await makeBackup({ file, target: join(folder, 'x.db'), replace: false }, () => {
      seen += 1;
      if (seen > 100) throw new Error('it begins again and again');
      aSuppression(connection, 'email', `anne-${seen}@refus.example`);
    });
    expect(seen).toBeGreaterThan(3);
    expect(backup.holdings).toMatchObject({ sent: 1, blacklist: 0 });
  });

  it('replaces nothing without a word, and nothing that is none of ours', async () => {
    const { context, folder, connection } = await workspace();
    const target = join(folder, 'mine.db');
    const to = (file: string, yes: boolean) => dbBackup(context, { ...USUAL, file, yes });
    writeFileSync(target, 'precious');
    for (const yes of [false, true])
      await expect(to('mine.db', yes)).rejects.toThrow('no database of hector');
    writeFileSync(join(folder, 'hector.yaml'), 'sender: {}');
    await expect(to('hector.yaml', true)).rejects.toThrow('no database of hector');
    expect(readFileSync(target, 'utf8')).toBe('precious');
    symlinkSync(join(folder, 'hector.db'), join(folder, 'link.db'));
    for (const own of ['hector.db', 'link.db']) await expect(to(own, true)).rejects.toThrow('itself');
    await expect(to('.', true)).rejects.toThrow('is a folder');
    rmSync(target);
    await to('mine.db', false);
    await expect(to('mine.db', false)).rejects.toMatchObject({
      ...{ exitCode: 2, next: `hector db backup ${target} --yes` },
    });
    aSuppression(connection, 'email', 'anne@refus.example');
    const json = testContext({ folder, json: true });
    await dbBackup(json.context, { ...USUAL, file: 'mine.db', yes: true });
    expect(JSON.parse(json.stdout())).toMatchObject({ file: target, holdings: { sent: 1, blacklist: 1 } });
    // A damaged one has nothing left to lose.
    truncateSync(target, 5000);
    await to('mine.db', true);
  });

  it('never replaces the database of a workspace, nor a backup of another one', async () => {
    const { context, folder } = await workspace();
    const other = await workspace();
    aSuppression(other.connection, 'email', 'anne@refus.example');
    await dbBackup(other.context, { ...USUAL, file: 'copy.db' });
    const to = (file: string) => dbBackup(context, { ...USUAL, file, yes: true });
    await expect(to(join(other.folder, 'hector.db'))).rejects.toThrow('is the database of the workspace');
    await other.context.close();
    await expect(to(join(other.folder, 'hector.db'))).rejects.toThrow('is the database of the workspace');
    rmSync(join(other.folder, 'hector.yaml'));
    await expect(to(join(other.folder, 'hector.db'))).rejects.toThrow('is of another workspace');
    await expect(to(join(other.folder, 'copy.db'))).rejects.toThrow('is of another workspace');
    const kept = openDatabase(join(other.folder, 'hector.db'), NOW);
    expect(kept.prepare('select count(*) as n from suppression').get()).toEqual({ n: 1 });
    kept.close();
    expect(readdirSync(folder).filter((name) => name.includes('.part'))).toEqual([]);
  });

  it('never replaces a file that another program has open', async () => {
    const { context, folder } = await workspace();
    const to = () => dbBackup(context, { ...USUAL, file: 'copy.db', yes: true });
    await to();
    const reader = openDatabase(join(folder, 'copy.db'), NOW);
    aSuppression(reader, 'email', 'anne@refus.example');
    await expect(to()).rejects.toThrow('another program has it open');
    expect(reader.prepare('select count(*) as n from suppression').get()).toEqual({ n: 1 });
    reader.close();
    await to();
  });

  it('shows what a file holds before it is replaced, and asks on a terminal', async () => {
    const { context, folder, connection } = await workspace();
    const file = 'copy.db';
    await dbBackup(context, { ...USUAL, file });
    aSuppression(connection, 'email', 'anne@refus.example');
    const held = '1 person, 1 campaign, 1 sent, 0 on the blacklist';
    const asked: string[] = [];
    const no = testContext({ folder, columns: 100, interactive: true, prompter: scripted([false], asked) });
    await dbBackup(no.context, { ...USUAL, file });
    expect(asked).toEqual(['Replace it?']);
    expect(no.stderr()).toContain(`There now:  ${held}`);
    expect(no.stderr()).toContain('Nothing was changed.');
    const yes = testContext({ folder });
    await dbBackup(yes.context, { ...USUAL, file, yes: true });
    expect(yes.stderr()).toContain(`There now:  ${held}`);
  });

  it.each(['nope/deep/copy.db', '/proc/nope/copy.db'])('makes no folder for a file: %s', async (file) => {
    const { context, folder } = await workspace();
    await expect(dbBackup(context, { ...USUAL, file })).rejects.toMatchObject({ exitCode: 2 });
    expect(existsSync(join(folder, 'nope'))).toBe(false);
  });

  it('is not mixed with the log of what it replaces', async () => {
    const test = testContext();
    aProspect(await test.context.connection());
    const target = join(test.folder, 'copy.db');
    const before = openDatabase(join(test.folder, 'before.db'), NOW);
    for (let count = 0; count < 50; count += 1) aProspect(before);
    before.prepare('update workspace set uuid = ?').run(uuidOf(await test.context.connection()));
    for (const end of ['', '-wal']) copyFileSync(join(test.folder, `before.db${end}`), `${target}${end}`);
    before.close();
    await dbBackup(test.context, { file: target, keep: null, yes: true });
    const copy = openDatabase(target, NOW);
    expect(copy.prepare('select count(*) as people from prospect').get()).toEqual({ people: 1 });
    copy.close();
  });

  it('finds another name for the second of one second', async () => {
    const { context, folder } = await workspace();
    await Promise.all([dbBackup(context, USUAL), dbBackup(testContext({ folder }).context, USUAL)]);
    const second = 'hector-20261123-090000-2.db';
    expect(readdirSync(join(folder, 'backups')).sort()).toEqual([second, AT]);
    const { context: later, stderr } = testContext({ folder });
    await dbBackup(later, { ...USUAL, keep: 2 });
    expect(stderr()).toContain(join(folder, 'backups', AT));
    expect(readdirSync(join(folder, 'backups')).sort()).toEqual([second, 'hector-20261123-090000-3.db']);
  });

  it('never deletes the one just made, though the clock was put back', async () => {
    const { context, folder } = await workspace();
    await dbBackup(testContext({ folder, now: NOW + DAY }).context, USUAL);
    await dbBackup(context, { ...USUAL, keep: 1 });
    expect(readdirSync(join(folder, 'backups'))).toEqual([AT]);
  });

  it('deletes older ones of ours only, and only when asked', async () => {
    const { context, folder } = await workspace();
    const backups = join(folder, 'backups');
    mkdirSync(backups);
    const strangers = ['hector-20200101.db', 'notes.txt', 'before-restore-20260101-000000.db'];
    const older = ['hector-20260101-000000.db', 'hector-20261001-000000.db'];
    for (const name of [...strangers, ...older]) writeFileSync(join(backups, name), '');
    await dbBackup(context, { ...USUAL, keep: 2 });
    expect(readdirSync(backups).sort()).toEqual([...strangers, older[1], AT].sort());
    await expect(dbBackup(context, { ...USUAL, file: 'x.db', keep: 2 })).rejects.toThrow('--keep');
  });

  it('clears the part of a copy that a killed program has left, and not that of another one under way', async () => {
    const { context, folder } = await workspace();
    const backups = join(folder, 'backups');
    mkdirSync(backups);
    const [left, fresh] = ['.hector.db-0123456789ab.part', '.hector.db-ba9876543210.part'];
    const others = ['.other.db-0123456789ab.part', '.hector.db-notes.part'];
    for (const name of [left, fresh, ...others]) writeFileSync(join(backups, name), '');
    const old = statSync(join(backups, left)).mtimeMs / 1000 - 2 * 3600;
    for (const name of [left, ...others]) utimesSync(join(backups, name), old, old);
    await dbBackup(context, USUAL);
    expect(readdirSync(backups).sort()).toEqual([...others, fresh, AT].sort());
  });

  it('leaves nothing behind where it cannot write', async () => {
    const { context, folder } = await workspace();
    writeFileSync(join(folder, 'backups'), '');
    await expect(dbBackup(context, USUAL)).rejects.toThrow('cannot write');
  });

  it('makes no copy of a damaged database', async () => {
    const folder = damaged((size) => size / 2);
    await expect(dbBackup(testContext({ folder }).context, USUAL)).rejects.toThrow();
    expect(readdirSync(folder).filter((name) => name.includes('part'))).toEqual([]);
    expect(existsSync(join(folder, 'backups', AT))).toBe(false);
  });
});

/** A copied workspace whose database was cut. */
function damaged(cut: (size: number) => number): string {
  const folder = mkdtempSync(join(tmpdir(), 'hector-damaged-'));
  folders.push(folder);
  writeFileSync(join(folder, 'hector.yaml'), '');
  const whole = testContext();
  const file = join(folder, 'hector.db');
  writeFileSync(file, readFileSync(join(whole.folder, 'hector.db')), { mode: 0o600 });
  truncateSync(file, Math.floor(cut(statSync(file).size)));
  return folder;
}

/** An index whose page is garbage: nobody meets it who only counts. */
async function brokenIndex() {
  const { context, folder, connection } = await workspace();
  const page = connection
    .prepare<[], number>("select rootpage from sqlite_master where name = 'prospect_linkedin'")
    .pluck()
    .get();
  const size = Number(connection.pragma('page_size', { simple: true }));
  await context.close();
  const descriptor = openSync(join(folder, 'hector.db'), 'r+');
  writeSync(descriptor, Buffer.alloc(size, 0xff), 0, size, ((page ?? 1) - 1) * size);
  closeSync(descriptor);
  return folder;
}

it('no copy is kept that is not whole, nor one put in place', async () => {
  const folder = await brokenIndex();
  await expect(dbBackup(testContext({ folder }).context, USUAL)).rejects.toThrow('the copy is not whole');
  expect(readdirSync(join(folder, 'backups'))).toEqual([]);
  writeFileSync(join(folder, 'copy.db'), readFileSync(join(folder, 'hector.db')));
  await expect(dbRestore(testContext().context, join(folder, 'copy.db'), true)).rejects.toThrow('is damaged');
  const check = testContext({ folder });
  await dbCheck(check.context);
  expect(check.stdout()).toMatch(/malformed|prospect_linkedin|page/i);
  expect(check.context.exitCode).toBe(1);
});

describe('hector db check', () => {
  it('finds nothing in a whole database, and changes nothing', async () => {
    const { context, stdout } = await workspace({ json: true });
    await dbCheck(context);
    expect(JSON.parse(stdout())).toMatchObject({
      ...{ ok: true, integrity: [], foreign_keys: {}, drift: [] },
      holdings: { prospects: 1, sent: 1 },
    });
    expect(context.exitCode).toBe(0);
  });

  it('names what points nowhere, and what is not as the migrations make it', async () => {
    const { context, connection, stdout } = await workspace();
    connection.exec(
      'pragma foreign_keys = off; delete from campaign; drop index event_prospect; create table mine (id); alter table lease add column x',
    );
    await dbCheck(context);
    expect(stdout()).toContain('enrolment: 1 rows point at what is not there');
    expect(stdout()).toContain('index event_prospect is missing');
    expect(stdout()).toContain('table mine is not ours');
    expect(stdout()).toContain('table lease is not as it should be');
    expect(context.exitCode).toBe(1);
  });

  it.each([
    ['a cut file', (size: number) => size / 2],
    ['a file without its last pages', (size: number) => size - 40_000],
  ])('finds damage: %s', async (_, cut) => {
    const { context, stdout } = testContext({ folder: damaged(cut), json: true });
    const outcome = await dbCheck(context).then(
      () => JSON.parse(stdout()).ok,
      (error: Error) => error.message,
    );
    expect([false, expect.stringContaining('damaged')]).toContainEqual(outcome);
  });

  it('says what is no database, and what is not there', async () => {
    const { context, folder } = testContext();
    rmSync(join(folder, 'hector.db'));
    await expect(dbCheck(context)).rejects.toThrow('not there');
    writeFileSync(join(folder, 'hector.db'), 'a text');
    await expect(dbCheck(context)).rejects.toThrow('no database');
  });
});

it('hector db path names the file for other programs', async () => {
  const { context, folder, stdout } = testContext();
  await dbPath(context);
  expect(stdout()).toBe(`${join(folder, 'hector.db')}\n`);
});

it('a backup of another day has another name', async () => {
  const { context, folder } = await workspace({ now: NOW + DAY });
  await dbBackup(context, USUAL);
  expect(readdirSync(join(folder, 'backups'))).toEqual(['hector-20261124-090000.db']);
});
