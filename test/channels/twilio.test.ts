import { createServer } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { TwilioOptions } from '../../src/channels/twilio/client.ts';
import { createTwilioSender } from '../../src/channels/twilio/sender.ts';
import type { SmsText } from '../../src/engine/texts/sms.ts';
import type { Fault } from '../stand-ins/loopback.ts';
import {
  refusal,
  start,
  TWILIO_TEST_SID,
  TWILIO_TEST_TOKEN,
  type TwilioRules,
  type TwilioStandIn,
} from '../stand-ins/twilio.ts';
import { AT, anSms } from './touches.ts';

let twilio: TwilioStandIn;
beforeEach(async () => {
  twilio = await start();
});
afterEach(() => twilio.close());

const sender = (changes: Partial<TwilioOptions> = {}) =>
  createTwilioSender({
    accountSid: TWILIO_TEST_SID,
    authToken: TWILIO_TEST_TOKEN,
    baseUrl: twilio.url,
    timeoutMs: 5000,
    requestsPerSecond: 1000,
    ...changes,
  });

const send = (changes: Partial<SmsText> = {}, options: Partial<TwilioOptions> = {}) =>
  sender(options).send([anSms(1, changes)], 'key', AT);

const restart = async (rules: TwilioRules): Promise<void> => {
  await twilio.close();
  twilio = await start(rules);
};

