import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createResendSender, type ResendOptions } from '../../src/channels/resend/sender.ts';
import type { Fault } from '../stand-ins/loopback.ts';
import { RESEND_TEST_KEY, type ResendRules, type ResendStandIn, start } from '../stand-ins/resend.ts';
import { AT, anEmail } from './touches.ts';

let resend: ResendStandIn;
beforeEach(async () => {
  resend = await start();
});
afterEach(() => resend.close());

const sender = (changes: Partial<ResendOptions> = {}) =>
  createResendSender({
    apiKey: RESEND_TEST_KEY,
    baseUrl: resend.url,
    timeoutMs: 5000,
    requestsPerSecond: 1000,
    ...changes,
  });

const restart = async (rules: ResendRules): Promise<void> => {
  await resend.close();
  resend = await start(rules);
};

const refused = (
  statusCode: number,
  name: string,
  message = 'Some reason.',
  headers?: Record<string, string>,
): Fault => ({
  fault: 'answer',
  status: statusCode,
  body: { statusCode, name, message },
  ...(headers ? { headers } : {}),
});

const sentIds = () => resend.accepted.map(({ id }) => ({ status: 'sent', providerId: id }));

describe('one e-mail by Resend', () => {
  it('is one POST /emails that keeps the contract, with its key', async () => {
    const outcomes = await sender().send(
      [anEmail(12, { replyTo: 'alice@vente.example' })],
      'tick-1-email-1',
      AT,
    );
    expect(outcomes).toEqual(sentIds());
    expect(resend.requests).toHaveLength(1);
    const [request] = resend.requests;
    expect(request).toMatchObject({
      method: 'POST',
      path: '/emails',
      headers: { 'idempotency-key': 'tick-1-email-1', 'content-type': 'application/json' },
    });
    expect(JSON.parse(request?.body ?? '')).toMatchObject({
      from: 'Alice Martin <alice@vente.example>',
      to: ['Claire Durand <claire.durand@exemple.fr>'],
      subject: 'Vos délais de relance',
      reply_to: 'alice@vente.example',
      headers: { 'List-Unsubscribe': '<mailto:alice@vente.example?subject=unsubscribe%2012>' },
      tags: [
        { name: 'campaign', value: 'Connexion-douce' },
        { name: 'step', value: 'email-1' },
        { name: 'enrolment', value: '12' },
      ],
    });
  });

  it('repeated with the same key reaches the person once', async () => {
    const first = await sender().send([anEmail(1)], 'key', AT);
    const again = await sender().send([anEmail(1)], 'key', AT + 60_000);
    expect(again).toEqual(first);
    expect(resend.accepted).toHaveLength(1);
  });

  it('with a key of more than 256 characters gets a shorter one, always the same', async () => {
    await sender().send([anEmail(1)], 'k'.repeat(300), AT);
    await sender().send([anEmail(1)], 'k'.repeat(300), AT);
    expect(resend.accepted).toHaveLength(1);
  });

  it('to something that is no single address is never handed over', async () => {
    const outcomes = await sender().send(
      [anEmail(1, { prospect: { email: 'a@b.fr, c@d.fr', name: null } })],
      'key',
      AT,
    );
    expect(outcomes).toEqual([{ status: 'rejected', reason: 'not an e-mail address', badAddress: true }]);
    expect(resend.requests).toHaveLength(0);
  });
});

