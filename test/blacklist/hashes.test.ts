import { describe, expect, test } from 'vitest';
import { addToBlacklist } from '../../src/commands/blacklist/add.ts';
import { checkBlacklist } from '../../src/commands/blacklist/check.ts';
import { removeFromBlacklist } from '../../src/commands/blacklist/remove.ts';
import { createEnroller } from '../../src/db/enroller.ts';
import { findSuppressed } from '../../src/db/suppression-lookup.ts';
import { claimMessages } from '../../src/db/tick/claim.ts';
import { dueSnapshots } from '../../src/db/tick/due.ts';
import { examineAfterStop } from '../../src/db/verify/after-stop.ts';
import { parseSuppression } from '../../src/engine/parse-suppression.ts';
import { suppressionKeys } from '../../src/engine/suppression.ts';
import {
  aCampaign,
  aMessage,
  anEnrolment,
  aProspect,
  aSuppression,
  DAY,
  NO_FACTS,
  NOW,
  testDatabase,
} from '../builders.ts';
import { testContext } from '../context.ts';
import { enrolmentNow } from '../people/rows.ts';
import { hashOf, tagsOf } from './rows.ts';

const EMAIL = 'claire@ads.example';
const MOBILE = '+33612345678';
const ALL = [
  ['email', `sha256:${hashOf('sha256', EMAIL)}`],
  ['email', `sha1:${hashOf('sha1', EMAIL)}`],
  ['email', `md5:${hashOf('md5', EMAIL)}`],
  ['phone', `sha256:${hashOf('sha256', MOBILE)}`],
  ['linkedin', `sha256:${hashOf('sha256', 'claire-d')}`],
] as const;
const CLAIRE = { email: EMAIL, mobile: MOBILE, linkedin: 'claire-d' };

const ALLOWED = {
  days: [1, 2, 3, 4, 5],
  from: 540,
  to: 1080,
  daysOff: [],
  zone: 'Europe/Paris',
  region: 'FR',
};

describe('what a person types for a hash', () => {
  const sha256 = hashOf('sha256', EMAIL);
  test.each([
    [sha256, null, `email:sha256:${sha256}`],
    [sha256.toUpperCase(), null, `email:sha256:${sha256}`],
    [`SHA-256: ${sha256}`, null, `email:sha256:${sha256}`],
    [hashOf('md5', EMAIL), null, `email:md5:${hashOf('md5', EMAIL)}`],
    [hashOf('sha1', MOBILE), 'phone', `phone:sha1:${hashOf('sha1', MOBILE)}`],
    // A slug may look like one.
    [hashOf('md5', 'x'), 'linkedin', `linkedin:${hashOf('md5', 'x')}`],
    [`md5:${hashOf('md5', 'x')}`, 'linkedin', `linkedin:md5:${hashOf('md5', 'x')}`],
  ] as const)('%s (%s) is %s', async (typed, kind, expected) => {
    const parsed = await parseSuppression(typed, { kind, country: 'FR' });
    expect(parsed.ok && `${parsed.value.kind}:${parsed.value.value}`).toBe(expected);
  });

  test.each([sha256.slice(1), `md5:${sha256}`, `${sha256.slice(1)}g`])('%s is none', async (typed) => {
    expect((await parseSuppression(typed, { country: 'FR' })).ok).toBe(false);
  });
});

