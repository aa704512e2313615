import { describe, expect, test } from 'vitest';
import { addReply, type ReplyOptions } from '../../src/commands/reply/add.ts';
import type { Connection } from '../../src/db/connection.ts';
import { createReplyStore } from '../../src/db/reply-store.ts';
import type { Reply } from '../../src/engine/ports/people.ts';
import {
  aCampaign,
  aMessage,
  anEnrolment,
  aProspect,
  DAY,
  type EnrolmentOverrides,
  NOW,
  testDatabase,
} from '../builders.ts';
import { testContext } from '../context.ts';
import { enrolmentNow, eventsOf, messageNow, typesOf } from './rows.ts';

const reply = (connection: Connection, overrides: Partial<Reply> & { prospectId: number }) =>
  createReplyStore(connection).add({
    text: 'Oui, pourquoi pas',
    meeting: false,
    optOut: false,
    channel: null,
    at: NOW + DAY,
    now: NOW + DAY,
    ...overrides,
  });

describe('a reply', () => {
  test('stops the person in every campaign, cancels what is open, and leaves what is in flight', async () => {
    const connection = testDatabase();
    const prospectId = aProspect(connection);
    const one = anEnrolment(connection, { prospectId, step: 'email-2' });
    const two = anEnrolment(connection, { prospectId, status: 'paused' });
    aMessage(connection, { enrolmentId: one, state: 'sent', sentAt: NOW });
    const ready = aMessage(connection, { enrolmentId: one, step: 'email-2' });
    const task = aMessage(connection, { enrolmentId: two, state: 'awaiting_operator', channel: 'linkedin' });
    const flying = aMessage(connection, { enrolmentId: two, state: 'sending', channel: 'sms' });
    const result = await reply(connection, { prospectId });
    expect(result.stopped).toEqual({ people: 1, enrolments: 2, messages: 2 });
    for (const id of [one, two])
      expect(enrolmentNow(connection, id)).toMatchObject({
        status: 'replied',
        reason: 'replied',
        step: null,
      });
    expect([ready, task, flying].map((id) => messageNow(connection, id))).toEqual([
      'cancelled: replied',
      'cancelled: replied',
      'sending',
    ]);
  });

  test('counts once, for the touch sent last before it', async () => {
    const connection = testDatabase();
    const prospectId = aProspect(connection);
    const early = anEnrolment(connection, { prospectId });
    const late = anEnrolment(connection, { prospectId });
    const answered = aMessage(connection, { enrolmentId: early, state: 'sent', sentAt: NOW });
    aMessage(connection, { enrolmentId: late, state: 'sent', sentAt: NOW + 2 * DAY });
    const result = await reply(connection, { prospectId, at: NOW + DAY, now: NOW + 3 * DAY });
    expect(result.answers).toMatchObject({
      enrolmentId: early,
      step: 'email-1',
      channel: 'email',
      status: 'replied',
    });
    expect(eventsOf(connection, prospectId)).toEqual([
      {
        type: 'replied',
        at: NOW + DAY,
        enrolment_id: early,
        message_id: answered,
        channel: 'email',
        data: '{"text":"Oui, pourquoi pas"}',
      },
    ]);
    expect(enrolmentNow(connection, late)?.status).toBe('replied');
  });

  test('counts for the last touch on its channel, when the channel is said', async () => {
    const connection = testDatabase();
    const enrolmentId = anEnrolment(connection);
    const pasted = aMessage(connection, { enrolmentId, channel: 'linkedin', state: 'sent', sentAt: NOW });
    aMessage(connection, { enrolmentId, step: 'email-2', state: 'sent', sentAt: NOW + 5 });
    await reply(connection, { prospectId: 1, channel: 'linkedin' });
    expect(eventsOf(connection, 1)[0]).toMatchObject({ message_id: pasted, channel: 'linkedin' });
  });

  test('counts for a live touch rather than a later rehearsal', async () => {
    const connection = testDatabase();
    const prospectId = aProspect(connection);
    const live = anEnrolment(connection, { prospectId });
    const rehearsal = anEnrolment(connection, {
      prospectId,
      campaignId: aCampaign(connection, { mode: 'rehearsal' }),
    });
    aMessage(connection, { enrolmentId: live, state: 'sent', sentAt: NOW });
    aMessage(connection, { enrolmentId: rehearsal, state: 'sent', sentAt: NOW + 5 });
    expect((await reply(connection, { prospectId })).answers?.enrolmentId).toBe(live);
  });

  test('with a meeting says both, and a later meeting lifts an earlier reply', async () => {
    const connection = testDatabase();
    const id = anEnrolment(connection);
    await reply(connection, { prospectId: 1 });
    expect(enrolmentNow(connection, id)?.status).toBe('replied');
    await reply(connection, { prospectId: 1, meeting: true });
    expect(enrolmentNow(connection, id)).toMatchObject({ status: 'meeting', reason: 'meeting' });
    await reply(connection, { prospectId: 1, text: 'à jeudi' });
    expect(enrolmentNow(connection, id)?.status).toBe('meeting');
    expect(typesOf(connection, 1)).toEqual(['replied', 'replied', 'meeting', 'replied']);
  });

  test.each<[EnrolmentOverrides, string]>([
    [{ status: 'completed' }, 'replied'],
    [{ status: 'stopped', reason: 'company_replied' }, 'replied'],
    [{ status: 'stopped', reason: 'blacklisted' }, 'stopped'],
    [{ status: 'stopped', reason: 'opted_out' }, 'stopped'],
    [{ status: 'failed' }, 'failed'],
  ])('after %j leaves the enrolment %s', async (before, after) => {
    const connection = testDatabase();
    const id = anEnrolment(connection, before);
    aMessage(connection, { enrolmentId: id, state: 'sent' });
    const result = await reply(connection, { prospectId: 1 });
    expect(result.answers?.status).toBe(after);
    expect(typesOf(connection, 1)).toEqual(['replied']);
  });

  test('does not rewrite a campaign that had been completed before the one it answers', async () => {
    const connection = testDatabase();
    const prospectId = aProspect(connection);
    const old = anEnrolment(connection, { prospectId, status: 'completed' });
    const current = anEnrolment(connection, { prospectId });
    aMessage(connection, { enrolmentId: old, state: 'sent', sentAt: NOW - 90 * DAY });
    aMessage(connection, { enrolmentId: current, state: 'sent', sentAt: NOW });
    await reply(connection, { prospectId });
    expect(enrolmentNow(connection, old)?.status).toBe('completed');
    expect(enrolmentNow(connection, current)?.status).toBe('replied');
  });

  test('of someone in no campaign is recorded as an event', async () => {
    const connection = testDatabase();
    const prospectId = aProspect(connection);
    expect((await reply(connection, { prospectId })).answers).toBeNull();
    expect(eventsOf(connection, prospectId)).toMatchObject([{ type: 'replied', enrolment_id: null }]);
  });
});

