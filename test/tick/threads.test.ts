import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createEmailOutbox } from '../../src/channels/outbox/sender.ts';
import { threadHeaders } from '../../src/engine/texts/thread.ts';
import { aStep, DAY, NOW } from '../builders.ts';
import { parseMime } from '../channels/mime.ts';
import { enrolled, SMS_STEP, TEMPLATES, withProviders } from './providers.ts';
import { type TickWorkspace, tickWorkspace } from './workspace.ts';

const SCENARIO = {
  templates: {
    ...TEMPLATES,
    'essai/follow-up':
      '---\nsubject: "Re : {{ previous.subject }}"\n---\nBonjour {{ first_name }}, encore un mot.\n\n{{ opt_out }}',
  },
  scenario: {
    steps: [
      aStep(),
      aStep({ id: 'email-2', wait: '4d', kind: 'follow_up', template: 'essai/follow-up' }),
      aStep({ id: 'email-3', wait: '3d', kind: 'follow_up', template: 'essai/follow-up' }),
    ],
  },
};

/** The ticks of the first, the second and the third step. */
const DAYS = [NOW, NOW + 4 * DAY, NOW + 7 * DAY];

async function tickOn(space: TickWorkspace, days: readonly number[]): Promise<void> {
  for (const at of days) {
    space.setClock(at);
    await space.tick();
  }
}

const headersOf = (mail: { email: Record<string, unknown> } | undefined) => mail?.email.headers;

describe('a follow-up by e-mail', () => {
  it('names the mail before, and all mails of its thread', async () => {
    const space = await withProviders();
    enrolled(space, 1, SCENARIO);
    await tickOn(space, DAYS);
    const [first, second, third] = space.mail.accepted.map(({ id }) => `<${id}@eu-west-1.amazonses.com>`);
    expect(third).toBeDefined();
    expect(headersOf(space.mail.accepted[0])).not.toHaveProperty('In-Reply-To');
    expect(headersOf(space.mail.accepted[1])).toMatchObject({ 'In-Reply-To': first, References: first });
    expect(headersOf(space.mail.accepted[2])).toMatchObject({
      'In-Reply-To': second,
      References: `${first} ${second}`,
      'List-Unsubscribe': expect.stringContaining('mailto:'),
    });
  });

  it('has them in the envelope that is stored before the first call', async () => {
    const space = await withProviders();
    enrolled(space, 1, SCENARIO);
    await tickOn(space, DAYS.slice(0, 1));
    space.mail.fail(null, { fault: 'reset', when: 'before' });
    await tickOn(space, DAYS.slice(1, 2));
    const reply = `<${space.mail.accepted[0]?.id}@eu-west-1.amazonses.com>`;
    expect(
      space.rows("select envelope ->> '$.headers.In-Reply-To' as reply from message where step = 'email-2'"),
    ).toEqual([{ reply }]);
  });

  it('of many people goes on in the thread of each', async () => {
    const space = await withProviders();
    enrolled(space, 5, SCENARIO);
    await tickOn(space, DAYS.slice(0, 2));
    const ids = new Map(space.mail.accepted.slice(0, 5).map(({ id, email }) => [String(email.to), id]));
    expect(ids.size).toBe(5);
    for (const mail of space.mail.accepted.slice(5))
      expect(headersOf(mail)).toMatchObject({
        'In-Reply-To': `<${ids.get(String(mail.email.to))}@eu-west-1.amazonses.com>`,
      });
  });

  it('goes out without headers where the provider does not tell', async () => {
    const space = await withProviders({ mail: { sendingOnly: true } });
    enrolled(space, 1, SCENARIO);
    await tickOn(space, DAYS.slice(0, 2));
    expect(space.mail.accepted).toHaveLength(2);
    expect(headersOf(space.mail.accepted[1])).not.toHaveProperty('In-Reply-To');
  });

  it('takes nothing that is no Message-ID into a header', async () => {
    const space = await withProviders();
    enrolled(space, 1, SCENARIO);
    await tickOn(space, DAYS.slice(0, 1));
    space.mail.fail({
      fault: 'answer',
      status: 200,
      body: { object: 'email', message_id: '<a@b>\r\nBcc: x@y.example' },
    });
    await tickOn(space, DAYS.slice(1, 2));
    expect(space.mail.accepted).toHaveLength(2);
    expect(Object.keys(Object(headersOf(space.mail.accepted[1])))).toEqual(['List-Unsubscribe']);
  });

  it('asks nobody after a mail of another provider', async () => {
    const space = await withProviders();
    enrolled(space, 1, SCENARIO);
    await tickOn(space, DAYS.slice(0, 1));
    space.connection.exec("update message set provider = 'elsewhere'");
    await tickOn(space, DAYS.slice(1, 2));
    expect(space.mail.accepted).toHaveLength(2);
    expect(space.mail.requests.filter(({ method }) => method === 'GET')).toEqual([]);
  });

  it('of a rehearsal names the file before', async () => {
    const space = await tickWorkspace();
    enrolled(space, 1, { ...SCENARIO, mode: 'rehearsal' });
    await tickOn(space, DAYS);
    const outbox = join(space.folder, 'outbox');
    const mails = readdirSync(outbox)
      .sort()
      .map((name) => Object.fromEntries(parseMime(readFileSync(join(outbox, name))).headers));
    const [first, second, third] = mails;
    expect(first?.['message-id']).toMatch(/^<.+@hector\.invalid>$/);
    expect(first).not.toHaveProperty('in-reply-to');
    expect(second).toMatchObject({ 'in-reply-to': first?.['message-id'], references: first?.['message-id'] });
    expect(third?.['in-reply-to']).toBe(second?.['message-id']);
    expect(third?.references).toBe(`${first?.['message-id']} ${second?.['message-id']}`);
  });

  it('of a rehearsal goes out when the file before is gone', async () => {
    const space = await tickWorkspace();
    enrolled(space, 1, { ...SCENARIO, mode: 'rehearsal' });
    await tickOn(space, DAYS.slice(0, 1));
    rmSync(join(space.folder, 'outbox'), { recursive: true });
    await tickOn(space, DAYS.slice(1, 2));
    expect(space.rows("select count(*) as n from message where state = 'sent'")).toEqual([{ n: 2 }]);
  });
});