describe('the outcome of a refused e-mail', () => {
  const misconfigured = { status: 'misconfigured' };
  it.each<[string, Fault, object]>([
    ['400 validation_error', refused(400, 'validation_error'), { status: 'rejected' }],
    ['400 invalid_idempotency_key', refused(400, 'invalid_idempotency_key'), misconfigured],
    ['401 missing_api_key', refused(401, 'missing_api_key'), misconfigured],
    ['401 restricted_api_key', refused(401, 'restricted_api_key'), misconfigured],
    ['401 invalid_api_key', refused(401, 'invalid_api_key'), misconfigured],
    ['403 invalid_api_key', refused(403, 'invalid_api_key'), misconfigured],
    ['403 invalid_permission', refused(403, 'invalid_permission'), misconfigured],
    ['403 suspended_api_key', refused(403, 'suspended_api_key'), misconfigured],
    ['403 restricted_api_key', refused(403, 'restricted_api_key'), misconfigured],
    ['403 email_above_quota', refused(403, 'email_above_quota'), misconfigured],
    [
      '403 validation_error: domain',
      refused(403, 'validation_error', 'The x domain is not verified.'),
      misconfigured,
    ],
    ['404 not_found', refused(404, 'not_found'), misconfigured],
    ['405 method_not_allowed', refused(405, 'method_not_allowed'), misconfigured],
    [
      '409 other text',
      refused(409, 'invalid_idempotent_request'),
      { status: 'uncertain', repeatable: false },
    ],
    [
      '409 concurrent',
      refused(409, 'concurrent_idempotent_requests'),
      { status: 'uncertain', repeatable: true },
    ],
    ['409 resource_locked', refused(409, 'resource_locked'), { status: 'uncertain', repeatable: true }],
    ['409 unknown', refused(409, 'something_new'), { status: 'uncertain', repeatable: false }],
    ['422 validation_error', refused(422, 'validation_error'), { status: 'rejected' }],
    [
      '422 bad to',
      refused(422, 'validation_error', 'Invalid `to` field.'),
      { status: 'rejected', badAddress: true },
    ],
    ['422 bad from', refused(422, 'validation_error', 'Invalid `from` field.'), misconfigured],
    ['422 missing_required_field', refused(422, 'missing_required_field'), { status: 'rejected' }],
    ['422 missing_required_parameter', refused(422, 'missing_required_parameter'), { status: 'rejected' }],
    ['422 invalid_parameter', refused(422, 'invalid_parameter'), { status: 'rejected' }],
    ['422 invalid_attachment', refused(422, 'invalid_attachment'), { status: 'rejected' }],
    ['422 invalid_from_address', refused(422, 'invalid_from_address'), misconfigured],
    [
      '429 rate limit',
      refused(429, 'rate_limit_exceeded', 'x', { 'retry-after': '7' }),
      { status: 'retry', at: AT + 7000 },
    ],
    [
      '429 rate limit, only a reset',
      refused(429, 'rate_limit_exceeded', 'x', { 'ratelimit-reset': '3' }),
      { status: 'retry', at: AT + 3000 },
    ],
    ['429 rate limit, silent', refused(429, 'rate_limit_exceeded'), { status: 'retry', at: AT + 1000 }],
    [
      '429 rate limit, nonsense',
      refused(429, 'rate_limit_exceeded', 'x', { 'retry-after': 'soon' }),
      { status: 'retry', at: AT + 1000 },
    ],
    [
      '429 rate limit, 10 years',
      refused(429, 'rate_limit_exceeded', 'x', { 'retry-after': '315360000' }),
      { status: 'retry', at: AT + 86_400_000 },
    ],
    [
      '429 daily quota',
      refused(429, 'daily_quota_exceeded'),
      { status: 'retry', at: Date.UTC(2026, 10, 24) },
    ],
    ['429 monthly quota', refused(429, 'monthly_quota_exceeded'), misconfigured],
    ['451 security_error', refused(451, 'security_error'), misconfigured],
    ['500 application_error', refused(500, 'application_error'), { status: 'uncertain', repeatable: true }],
    [
      '500 internal_server_error',
      refused(500, 'internal_server_error'),
      { status: 'uncertain', repeatable: true },
    ],
    [
      '503 service_unavailable',
      refused(503, 'service_unavailable'),
      { status: 'uncertain', repeatable: true },
    ],
    ['502 as a page', { fault: 'page', status: 502 }, { status: 'uncertain', repeatable: true }],
    [
      '429 as a page',
      { fault: 'page', status: 429, headers: { 'retry-after': '2' } },
      { status: 'retry', at: AT + 2000 },
    ],
    ['403 as a page', { fault: 'page', status: 403 }, misconfigured],
    ['404 as a page', { fault: 'page', status: 404 }, misconfigured],
    ['200 as a page', { fault: 'page', status: 200 }, { status: 'uncertain', repeatable: true }],
    [
      '200 without an id',
      { fault: 'answer', status: 200, body: {} },
      { status: 'uncertain', repeatable: true },
    ],
    [
      '500 with null',
      { fault: 'answer', status: 500, body: null },
      { status: 'uncertain', repeatable: true },
    ],
  ])('%s', async (_, fault, expected) => {
    resend.fail(fault);
    const [outcome] = await sender().send([anEmail(1)], 'key', AT);
    expect(outcome).toMatchObject(expected);
    expect(resend.accepted).toHaveLength(0);
  });

  it('never holds the key, says what to mend, and stays one line', async () => {
    resend.fail(refused(401, 'invalid_api_key', `API key\nis invalid\x1b[31m${'x'.repeat(500)}`));
    const [outcome] = await sender().send([anEmail(1)], 'key', AT);
    const said = JSON.stringify(outcome);
    expect(said).toContain('RESEND_API_KEY');
    expect(said).not.toContain(RESEND_TEST_KEY);
    expect(outcome && 'reason' in outcome ? outcome.reason : '').not.toMatch(/\p{Cc}/u);
    expect(said.length).toBeLessThan(350);
  });

  it('a wrong key, a stranger as sender: the true answers of the stand-in', async () => {
    await restart({ domains: ['autre.example'] });
    expect(await sender({ apiKey: 're_wrong' }).send([anEmail(1)], 'a', AT)).toMatchObject([misconfigured]);
    expect(await sender().send([anEmail(1)], 'b', AT)).toMatchObject([misconfigured]);
    expect(await sender().send([anEmail(1), anEmail(2)], 'c', AT)).toMatchObject([
      misconfigured,
      misconfigured,
    ]);
  });
});