describe('colleagues of who replied', () => {
  const firm = { companyKey: 'siren:726018153' };
  const setting = (
    connection: Connection,
    companyStop: 'reply' | 'off',
    status: 'running' | 'completed' = 'running',
  ) => {
    const answering = anEnrolment(connection, { prospectId: aProspect(connection, firm) });
    const campaignId = aCampaign(connection, { status, scenario: { company_stop: companyStop } });
    const colleague = anEnrolment(connection, { campaignId, prospectId: aProspect(connection, firm) });
    const message = aMessage(connection, { enrolmentId: colleague });
    return { answering, campaignId, colleague, message };
  };

  test('are stopped where the scenario says so', async () => {
    const connection = testDatabase();
    const { colleague, message } = setting(connection, 'reply');
    const result = await reply(connection, { prospectId: 1 });
    expect(result.colleagues).toEqual({ people: 1, enrolments: 1, messages: 1 });
    expect(enrolmentNow(connection, colleague)).toMatchObject({
      status: 'stopped',
      reason: 'company_replied',
    });
    expect(messageNow(connection, message)).toBe('cancelled: company_replied');
    expect(typesOf(connection, 2)).toEqual(['stopped']);
  });

  test('go on where the scenario says so, also when they are stopped in another campaign', async () => {
    const connection = testDatabase();
    const { colleague, message } = setting(connection, 'off');
    const elsewhere = anEnrolment(connection, { campaignId: aCampaign(connection), prospectId: 2 });
    await reply(connection, { prospectId: 1 });
    expect(enrolmentNow(connection, colleague)?.status).toBe('active');
    expect(messageNow(connection, message)).toBe('ready');
    expect(enrolmentNow(connection, elsewhere)?.status).toBe('stopped');
  });

  test('in a campaign that has ended, and people of other firms or of none, are left alone', async () => {
    const connection = testDatabase();
    const { colleague } = setting(connection, 'reply', 'completed');
    const stranger = anEnrolment(connection, {
      prospectId: aProspect(connection, { companyKey: 'siren:552100554' }),
    });
    const firmless = anEnrolment(connection, { prospectId: aProspect(connection, { companyKey: null }) });
    const alone = anEnrolment(connection, { prospectId: aProspect(connection, { companyKey: null }) });
    await reply(connection, { prospectId: 1 });
    await reply(connection, { prospectId: 5 });
    for (const id of [colleague, stranger, firmless])
      expect(enrolmentNow(connection, id)?.status).toBe('active');
    expect(enrolmentNow(connection, alone)?.status).toBe('replied');
  });

  test('of a paused campaign are stopped too: it may run again', async () => {
    const connection = testDatabase();
    const { colleague, campaignId } = setting(connection, 'reply');
    connection.prepare("update campaign set status = 'paused' where id = ?").run(campaignId);
    await reply(connection, { prospectId: 1 });
    expect(enrolmentNow(connection, colleague)?.status).toBe('stopped');
  });
});

