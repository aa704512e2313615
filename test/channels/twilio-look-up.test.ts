import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTwilioSender } from '../../src/channels/twilio/sender.ts';
import type { Fate, Pending, SmsEnvelope } from '../../src/engine/ports/channels.ts';
import type { SmsText } from '../../src/engine/texts/sms.ts';
import type { Fault } from '../stand-ins/loopback.ts';
import {
  type ListedSms,
  refusal,
  start,
  TWILIO_TEST_SID,
  TWILIO_TEST_TOKEN,
  type TwilioRules,
  type TwilioStandIn,
} from '../stand-ins/twilio.ts';
import { AT, anSms } from './touches.ts';

const MINUTE = 60_000;
/** The look-up comes an hour after the call, unless a test says otherwise. */
const LATER = AT + 60 * MINUTE;

let twilio: TwilioStandIn;
let clock = AT;
const open = async (rules: TwilioRules = {}): Promise<void> => {
  twilio = await start({ now: () => clock, ...rules });
};
beforeEach(async () => {
  clock = AT;
  await open();
});
afterEach(() => twilio.close());

const sender = (timeoutMs = 5000) =>
  createTwilioSender({
    accountSid: TWILIO_TEST_SID,
    authToken: TWILIO_TEST_TOKEN,
    baseUrl: twilio.url,
    timeoutMs,
    requestsPerSecond: 1000,
  });

const pending = (
  changes: Partial<SmsText> = {},
  more: Partial<Pending<SmsEnvelope>> = {},
): Pending<SmsEnvelope> => ({
  ...anSms(1, changes),
  claimedAt: AT,
  lastCallAt: AT,
  taken: [],
  ...more,
});

async function ask(asked: Pending<SmsEnvelope>[], now = LATER, timeoutMs?: number): Promise<Fate[]> {
  clock = now;
  return (await sender(timeoutMs).lookUp?.(asked, now)) ?? [];
}

/** Something else in the account's list. */
const listed = (changes: Partial<ListedSms> = {}): void => {
  const { envelope } = anSms(1);
  twilio.listed.push({
    sid: `SM${String(twilio.listed.length).padStart(32, '0')}`,
    to: envelope.to,
    from: envelope.from,
    messaging_service_sid: null,
    body: envelope.body,
    direction: 'outbound-api',
    status: 'delivered',
    error_code: null,
    created: AT + 1000,
    ...changes,
  });
};

const sent = { fate: 'sent', providerId: `SM${'0'.repeat(32)}` };

