import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { purge } from '../../src/commands/gdpr/purge.ts';
import { importProspects } from '../../src/commands/prospect/import.ts';
import type { Connection } from '../../src/db/connection.ts';
import { takeLease } from '../../src/db/tick/lease.ts';
import { tagsOf } from '../blacklist/rows.ts';
import { aCampaign, aMessage, anEnrolment, anEvent, aProspect, aSuppression, DAY, NOW } from '../builders.ts';
import { testContext } from '../context.ts';

const YEAR = 365.25 * DAY;
const OLD = NOW - 4 * YEAR;
const DRY = { olderThan: '3y', receivedOnly: false, dryRun: false, compact: false, yes: false };

/** Taken in four years ago, and whatever has happened since. */
function aged(
  connection: Connection,
  email: string,
  happened: (enrolmentId: number) => void = () => undefined,
) {
  const prospectId = aProspect(connection, { email, createdAt: OLD });
  const campaignId = aCampaign(connection, { mode: 'live' });
  happened(anEnrolment(connection, { prospectId, campaignId, status: 'completed' }));
  return prospectId;
}

async function found(options: Partial<typeof DRY> = {}, prepare: (connection: Connection) => void) {
  const opened = testContext({ json: true });
  const connection = await opened.context.connection();
  prepare(connection);
  await purge(opened.context, { ...DRY, ...options });
  const printed = JSON.parse(opened.stdout());
  const erased = connection.prepare('select id from prospect where erased_at is not null').pluck().all();
  return { ...opened, connection, printed, erased, ids: printed.people.map(({ id }: { id: number }) => id) };
}

