import { hostname } from 'node:os';
import { describe, expect, it } from 'vitest';
import { type ListOptions, listMessages } from '../../src/commands/message/list.ts';
import { markSent } from '../../src/commands/message/mark-sent.ts';
import { retryMessages } from '../../src/commands/message/retry.ts';
import { showMessage } from '../../src/commands/message/show.ts';
import type { MessageState } from '../../src/engine/model.ts';
import { aMessage, anEnrolment, anEvent, aProspect, DAY, HOUR, NOW } from '../builders.ts';
import { type ContextOverrides, testContext } from '../context.ts';
import { silent } from '../prompter.ts';
import { enrolled, withProviders } from '../tick/providers.ts';

const NO_FILTER: ListOptions = {
  failed: false,
  uncertain: false,
  awaiting: false,
  state: null,
  campaign: null,
  channel: null,
  limit: null,
};

async function workspace(overrides: ContextOverrides = {}) {
  const test = testContext(overrides);
  const connection = await test.context.connection();
  return { ...test, connection, rows: (sql: string) => connection.prepare(sql).all() };
}

type Space = Awaited<ReturnType<typeof workspace>>;

/** A mail in this state, of somebody who still waits at its step. */
const stuck = (
  { connection }: Pick<Space, 'connection'>,
  state: MessageState,
  claimedAt = NOW - HOUR,
): number =>
  aMessage(connection, {
    enrolmentId: anEnrolment(connection, { nextAt: null, hold: 'uncertain', stepAt: NOW - 30 * DAY }),
    state,
    claimedAt,
    provider: 'resend',
    idempotencyKey: 'old-key',
    error: 'no answer',
    envelope: { channel: 'email', to: 'claire@firme.example' },
  });

describe('message list', () => {
  const all = ['failed', 'rejected', 'uncertain', 'sent', 'ready'] as const;
  it.each<[string, Partial<ListOptions>, number[]]>([
    ['what needs a person, newest first', {}, [3, 2, 1]],
    ['what failed', { failed: true }, [2, 1]],
    ['what was perhaps sent', { uncertain: true }, [3]],
    ['a state', { state: 'sent' }, [4]],
    ['the newest of them', { limit: 1 }, [3]],
    ['a channel', { channel: 'sms' }, []],
  ])('shows %s', async (_, filter, ids) => {
    const space = await workspace({ json: true });
    for (const state of all) stuck(space, state);
    await listMessages(space.context, { ...NO_FILTER, ...filter });
    expect(JSON.parse(space.stdout()).map(({ id }: { id: number }) => id)).toEqual(ids);
  });

  it('shows one campaign only', async () => {
    const space = await workspace({ json: true });
    stuck(space, 'failed');
    stuck(space, 'failed');
    await listMessages(space.context, { ...NO_FILTER, campaign: 'Campagne 2' });
    expect(JSON.parse(space.stdout())).toMatchObject([
      { id: 2, why: 'no answer', to: 'claire@firme.example' },
    ]);
  });

  it('says why on a terminal, and how to see more', async () => {
    const space = await workspace({ columns: 120 });
    stuck(space, 'failed');
    stuck(space, 'failed');
    await listMessages(space.context, { ...NO_FILTER, limit: 1 });
    expect(space.stdout()).toContain('no answer');
    expect(space.stderr()).toContain('1 of 2');
  });

  it('refuses a state beside a question for others', async () => {
    const { context } = await workspace();
    await expect(listMessages(context, { ...NO_FILTER, failed: true, state: 'sent' })).rejects.toMatchObject({
      exitCode: 2,
    });
  });
});

describe('message show', () => {
  it('shows text and facts, safe for a terminal', async () => {
    const space = await workspace();
    const enrolmentId = anEnrolment(space.connection, {
      prospectId: aProspect(space.connection, { first_name: 'Eve\u001b[31m' }),
    });
    aMessage(space.connection, {
      enrolmentId,
      state: 'uncertain',
      body: 'Bonjour\u001b[2J\nEve',
      error: 'x',
    });
    await showMessage(space.context, '#1');
    expect(space.stdout()).toContain('Bonjour?[2J\nEve\n');
    expect(space.stdout()).toContain('Message\t1: uncertain\n');
    expect(space.stdout()).not.toContain('\u001b');
  });

  it('says on a terminal what codes mean, and what was taken back', async () => {
    const space = await workspace({ columns: 120 });
    const enrolmentId = anEnrolment(space.connection);
    const messageId = aMessage(space.connection, {
      enrolmentId,
      state: 'skipped',
      error: 'already_connected',
    });
    anEvent(space.connection, { type: 'skipped', messageId, data: { reason: 'no_address' } });
    anEvent(space.connection, {
      type: 'undone',
      messageId,
      data: { reason: 'sent, taken back later: too soon' },
    });
    await showMessage(space.context, '1');
    expect(space.stdout()).toMatch(/^Why +connected on LinkedIn already: there is nobody to invite$/m);
    expect(space.stdout()).toContain('  skipped: no address for this channel\n');
    expect(space.stdout()).toContain('  recorded as sent, then taken back: too soon\n');
    const piped = testContext({ folder: space.folder });
    await showMessage(piped.context, '1');
    expect(piped.stdout()).toContain('Why\talready_connected\n');
  });

  it('keeps a long fact beside its name on a narrow terminal', async () => {
    const space = await workspace({ columns: 40 });
    stuck(space, 'failed');
    await showMessage(space.context, '1');
    expect(space.stdout()).toMatch(/^Message {5}1: failed$/m);
    expect(space.stdout()).toMatch(/^Person {6}\S.*\n {12}\S/m);
  });

  it.each(['x', '99'])('says what is wrong with %s', async (number) => {
    const { context } = await workspace();
    await expect(showMessage(context, number)).rejects.toMatchObject({
      exitCode: 2,
      next: 'hector message list',
    });
  });
});

