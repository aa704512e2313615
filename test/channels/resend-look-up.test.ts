import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createResendSender } from '../../src/channels/resend/sender.ts';
import type { EmailEnvelope, Fate, Pending } from '../../src/engine/ports/channels.ts';
import type { EmailText } from '../../src/engine/texts/email.ts';
import type { Fault } from '../stand-ins/loopback.ts';
import { RESEND_TEST_KEY, type ResendRules, type ResendStandIn, start } from '../stand-ins/resend.ts';
import { AT, anEmail } from './touches.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const LATER = AT + DAY;

let resend: ResendStandIn;
let clock = AT;
const open = async (rules: ResendRules = {}): Promise<void> => {
  resend = await start({ now: () => clock, ...rules });
};
beforeEach(async () => {
  clock = AT;
  await open();
});
afterEach(() => resend.close());

const sender = (timeoutMs = 5000) =>
  createResendSender({
    apiKey: RESEND_TEST_KEY,
    baseUrl: resend.url,
    timeoutMs,
    requestsPerSecond: 1000,
  });

const pending = (messageId = 1, more: Partial<Pending<EmailEnvelope>> = {}): Pending<EmailEnvelope> => ({
  ...anEmail(messageId),
  claimedAt: AT,
  lastCallAt: AT,
  taken: [],
  ...more,
});

const sendAt = (at: number, messageId: number, changes: Partial<EmailText> = {}) => {
  clock = at;
  return sender().send([anEmail(messageId, changes)], `key-${messageId}-${at}`, at);
};

async function ask(asked: Pending<EmailEnvelope>[], now = LATER, timeoutMs?: number): Promise<Fate[]> {
  clock = now;
  return (await sender(timeoutMs).lookUp?.(asked, now)) ?? [];
}

const idOf = (index: number): string => resend.accepted[index]?.id ?? '';

describe('the fate of a mail', () => {
  it('is found by recipient and time, and confirmed by its tags', async () => {
    await sendAt(AT, 2);
    await sendAt(AT + 1000, 1);
    expect(await ask([pending(1)])).toEqual([{ fate: 'sent', providerId: idOf(1), at: AT + 1000 }]);
  });

  it.each(['bounced', 'complained', 'queued', 'suppressed'])(
    'is sent whatever came of it: %s',
    async (event) => {
      await sendAt(AT, 1);
      for (const mail of resend.accepted) mail.event = event;
      expect(await ask([pending()])).toMatchObject([{ fate: 'sent' }]);
    },
  );

  it.each<[string, number, Partial<EmailText>]>([
    ['of another touch', AT, { enrolmentId: 7 }],
    ['of another step', AT, { step: 'email-2' }],
    ['of long before', AT - 6 * MINUTE, {}],
    ['to somebody else', AT, { prospect: { email: 'autre@exemple.fr', name: null } }],
  ])('is not that of a mail %s', async (_, at, changes) => {
    await sendAt(at, 1, changes);
    expect(await ask([pending()])).toEqual([{ fate: 'absent' }]);
  });

  it('is confirmed by subject and text where no tags are told', async () => {
    await resend.close();
    await open({ untagged: true });
    await sendAt(AT, 1, { body: 'Un autre texte' });
    await sendAt(AT + 1, 1);
    expect(await ask([pending()])).toMatchObject([{ fate: 'sent', providerId: idOf(1) }]);
  });

  it('is not that of one which the ledger knows', async () => {
    await sendAt(AT, 1);
    expect(await ask([pending(1, { taken: [idOf(0)] })])).toEqual([{ fate: 'absent' }]);
  });

  it.each([
    [9 * MINUTE, 'too_early'],
    [10 * MINUTE, 'absent'],
  ])('is known to be none only ten minutes after the last call: %i ms', async (wait, fate) => {
    const lastCallAt = AT + 22 * 60 * MINUTE;
    expect(await ask([pending(1, { lastCallAt })], lastCallAt + wait)).toEqual([{ fate }]);
  });

  it('is read back page by page to the first of the calls, and no further', async () => {
    await sendAt(AT, 1);
    for (let index = 0; index < 250; index += 1)
      await sendAt(AT + MINUTE, 100 + index, { prospect: { email: `p${index}@exemple.fr`, name: null } });
    const sending = resend.requests.length;
    expect(await ask([pending()])).toMatchObject([{ fate: 'sent', providerId: idOf(0) }]);
    const asked = resend.requests.slice(sending).map(({ path }) => path.replace(/=[^&]{20,}/, '=ID'));
    expect(asked).toEqual([
      '/emails?limit=100',
      '/emails?limit=100&after=ID',
      '/emails?limit=100&after=ID',
      `/emails/${idOf(0)}`,
    ]);
    const older = resend.requests.length;
    await ask([pending(2, { claimedAt: AT + 10 * MINUTE, lastCallAt: AT + 10 * MINUTE })]);
    expect(resend.requests.slice(older)).toHaveLength(1);
  });
});

describe('a list of Resend that cannot be read', () => {
  const answer = (status: number, name: string, headers?: Record<string, string>): Fault => ({
    fault: 'answer',
    status,
    body: { statusCode: status, name, message: 'x' },
    ...(headers ? { headers } : {}),
  });
  it.each<[string, Fault]>([
    ['429', answer(429, 'rate_limit_exceeded', { 'retry-after': '1' })],
    ['500', answer(500, 'internal_server_error')],
    ['503', answer(503, 'service_unavailable')],
    ['a wrong key (401)', answer(401, 'invalid_api_key')],
    ['a wrong key (403)', answer(403, 'invalid_api_key')],
    ['an inactive key', answer(403, 'restricted_api_key')],
    ['a page', { fault: 'page', status: 200 }],
    ['a failing page', { fault: 'page', status: 502 }],
    ['a reset', { fault: 'reset', when: 'before' }],
    ['silence', { fault: 'hang', when: 'before' }],
    ['dripping bytes', { fault: 'drip' }],
    ['half an answer', { fault: 'cut' }],
    ['no list', { fault: 'answer', status: 200, body: { data: 'x' } }],
    ['a strange item', { fault: 'answer', status: 200, body: { data: [null], has_more: false } }],
  ])('for %s says nothing yet, and for a day', async (_, fault) => {
    resend.fail(fault, fault);
    expect(await ask([pending()], AT + 60 * MINUTE, 150)).toEqual([{ fate: 'too_early' }]);
    expect(await ask([pending()], AT + DAY, 150)).toMatchObject([{ fate: 'unknown' }]);
    expect(resend.requests).toHaveLength(2);
  });

  it('by a key that may only send is never read: a person must look', async () => {
    await resend.close();
    await open({ sendingOnly: true });
    await sendAt(AT, 1);
    expect(await ask([pending()], AT + MINUTE)).toEqual([
      { fate: 'unknown', reason: expect.stringContaining('may only send') },
    ]);
  });

  it('does not settle a mail whose tags could not be read', async () => {
    await sendAt(AT, 1);
    resend.fail(null, { fault: 'page', status: 502 });
    expect(await ask([pending()], AT + 60 * MINUTE)).toEqual([{ fate: 'too_early' }]);
  });
});
