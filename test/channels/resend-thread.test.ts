import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createResendSender } from '../../src/channels/resend/sender.ts';
import type { Fault } from '../stand-ins/loopback.ts';
import { RESEND_TEST_KEY, type ResendRules, type ResendStandIn, start } from '../stand-ins/resend.ts';
import { AT, anEmail } from './touches.ts';

let resend: ResendStandIn;
const open = async (rules: ResendRules = {}): Promise<void> => {
  resend = await start({ now: () => AT, ...rules });
};
beforeEach(() => open());
afterEach(() => resend.close());

const aSender = (timeoutMs = 5000) =>
  createResendSender({
    apiKey: RESEND_TEST_KEY,
    baseUrl: resend.url,
    timeoutMs,
    requestsPerSecond: 1000,
  });

async function sentId(): Promise<string> {
  const [outcome] = await aSender().send([anEmail(1)], 'key', AT);
  return outcome?.status === 'sent' ? (outcome.providerId ?? '') : '';
}

const refusal = (status: number): Fault => ({
  fault: 'answer',
  status,
  body: { statusCode: status, name: 'application_error', message: 'no' },
});

const asked = (): number => resend.requests.filter(({ method }) => method === 'GET').length;

describe('the Message-ID of a sent mail', () => {
  it('is the one that Resend tells', async () => {
    const id = await sentId();
    expect(await aSender().messageId?.(id, AT)).toBe(`<${id}@eu-west-1.amazonses.com>`);
  });

  it('is not known of a mail that Resend does not have', async () => {
    expect(await aSender().messageId?.('no-such-id', AT)).toBeNull();
  });

  it('is not known to a key that may only send', async () => {
    const id = await sentId();
    await resend.close();
    await open({ sendingOnly: true });
    expect(await aSender().messageId?.(id, AT)).toBeNull();
  });

  it.each<[string, Fault]>([
    ['an error', refusal(500)],
    ['a page', { fault: 'page', status: 502 }],
    ['a reset', { fault: 'reset', when: 'before' }],
    ['silence', { fault: 'hang', when: 'before' }],
    ['an answer without it', { fault: 'answer', status: 200, body: { object: 'email' } }],
    ['an answer that is no object', { fault: 'answer', status: 200, body: ['<a@b>'] }],
  ])('is not known after %s, and nothing is thrown', async (_, fault) => {
    const id = await sentId();
    resend.fail(fault);
    expect(await aSender(300).messageId?.(id, AT)).toBeNull();
  });

  it('is asked for in vain three times at most, and as often again after each answer', async () => {
    const id = await sentId();
    const sender = aSender();
    const ask = () => sender.messageId?.(id, AT);
    resend.fail(refusal(404), refusal(404), null, refusal(404), refusal(404), refusal(404));
    const told = [];
    for (let time = 0; time < 8; time += 1) told.push(await ask());
    expect(told.map((each) => each !== null)).toEqual([
      ...[false, false, true],
      ...[false, false, false, false, false],
    ]);
    expect(asked()).toBe(6);
  });
});