describe('a call to Resend that gets no answer', () => {
  it.each<[string, Fault, number]>([
    ['reset before it was taken', { fault: 'reset', when: 'before' }, 0],
    ['reset after it was taken', { fault: 'reset', when: 'after' }, 1],
    ['cut in the middle of the answer', { fault: 'cut' }, 1],
  ])('%s may be repeated with the same key, and is sent once', async (_, fault, taken) => {
    resend.fail(fault);
    const first = await sender().send([anEmail(1)], 'key', AT);
    expect(first).toMatchObject([{ status: 'uncertain', repeatable: true }]);
    expect(resend.accepted).toHaveLength(taken);
    expect(await sender().send([anEmail(1)], 'key', AT)).toEqual(sentIds());
    expect(resend.accepted).toHaveLength(1);
  });

  it.each<[string, Fault]>([
    ['silence', { fault: 'hang', when: 'after' }],
    ['an answer that drips without end', { fault: 'drip' }],
  ])('ends %s at its time limit', async (_, fault) => {
    resend.fail(fault);
    const outcomes = await sender({ timeoutMs: 150 }).send([anEmail(1)], 'key', AT);
    expect(outcomes).toEqual([
      { status: 'uncertain', reason: 'no answer from Resend in 150 ms', repeatable: true },
    ]);
  });

  it('says the same when nobody listens', async () => {
    await resend.close();
    expect(await sender().send([anEmail(1)], 'key', AT)).toMatchObject([
      { status: 'uncertain', repeatable: true },
    ]);
  });
});

