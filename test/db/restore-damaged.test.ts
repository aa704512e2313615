import { closeSync, existsSync, openSync, readdirSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { dbBackup } from '../../src/commands/db/backup.ts';
import { dbCheck } from '../../src/commands/db/check.ts';
import { dbRestore } from '../../src/commands/db/restore.ts';
import { type Connection, openDatabase } from '../../src/db/connection.ts';
import { takeLease } from '../../src/db/tick/lease.ts';
import { aMessage, anEnrolment, anEvent, aProspect, aSuppression, NOW } from '../builders.ts';
import { testContext } from '../context.ts';
import { backedUp, FILE, restored } from './backed-up.ts';

/** The page where a table or an index begins. */
const rootOf = (connection: Connection, name: string): number =>
  Number(connection.prepare('select rootpage from sqlite_master where name = ?').pluck().get(name));

function spoil(folder: string, page: number): void {
  const descriptor = openSync(join(folder, 'hector.db'), 'r+');
  writeSync(descriptor, Buffer.alloc(4096, 0x55), 0, 4096, (page - 1) * 4096);
  closeSync(descriptor);
}

/** A touch, an answer, an opposition and an erasure since the backup; then one page is spoilt. */
async function spoilt(page: (connection: Connection) => number): Promise<string> {
  let bad = 0;
  const folder = await backedUp(
    (connection) => {
      aMessage(connection, { state: 'ready' });
      anEnrolment(connection, { prospectId: aProspect(connection, { email: 'anne@refus.example' }) });
      for (let number = 0; number < 100; number += 1) aProspect(connection);
    },
    (connection) => {
      connection.exec("update message set state = 'sent', sent_at = 1");
      connection.exec("update enrolment set step = 'email-2', next_at = 99 where id = 1");
      anEvent(connection, { type: 'sent', messageId: 1 });
      connection.exec('update prospect set erased_at = 5, email = null where id = 2');
      aSuppression(connection, 'email', 'non@refus.example');
      bad = page(connection);
    },
  );
  spoil(folder, bad);
  return folder;
}

it.each(['event_campaign', 'prospect_linkedin', 'message_once', 'sqlite_autoindex_suppression_1'])(
  'a restore takes over all of a database whose index %s is damaged',
  async (name) => {
    const folder = await spoilt((connection) => rootOf(connection, name));
    const { result, all } = await restored(folder);
    expect(result).toMatchObject({ taken_over: true, not_read: [], blacklisted: 1, unknown_people: 0 });
    expect(all('select value from suppression')).toEqual([{ value: 'non@refus.example' }]);
    expect(all('select state from message')).toEqual([{ state: 'sent' }]);
    expect(all('select step from enrolment where id = 1')).toEqual([{ step: 'email-2' }]);
    expect(all('select email, erased_at from prospect where id = 2')).toEqual([
      { email: null, erased_at: 5 },
    ]);
    expect(readdirSync(folder).filter((left) => /salvaged|restoring/.test(left))).toEqual([]);
  },
);

it.each([
  ['event', { taken_over: true, not_read: ['event'], blacklisted: 1 }],
  ['message', { taken_over: true, not_read: ['message'], blacklisted: 1 }],
  ['workspace', { taken_over: false, not_read: ['workspace'], blacklisted: 1 }],
  ['suppression', { taken_over: true, not_read: ['suppression'], blacklisted: 0 }],
])(
  'a restore says that the table %s could not be read, and takes over the others',
  async (name, expected) => {
    const folder = await spoilt((connection) => rootOf(connection, name));
    const { result, all } = await restored(folder);
    expect(result).toMatchObject(expected);
    // The touch that the backup knows is not lost with the damaged page.
    expect(all('select 1 from message')).toHaveLength(1);
    expect(all("select seq > 100000 as far from sqlite_sequence where name = 'message'")).toEqual([
      { far: 1 },
    ]);
  },
);

it('a damaged page in the middle of a table takes only its own rows with it', async () => {
  let leaf = 0;
  const folder = await backedUp(
    (connection) => aProspect(connection),
    (connection) => {
      for (let number = 0; number < 500; number += 1)
        aSuppression(connection, 'email', `nom-${number}@refus.example`, 'x'.repeat(100));
      const pages = connection.prepare<[], number>(
        "select pageno from dbstat where name = 'suppression' and pagetype = 'leaf' order by path",
      );
      leaf = pages.pluck().all()[5] ?? 0;
    },
  );
  spoil(folder, leaf);
  const { result } = await restored(folder);
  expect(result.not_read).toEqual(['suppression']);
  expect(result.blacklisted).toBeGreaterThan(400);
  expect(result.blacklisted).toBeLessThan(500);
});

it('what is read of a damaged database of an older version becomes what this one is', async () => {
  let leaf = 0;
  const folder = await backedUp(
    (connection) => aMessage(connection, { body: 'x'.repeat(3000), state: 'ready' }),
    (connection) => {
      for (const step of ['b', 'c', 'd', 'e'])
        aMessage(connection, { enrolmentId: 1, step, body: 'x'.repeat(3000) });
      connection.exec("update message set state = 'sent', sent_at = 1");
      connection.exec('alter table message drop column scenario; pragma user_version = 4');
      const pages = connection.prepare<[], number>(
        "select pageno from dbstat where name = 'message' and pagetype = 'leaf' order by path",
      );
      leaf = pages.pluck().all().at(-2) ?? 0;
    },
  );
  spoil(folder, leaf);
  const { result, all } = await restored(folder);
  expect(result.not_read).toEqual(['message']);
  expect(all('select distinct state, scenario from message')).toEqual([{ state: 'sent', scenario: 'essai' }]);
});

it('a restore is refused while a tick runs in a damaged database, or another program has it open', async () => {
  const folder = await spoilt((connection) => {
    takeLease(connection, { host: 'another-machine', pid: 1 });
    return rootOf(connection, 'event_campaign');
  });
  await expect(dbRestore(testContext({ folder }).context, FILE, true)).rejects.toThrow('a tick is running');
  const other = openDatabase(join(folder, 'hector.db'), NOW);
  other.exec('delete from lease');
  await expect(dbRestore(testContext({ folder }).context, FILE, true)).rejects.toThrow('another program');
  other.close();
  expect((await restored(folder)).result.taken_over).toBe(true);
});

it('a database of a newer hector is not replaced as if it were damaged', async () => {
  const folder = await backedUp(
    (connection) => anEnrolment(connection),
    (connection) => {
      aSuppression(connection, 'email', 'non@refus.example');
      connection.pragma('user_version = 99');
    },
  );
  const before = readFileSync(join(folder, 'hector.db'));
  await expect(dbRestore(testContext({ folder }).context, FILE, true)).rejects.toThrow('newer hector');
  expect(readFileSync(join(folder, 'hector.db')).equals(before)).toBe(true);
});

it('where the database is gone, numbers leap: those given since the backup are not known', async () => {
  const folder = await backedUp(
    (connection) => aProspect(connection),
    () => undefined,
  );
  rmSync(join(folder, 'hector.db'));
  const { result, connection } = await restored(folder);
  expect(result).toMatchObject({ kept_aside: null, taken_over: false });
  expect(aMessage(connection)).toBeGreaterThan(100_000);
});

it('the cure of a damaged or missing database is the youngest backup', async () => {
  const folder = await spoilt((connection) => rootOf(connection, 'event_campaign'));
  const whole = testContext();
  await dbBackup(whole.context, { file: undefined, keep: null, yes: false });
  const { context, stderr } = testContext({ folder });
  await dbCheck(context);
  expect(stderr()).toContain('Next: hector db restore BACKUP');
  const file = join(whole.folder, 'hector.db');
  const next = `hector db restore ${join(whole.folder, 'backups', 'hector-20261123-090000.db')}`;
  const again = () => testContext({ folder: whole.folder }).context;
  await whole.context.close();
  spoil(whole.folder, 1);
  await expect(again().connection()).rejects.toMatchObject({ next });
  rmSync(file);
  await expect(again().connection()).rejects.toMatchObject({ next });
  await expect(dbCheck(again())).rejects.toMatchObject({ next });
  expect(existsSync(file)).toBe(false);
});