describe('message retry', () => {
  it.each(['failed', 'rejected'] as const)('gives a %s one back as a first call, due now', async (state) => {
    const space = await workspace();
    stuck(space, state);
    await retryMessages(space.context, ['1'], false);
    expect(space.rows('select state, idempotency_key, attempts, claimed_at, error from message')).toEqual([
      { state: 'ready', idempotency_key: null, attempts: 0, claimed_at: null, error: null },
    ]);
    expect(space.rows('select next_at, step_at, hold from enrolment')).toEqual([
      { next_at: NOW, step_at: NOW, hold: null },
    ]);
    expect(space.stdout()).toContain('hector tick');
  });

  it('of one that was perhaps sent wants to be told so', async () => {
    const space = await workspace();
    stuck(space, 'uncertain');
    await expect(retryMessages(space.context, ['1'], false)).rejects.toMatchObject({
      exitCode: 2,
      next: 'hector message retry 1 --yes',
    });
    expect(space.rows('select state from message')).toEqual([{ state: 'uncertain' }]);
    await retryMessages(space.context, ['1'], true);
    expect(space.rows('select state from message')).toEqual([{ state: 'ready' }]);
  });

  it.each([
    [false, 'uncertain'],
    [true, 'ready'],
  ])('asks on a terminal: %s', async (answer, state) => {
    const nothing = async (): Promise<never> => {
      throw new Error('not asked');
    };
    const prompter = { ...silent, choose: nothing, edit: nothing, ask: nothing, confirm: async () => answer };
    const space = await workspace({ columns: 100, interactive: true, prompter });
    stuck(space, 'uncertain');
    await retryMessages(space.context, ['1'], false);
    expect(space.rows('select state from message')).toEqual([{ state }]);
  });

  it.each([
    ['the person has answered', "update enrolment set status = 'replied', step = null", /has ended/],
    ['the person has gone on', "update enrolment set step = 'email-2'", /gone on to step email-2/],
    ['it was sent', "update message set state = 'sent'", /is sent/],
  ])('is refused when %s, and the others stay as they are', async (_, sql, line) => {
    const space = await workspace();
    stuck(space, 'failed');
    space.connection.exec(sql);
    const other = stuck(space, 'failed');
    await expect(retryMessages(space.context, [String(other), '1'], true)).rejects.toThrow(line);
    expect(space.rows(`select state from message where id = ${other}`)).toEqual([{ state: 'failed' }]);
  });

  it.each([
    ["update enrolment set status = 'paused'", 'hector prospect resume 1'],
    ["update campaign set status = 'paused'", "hector campaign resume 'Campagne 1'"],
  ])('says what it still waits for', async (sql, command) => {
    const space = await workspace();
    stuck(space, 'failed');
    space.connection.exec(sql);
    await retryMessages(space.context, ['1'], false);
    expect(space.stdout()).toContain(command);
  });

  it('is followed by one more call, under a new key', async () => {
    const space = await withProviders();
    enrolled(space);
    space.mail.fail({
      fault: 'answer',
      status: 422,
      body: { statusCode: 422, name: 'validation_error', message: 'x' },
    });
    await space.tick();
    space.connection.exec("update enrolment set step = 'email-1', next_at = null");
    await retryMessages(space.context, ['1'], false);
    expect(await space.tick()).toMatchObject({ sent: { email: 1 } });
    expect(space.mail.accepted).toHaveLength(1);
    expect(space.rows('select state, attempts from message')).toEqual([{ state: 'sent', attempts: 1 }]);
  });
});

describe('message mark-sent', () => {
  it('records the touch for when it was handed over; the person goes on from there', async () => {
    const space = await workspace();
    stuck(space, 'uncertain', NOW - 2 * DAY);
    await markSent(space.context, ['1']);
    expect(space.rows('select state, sent_at from message')).toEqual([
      { state: 'sent', sent_at: NOW - 2 * DAY },
    ]);
    expect(space.rows('select step, anchor_at, hold from enrolment')).toEqual([
      { step: 'email-2', anchor_at: NOW - 2 * DAY, hold: null },
    ]);
    expect(space.rows('select type from event')).toEqual([{ type: 'sent' }]);
  });

  it('takes what a dead tick has left sending, but not what a live one may be sending', async () => {
    const space = await workspace();
    stuck(space, 'sending');
    const lease = space.connection.prepare(
      "insert or replace into lease (name, host, pid, heartbeat_at) values ('tick', ?, ?, ?)",
    );
    lease.run(hostname(), process.ppid, Date.now());
    await expect(markSent(space.context, ['1'])).rejects.toThrow('a tick is at work');
    lease.run(hostname(), 2_147_483_647, Date.now());
    await markSent(space.context, ['1']);
    expect(space.rows('select state from message')).toEqual([{ state: 'sent' }]);
  });

  it.each<[MessageState, string]>([
    ['awaiting_operator', 'hector task done 1'],
    ['sent', 'hector message show 1'],
    ['failed', 'hector message show 1'],
  ])('refuses one that is %s', async (state, next) => {
    const space = await workspace();
    stuck(space, state);
    await expect(markSent(space.context, ['1'])).rejects.toMatchObject({ exitCode: 2, next });
  });
});
