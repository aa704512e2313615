import { describe, expect, test } from 'vitest';
import { addToBlacklist } from '../../src/commands/blacklist/add.ts';
import { checkBlacklist } from '../../src/commands/blacklist/check.ts';
import { listBlacklist } from '../../src/commands/blacklist/list.ts';
import { findSuppressed } from '../../src/db/suppression-lookup.ts';
import { addSuppressions } from '../../src/db/suppression-store.ts';
import { dueSnapshots } from '../../src/db/tick/due.ts';
import { parseExpiry } from '../../src/engine/blacklist/expiry.ts';
import { parsePeriod, shift } from '../../src/engine/dates/period.ts';
import { aCampaign, anEnrolment, aProspect, DAY, NOW, testDatabase } from '../builders.ts';
import { testContext } from '../context.ts';
import { entriesOf } from './rows.ts';

const PARIS = { now: NOW, timezone: 'Europe/Paris' };
const add = (values: string[], expires: string | null) => ({ values, kind: null, reason: null, expires });

describe('an expiry', () => {
  test.each([
    ['2027-01-31', '2027-01-31T23:00:00.000Z'],
    ['31/01/2027', '2027-01-31T23:00:00.000Z'],
    ['2027-06-30', '2027-06-30T22:00:00.000Z'],
    ['2027-01-31T12:00:00Z', '2027-01-31T12:00:00.000Z'],
    ['90d', '2027-02-21T09:00:00.000Z'],
    ['90 j', '2027-02-21T09:00:00.000Z'],
    ['6m', '2027-05-23T08:00:00.000Z'],
    ['3y', '2029-11-23T09:00:00.000Z'],
  ])('%s is %s', (typed, expected) => {
    const parsed = parseExpiry(typed, PARIS);
    expect(parsed.ok && new Date(parsed.value).toISOString()).toBe(expected);
  });

  test.each(['', 'soon', '2026-11-22', '2027-02-30', '0d', '90', '13/25/2027', '2020-01-01T00:00:00Z'])(
    '%j is refused',
    (typed) => expect(parseExpiry(typed, PARIS).ok).toBe(false),
  );

  test('today is the end of today', () => expect(parseExpiry('2026-11-23', PARIS).ok).toBe(true));

  test('of months keeps to the calendar: the last of February for the 31st', () => {
    const period = parsePeriod('1m');
    if (!period.ok) throw new Error(period.problem);
    const at = shift(Date.UTC(2027, 0, 31, 9), period.value, 'Europe/Paris', 1);
    expect(new Date(at).toISOString()).toBe('2027-02-28T09:00:00.000Z');
  });
});

describe('an entry that has expired', () => {
  const email = { kind: 'email', value: 'claire@ads.example' } as const;
  const by = { reason: 'cliente', source: 'operator', now: NOW, expiresAt: NOW + DAY };
  const suppressed = (connection: ReturnType<typeof testDatabase>, at: number) =>
    findSuppressed(connection, [{ id: 1, keys: [email] }], at).size;

  test('forbids until its last millisecond, and nothing from then on', () => {
    const connection = testDatabase();
    addSuppressions(connection, [email], by);
    expect(suppressed(connection, NOW + DAY - 1)).toBe(1);
    expect(suppressed(connection, NOW + DAY)).toBe(0);
  });

  test('holds nobody back in the plan of a tick', () => {
    const connection = testDatabase();
    const prospectId = aProspect(connection, { email: email.value });
    addSuppressions(connection, [email], by);
    const campaignId = aCampaign(connection);
    anEnrolment(connection, { prospectId, campaignId });
    const query = { limit: 10, after: null, campaignId };
    expect(dueSnapshots(connection, NOW, query)[0]?.suppressedBy).toEqual(email);
    expect(dueSnapshots(connection, NOW + DAY, query)[0]?.suppressedBy).toBeNull();
  });

  test('begins anew when it is added again, with the new reason', () => {
    const connection = testDatabase();
    addSuppressions(connection, [email], by);
    const again = addSuppressions(connection, [email], {
      reason: 'encore',
      source: 'reply',
      now: NOW + 2 * DAY,
    });
    expect(again).toMatchObject({ added: [], renewed: [email], known: [] });
    expect(entriesOf(connection)[0]).toMatchObject({
      reason: 'encore',
      created_at: NOW + 2 * DAY,
      expires_at: null,
    });
  });

  test.each([
    ['longer', NOW + 2 * DAY, NOW + 2 * DAY, 'renewed', 'cliente'],
    ['for good, with its new reason', null, null, 'renewed', 'x'],
    ['shorter', NOW + DAY / 2, NOW + DAY, 'known', 'cliente'],
  ])('one that stands is made to last %s or stays', (_, expiresAt, kept, result, reason) => {
    const connection = testDatabase();
    addSuppressions(connection, [email], by);
    expect(addSuppressions(connection, [email], { ...by, reason: 'x', expiresAt })).toMatchObject({
      [result]: [email],
    });
    expect(entriesOf(connection)[0]).toMatchObject({ reason, expires_at: kept });
  });
});

describe('hector blacklist', () => {
  test('add --expires says until when, check too, and once it is over that it was', async () => {
    const { context, folder, stdout } = testContext();
    await addToBlacklist(context, add(['claire@ads.example'], '2026-12-31'));
    expect(stdout()).toContain('Blacklisted: email claire@ads.example (until 2026-12-31)');
    const now = testContext({ folder });
    await checkBlacklist(now.context, { value: 'claire@ads.example', kind: null });
    expect(now.stdout()).toContain(
      'by email claire@ads.example (by hand, 2026-11-23, operator, until 2026-12-31)',
    );
    const later = testContext({ folder, now: NOW + 60 * DAY });
    await checkBlacklist(later.context, { value: 'claire@ads.example', kind: null });
    expect(later.stdout()).toMatch(/is not on the blacklist\.\n.* was on the blacklist by email/);
    const json = testContext({ folder, now: NOW + 60 * DAY, json: true });
    await checkBlacklist(json.context, { value: 'claire@ads.example', kind: null });
    expect(JSON.parse(json.stdout())).toMatchObject({
      listed: false,
      entries: [],
      expired: [{ kind: 'email' }],
    });
  });

  test('add refuses a day that is past, and keeps nothing', async () => {
    const { context } = testContext();
    await expect(addToBlacklist(context, add(['a@ads.example'], '2026-01-01'))).rejects.toMatchObject({
      exitCode: 2,
      message: 'an expiry in the past: "2026-01-01"',
    });
    expect(entriesOf(await context.connection())).toEqual([]);
  });

  test('list shows what stands; --expired the rest; --kind and --q choose', async () => {
    const { context, folder } = testContext();
    await addToBlacklist(context, add(['claire@ads.example', '@été.example'], '1d'));
    await addToBlacklist(context, { ...add(['@salon.example'], null), reason: 'Salon de l’Été' });
    const shown = async (options: { kind?: 'domain'; text?: string; expired?: boolean }) => {
      const listed = testContext({ folder, now: NOW + 2 * DAY });
      await listBlacklist(listed.context, { kind: null, text: null, expired: false, ...options });
      return listed
        .stdout()
        .split('\n')
        .filter(Boolean)
        .map((line) => line.split('\t')[1]);
    };
    expect(await shown({})).toEqual(['salon.example']);
    expect(await shown({ expired: true })).toEqual(['été.example', 'claire@ads.example']);
    expect(await shown({ expired: true, kind: 'domain' })).toEqual(['été.example']);
    expect(await shown({ text: 'de l’ete' })).toEqual(['salon.example']);
    expect(await shown({ text: '%' })).toEqual([]);
  });
});