describe('the fate of an SMS', () => {
  it('is what its own list says, asked by recipient only', async () => {
    await sender().send([anSms(1)], 'key', AT);
    expect(await ask([pending()])).toEqual([{ fate: 'sent', providerId: twilio.accepted[0]?.sid, at: AT }]);
    const { pathname, searchParams } = new URL(twilio.requests[1]?.path ?? '', twilio.url);
    expect(pathname).toMatch(/\/Messages\.json$/);
    expect([...searchParams.keys()].sort()).toEqual(['PageSize', 'To']);
    expect(searchParams.get('To')).toBe('+33612345678');
  });

  it.each<[string, Partial<ListedSms>]>([
    ['queued, without a date of sending', { status: 'queued' }],
    [
      'as a trial account words it',
      { body: `Sent from your Twilio trial account - ${anSms(1).envelope.body}` },
    ],
    ['a clock’s difference before the call', { created: AT - 110_000 }],
    ['undelivered for a reason that nobody knows yet', { status: 'sent' }],
  ])('is sent when it is there: %s', async (_, changes) => {
    listed(changes);
    expect(await ask([pending()])).toMatchObject([sent]);
  });

  it('is sent when a messaging service has made its quotes and blanks plain', async () => {
    const messagingService = `MG${'a'.repeat(32)}`;
    listed({ from: '+33700000000', messaging_service_sid: messagingService, body: "L'offre - oui" });
    const asked = pending({ from: null, messagingService, body: 'L’offre – oui' });
    expect(await ask([asked])).toMatchObject([sent]);
  });

  it.each<[string, Partial<ListedSms>]>([
    ['an older one', { created: AT - 3 * MINUTE }],
    [
      'an answer of the person',
      { direction: 'inbound', from: '+33612345678', to: 'VENTE', status: 'received' },
    ],
    ['one by another sender', { from: 'AUTRE' }],
    ['one to another number', { to: '+33699999999' }],
    ['another text, much later', { body: 'Autre chose', created: AT + 30 * MINUTE }],
    ['another text that failed', { body: 'Autre chose', status: 'failed', error_code: 21614 }],
  ])('is not that of %s', async (_, changes) => {
    listed(changes);
    expect(await ask([pending()])).toEqual([{ fate: 'absent' }]);
  });

  it.each<[string, Partial<ListedSms>]>([
    ['emptied by the account', { body: '' }],
    ['altered on the way', { body: 'Bonjour Claire, https://twil.io/abc' }],
  ])('is not known where a text of that time was %s', async (_, changes) => {
    listed(changes);
    expect(await ask([pending()])).toMatchObject([{ fate: 'unknown' }]);
  });

  it('is not that of one which the ledger knows', async () => {
    listed();
    expect(await ask([pending({}, { taken: [sent.providerId] })])).toEqual([{ fate: 'absent' }]);
  });

  it.each([
    [9 * MINUTE, 'too_early'],
    [10 * MINUTE, 'absent'],
  ])('is known to be none only after ten minutes: %i ms', async (wait, fate) => {
    expect(await ask([pending()], AT + wait)).toEqual([{ fate }]);
  });

  it('is settled once for each of two alike', async () => {
    listed();
    expect(await ask([pending(), pending()])).toMatchObject([sent, { fate: 'absent' }]);
  });

  it('is found on a later page, and old pages are not read', async () => {
    for (let index = 0; index < 150; index += 1)
      listed({ body: `Note ${index}`, from: 'AUTRE', created: AT + 20 * MINUTE + index });
    listed({ sid: `SM${'f'.repeat(32)}` });
    for (let index = 0; index < 400; index += 1) listed({ body: 'Vieux', created: AT - 60 * MINUTE - index });
    expect(await ask([pending()])).toMatchObject([{ fate: 'sent', providerId: `SM${'f'.repeat(32)}` }]);
    expect(twilio.requests).toHaveLength(3);
  });
});

describe('the code of an SMS that failed after it was taken', () => {
  const bad = { fate: 'rejected', badAddress: true };
  it.each<[number, object]>([
    [21211, bad],
    [21408, { fate: 'rejected' }],
    [21610, { fate: 'rejected', suppress: true }],
    [21614, bad],
    [30003, { fate: 'unknown' }],
    [30004, { fate: 'rejected', suppress: true }],
    [30005, bad],
    [30006, bad],
    [30007, { fate: 'rejected' }],
    [30008, { fate: 'unknown' }],
    [99999, { fate: 'rejected' }],
  ])('%i', async (error_code, fate) => {
    listed({ status: 'undelivered', error_code });
    expect(await ask([pending()])).toMatchObject([fate]);
  });
});

describe('a list of Twilio that cannot be read', () => {
  const faults: [string, Fault][] = [
    ['20429', refusal(429, 20429, 'Too many requests')],
    ['20003', refusal(401, 20003, 'Authenticate')],
    ['503', { fault: 'page', status: 503 }],
    ['a page', { fault: 'page', status: 200 }],
    ['a reset', { fault: 'reset', when: 'before' }],
    ['silence', { fault: 'hang', when: 'before' }],
    ['dripping bytes', { fault: 'drip' }],
    ['half an answer', { fault: 'cut' }],
    ['no list', { fault: 'answer', status: 200, body: {} }],
    ['a redirect', { fault: 'answer', status: 307, body: {}, headers: { location: '/elsewhere' } }],
  ];
  it.each(faults)('for %s says nothing yet, and for a day', async (_, fault) => {
    twilio.fail(fault, fault);
    expect(await ask([pending()], LATER, 150)).toEqual([{ fate: 'too_early' }]);
    expect(await ask([pending()], AT + 25 * 60 * MINUTE, 150)).toMatchObject([{ fate: 'unknown' }]);
    expect(twilio.requests).toHaveLength(2);
  });

  it('is not asked for the next number, which would wait as long', async () => {
    twilio.fail({ fault: 'page', status: 503 });
    const other = pending({ to: '+33699999999' });
    expect(await ask([pending(), other])).toEqual([{ fate: 'too_early' }, { fate: 'too_early' }]);
    expect(twilio.requests).toHaveLength(1);
  });
});
