import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { RESEND_TEST_KEY, type ResendStandIn, start } from './resend.ts';

let clock = 0;
let resend: ResendStandIn;
beforeEach(async () => {
  clock = 0;
  resend = await start({ now: () => clock });
});
afterEach(() => resend.close());

const MAIL = { from: 'A <a@b.example>', to: ['c@d.example'], subject: 's', text: 't' };

async function post(
  path: string,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<[number, unknown]> {
  const response = await fetch(resend.url + path, {
    method: 'POST',
    headers: { Authorization: `Bearer ${RESEND_TEST_KEY}`, 'Content-Type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  return [response.status, await response.json()];
}

async function get(path: string): Promise<[number, unknown]> {
  const response = await fetch(resend.url + path, {
    headers: { Authorization: `Bearer ${RESEND_TEST_KEY}` },
  });
  return [response.status, await response.json()];
}

describe('the Resend stand-in', () => {
  it('forgets an idempotency key after 24 hours, not before', async () => {
    const key = { 'Idempotency-Key': 'k' };
    const first = await post('/emails', MAIL, key);
    clock = 86_399_999;
    expect(await post('/emails', MAIL, key)).toEqual(first);
    expect(resend.accepted).toHaveLength(1);
    clock = 86_400_000;
    await post('/emails', MAIL, key);
    expect(resend.accepted).toHaveLength(2);
  });

  it.each<[string, string, unknown, Record<string, string>, number, string]>([
    [
      'a key with another body',
      '/emails',
      { ...MAIL, subject: 'other' },
      { 'Idempotency-Key': 'used' },
      409,
      'invalid_idempotent_request',
    ],
    [
      'a key that is too long',
      '/emails',
      MAIL,
      { 'Idempotency-Key': 'k'.repeat(257) },
      400,
      'invalid_idempotency_key',
    ],
    ['another API key', '/emails', MAIL, { Authorization: 'Bearer re_x' }, 401, 'invalid_api_key'],
    ['another path', '/mails', MAIL, {}, 404, 'not_found'],
    ['a mail without a sender', '/emails', { ...MAIL, from: undefined }, {}, 422, 'missing_required_field'],
    ['a mail without a text', '/emails', { ...MAIL, text: undefined }, {}, 422, 'missing_required_field'],
    ['a field of another name', '/emails', { ...MAIL, replyTo: 'a@b.example' }, {}, 422, 'validation_error'],
    [
      'two addresses in one',
      '/emails',
      { ...MAIL, to: 'a@b.example, c@d.example' },
      {},
      422,
      'validation_error',
    ],
    ['51 recipients', '/emails', { ...MAIL, to: Array(51).fill('c@d.example') }, {}, 422, 'validation_error'],
    [
      'a tag with an accent',
      '/emails',
      { ...MAIL, tags: [{ name: 'x', value: 'é' }] },
      {},
      422,
      'validation_error',
    ],
    ['a line break in a header', '/emails', { ...MAIL, headers: { X: 'a\nb' } }, {}, 422, 'validation_error'],
    ['a batch of 101', '/emails/batch', Array(101).fill(MAIL), {}, 422, 'validation_error'],
    [
      'a batch with an attachment',
      '/emails/batch',
      [{ ...MAIL, attachments: [] }],
      {},
      422,
      'validation_error',
    ],
    [
      'a strict batch with one bad mail',
      '/emails/batch',
      [MAIL, { ...MAIL, to: 'x' }],
      {},
      422,
      'validation_error',
    ],
  ])('refuses %s', async (_, path, body, headers, status, name) => {
    await post('/emails', MAIL, { 'Idempotency-Key': 'used' });
    expect(await post(path, body, headers)).toMatchObject([status, { statusCode: status, name }]);
    expect(resend.accepted).toHaveLength(1);
  });

  it('sends the good mails of a permissive batch and names the places of the others', async () => {
    const [status, body] = await post('/emails/batch', [{ ...MAIL, to: 'x' }, MAIL], {
      'x-batch-validation': 'permissive',
    });
    expect([status, body]).toMatchObject([
      200,
      { data: [{ id: resend.accepted[0]?.id }], errors: [{ index: 0 }] },
    ]);
  });

  it('lists the newest first, in pages, without texts and tags, which one mail has', async () => {
    for (const subject of ['un', 'deux', 'trois'])
      await post('/emails', { ...MAIL, subject, tags: [{ name: 'n', value: subject }] });
    const [third, second, first] = [...resend.accepted].reverse().map(({ id }) => id);
    expect(await get('/emails?limit=2')).toMatchObject([
      200,
      { object: 'list', has_more: true, data: [{ id: third }, { id: second }] },
    ]);
    const [, rest] = await get(`/emails?limit=2&after=${second}`);
    expect(rest).toMatchObject({ has_more: false, data: [{ id: first, subject: 'un' }] });
    expect(JSON.stringify(rest)).not.toMatch(/"(text|html|tags)"/);
    expect(await get(`/emails/${first}`)).toMatchObject([
      200,
      { text: 't', tags: [{ name: 'n', value: 'un' }] },
    ]);
  });

  it.each(['/emails?limit=101', '/emails?limit=0', '/emails?after=nobody', '/emails?page=2'])(
    'refuses %s',
    async (path) => {
      expect(await get(path)).toMatchObject([422, { name: 'validation_error' }]);
    },
  );
});