describe('a batch by Resend', () => {
  const hundred = Array.from({ length: 100 }, (_, index) =>
    anEmail(index + 1, { prospect: { email: `p${index}@exemple.fr`, name: null } }),
  );
  const recipients = () => resend.accepted.map(({ email }) => email.to);

  it('of 100 is one permissive call, with the ids in order', async () => {
    const outcomes = await sender().send(hundred, 'key', AT);
    expect(outcomes).toEqual(sentIds());
    expect(recipients()).toEqual(hundred.map(({ envelope }) => [envelope.to]));
    expect(resend.requests).toHaveLength(1);
    expect(resend.requests[0]).toMatchObject({
      path: '/emails/batch',
      headers: { 'idempotency-key': 'key', 'x-batch-validation': 'permissive' },
    });
  });

  it('of 101 is a fault of the caller', async () => {
    await expect(sender().send([...hundred, anEmail(101)], 'key', AT)).rejects.toThrow(RangeError);
  });

  it('of none calls nobody', async () => {
    expect(await sender().send([], 'key', AT)).toEqual([]);
    expect(resend.requests).toHaveLength(0);
  });

  it('with refused mails gives each of the others its own id', async () => {
    const batch = [1, 2, 3, 4, 5].map((id) =>
      anEmail(id, { prospect: { email: `p${id}@exemple.fr`, name: null } }),
    );
    // Two that our own check lets pass and Resend refuses.
    for (const index of [0, 3]) {
      const message = batch[index];
      if (message) message.envelope.tags = { campaign: 'é' };
    }
    const outcomes = await sender().send(batch, 'key', AT);
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'sent', 'sent', 'rejected', 'sent']);
    const ids = outcomes.flatMap((outcome) => (outcome.status === 'sent' ? [outcome.providerId] : []));
    expect(ids).toEqual(resend.accepted.map(({ id }) => id));
    expect(recipients()).toEqual([['p2@exemple.fr'], ['p3@exemple.fr'], ['p5@exemple.fr']]);
  });

  it('keeps its order around an address that is never handed over', async () => {
    const batch = [anEmail(1), anEmail(2, { prospect: { email: 'nobody', name: null } }), anEmail(3)];
    const outcomes = await sender().send(batch, 'key', AT);
    expect(outcomes.map(({ status }) => status)).toEqual(['sent', 'rejected', 'sent']);
  });

  it.each([
    ['too few ids', { data: [{ id: 'a' }] }],
    [
      'ids for refused mails too',
      { data: [{ id: 'a' }, { id: 'b' }], errors: [{ index: 0, message: 'no' }] },
    ],
    ['an id that is none', { data: [{ id: 'a' }, { id: 3 }] }],
  ])('whose answer has %s leaves the fate of the mails to a person', async (_, body) => {
    resend.fail({ fault: 'answer', status: 200, body });
    const outcomes = await sender().send([anEmail(1), anEmail(2)], 'key', AT);
    expect(outcomes[1]).toMatchObject({ status: 'uncertain', repeatable: false });
  });

  it('refused as a whole goes mail by mail, each with its own key', async () => {
    resend.fail(refused(422, 'validation_error'));
    const outcomes = await sender().send([anEmail(7), anEmail(8)], 'key', AT);
    expect(outcomes).toEqual(sentIds());
    expect(resend.requests.map(({ path, headers }) => [path, headers['idempotency-key']])).toEqual([
      ['/emails/batch', 'key'],
      ['/emails', 'key-7'],
      ['/emails', 'key-8'],
    ]);
  });

  it('that goes mail by mail twice, after a crash, is sent once', async () => {
    resend.fail(refused(422, 'validation_error'));
    await sender().send([anEmail(7), anEmail(8)], 'key', AT);
    resend.fail(refused(422, 'validation_error'));
    expect(await sender().send([anEmail(7), anEmail(8)], 'key', AT)).toEqual(sentIds());
    expect(resend.accepted).toHaveLength(2);
  });

  const reset: Fault = { fault: 'reset', when: 'after' };

  it('that goes mail by mail asks once more where one mail gets no answer', async () => {
    resend.fail(refused(422, 'validation_error'), reset);
    expect(await sender().send([anEmail(7), anEmail(8)], 'key', AT)).toEqual(sentIds());
    expect(resend.accepted).toHaveLength(2);
  });

  it.each<[string, Fault]>([
    ['no answer', reset],
    [
      'a refusal that says nothing about the first call',
      refused(429, 'rate_limit_exceeded', 'x', { 'retry-after': '0' }),
    ],
  ])(
    'that goes mail by mail leaves nothing repeatable after %s, and does not try the rest',
    async (_, second) => {
      resend.fail(refused(422, 'validation_error'), reset, second);
      expect(await sender().send([anEmail(7), anEmail(8)], 'key', AT)).toMatchObject([
        { status: 'uncertain', repeatable: false },
        { status: 'retry', at: AT + 600_000 },
      ]);
      expect(resend.accepted).toHaveLength(1);
      expect(resend.requests).toHaveLength(3);
    },
  );

  it('that goes mail by mail stops at a key that is refused', async () => {
    resend.fail(refused(422, 'validation_error'), refused(403, 'suspended_api_key'));
    const outcomes = await sender().send([anEmail(7), anEmail(8)], 'key', AT);
    expect(outcomes).toMatchObject([{ status: 'misconfigured' }, { status: 'misconfigured' }]);
    expect(resend.requests).toHaveLength(2);
  });

  it.each<[string, Fault, object]>([
    ['a server error', refused(500, 'internal_server_error'), { status: 'uncertain', repeatable: true }],
    [
      'the rate limit',
      refused(429, 'rate_limit_exceeded', 'x', { 'retry-after': '7' }),
      { status: 'retry', at: AT + 7000 },
    ],
    ['a bad key', refused(401, 'invalid_api_key'), { status: 'misconfigured' }],
    ['a bad sender', refused(422, 'validation_error', 'Invalid `from` field.'), { status: 'misconfigured' }],
    ['a reset', { fault: 'reset', when: 'after' }, { status: 'uncertain', repeatable: true }],
  ])('gives all its mails the outcome of %s', async (_, fault, expected) => {
    resend.fail(fault);
    const outcomes = await sender().send([anEmail(1), anEmail(2)], 'key', AT);
    expect(outcomes).toMatchObject([expected, expected]);
    expect(resend.requests).toHaveLength(1);
  });

  it('reset after it was taken is repeated with the same key and sent once', async () => {
    resend.fail({ fault: 'reset', when: 'after' });
    await sender().send([anEmail(1), anEmail(2)], 'key', AT);
    expect(await sender().send([anEmail(1), anEmail(2)], 'key', AT)).toEqual(sentIds());
    expect(resend.accepted).toHaveLength(2);
  });
});

describe('the pace of Resend', () => {
  it('gives back what a long hold would keep waiting, without calling', async () => {
    const paced = sender();
    resend.fail(refused(429, 'rate_limit_exceeded', 'x', { 'retry-after': '600' }));
    await paced.send([anEmail(1)], 'a', AT);
    const [outcome] = await paced.send([anEmail(2)], 'b', AT);
    expect(outcome).toMatchObject({ status: 'retry' });
    expect(outcome?.status === 'retry' ? outcome.at - AT : 0).toBeGreaterThan(590_000);
    expect(resend.requests).toHaveLength(1);
  });

  it('waits for the next window when the answer says this one is used up', async () => {
    await restart({ requestsPerSecond: 2 });
    const paced = sender();
    for (const id of [1, 2, 3]) {
      expect(await paced.send([anEmail(id)], `key-${id}`, AT)).toMatchObject([{ status: 'sent' }]);
    }
  });
});
