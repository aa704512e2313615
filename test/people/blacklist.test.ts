import { describe, expect, test } from 'vitest';
import { addToBlacklist } from '../../src/commands/blacklist/add.ts';
import { checkBlacklist } from '../../src/commands/blacklist/check.ts';
import { listBlacklist } from '../../src/commands/blacklist/list.ts';
import { removeFromBlacklist } from '../../src/commands/blacklist/remove.ts';
import { createSuppressionStore } from '../../src/db/suppression-store.ts';
import type { SuppressionKind } from '../../src/engine/model.ts';
import { aCampaign, aMessage, anEnrolment, aProspect, aSuppression, NOW, testDatabase } from '../builders.ts';
import { testContext } from '../context.ts';
import { enrolmentNow, messageNow, typesOf } from './rows.ts';

const ALL = { kind: null, text: null, expired: false };
const by = { reason: 'sur demande', source: 'operator', now: NOW };
const add = (values: string[], kind: SuppressionKind | null = null) => ({
  values,
  kind,
  reason: null,
  expires: null,
});

describe('blacklisting', () => {
  test('a domain stops three people in two campaigns at once, subdomains included', async () => {
    const connection = testDatabase();
    const campaigns = [aCampaign(connection), aCampaign(connection)];
    const people = ['a@ads.example', 'b@mail.ads.example', 'c@ads.example'].map((email) =>
      aProspect(connection, { email }),
    );
    const bystander = aProspect(connection, { email: 'd@notads.example' });
    const enrolments = people.flatMap((prospectId) =>
      campaigns.map((campaignId) => anEnrolment(connection, { prospectId, campaignId })),
    );
    const other = anEnrolment(connection, { prospectId: bystander });
    const messages = enrolments.map((enrolmentId) => aMessage(connection, { enrolmentId }));
    const result = await createSuppressionStore(connection, () => NOW).add(
      [{ kind: 'domain', value: 'ads.example' }],
      by,
    );
    expect(result).toMatchObject({ matched: 3, stopped: { people: 3, enrolments: 6, messages: 6 } });
    for (const id of enrolments)
      expect(enrolmentNow(connection, id)).toMatchObject({ status: 'stopped', reason: 'blacklisted' });
    for (const id of messages) expect(messageNow(connection, id)).toBe('cancelled: blacklisted');
    expect(typesOf(connection, 1)).toEqual(['blacklisted', 'blacklisted']);
    expect(enrolmentNow(connection, other)?.status).toBe('active');
  });

  test.each<[SuppressionKind, string]>([
    ['email', 'claire@ads.example'],
    ['phone', '+33612345678'],
    ['phone', '+33123456789'],
    ['linkedin', 'claire-d'],
    ['siren', '726018153'],
    ['domain', 'ads.example'],
  ])('%s %s stops the person it belongs to and nobody else', async (kind, value) => {
    const connection = testDatabase();
    const prospectId = aProspect(connection, {
      email: 'claire@ads.example',
      mobile: '+33612345678',
      phone: '+33123456789',
      linkedin: 'claire-d',
      siren: '726018153',
    });
    const hit = anEnrolment(connection, { prospectId });
    const other = anEnrolment(connection);
    await createSuppressionStore(connection, () => NOW).add([{ kind, value }], by);
    expect(enrolmentNow(connection, hit)?.status).toBe('stopped');
    expect(enrolmentNow(connection, other)?.status).toBe('active');
  });

  test('again stops people who came since, and says that it was there', async () => {
    const connection = testDatabase();
    const store = createSuppressionStore(connection, () => NOW);
    const key = { kind: 'domain', value: 'ads.example' } as const;
    await store.add([key], by);
    const id = anEnrolment(connection, { prospectId: aProspect(connection, { email: 'new@ads.example' }) });
    const result = await store.add([key], { ...by, reason: 'another' });
    expect(result).toMatchObject({ added: [], renewed: [], known: [key], stopped: { people: 1 } });
    expect(enrolmentNow(connection, id)?.status).toBe('stopped');
    expect((await store.entries([key]))[0]?.reason).toBe('sur demande');
  });

  test('text with SQL or wildcards in it is only text', async () => {
    const connection = testDatabase();
    const id = anEnrolment(connection, { prospectId: aProspect(connection, { email: 'a@ads.example' }) });
    const hostile = ["x' or '1'='1", '%', '%.example', '_ds.example'];
    const keys = hostile.map((value) => ({ kind: 'domain' as const, value }));
    await createSuppressionStore(connection, () => NOW).add(keys, by);
    expect(enrolmentNow(connection, id)?.status).toBe('active');
  });
});

