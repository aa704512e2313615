import { describe, expect, test } from 'vitest';
import { addProblem, problemType } from '../../src/commands/reply/problem.ts';
import { verifyLedger } from '../../src/engine/verify/ledger.ts';
import { aCampaign, aMessage, anEnrolment, aProspect, DAY, NOW } from '../builders.ts';
import { testContext } from '../context.ts';
import { enrolmentNow, eventsOf, messageNow, typesOf } from './rows.ts';

async function someone(json = false) {
  const test = testContext({ json });
  const connection = await test.context.connection();
  const prospectId = aProspect(connection);
  const one = anEnrolment(connection, {
    prospectId,
    campaignId: aCampaign(connection, { name: 'Printemps' }),
  });
  const other = anEnrolment(connection, { prospectId, status: 'paused' });
  aMessage(connection, { enrolmentId: one, state: 'sent', sentAt: NOW - 2 * DAY });
  const last = aMessage(connection, { enrolmentId: one, step: 'email-2', state: 'sent', sentAt: NOW - DAY });
  aMessage(connection, { enrolmentId: one, step: 'sms', channel: 'sms', state: 'sent', sentAt: NOW });
  const ready = aMessage(connection, { enrolmentId: other });
  const blacklist = () =>
    connection.prepare('select kind, value, reason from suppression order by kind').all();
  return { ...test, connection, prospectId, one, other, last, ready, blacklist };
}

describe('a mail that came back', () => {
  test('ends everything of the person, and its address is not used again', async () => {
    const { context, connection, prospectId, one, other, last, ready, blacklist, stdout } = await someone();
    await addProblem(context, { prospect: '1', type: 'bounced', at: null });
    for (const id of [one, other])
      expect(enrolmentNow(connection, id)).toMatchObject({ status: 'stopped', reason: 'bounced' });
    expect(messageNow(connection, ready)).toBe('cancelled: bounced');
    expect(eventsOf(connection, prospectId)[0]).toMatchObject({
      type: 'bounced',
      message_id: last,
      enrolment_id: one,
      channel: 'email',
    });
    expect(blacklist()).toEqual([
      { kind: 'email', value: 'claire.durand@firme-1.example', reason: 'a mail came back' },
    ]);
    expect(stdout()).toBe(
      'Recorded: Claire Durand (#1) is now stopped in Printemps, because a mail came back: step email-2.\n' +
        'Stopped: 2 enrolments, 1 message cancelled.\n' +
        'Blacklisted: email claire.durand@firme-1.example\n',
    );
  });

  test('is the last one before it', async () => {
    const { context, connection, prospectId } = await someone();
    await addProblem(context, {
      prospect: '1',
      type: 'bounced',
      at: new Date(NOW - 1.5 * DAY).toISOString(),
    });
    expect(eventsOf(connection, prospectId)[0]).toMatchObject({ message_id: 1 });
  });

  test('needs a mail that was sent', async () => {
    const { context, connection } = await someone();
    aProspect(connection);
    await expect(addProblem(context, { prospect: '2', type: 'bounced', at: null })).rejects.toMatchObject({
      message: expect.stringContaining('#2 was sent no e-mail'),
      exitCode: 2,
    });
    expect(typesOf(connection, 2)).toEqual([]);
  });
});

test('a complaint is an opt-out for good, by every way', async () => {
  const { context, connection, prospectId, one, blacklist, stdout } = await someone(true);
  await addProblem(context, { prospect: '1', type: 'complained', at: null });
  expect(enrolmentNow(connection, one)).toMatchObject({ status: 'stopped', reason: 'opted_out' });
  expect(typesOf(connection, prospectId)).toEqual(['complained', 'stopped', 'stopped']);
  const [store, calendar] = await Promise.all([context.stores.verify(), context.calendar()]);
  const { checks } = await verifyLedger({ store, calendar, timezone: 'Europe/Paris', limit: 9 });
  const codes = checks.flatMap(({ rows }) => rows.map(({ code }) => code));
  expect(codes).not.toContain('status_without_event');
  expect(blacklist()).toMatchObject([{ kind: 'email' }, { kind: 'linkedin' }, { kind: 'phone' }]);
  expect(JSON.parse(stdout())).toMatchObject({ answers: { step: 'email-2', status: 'stopped' } });
});

test.each([
  { bounced: true, complained: true },
  { bounced: true, text: 'Oui' },
  { complained: true, meeting: true },
  { bounced: true, channel: 'email' },
] as const)('%j is refused', (typed) => {
  expect(() => problemType(typed)).toThrow(/go alone/);
});

test('an answer is none', () => {
  expect([
    problemType({ text: 'Oui' }),
    problemType({ bounced: true }),
    problemType({ complained: true }),
  ]).toEqual([null, 'bounced', 'complained']);
});