describe('a hashed entry', () => {
  test.each(ALL)('%s %s is found by the person behind it', (kind, value) => {
    const connection = testDatabase();
    aSuppression(connection, kind, value);
    const keys = suppressionKeys({ ...NO_FACTS, ...CLAIRE });
    const others = suppressionKeys({ ...NO_FACTS, email: 'other@ads.example', mobile: '+33699999999' });
    const found = findSuppressed(
      connection,
      [
        { id: 1, keys },
        { id: 2, keys: others },
      ],
      NOW,
    );
    expect([...found]).toEqual([[1, { kind, value }]]);
  });

  test.each(ALL)('%s %s stops them when it is added', async (kind, value) => {
    const { context } = testContext();
    const connection = await context.connection();
    const hit = anEnrolment(connection, { prospectId: aProspect(connection, CLAIRE) });
    const other = anEnrolment(connection);
    await addToBlacklist(context, { values: [value], kind, reason: null, expires: null });
    expect(enrolmentNow(connection, hit)).toMatchObject({ status: 'stopped', reason: 'blacklisted' });
    expect(enrolmentNow(connection, other)?.status).toBe('active');
  });

  test('reaches the plan, the claim, the admission, and the proof', async () => {
    const connection = testDatabase();
    const prospectId = aProspect(connection, CLAIRE);
    const [campaignId, next] = [aCampaign(connection), aCampaign(connection, { name: 'Suivante' })];
    const enrolmentId = anEnrolment(connection, { prospectId, campaignId });
    const envelope = { channel: 'email', to: `Claire <${EMAIL.toUpperCase()}>` };
    const ready = aMessage(connection, { enrolmentId, envelope });
    const [kind, value] = ALL[0];
    aSuppression(connection, kind, value);
    expect(dueSnapshots(connection, NOW, { limit: 1, after: null, campaignId })[0]?.suppressedBy).toEqual({
      kind,
      value,
    });
    const claims = [{ messageId: ready, allowed: ALLOWED }];
    const by = { provider: 'outbox', tickId: 1, key: null, lookUp: false };
    expect(claimMessages(connection, claims, by, NOW)?.outgoing).toEqual([]);
    const enroller = createEnroller(connection, () => ({ step: 'email-1', nextAt: NOW, anchorAt: NOW }));
    expect(await enroller.enrol('Suivante', [prospectId], NOW)).toMatchObject({
      enrolled: 0,
      left_out: { blacklisted: 1 },
    });
    expect(next).toBeGreaterThan(campaignId);
    connection.exec(`update message set state = 'sent', sent_at = ${NOW + DAY}, claimed_at = ${NOW + DAY}`);
    expect(examineAfterStop(connection, 10).rows.map(({ code }) => code)).toEqual(['to_blacklisted']);
    connection.exec(`update suppression set expires_at = ${NOW + DAY}`);
    expect(examineAfterStop(connection, 10).rows).toEqual([]);
  });

  test('costs no hash where the blacklist has none', () => {
    const connection = testDatabase();
    aSuppression(connection, 'email', 'other@ads.example');
    const asked: string[] = [];
    const prepare = connection.prepare.bind(connection);
    connection.prepare = ((sql: string) => {
      asked.push(sql);
      return prepare(sql);
    }) as typeof connection.prepare;
    findSuppressed(connection, [{ id: 1, keys: suppressionKeys({ ...NO_FACTS, ...CLAIRE }) }], NOW);
    expect(asked.filter((sql) => sql.includes('fingerprint_key'))).toEqual([]);
    expect(asked).toHaveLength(3);
  });

  test('is told by check of the address behind it, and taken off as it stands', async () => {
    const { context, folder, stdout } = testContext();
    const value = ALL[0][1];
    await addToBlacklist(context, {
      values: [value],
      kind: null,
      reason: 'liste d’un client',
      expires: null,
    });
    await checkBlacklist(context, { value: EMAIL, kind: null });
    expect(stdout()).toContain(`${EMAIL} is on the blacklist by email ${value} (liste d’un client`);
    const again = testContext({ folder });
    await removeFromBlacklist(again.context, { values: [value], kind: null });
    expect(tagsOf(await again.context.connection())).toEqual([]);
  });

  test('that is a fingerprint is not added by hand', async () => {
    const { context } = testContext();
    const values = [`hmac:${hashOf('sha256', 'x')}`];
    await expect(
      addToBlacklist(context, { values, kind: null, reason: null, expires: null }),
    ).rejects.toMatchObject({ exitCode: 2 });
  });
});