describe('hector gdpr purge', () => {
  test('says whose last contact is too long ago, and erases nobody', async () => {
    const { ids, printed, erased } = await found({}, (connection) => {
      aged(connection, 'never@a.example');
      aged(connection, 'recent@a.example', (enrolmentId) => {
        aMessage(connection, { enrolmentId, state: 'sent', sentAt: NOW - YEAR });
      });
      aged(connection, 'long@a.example', (enrolmentId) => {
        aMessage(connection, { enrolmentId, state: 'sent', sentAt: NOW - 3.5 * YEAR });
      });
      aged(connection, 'answered@a.example', (enrolmentId) => {
        aMessage(connection, { enrolmentId, state: 'sent', sentAt: OLD });
        anEvent(connection, { type: 'replied', enrolmentId, at: NOW - DAY });
      });
      aProspect(connection, { email: 'new@a.example', createdAt: NOW - DAY });
    });
    expect(ids).toEqual([1, 3]);
    expect(erased).toEqual([]);
    expect(printed).toMatchObject({ dry_run: true, before: '2023-11-23T09:00:00.000Z', erased: 0 });
  });

  test.each(['accepted', 'connected', 'replied', 'meeting', 'clicked', 'opted_out', 'complained'] as const)(
    'counts "%s" as contact, also where what we sent is none',
    async (type) => {
      const { ids } = await found({ receivedOnly: true }, (connection) => {
        aged(connection, 'near@a.example', (enrolmentId) =>
          anEvent(connection, { type, enrolmentId, at: NOW }),
        );
        aged(connection, 'far@a.example', (enrolmentId) =>
          anEvent(connection, { type, enrolmentId, at: OLD }),
        );
      });
      expect(ids).toEqual([2]);
    },
  );

  test('does not count rehearsals as contact, nor with --received-only what we sent', async () => {
    const rehearsed = (connection: Connection) => {
      const prospectId = aProspect(connection, { createdAt: OLD });
      const campaignId = aCampaign(connection, { mode: 'rehearsal' });
      const enrolmentId = anEnrolment(connection, { prospectId, campaignId, status: 'completed' });
      aMessage(connection, { enrolmentId, state: 'sent' });
      aged(connection, 'sent@a.example', (live) => {
        aMessage(connection, { enrolmentId: live, state: 'sent' });
      });
    };
    expect((await found({}, rehearsed)).ids).toEqual([1]);
    expect((await found({ receivedOnly: true }, rehearsed)).ids).toEqual([1, 2]);
  });

  test.each(['active', 'paused'] as const)(
    'leaves who is %s in a campaign, and whose message is being sent',
    async (status) => {
      const { ids, erased } = await found({ yes: true }, (connection) => {
        anEnrolment(connection, { prospectId: aProspect(connection, { createdAt: OLD }), status });
        aged(connection, 'b@a.example', (enrolmentId) => {
          aMessage(connection, { enrolmentId, state: 'sending', claimedAt: OLD });
        });
      });
      expect([ids, erased]).toEqual([[], []]);
    },
  );

  test('--yes erases, keeps fingerprints of those who had said no, and lets the others come back', async () => {
    const { folder, connection, printed, erased } = await found({ yes: true }, (base) => {
      aged(base, 'silent@a.example');
      aged(base, 'listed@a.example');
      aSuppression(base, 'email', 'listed@a.example');
      aged(base, 'refused@a.example', (enrolmentId) => {
        anEvent(base, { type: 'opted_out', enrolmentId, at: OLD });
      });
    });
    expect(printed).toMatchObject({ dry_run: false, erased: 3, fingerprints: 8, compacted: true });
    expect(erased).toEqual([1, 2, 3]);
    expect(tagsOf(connection).every((entry) => entry.includes(':hmac:'))).toBe(true);
    const again = testContext({ folder, json: true });
    const emails = ['silent', 'listed', 'refused'].map((name) => `${name}@a.example`);
    writeFileSync(join(folder, 'list.csv'), ['E-mail', ...emails].join('\n'));
    await importProspects(again.context, join(folder, 'list.csv'), {});
    expect(JSON.parse(again.stdout())).toMatchObject({ new: 1, refused: 2 });
  });

  test('twice erases nobody twice', async () => {
    const { folder } = await found({ yes: true }, (connection) => void aged(connection, 'a@a.example'));
    const again = testContext({ folder, json: true, now: NOW + DAY });
    await purge(again.context, { ...DRY, yes: true });
    expect(JSON.parse(again.stdout())).toMatchObject({ people: [], erased: 0 });
  });

  test('on a terminal shows them and what to type; nobody is said in a sentence', async () => {
    const opened = testContext({ columns: 200 });
    aged(await opened.context.connection(), 'a@a.example');
    await purge(opened.context, DRY);
    expect(opened.stdout()).toContain('Claire Durand');
    expect(opened.stderr()).toContain(
      '1 person would be erased; nothing was. For good: hector gdpr purge --older-than 3y --yes',
    );
    const nobody = testContext();
    await purge(nobody.context, DRY);
    expect(nobody.stderr()).toBe('Nobody whose last contact is before 2023-11-23.\n');
  });

  test.each(['3', 'x', '0y'])('refuses the period %j', async (olderThan) => {
    await expect(purge(testContext().context, { ...DRY, olderThan })).rejects.toMatchObject({ exitCode: 2 });
  });

  test('broken off says how many are erased, and leaves no file of theirs; the next one none at all', async () => {
    const opened = testContext();
    const connection = await opened.context.connection();
    const outbox = join(opened.folder, 'outbox');
    mkdirSync(outbox);
    const file = (message: number) =>
      writeFileSync(
        join(outbox, `2020-01-01T09-00-00_email_${String(message).padStart(6, '0')}_c_x.eml`),
        'C',
      );
    const campaignId = aCampaign(connection, { mode: 'rehearsal' });
    connection.transaction(() => {
      for (let number = 0; number < 1001; number += 1) aProspect(connection, { createdAt: OLD + number });
    })();
    const enrolmentId = anEnrolment(connection, { campaignId, prospectId: 1, status: 'completed' });
    const message = aMessage(connection, { enrolmentId, state: 'sent', sentAt: OLD });
    file(message);
    const store = await opened.context.stores.gdpr();
    const { erase } = store;
    let calls = 0;
    store.erase = async (...values) => {
      calls += 1;
      if (calls === 2) takeLease(connection, { host: 'another-machine', pid: 1 });
      return erase(...values);
    };
    opened.context.stores.gdpr = async () => store;
    await expect(purge(opened.context, { ...DRY, yes: true })).rejects.toThrow(
      'a tick is at work; try again when it is done; before that, 1000 people were erased',
    );
    expect(readdirSync(outbox)).toEqual([]);
    connection.exec('delete from lease');
    file(message);
    await purge(opened.context, { ...DRY, compact: true });
    expect(readdirSync(outbox)).toEqual([]);
    expect(connection.prepare('select count(erased_at) from prospect').pluck().get()).toBe(1000);
    expect(opened.stdout()).toBe('The database is written anew; nobody was erased.\n');
  });

  test('with --yes and nobody to erase is one line for whoever reads the mails of cron', async () => {
    const { context, stdout, stderr } = testContext();
    await purge(context, { ...DRY, yes: true });
    expect(stdout()).toBe('');
    expect(stderr()).toBe('Nobody whose last contact is before 2023-11-23.\n');
  });

  test('--dry-run erases nobody, with --yes as well', async () => {
    const { ids, erased, printed } = await found(
      { yes: true, dryRun: true },
      (connection) => void aged(connection, 'a@a.example'),
    );
    expect([ids, erased, printed.dry_run]).toEqual([[1], [], true]);
  });
});
