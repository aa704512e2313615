import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { dbBackup } from '../../src/commands/db/backup.ts';
import { dbRestore } from '../../src/commands/db/restore.ts';
import { erase } from '../../src/commands/gdpr/erase.ts';
import { type Connection, openDatabase } from '../../src/db/connection.ts';
import { prospectsById } from '../../src/db/prospect-rows.ts';
import { findSuppressed } from '../../src/db/suppression-lookup.ts';
import { suppressionKeys } from '../../src/engine/suppression.ts';
import { aCampaign, anEnrolment, aProspect, aSuppression, HOUR, NOW } from '../builders.ts';
import { testContext } from '../context.ts';
import { aLife, TRACES, ZENOBIE } from './life.ts';

const FILE = 'backup.db';

async function backedUp(before: (connection: Connection, folder: string) => void) {
  const { context, folder } = testContext();
  before(await context.connection(), folder);
  await dbBackup(context, { file: FILE, keep: null, yes: false });
  await context.close();
  return folder;
}

async function eraseIn(folder: string, reference: string) {
  const { context } = testContext({ folder });
  await erase(context, { references: [reference], alsoUnknown: false, dryRun: false, yes: true });
  await context.close();
}

async function restore(folder: string, file = FILE) {
  const { context } = testContext({ folder, now: NOW + HOUR });
  await dbRestore(context, file, true);
  await context.close();
}

const inFile = <T>(folder: string, body: (connection: Connection) => T): T => {
  const connection = openDatabase(join(folder, 'hector.db'), NOW);
  try {
    return body(connection);
  } finally {
    connection.close();
  }
};

/** Whether a list that has this address again would meet the blacklist. */
const isBarred = (folder: string, email: string): boolean =>
  inFile(folder, (connection) => {
    const id = aProspect(connection, { email, linkedin: null, mobile: null, phone: null });
    const people = prospectsById(connection, [id]).map((person) => ({ id, keys: suppressionKeys(person) }));
    return findSuppressed(connection, people, NOW).size === 1;
  });

test('brings nobody back who was erased since: nothing of them is in its bytes', async () => {
  const folder = await backedUp((connection, place) => {
    aSuppression(connection, 'email', ZENOBIE.email, 'Zenobie a dit non');
    const { prospectId } = aLife(connection, place);
    anEnrolment(connection, { prospectId, campaignId: aCampaign(connection, { name: 'Disparue' }) });
    connection.prepare('update campaign set pause_reason = ?').run(ZENOBIE.email);
  });
  await eraseIn(folder, ZENOBIE.email);
  // A campaign that the present database does not know any more.
  inFile(folder, (connection) => {
    connection.pragma('foreign_keys = OFF');
    connection.exec('delete from event where campaign_id = 2; delete from enrolment where campaign_id = 2');
    connection.exec('delete from campaign where id = 2');
  });
  await restore(folder);
  const bytes = readFileSync(join(folder, 'hector.db'), 'latin1').toLowerCase();
  expect(TRACES.filter((trace) => bytes.includes(trace))).toEqual([]);
  const rows = inFile(folder, (connection) => ({
    erased: connection.prepare('select erased_at from prospect').pluck().all(),
    open: connection
      .prepare("select count(*) from enrolment where status in ('active', 'paused')")
      .pluck()
      .get(),
    types: connection.prepare('select type from event where campaign_id = 1 order by id').pluck().all(),
  }));
  expect(rows).toEqual({
    erased: [NOW],
    open: 0,
    types: ['enrolled', 'sent', 'delivered', 'replied', 'stopped'],
  });
  expect(isBarred(folder, ZENOBIE.email)).toBe(true);
});

test('of another workspace: fingerprints forbid on, by the key that is taken over', async () => {
  const foreign = await backedUp((connection) => void aProspect(connection, { email: 'b@w.example' }));
  const folder = await backedUp((connection) => void aProspect(connection, { email: 'z@w.example' }));
  await eraseIn(folder, 'z@w.example');
  await restore(folder, join(foreign, FILE));
  expect(isBarred(folder, 'z@w.example')).toBe(true);
  expect(isBarred(folder, 'y@w.example')).toBe(false);
});

test('where both hold fingerprints under different keys it is refused, and nothing changed', async () => {
  const foreign = await backedUp((connection) => void aProspect(connection, { email: 'b@w.example' }));
  await eraseIn(foreign, 'b@w.example');
  const { context } = testContext({ folder: foreign });
  await dbBackup(context, { file: 'later.db', keep: null, yes: false });
  await context.close();
  const folder = await backedUp((connection) => void aProspect(connection, { email: 'z@w.example' }));
  await eraseIn(folder, 'z@w.example');
  await expect(restore(folder, join(foreign, 'later.db'))).rejects.toThrow('made with different keys');
  expect(isBarred(folder, 'z@w.example')).toBe(true);
});