describe('a reply that is an opt-out', () => {
  test('puts the person’s own addresses on the blacklist and stops who shares one', async () => {
    const connection = testDatabase();
    const prospectId = aProspect(connection, { phone: '+33123456789', companyKey: null });
    const id = anEnrolment(connection, { prospectId });
    const sameMobile = anEnrolment(connection, {
      prospectId: aProspect(connection, { mobile: '+33612000001', companyKey: null }),
    });
    const sameSwitchboard = anEnrolment(connection, {
      prospectId: aProspect(connection, { phone: '+33123456789', companyKey: null }),
    });
    const result = await reply(connection, { prospectId, optOut: true });
    expect(result.blacklisted.map(({ kind }) => kind)).toEqual(['email', 'phone', 'linkedin']);
    expect(enrolmentNow(connection, id)).toMatchObject({ status: 'replied', reason: 'opted_out' });
    expect(enrolmentNow(connection, sameMobile)).toMatchObject({ status: 'stopped', reason: 'blacklisted' });
    expect(enrolmentNow(connection, sameSwitchboard)?.status).toBe('active');
    expect(typesOf(connection, prospectId)).toEqual(['replied', 'opted_out']);
  });

  test('is one act: nothing is kept when the blacklist cannot be written', async () => {
    const connection = testDatabase();
    const id = anEnrolment(connection);
    connection.exec(
      "create trigger full before insert on suppression begin select raise(abort, 'disk full'); end",
    );
    await expect(reply(connection, { prospectId: 1, optOut: true })).rejects.toThrow('disk full');
    expect(enrolmentNow(connection, id)?.status).toBe('active');
    expect(typesOf(connection, 1)).toEqual([]);
  });
});

describe('hector reply add', () => {
  const options = (overrides: Partial<ReplyOptions> = {}): ReplyOptions => ({
    prospect: '1',
    text: 'Oui',
    meeting: false,
    optOut: false,
    channel: null,
    at: null,
    ...overrides,
  });
  const someone = async (overrides: Parameters<typeof testContext>[0] = {}) => {
    const test = testContext(overrides);
    const connection = await test.context.connection();
    const enrolmentId = anEnrolment(connection, { campaignId: aCampaign(connection, { name: 'Printemps' }) });
    aMessage(connection, { enrolmentId, state: 'sent', sentAt: NOW - DAY });
    return { ...test, connection };
  };

  test('says what became of the person and their messages', async () => {
    const { context, connection, stdout, stderr } = await someone();
    aMessage(connection, { enrolmentId: 1, step: 'email-2' });
    await addReply(context, options());
    expect(stdout()).toBe(
      'Recorded: Claire Durand (#1) is now replied in Printemps, answering step email-1.\n' +
        'Stopped: 1 enrolment, 1 message cancelled.\n',
    );
    expect(stderr()).toBe('');
  });

  test('reads the words from stdin', async () => {
    const { context, connection } = await someone({ stdin: 'Bonjour,\nd’accord\n' });
    await addReply(context, options({ text: '-' }));
    expect(eventsOf(connection, 1)[0]?.data).toBe('{"text":"Bonjour,\\nd’accord"}');
  });

  test('points out words that sound like an opt-out, and blacklists nobody by itself', async () => {
    const { context, connection, stderr } = await someone({ quiet: true });
    await addReply(context, options({ text: 'Merci de ne plus me contacter' }));
    expect(stderr()).toContain("hector blacklist add '#1'");
    expect(connection.prepare('select count(*) from suppression').pluck().get()).toBe(0);
    expect(enrolmentNow(connection, 1)?.status).toBe('replied');
  });

  test('prints stable JSON', async () => {
    const { context, stdout } = await someone({ json: true });
    await addReply(context, options({ meeting: true, at: '2026-11-23T09:30:00+01:00' }));
    expect(JSON.parse(stdout())).toEqual({
      prospect: { id: 1, name: 'Claire Durand' },
      at: '2026-11-23T08:30:00.000Z',
      answers: { campaign: 'Printemps', mode: 'live', step: 'email-1', channel: 'email', status: 'meeting' },
      stopped: { people: 1, enrolments: 1, messages: 0 },
      colleagues: { people: 0, enrolments: 0, messages: 0 },
      blacklisted: [],
      looks_like_opt_out: false,
    });
  });

  test.each<[Partial<ReplyOptions>, RegExp]>([
    [{ text: '  ' }, /no text/],
    [{ text: 'x'.repeat(100_001) }, /longer than/],
    [{ at: 'yesterday' }, /no ISO time/],
    [{ at: '12' }, /no ISO time/],
    [{ at: '2027-01-01' }, /future/],
    [{ prospect: '99' }, /no prospect matches "99"/],
  ])('refuses %j in one line and records nothing', async (wrong, line) => {
    const { context, connection } = await someone();
    await expect(addReply(context, options(wrong))).rejects.toMatchObject({
      message: expect.stringMatching(line),
      exitCode: 2,
    });
    expect(typesOf(connection, 1)).toEqual([]);
  });
});