describe('hector blacklist', () => {
  test('add says what was understood and whom it stopped', async () => {
    const { context, stdout } = testContext();
    const connection = await context.connection();
    aMessage(connection, {
      enrolmentId: anEnrolment(connection, { prospectId: aProspect(connection, { email: 'a@ads.example' }) }),
    });
    await addToBlacklist(context, add(['@ADS.example', '+33 6 99 99 99 99']));
    expect(stdout()).toBe(
      'Blacklisted: domain ads.example\nBlacklisted: phone +33699999999\n' +
        '1 person known by it; stopped: 1 person, 1 message cancelled.\n',
    );
  });

  test('add takes the own addresses of a person', async () => {
    const { context } = testContext();
    const connection = await context.connection();
    const id = anEnrolment(connection);
    await addToBlacklist(context, add(['#1']));
    expect(connection.prepare('select kind from suppression order by kind').pluck().all()).toEqual([
      'email',
      'linkedin',
      'phone',
    ]);
    expect(enrolmentNow(connection, id)?.status).toBe('stopped');
  });

  test('add refuses a person who has no address of their own, and says what stops them', async () => {
    const { context } = testContext();
    const connection = await context.connection();
    aProspect(connection, { email: null, mobile: null, phone: null, linkedin: null });
    await expect(addToBlacklist(context, add(['#1', 'a@ads.example']))).rejects.toMatchObject({
      exitCode: 1,
      message: expect.stringMatching(
        /^#1 has no address .* hector prospect pause 1, or hector prospect remove 1$/,
      ),
    });
    expect(connection.prepare('select count(*) from suppression').pluck().get()).toBe(0);
  });

  test('add refuses everything when one value is not understood', async () => {
    const { context } = testContext();
    const refused = addToBlacklist(context, add(['a@ads.example', 'who\u001b[31m']));
    await expect(refused).rejects.toMatchObject({
      exitCode: 2,
      message: expect.stringMatching(/^"who\?\[31m" is no e-mail/),
    });
    const connection = await context.connection();
    expect(connection.prepare('select count(*) from suppression').pluck().get()).toBe(0);
  });

  test('add says how a person is named whose bare number it is given', async () => {
    const { context } = testContext();
    aProspect(await context.connection());
    await expect(addToBlacklist(context, add(['1']))).rejects.toMatchObject({
      exitCode: 2,
      message: expect.stringMatching(/^"1" is no .*; person 1 is #1$/),
      instead: { typed: '1', meant: '#1' },
    });
    await expect(addToBlacklist(context, add(['24']))).rejects.toMatchObject({ instead: undefined });
  });

  test('add warns of a free-mail domain', async () => {
    const { context, stderr } = testContext();
    await addToBlacklist(context, add(['@gmail.com']));
    expect(stderr()).toContain('free-mail domain');
  });

  test('remove takes off what is there, says what is not, and starts nobody again', async () => {
    const { context, stdout, stderr } = testContext();
    const connection = await context.connection();
    const id = anEnrolment(connection, { prospectId: aProspect(connection, { email: 'a@ads.example' }) });
    await addToBlacklist(context, add(['a@ads.example']));
    await removeFromBlacklist(context, { values: ['A@ads.example', 'b@ads.example'], kind: null });
    expect(stdout()).toContain('Off the blacklist: email a@ads.example');
    expect(stderr()).toContain('No such entry: email b@ads.example');
    expect(context.exitCode).toBe(1);
    expect(enrolmentNow(connection, id)?.status).toBe('stopped');
  });

  test('list prints tab-separated lines when piped, JSON with stable keys, and a note when empty', async () => {
    const empty = testContext();
    await listBlacklist(empty.context, ALL);
    expect([empty.stdout(), empty.stderr()]).toEqual([
      '',
      'The blacklist is empty: hector blacklist add ADDRESS\n',
    ]);
    const piped = testContext();
    aSuppression(await piped.context.connection(), 'domain', 'ads.example', 'dit\tnon\u001b[0m');
    await listBlacklist(piped.context, ALL);
    expect(piped.stdout()).toBe('domain\tads.example\tdit non?[0m\ttest\t2026-11-23T09:00:00.000Z\t\n');
    const json = testContext({ folder: piped.folder, json: true });
    await listBlacklist(json.context, ALL);
    expect(JSON.parse(json.stdout())).toEqual([
      {
        kind: 'domain',
        value: 'ads.example',
        reason: 'dit\tnon\u001b[0m',
        source: 'test',
        added_at: '2026-11-23T09:00:00.000Z',
        expires_at: null,
      },
    ]);
  });

  test.each([
    ['a@mail.ads.example', true],
    ['mail.ads.example', true],
    ['1', true],
    ['Claire Durand', true],
    ['a@other.example', false],
    ['06 99 99 99 99', false],
  ])('check %s answers %s', async (value, listed) => {
    const { context, stdout } = testContext({ json: true });
    const connection = await context.connection();
    aProspect(connection, { email: 'claire@ads.example' });
    aSuppression(connection, 'domain', 'ads.example');
    await checkBlacklist(context, { value, kind: null });
    expect(JSON.parse(stdout())).toMatchObject({ listed });
    expect(context.exitCode).toBe(0);
  });

  test('check finds a person by one address who is listed by another', async () => {
    const { context, stdout } = testContext();
    const connection = await context.connection();
    aProspect(connection, { email: 'claire@ads.example', mobile: '+33612345678' });
    aSuppression(connection, 'phone', '+33612345678');
    await checkBlacklist(context, { value: 'claire@ads.example', kind: null });
    expect(stdout()).toBe(
      'Claire Durand (#1) is on the blacklist by phone +33612345678 (sur demande, 2026-11-23, test).\n',
    );
  });

  test('check of a name of nobody is a usage error', async () => {
    const { context } = testContext();
    aProspect(await context.connection());
    await expect(checkBlacklist(context, { value: 'Clara Durant', kind: null })).rejects.toMatchObject({
      exitCode: 2,
      message: 'no prospect matches "Clara Durant", did you mean "Claire Durand"?',
    });
  });

  test('works while hector.yaml is broken: nobody waits for a config to be stopped', async () => {
    const { context, folder } = testContext();
    const { writeFileSync } = await import('node:fs');
    writeFileSync(`${folder}/hector.yaml`, 'days: [nonsense');
    await addToBlacklist(context, add(['claire@ads.example']));
    const connection = await context.connection();
    expect(connection.prepare('select count(*) from suppression').pluck().get()).toBe(1);
  });
});