it('nothing outside the outbox is read for a Message-ID', async () => {
  const space = await tickWorkspace();
  writeFileSync(join(space.folder, 'other.eml'), 'Message-ID: <a@b.example>\r\n\r\n');
  const outbox = createEmailOutbox(join(space.folder, 'outbox'));
  mkdirSync(join(space.folder, 'outbox'));
  writeFileSync(join(space.folder, 'outbox', 'own.eml'), 'Message-ID: <a@b.example>\r\n\r\n');
  expect(await outbox.messageId?.('own.eml', NOW)).toBe('<a@b.example>');
  expect(await outbox.messageId?.('../other.eml', NOW)).toBeNull();
});

describe('nobody is asked for a thread', () => {
  it.each([
    ['by an e-mail that is no follow-up', [aStep(), aStep({ id: 'email-2', wait: '4d' })]],
    [
      'by a follow-up with no e-mail before it',
      [SMS_STEP, aStep({ id: 'email-2', wait: '4d', kind: 'follow_up', template: 'default/email' })],
    ],
    ['by an SMS', [aStep(), { ...SMS_STEP, wait: '4d' }]],
  ] as const)('%s', async (_, steps) => {
    const space = await withProviders();
    enrolled(space, 1, { templates: TEMPLATES, scenario: { steps: [...steps] } });
    await tickOn(space, DAYS.slice(0, 2));
    expect(space.rows("select count(*) as n from message where state = 'sent'")).toEqual([{ n: 2 }]);
    const gets = [...space.mail.requests, ...space.phone.requests].filter(({ method }) => method === 'GET');
    expect(gets).toEqual([]);
  });
});

describe('the headers of a thread', () => {
  const ID = '<b@b.example>';
  it.each<[string, string | null, string | null, Record<string, string>]>([
    ['nothing is known', null, null, {}],
    ['the first mail is answered', ID, null, { 'In-Reply-To': ID, References: ID }],
    ['the thread has begun', ID, '<a@a>', { 'In-Reply-To': ID, References: `<a@a> ${ID}` }],
    ['the mail names itself', ID, `<a@a> ${ID}`, { 'In-Reply-To': ID, References: `<a@a> ${ID}` }],
    ['what came before is damaged', ID, 'x <a\n@a> <>', { 'In-Reply-To': ID, References: ID }],
    ['a line break', '<a@b.example\r\n>', null, {}],
    ['a blank', '<a b@b.example>', null, {}],
    ['no brackets', 'a@b.example', null, {}],
    ['two of them', '<a@b><c@d>', null, {}],
    ['letters beyond ASCII', '<é@b.example>', null, {}],
    ['one that is too long', `<${'a'.repeat(300)}@b>`, null, {}],
  ])('%s', (_, messageId, references, headers) => {
    expect(threadHeaders(messageId, references)).toEqual(headers);
  });

  it('name the last ten mails of a long thread', () => {
    const before = Array.from({ length: 30 }, (_, index) => `<${index}@a>`).join(' ');
    const ids = threadHeaders(ID, before).References?.split(' ') ?? [];
    expect(ids).toHaveLength(10);
    expect(ids.at(-1)).toBe(ID);
    expect(ids.at(0)).toBe('<21@a>');
  });
});
