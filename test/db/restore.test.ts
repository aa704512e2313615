import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { dbRestore } from '../../src/commands/db/restore.ts';
import { openDatabase } from '../../src/db/connection.ts';
import { takeLease } from '../../src/db/tick/lease.ts';
import { aCampaign, aMessage, anEnrolment, anEvent, aProspect, aSuppression, DAY, NOW } from '../builders.ts';
import { testContext } from '../context.ts';
import { scripted } from '../prompter.ts';
import { backedUp, FILE, restored } from './backed-up.ts';

describe('hector db restore', () => {
  it('puts the backup in place, and keeps the one before', async () => {
    const folder = await backedUp(
      (connection) => aProspect(connection),
      (connection) => connection.exec('delete from prospect'),
    );
    chmodSync(join(folder, 'hector.db'), 0o644);
    const { result, all, connection } = await restored(folder);
    expect(statSync(result.kept_aside).mode & 0o777).toBe(0o600);
    expect(all('select id from prospect')).toHaveLength(1);
    expect(result).toMatchObject({ taken_over: true, holdings: { prospects: 1 }, unknown_people: 0 });
    const aside = openDatabase(result.kept_aside, NOW);
    expect(aside.prepare('select id from prospect').all()).toEqual([]);
    expect(statSync(join(folder, 'hector.db')).mode & 0o777).toBe(0o600);
    connection.close();
    expect(readdirSync(folder).filter((name) => name.includes('restoring'))).toEqual([]);
  });

  it('forgets no touch: what went out since is there, where people stand as well', async () => {
    let enrolmentId = 0;
    const folder = await backedUp(
      (connection) => {
        enrolmentId = anEnrolment(connection);
        aMessage(connection, { enrolmentId, state: 'ready' });
      },
      (connection) => {
        connection.exec("update message set state = 'sent', sent_at = 1, provider_id = 're_1'");
        connection.exec("update enrolment set step = 'email-2', anchor_at = 1, next_at = 99");
        aMessage(connection, { enrolmentId, step: 'email-2', state: 'uncertain' });
        anEvent(connection, { type: 'sent', messageId: 1, at: NOW + 1 });
      },
    );
    const { result, all } = await restored(folder);
    expect(all('select step, state, provider_id from message order by id')).toEqual([
      { step: 'email-1', state: 'sent', provider_id: 're_1' },
      { step: 'email-2', state: 'uncertain', provider_id: null },
    ]);
    expect(all('select step, next_at from enrolment')).toEqual([{ step: 'email-2', next_at: 99 }]);
    expect(all('select type, message_id from event')).toEqual([{ type: 'sent', message_id: 1 }]);
    expect(result.enrolments_taken_over).toBe(1);
  });

  it('forgets no no: replies, ends and the blacklist', async () => {
    const folder = await backedUp(
      (connection) => {
        anEnrolment(connection);
        anEnrolment(connection);
        aSuppression(connection, 'email', 'old@refus.example');
        connection.exec('update suppression set expires_at = 5');
      },
      (connection) => {
        connection.exec("update enrolment set status = 'replied', next_at = null where id = 1");
        connection.exec(
          "update enrolment set status = 'stopped', reason = 'company', next_at = null where id = 2",
        );
        anEvent(connection, { type: 'replied', enrolmentId: 1 });
        aSuppression(connection, 'email', 'anne@refus.example');
        connection.exec('update suppression set expires_at = null');
      },
    );
    const { result, all } = await restored(folder);
    expect(all('select status from enrolment order by id')).toEqual([
      { status: 'replied' },
      { status: 'stopped' },
    ]);
    expect(all('select type from event')).toEqual([{ type: 'replied' }]);
    expect(all('select value, expires_at from suppression order by value')).toEqual([
      { value: 'anne@refus.example', expires_at: null },
      { value: 'old@refus.example', expires_at: null },
    ]);
    expect(result.blacklisted).toBe(1);
  });

  it('pauses running live campaigns, and says why; rehearsals go on', async () => {
    const folder = await backedUp(
      (connection) => {
        aCampaign(connection, { name: 'Printemps' });
        aCampaign(connection, { name: 'Essai', mode: 'rehearsal' });
      },
      () => undefined,
    );
    const { result, all } = await restored(folder);
    expect(result.paused).toEqual(['Printemps']);
    expect(all('select status, pause_reason from campaign order by id')).toEqual([
      { status: 'paused', pause_reason: expect.stringContaining('restored from a backup') },
      { status: 'running', pause_reason: null },
    ]);
  });

  it('counts people who were contacted since, and have no place in the backup', async () => {
    const folder = await backedUp(
      (connection) => aProspect(connection),
      (connection) => {
        aMessage(connection, { state: 'sent' });
        // The same number as in the backup, for another person: an earlier restore gave it twice.
        connection.exec('update prospect set created_at = created_at + 1 where id = 1');
        aMessage(connection, { state: 'sent', enrolmentId: anEnrolment(connection, { prospectId: 1 }) });
      },
    );
    const { result, all } = await restored(folder);
    expect(result).toMatchObject({ unknown_people: 1, people_taken_over: 1 });
    expect(all('select prospect_id from message')).toEqual([{ prospect_id: 2 }]);
    expect(result.uncounted_until).toBe(new Date(NOW + 7 * DAY).toISOString());
    expect(all('select distinct pause_reason from campaign')).toEqual([
      { pause_reason: expect.stringContaining('the caps do not know all of it before 2026-11-30') },
    ]);
  });

  it('gives a message a number that was never given, where its own is taken', async () => {
    const folder = await backedUp(
      (connection) => {
        anEnrolment(connection);
        aMessage(connection, { enrolmentId: anEnrolment(connection), state: 'draft' });
      },
      (connection) => {
        connection.exec('delete from message');
        aMessage(connection, { enrolmentId: 1, state: 'sent' });
        connection.exec('update message set id = 1');
        anEvent(connection, { type: 'sent', messageId: 1 });
      },
    );
    const { all } = await restored(folder);
    expect(all('select id, enrolment_id, state from message order by id')).toEqual([
      { id: 1, enrolment_id: 2, state: 'draft' },
      { id: 3, enrolment_id: 1, state: 'sent' },
    ]);
    expect(all('select message_id from event')).toEqual([{ message_id: 3 }]);
  });

  it('is refused while a tick runs', async () => {
    const folder = await backedUp(
      (connection) => aProspect(connection),
      (connection) => takeLease(connection, { host: 'another-machine', pid: 1 }),
    );
    const { context } = testContext({ folder });
    await expect(dbRestore(context, FILE, true)).rejects.toThrow('a tick is running');
  });

  it('is refused while another program has the database open, and changes nothing', async () => {
    const folder = await backedUp(
      (connection) => aProspect(connection),
      (connection) => connection.exec('delete from prospect'),
    );
    const other = openDatabase(join(folder, 'hector.db'), NOW);
    other.prepare('select * from prospect').all();
    await expect(dbRestore(testContext({ folder }).context, FILE, true)).rejects.toThrow('another program');
    expect(other.prepare('select 1 from prospect').all()).toEqual([]);
    expect(other.prepare('select 1 from lease').all()).toEqual([]);
    other.close();
    expect((await restored(folder)).all('select 1 from prospect')).toHaveLength(1);
  });

  it('goes on without the one before, when that is damaged or gone, and says so', async () => {
    const folder = await backedUp(
      (connection) => aCampaign(connection),
      () => undefined,
    );
    writeFileSync(join(folder, 'hector.db'), 'no database');
    writeFileSync(join(folder, 'hector.db-wal'), 'its log');
    const { result, all } = await restored(folder);
    expect(result).toMatchObject({ taken_over: false, paused: [expect.any(String)] });
    expect(readFileSync(result.kept_aside, 'utf8')).toBe('no database');
    expect(readFileSync(`${result.kept_aside}-wal`, 'utf8')).toBe('its log');
    expect(all('select status from campaign')).toEqual([{ status: 'paused' }]);
  });

  it('leaves no log of the one before beside the new one', async () => {
    const folder = await backedUp(
      (connection) => aCampaign(connection),
      () => undefined,
    );
    writeFileSync(join(folder, 'hector.db'), 'no database');
    writeFileSync(join(folder, 'hector.db-wal'), 'its log');
    await dbRestore(testContext({ folder }).context, FILE, true);
    expect(existsSync(join(folder, 'hector.db-wal'))).toBe(false);
  });

  it.each([
    ['a text', 'is no database'],
    ['SQLite format 3\0', 'damaged'],
  ])('refuses what is no backup: %j', async (content, words) => {
    const { context, folder } = testContext();
    writeFileSync(join(folder, 'x.db'), content);
    await expect(dbRestore(context, 'x.db', true)).rejects.toThrow(words);
    expect(existsSync(join(folder, 'backups'))).toBe(false);
  });

  it('refuses one of a newer version, one that is not there, and the database itself', async () => {
    const folder = await backedUp(
      (connection) => aProspect(connection),
      () => undefined,
    );
    const backup = openDatabase(join(folder, FILE), NOW);
    backup.pragma('user_version = 99');
    backup.close();
    const { context } = testContext({ folder });
    await expect(dbRestore(context, FILE, true)).rejects.toThrow('newer hector');
    await expect(dbRestore(context, 'absent.db', true)).rejects.toMatchObject({
      ...{ message: expect.stringContaining('not there'), exitCode: 2, next: `ls -l ${folder}` },
    });
    await expect(dbRestore(context, 'hector.db', true)).rejects.toThrow('itself');
    symlinkSync(join(folder, 'hector.db'), join(folder, 'link.db'));
    await expect(dbRestore(context, 'link.db', true)).rejects.toThrow('itself');
    mkdirSync(join(folder, 'empty'));
    await expect(dbRestore(context, 'empty', true)).rejects.toThrow('is a folder');
  });

  it('asks first, with what is in both, and changes nothing after a no', async () => {
    const folder = await backedUp(
      (connection) => aProspect(connection),
      (connection) => connection.exec('delete from prospect'),
    );
    const piped = testContext({ folder });
    await expect(dbRestore(piped.context, FILE, false)).rejects.toThrow('say --yes');
    expect(piped.stderr()).toMatch(/The backup: +1 person.*\nThe present: +0 people/);
    const asked: string[] = [];
    const test = testContext({ folder, columns: 80, interactive: true, prompter: scripted([false], asked) });
    await dbRestore(test.context, FILE, false);
    expect(asked).toEqual(['Put it in place?']);
    expect(test.stderr()).toContain('Nothing was changed.');
  });

  it('says when a backup is of another workspace, and takes over the blacklist only', async () => {
    const folder = await backedUp(
      (connection) => anEnrolment(connection),
      () => undefined,
    );
    const other = testContext();
    const connection = await other.context.connection();
    aMessage(connection, { state: 'sent' });
    aSuppression(connection, 'email', 'anne@refus.example');
    await other.context.close();
    const foreign = join(folder, FILE);
    await expect(dbRestore(testContext({ folder: other.folder }).context, foreign, false)).rejects.toThrow(
      'another workspace',
    );
    const { result, all } = await restored(other.folder, foreign);
    expect(result).toMatchObject({ taken_over: false, blacklisted: 1, unknown_people: 0 });
    expect(all('select 1 from message')).toEqual([]);
  });
});
