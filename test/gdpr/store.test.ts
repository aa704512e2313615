import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { createGdprStore } from '../../src/db/gdpr/gdpr-store.ts';
import { aMessage, anEnrolment, aProspect, NOW, testDatabase } from '../builders.ts';
import { enrolmentNow } from '../people/rows.ts';

const OWNER = { host: 'here', pid: 1 };
const CLAIRE = { email: 'claire@ads.example', mobile: null, linkedin: null };

test('a message that has gone to a provider since it was looked at keeps everybody from being erased', async () => {
  const connection = testDatabase();
  const enrolmentId = anEnrolment(connection);
  aMessage(connection, { enrolmentId, state: 'sending', claimedAt: NOW });
  const erased = createGdprStore(connection, OWNER).erase([1], 'request', NOW);
  await expect(erased).rejects.toMatchObject({ exitCode: 1 });
  expect(connection.prepare('select count(erased_at) from prospect').pluck().get()).toBe(0);
});

test('who was enrolled since is not purged', async () => {
  const connection = testDatabase();
  const enrolmentId = anEnrolment(connection, { prospectId: aProspect(connection, CLAIRE) });
  expect(await createGdprStore(connection, OWNER).erase([1], 'purge', NOW)).toMatchObject({ people: 0 });
  expect(enrolmentNow(connection, enrolmentId)?.status).toBe('active');
});

test('a fingerprint is the HMAC of kind and address: another form would lose every opposition', async () => {
  const connection = testDatabase();
  aProspect(connection, CLAIRE);
  await createGdprStore(connection, OWNER).erase([1], 'request', NOW);
  const key = String(connection.prepare('select fingerprint_key from workspace').pluck().get());
  expect(key).toMatch(/^[0-9a-f]{64}$/);
  const hmac = createHmac('sha256', Buffer.from(key, 'hex')).update('email:claire@ads.example').digest('hex');
  expect(connection.prepare('select value from suppression').pluck().all()).toEqual([`hmac:${hmac}`]);
});

test('the file is written anew: what was deleted long ago is not in its free pages any more', async () => {
  const connection = testDatabase();
  const bytes = () => {
    connection.pragma('wal_checkpoint(truncate)');
    return readFileSync(connection.name, 'latin1');
  };
  connection.pragma('secure_delete = OFF');
  for (let number = 0; number < 200; number += 1)
    aProspect(connection, { notes: `kakapo ${'x'.repeat(200)}` });
  connection.exec('delete from prospect');
  expect(bytes()).toContain('kakapo');
  expect(await createGdprStore(connection, OWNER).compact()).toBe(true);
  expect(bytes()).not.toContain('kakapo');
});
