import { createServer } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ClaudeFailure } from '../../../src/ai/claude/failure.ts';
import {
  ANTHROPIC_TEST_KEY,
  type AnthropicStandIn,
  garbled,
  refused,
  startAnthropic,
} from '../../stand-ins/anthropic.ts';
import type { Fault } from '../../stand-ins/loopback.ts';
import { aRequest, claudeAt, failed } from './claude.ts';

let anthropic: AnthropicStandIn;
beforeEach(async () => {
  anthropic = await startAnthropic();
});
afterEach(() => anthropic.close());

const PAUSED = { headers: { 'retry-after': '3' } };
const LONG = { headers: { 'retry-after': '40' } };
const NO = { headers: { 'x-should-retry': 'false' } };

describe('a call that fails', () => {
  const rate = (more = {}) => refused(429, 'rate_limit_error', 'Slow down.', more);
  it.each<[string, Fault, ClaudeFailure, number, string]>([
    ['401', refused(401, 'authentication_error'), 'bad_key', 1, 'ANTHROPIC_API_KEY'],
    ['403', refused(403, 'permission_error'), 'bad_key', 1, 'ANTHROPIC_API_KEY'],
    [
      '400 on hold',
      refused(400, 'invalid_request_error', 'On hold.', { code: 'organization_on_hold' }),
      'bad_key',
      1,
      'on hold',
    ],
    ['402', refused(402, 'billing_error'), 'no_credit', 1, 'cannot pay'],
    [
      '400 no credit',
      refused(400, 'invalid_request_error', 'Your credit balance is too low.'),
      'no_credit',
      1,
      'credit',
    ],
    [
      '400 own limit',
      refused(400, 'invalid_request_error', 'You have reached your specified API usage limits.'),
      'no_credit',
      1,
      'credit',
    ],
    ['404 model', refused(404, 'not_found_error', 'model: x'), 'no_model', 1, 'model: x'],
    ['404 of somebody else', { fault: 'page', status: 404 }, 'down', 1, 'ANTHROPIC_BASE_URL'],
    ['400', refused(400, 'invalid_request_error', 'messages: wrong'), 'bad_request', 1, 'messages: wrong'],
    [
      '400 too long',
      refused(400, 'invalid_request_error', 'prompt is too long: 1000001 tokens'),
      'too_large',
      1,
      'too large',
    ],
    ['413', refused(413, 'request_too_large'), 'too_large', 1, 'too large'],
    ['429 with an end', rate(PAUSED), 'rate_limited', 3, 'slow down'],
    ['429 with a late end', rate(LONG), 'rate_limited', 1, 'slow down'],
    ['429 without one', rate(), 'no_credit', 1, 'spend limit'],
    [
      '429 without one, to be repeated',
      rate({ headers: { 'x-should-retry': 'true' } }),
      'rate_limited',
      3,
      'slow down',
    ],
    [
      '429 spend limit',
      rate({ ...PAUSED, code: 'contract_spend_limit_reached' }),
      'no_credit',
      1,
      'spend limit',
    ],
    ['429 of a proxy', { fault: 'page', status: 429 }, 'rate_limited', 3, 'slow down'],
    ['409', refused(409, 'conflict_error'), 'down', 3, '409'],
    ['500', refused(500, 'api_error'), 'down', 3, 'Claude failed (500): Some reason.'],
    ['500 for good', refused(500, 'api_error', 'No.', NO), 'down', 1, '500'],
    ['502 of a proxy', { fault: 'page', status: 502 }, 'down', 3, '502'],
    ['504', refused(504, 'timeout_error'), 'down', 3, '504'],
    ['529', refused(529, 'overloaded_error'), 'down', 3, '529'],
    [
      'a redirect',
      { fault: 'answer', status: 307, headers: { location: 'http://127.0.0.1:1/' }, body: {} },
      'down',
      1,
      'ANTHROPIC_BASE_URL',
    ],
    ['a reset', { fault: 'reset', when: 'before' }, 'down', 3, 'no answer from Claude (ECONNRESET)'],
    ['a page instead of an answer', { fault: 'page', status: 200 }, 'down', 3, 'cannot be read'],
    ['half an answer', { fault: 'cut' }, 'down', 3, 'cannot be read'],
    ['half of the JSON', garbled(), 'down', 3, 'cannot be read'],
    ['another JSON', garbled('{"type":"message","content":"x"}'), 'down', 3, 'cannot be read'],
    ['no JSON', garbled('<html>'), 'down', 3, 'cannot be read'],
    ['an empty answer', garbled(''), 'down', 3, 'cannot be read'],
    ['more than anybody reads', garbled(`"${'x'.repeat(5_000_000)}"`), 'down', 1, 'too long'],
    ['an error of 5 MB', { fault: 'answer', status: 400, body: 'x'.repeat(5_000_000) }, 'down', 1, '400'],
  ])('%s', async (_, fault, reason, calls, detail) => {
    anthropic.fail(fault, fault, fault, null);
    const outcome = failed(await claudeAt(anthropic.url).ask(aRequest()));
    expect(outcome).toMatchObject({ reason, calls, usage: null });
    expect(outcome.detail).toContain(detail);
    expect(outcome.detail).not.toMatch(/[\n\r]/);
    expect(outcome.detail.length).toBeLessThan(300);
    expect(anthropic.requests).toHaveLength(calls);
  });

  it.each(['before', 'after'] as const)(
    'with silence %s the work ends in time, and is not repeated',
    async (when) => {
      anthropic.fail({ fault: 'hang', when });
      const outcome = failed(await claudeAt(anthropic.url, { timeoutMs: 60 }).ask(aRequest()));
      expect(outcome).toMatchObject({ reason: 'down', detail: 'no answer from Claude in 60 ms', calls: 1 });
    },
  );

  it('with a body that never ends does so too', async () => {
    anthropic.fail({ fault: 'drip' });
    const outcome = failed(await claudeAt(anthropic.url, { timeoutMs: 80 }).ask(aRequest()));
    expect(outcome).toMatchObject({ reason: 'down', detail: 'no answer from Claude in 80 ms', calls: 1 });
  });

  it('where nobody listens says so', async () => {
    const free = await freePort();
    const outcome = failed(await claudeAt(`http://127.0.0.1:${free}`).ask(aRequest()));
    expect(outcome).toMatchObject({
      reason: 'down',
      detail: 'no answer from Claude (ECONNREFUSED)',
      calls: 3,
    });
  });

  it('never shows the key, not even a piece of it at the end of a long line', async () => {
    const echo = (message: string) => refused(400, 'invalid_request_error', message);
    for (const padding of [0, 165, 180, 195]) {
      anthropic.fail(echo(`${'.'.repeat(padding)} ${ANTHROPIC_TEST_KEY} \u001b[31m\nsk-ant-other-9999`));
      const { detail } = failed(await claudeAt(anthropic.url).ask(aRequest()));
      expect(detail).not.toMatch(/sk-a|test-0|9999|\p{Cc}/u);
    }
  });

  it('does not show a key of another shape either', async () => {
    anthropic.fail(refused(401, 'authentication_error', 'unknown key: proxy-key-4711'));
    const outcome = failed(await claudeAt(anthropic.url, { apiKey: 'proxy-key-4711' }).ask(aRequest()));
    expect(outcome.detail).toMatch(/unknown key: \*\*\*$/);
  });

  it('with a key that cannot be one makes no call', async () => {
    const outcome = failed(await claudeAt(anthropic.url, { apiKey: 'sk-ant\n1' }).ask(aRequest()));
    expect(outcome).toMatchObject({ reason: 'bad_key', calls: 0, detail: 'ANTHROPIC_API_KEY is not a key' });
  });
});

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
}