describe('one SMS by Twilio', () => {
  it('is one POST Messages.json that keeps the contract', async () => {
    const outcomes = await send({ body: 'Un café à 10 € ? Ça va & bien = +1' });
    expect(outcomes).toEqual([{ status: 'sent', providerId: twilio.accepted[0]?.sid }]);
    expect(twilio.accepted.map(({ form }) => form)).toEqual([
      { To: '+33612345678', From: 'VENTE', Body: 'Un café à 10 € ? Ça va & bien = +1' },
    ]);
    expect(twilio.requests[0]?.headers['user-agent']).toMatch(/^twilio-node\//);
  });

  it('goes by a messaging service where one is set', async () => {
    const messagingService = `MG${'a'.repeat(32)}`;
    expect(await send({ from: null, messagingService })).toMatchObject([{ status: 'sent' }]);
    expect(twilio.accepted[0]?.form).toMatchObject({ MessagingServiceSid: messagingService });
    expect(twilio.accepted[0]?.form).not.toHaveProperty('From');
  });

  it.each([
    ['a number that is not E.164', { to: '0612345678' }, { status: 'rejected', badAddress: true }],
    ['no sender at all', { from: null }, { status: 'misconfigured' }],
  ])('with %s calls nobody', async (_, changes, expected) => {
    expect(await send(changes)).toMatchObject([expected]);
    expect(twilio.requests).toHaveLength(0);
  });

  it.each<[string, TwilioRules, Partial<SmsText>, Partial<TwilioOptions>, object]>([
    ['wrong credentials', {}, {}, { authToken: 'wrong' }, { status: 'misconfigured' }],
    ['a sender of somebody else', { senders: ['AUTRE'] }, {}, {}, { status: 'misconfigured' }],
    [
      'a person who said STOP',
      { optedOut: ['+33612345678'] },
      {},
      {},
      { status: 'rejected', suppress: true },
    ],
    ['a text of 1601 characters', {}, { body: 'a'.repeat(1601) }, {}, { status: 'rejected' }],
    ['an empty text', {}, { body: ' ' }, {}, { status: 'rejected' }],
  ])('the stand-in refuses %s', async (_, rules, text, options, expected) => {
    await restart(rules);
    expect(await send(text, options)).toMatchObject([expected]);
    expect(twilio.accepted).toHaveLength(0);
  });
});

describe('the outcome of a Twilio code', () => {
  const HOUR = 3_600_000;
  const misconfigured = { status: 'misconfigured' };
  const badAddress = { status: 'rejected', badAddress: true };
  const suppress = { status: 'rejected', suppress: true };
  it.each<[number, number, object]>([
    [20003, 401, misconfigured],
    [20404, 404, misconfigured],
    [20429, 429, { status: 'retry', at: AT + 1000 }],
    [21211, 400, badAddress],
    [21408, 400, misconfigured],
    [21606, 400, misconfigured],
    [21608, 400, misconfigured],
    [21612, 400, misconfigured],
    [21659, 400, misconfigured],
    [21610, 400, suppress],
    [21611, 429, { status: 'retry', at: AT + HOUR }],
    [21614, 400, badAddress],
    [21635, 400, badAddress],
    [21617, 400, { status: 'rejected' }],
    [14107, 400, { status: 'retry', at: AT + 60_000 }],
    [30001, 400, { status: 'retry', at: AT + HOUR / 4 }],
    [30003, 400, { status: 'retry', at: AT + HOUR }],
    [30004, 400, suppress],
    [30005, 400, badAddress],
    [30006, 400, badAddress],
    [30007, 400, misconfigured],
    [30008, 400, { status: 'retry', at: AT + HOUR }],
    [30034, 400, misconfigured],
    [35114, 400, { status: 'rejected' }],
    [99999, 400, { status: 'rejected' }],
    [20500, 500, { status: 'uncertain', repeatable: false }],
    [20503, 503, { status: 'uncertain', repeatable: false }],
  ])('%i with HTTP %i', async (code, status, expected) => {
    twilio.fail(refusal(status, code, 'Some reason'));
    const [outcome] = await send();
    expect(outcome).toMatchObject(expected);
    expect(JSON.stringify(outcome)).not.toContain(TWILIO_TEST_TOKEN);
    expect(twilio.accepted).toHaveLength(0);
  });

  it('is the same in the newer form of errors (RFC 9457)', async () => {
    const body = {
      type: 'about:blank',
      title: 'Blocked',
      status: 400,
      code: 21610,
      detail: 'The person said STOP',
    };
    twilio.fail({ fault: 'answer', status: 400, body });
    expect(await send()).toMatchObject([
      { ...suppress, reason: expect.stringContaining('The person said STOP') },
    ]);
  });

  it('heeds Retry-After, and calls nobody while a long one lasts', async () => {
    const paced = sender();
    twilio.fail(refusal(429, 20429, 'Too many requests', { 'retry-after': '600' }));
    expect(await paced.send([anSms(1)], 'a', AT)).toMatchObject([{ status: 'retry', at: AT + 600_000 }]);
    expect(await paced.send([anSms(2)], 'b', AT)).toMatchObject([{ status: 'retry' }]);
    expect(twilio.requests).toHaveLength(1);
  });

  it('of one number does not hold back the others', async () => {
    const paced = sender();
    twilio.fail(refusal(400, 30003, 'Unreachable'));
    expect(await paced.send([anSms(1)], 'a', AT)).toMatchObject([{ status: 'retry' }]);
    expect(await paced.send([anSms(2)], 'b', AT)).toMatchObject([{ status: 'sent' }]);
  });

  it.each<[string, object, object]>([
    ['that failed at once for STOP', { status: 'failed', error_code: 21610 }, suppress],
    [
      'that failed at once for another reason',
      { status: 'failed', error_code: 12345 },
      { status: 'rejected' },
    ],
    ['that is queued', { status: 'queued', error_code: null }, { status: 'sent', providerId: 'SM1' }],
  ])('is read from a message %s', async (_, fields, expected) => {
    twilio.fail({ fault: 'answer', status: 201, body: { sid: 'SM1', error_message: null, ...fields } });
    expect(await send()).toMatchObject([expected]);
  });
});

describe('a call to Twilio that gets no clear answer', () => {
  const unknown = { status: 'uncertain', repeatable: false };
  it.each<[string, Fault, number]>([
    ['reset before it was taken', { fault: 'reset', when: 'before' }, 0],
    ['reset after it was taken', { fault: 'reset', when: 'after' }, 1],
    ['cut in the middle of the answer', { fault: 'cut' }, 1],
    ['answered by a page that says 200', { fault: 'page', status: 200 }, 0],
    ['answered by a page that says 502', { fault: 'page', status: 502 }, 0],
    ['answered by nothing readable', { fault: 'answer', status: 201, body: null }, 0],
  ])('%s is never repeated by itself', async (_, fault, taken) => {
    twilio.fail(fault);
    expect(await send()).toMatchObject([unknown]);
    expect(twilio.requests).toHaveLength(1);
    expect(twilio.accepted).toHaveLength(taken);
  });

  it.each<[string, Fault]>([
    ['silence', { fault: 'hang', when: 'after' }],
    ['an answer that drips without end', { fault: 'drip' }],
  ])('ends %s at its time limit', async (_, fault) => {
    twilio.fail(fault);
    expect(await send({}, { timeoutMs: 150 })).toMatchObject([
      { ...unknown, reason: expect.stringContaining('150 ms') },
    ]);
  });

  it('ends an answer without measure', async () => {
    twilio.fail({ fault: 'answer', status: 201, body: { sid: 'x'.repeat(1_000_000) } });
    expect(await send()).toMatchObject([unknown]);
  });

  it('does not follow a redirect with the credentials', async () => {
    twilio.fail({ fault: 'answer', status: 307, body: {}, headers: { location: `${twilio.url}/elsewhere` } });
    expect(await send()).toMatchObject([{ status: 'misconfigured' }]);
    expect(twilio.requests).toHaveLength(1);
  });
});

describe('a call to Twilio that never leaves', () => {
  const later = { status: 'retry', at: AT + 60_000 };

  it('because nobody listens may go later', async () => {
    await twilio.close();
    expect(await send()).toMatchObject([later]);
  });

  it('because the name is unknown may go later', async () => {
    expect(await send({}, { baseUrl: 'http://twilio.invalid' })).toMatchObject([later]);
  });

  it('because the other side speaks no TLS may go later', async () => {
    const deaf = createServer((socket) =>
      socket.on('data', () => socket.resetAndDestroy()).on('error', () => undefined),
    );
    await new Promise<void>((resolve) => deaf.listen(0, '127.0.0.1', resolve));
    const address = deaf.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    expect(await send({}, { baseUrl: `https://127.0.0.1:${port}` })).toMatchObject([later]);
    await new Promise((resolve) => deaf.close(resolve));
  });
});
