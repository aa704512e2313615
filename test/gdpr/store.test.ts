import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { createDiscStore } from '../../src/db/disc-store.ts';
import { createGdprStore } from '../../src/db/gdpr/gdpr-store.ts';
import { createGenerationStore } from '../../src/db/generation-store.ts';
import {
  aMessage,
  anEnrolment,
  anEvent,
  aProspect,
  aSuppression,
  DAY,
  NOW,
  testDatabase,
} from '../builders.ts';
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
  expect(connection.prepare('select value from suppression').pluck().all()).toContain(`hmac:${hmac}`);
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

test('what Claude or the rules say of somebody who was erased meanwhile is not kept', async () => {
  const connection = testDatabase();
  const prospectId = aProspect(connection, CLAIRE);
  await createGdprStore(connection, OWNER).erase([prospectId], 'request', NOW);
  const answers = createGenerationStore(connection, 100);
  const answer = { text: 'Bonjour Claire', model: 'claude', repaired: false };
  await answers.settle([], { key: 'k', prospectId, answer, expiresAt: NOW + DAY }, NOW);
  const disc = createDiscStore(connection);
  const reason = { profile: 'D', confidence: 1, reason: 'Claire', source: 'rules', at: NOW } as const;
  await disc.save(prospectId, 'k', reason, NOW);
  expect([await answers.cached('k', NOW), await disc.find(prospectId, 'k', NOW)]).toEqual([null, null]);
  const other = aProspect(connection);
  await answers.settle([], { key: 'k2', prospectId: other, answer, expiresAt: NOW + DAY }, NOW);
  await disc.save(other, 'k', reason, NOW);
  expect([await answers.cached('k2', NOW), await disc.find(other, 'k', NOW)]).toEqual([answer, reason]);
});

test('of an address that somebody has got meanwhile the fingerprint stops them', async () => {
  const connection = testDatabase();
  const enrolmentId = anEnrolment(connection, { prospectId: aProspect(connection, CLAIRE) });
  const store = createGdprStore(connection, OWNER);
  const key = { kind: 'email', value: 'claire@ads.example' } as const;
  expect(await store.refuse([key], NOW)).toBe(1);
  expect(enrolmentNow(connection, enrolmentId)).toMatchObject({ status: 'stopped', reason: 'blacklisted' });
  expect(await store.refuse([key], NOW)).toBe(0);
});

test('their addresses go from what is about others; what others were sent stays', async () => {
  const connection = testDatabase();
  const zenobie = aProspect(connection, { ...CLAIRE, email: 'zenobie@wombat.example' });
  const enrolmentId = anEnrolment(connection, { prospectId: aProspect(connection) });
  const words = 'Voyez zenobie@wombat.example';
  anEvent(connection, { type: 'replied', enrolmentId, data: { text: words } });
  aMessage(connection, { enrolmentId, state: 'failed', body: words, error: words });
  aSuppression(connection, 'phone', '+33123456789', words);
  connection.prepare('update campaign set objective = ?').run(words);
  const own = anEnrolment(connection, { prospectId: zenobie });
  anEvent(connection, { type: 'skipped', enrolmentId: own, data: { reason: 'quetzal' } });
  await createGdprStore(connection, OWNER).erase([zenobie], 'request', NOW);
  const all = (sql: string) => connection.prepare(sql).pluck().all();
  expect([
    ...all("select data from event where type in ('replied', 'skipped') order by id"),
    ...all('select objective from campaign where id = 1'),
    ...all("select reason from suppression where value = '+33123456789'"),
    ...all('select error from message'),
    ...all('select body from message'),
  ]).toEqual(['{"text":"Voyez "}', null, 'Voyez ', 'Voyez ', 'Voyez ', words]);
});
