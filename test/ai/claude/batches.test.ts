import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Claude } from '../../../src/ai/claude/client.ts';
import type { BatchResult } from '../../../src/ai/claude/results.ts';
import {
  ANTHROPIC_TEST_KEY,
  type AnthropicRules,
  type AnthropicStandIn,
  garbled,
  refused,
  startAnthropic,
} from '../../stand-ins/anthropic.ts';
import { refusing } from '../../stand-ins/anthropic-message.ts';
import type { Fault } from '../../stand-ins/loopback.ts';
import { aRequest, claudeAt } from './claude.ts';

const NOW = Date.parse('2026-11-23T09:00:00Z');
let clock = NOW;
let anthropic: AnthropicStandIn;
let claude: Claude;
const begin = async (rules: AnthropicRules = {}): Promise<void> => {
  anthropic = await startAnthropic({ now: () => clock, ...rules });
  claude = claudeAt(anthropic.url);
};
beforeEach(() => {
  clock = NOW;
  return begin();
});
afterEach(() => anthropic.close());

const restart = async (rules: AnthropicRules): Promise<void> => {
  await anthropic.close();
  await begin(rules);
};

const requests = (...ids: string[]) => ids.map((id) => ({ id, request: aRequest() }));

async function submitted(...ids: string[]): Promise<string> {
  const submission = await claude.submit(requests(...ids));
  if (submission.status === 'failed') throw new Error(submission.detail);
  return submission.batchId;
}

async function resultsOf(batchId: string): Promise<BatchResult[]> {
  const results: BatchResult[] = [];
  for await (const result of claude.results(batchId)) results.push(result);
  return results;
}

const IDS = ['e1-invitation', 'e2-invitation', 'e3-invitation', 'e4-invitation', 'e5-invitation'];

describe('a batch', () => {
  it('is submitted in one call, with the same bodies as direct questions', async () => {
    const submission = await claude.submit(requests('a', 'b'));
    expect(submission).toMatchObject({ status: 'submitted', expiresAt: NOW + 86_400_000 });
    await claude.ask(aRequest());
    const [batch, direct] = anthropic.requests.map(({ body }) => JSON.parse(body));
    expect(batch).toEqual({ requests: ['a', 'b'].map((custom_id) => ({ custom_id, params: direct })) });
  });

  it('is in progress, and then ended', async () => {
    const id = await submitted(...IDS);
    const none = { succeeded: 0, errored: 0, canceled: 0, expired: 0 };
    expect(await claude.batch(id)).toEqual({ status: 'in_progress', counts: { ...none, processing: 5 } });
    anthropic.endBatches();
    expect(await claude.batch(id)).toEqual({
      status: 'ended',
      counts: { ...none, processing: 0, succeeded: 5 },
    });
  });

  it('gives its results in any order, each with what it cost', async () => {
    await restart({ reply: () => 'Bonjour.' });
    const id = await submitted(...IDS);
    anthropic.endBatches();
    const results = await resultsOf(id);
    expect(results.map((result) => result.id)).not.toEqual(IDS);
    expect(results.map((result) => result.id).sort()).toEqual(IDS);
    for (const { outcome } of results)
      expect(outcome).toMatchObject({
        status: 'answered',
        text: 'Bonjour.',
        model: 'claude-sonnet-5-5',
        usage: { outputTokens: 2 },
      });
  });

  it('tells of each request that has no text why', async () => {
    const endings: Record<string, 'errored' | 'expired' | 'canceled'> = {
      a: 'errored',
      b: 'expired',
      c: 'canceled',
    };
    await restart({ ending: (id) => endings[id] ?? 'succeeded', reply: () => refusing('No.') });
    const id = await submitted('a', 'b', 'c', 'd');
    anthropic.endBatches();
    const outcomes = Object.fromEntries((await resultsOf(id)).map((result) => [result.id, result.outcome]));
    expect(outcomes).toMatchObject({
      a: { reason: 'errored', detail: expect.stringContaining('Internal server error'), usage: null },
      b: { reason: 'expired', usage: null },
      c: { reason: 'canceled', usage: null },
      d: { reason: 'refused', detail: 'Claude declines: No.', usage: { outputTokens: 0 } },
    });
  });

  it('can be canceled, and is then over', async () => {
    const id = await submitted('a');
    expect(await claude.cancel(id)).toMatchObject({ status: 'in_progress', counts: { processing: 1 } });
    anthropic.endBatches();
    expect(await claude.batch(id)).toMatchObject({ status: 'ended', counts: { canceled: 1 } });
    expect(await claude.cancel(id)).toMatchObject({ status: 'failed', reason: 'bad_request' });
  });

  it('expires after a day', async () => {
    const id = await submitted('a');
    clock += 86_400_000;
    expect(await claude.batch(id)).toMatchObject({ status: 'ended', counts: { expired: 1 } });
  });

  it.each(['msgbatch_unknown', '../models', 'a/../../messages', ''])(
    'that is not there is gone: %j',
    async (id) => {
      expect(await claude.batch(id)).toEqual({ status: 'gone' });
      expect(await claude.cancel(id)).toEqual({ status: 'gone' });
      expect(
        anthropic.requests.every(({ path }) => path.startsWith('/v1/messages/batches/msgbatch_unknown')),
      ).toBe(true);
    },
  );

  it('that is archived is gone', async () => {
    anthropic.fail(
      garbled(JSON.stringify({ processing_status: 'ended', archived_at: '2026-11-01T00:00:00Z' })),
    );
    expect(await claude.batch('msgbatch_1')).toEqual({ status: 'gone' });
  });

  it.each([
    ['none', []],
    ['twice', ['a', 'a']],
    ['other signs', ['é']],
    ['too long', ['x'.repeat(65)]],
  ])('with ids that cannot be is a mistake of ours: %s', async (_, ids) => {
    await expect(claude.submit(requests(...ids))).rejects.toThrow(RangeError);
    expect(anthropic.requests).toEqual([]);
  });
});

describe('a batch that cannot be submitted', () => {
  it.each<[string, Fault, string, boolean]>([
    ['401', refused(401, 'authentication_error'), 'bad_key', false],
    ['413', refused(413, 'request_too_large'), 'too_large', false],
    [
      '429',
      refused(429, 'rate_limit_error', 'Slow.', { headers: { 'retry-after': '1' } }),
      'rate_limited',
      false,
    ],
    ['529', refused(529, 'overloaded_error'), 'down', false],
    ['500', refused(500, 'api_error'), 'down', true],
    ['a reset', { fault: 'reset', when: 'after' }, 'down', true],
    ['silence', { fault: 'hang', when: 'after' }, 'down', true],
    ['half an answer', { fault: 'cut' }, 'down', true],
    ['no id', garbled('{"id":"../x"}'), 'down', true],
  ])('%s: says whether it may have been taken, and is not repeated', async (_, fault, reason, uncertain) => {
    anthropic.fail(fault);
    const quick = claudeAt(anthropic.url, { timeoutMs: 100 });
    expect(await quick.submit(requests('a'))).toMatchObject({ status: 'failed', reason, uncertain });
    expect(anthropic.requests).toHaveLength(1);
  });

  it('because of Ctrl-C may have been taken', async () => {
    const control = new AbortController();
    anthropic.fail({ fault: 'hang', when: 'after' });
    const asked = claude.submit(requests('a'), control.signal);
    await vi.waitFor(() => expect(anthropic.requests).toHaveLength(1));
    control.abort();
    expect(await asked).toMatchObject({ status: 'failed', reason: 'stopped', uncertain: true });
  });

  it('where nobody listens was not taken', async () => {
    await anthropic.close();
    expect(await claude.submit(requests('a'))).toMatchObject({ reason: 'down', uncertain: false });
    await begin();
  });
});

describe('results', () => {
  const lines = (text: string): Fault => ({
    fault: 'answer',
    status: 200,
    headers: { 'Content-Type': 'application/x-jsonl' },
    body: text,
  });
  const expired = (id: string) => JSON.stringify({ custom_id: id, result: { type: 'expired' } });
  const idsOf = async (text: string) => {
    anthropic.fail(lines(text));
    return (await resultsOf('msgbatch_1')).map(({ id }) => id);
  };

  it.each([
    ['a torn line', `${expired('a')}\n{"custom_id":"b","res\n${expired('c')}\n`],
    ['blank lines', `\n\r\n${expired('a')}\r\n\n${expired('c')}\n\n`],
    ['no line break at the end', `${expired('a')}\n${expired('c')}`],
    ['other JSON', `${expired('a')}\n[]\nnull\n{"custom_id":1}\n${expired('c')}\n`],
    ['a result of tomorrow', `${expired('a')}\n{"custom_id":"b","result":{"type":"x"}}\n${expired('c')}`],
    ['a line that nobody reads', `${expired('a')}\n"${'x'.repeat(5_000_000)}"\n${expired('c')}`],
  ])('with %s keep the others', async (_, text) => {
    expect(await idsOf(text)).toEqual(['a', 'c']);
  });

  it('of more than 4 MB are all read', async () => {
    const ids = Array.from({ length: 60_000 }, (_, index) => `request-${index}-${'x'.repeat(40)}`);
    expect(await idsOf(ids.map(expired).join('\n'))).toEqual(ids);
  });

  it('that break off say so after what had come', async () => {
    await restart({ ending: () => 'expired' });
    const id = await submitted(...IDS);
    anthropic.endBatches();
    anthropic.fail({ fault: 'cut' });
    const results = await resultsOf(id);
    expect(results.length).toBeLessThan(6);
    expect(results.at(-1)).toMatchObject({ id: null, outcome: { reason: 'down' } });
    expect(results.slice(0, -1).every((result) => result.id !== null)).toBe(true);
  });

  it('that come to nothing end in time', async () => {
    const id = await submitted('a');
    anthropic.endBatches();
    anthropic.fail({ fault: 'drip' });
    claude = claudeAt(anthropic.url, { timeoutMs: 80 });
    expect((await resultsOf(id)).at(-1)).toMatchObject({ id: null, outcome: { reason: 'down' } });
  });

  it.each<[string, Fault, string]>([
    ['401', refused(401, 'authentication_error'), 'bad_key'],
    ['404', refused(404, 'not_found_error'), 'no_model'],
    ['500', refused(500, 'api_error'), 'down'],
  ])('that are refused say why: %s', async (_, fault, reason) => {
    anthropic.fail(fault);
    expect(await resultsOf('msgbatch_1')).toMatchObject([
      { id: null, outcome: { status: 'failed', reason } },
    ]);
  });

  it('of what is no id are not asked for', async () => {
    expect(await resultsOf('../../models?x=')).toMatchObject([
      { id: null, outcome: { reason: 'bad_request' } },
    ]);
    expect(anthropic.requests).toEqual([]);
  });

  it('are read from the address of the batch, wherever it says they are', async () => {
    const id = await submitted('a');
    anthropic.endBatches();
    await resultsOf(id);
    expect(anthropic.requests.at(-1)).toMatchObject({
      method: 'GET',
      path: `/v1/messages/batches/${id}/results`,
    });
    expect(anthropic.requests).toHaveLength(2);
  });

  it('end with Ctrl-C', async () => {
    const control = new AbortController();
    const id = await submitted(...IDS);
    anthropic.endBatches();
    const told: (string | null)[] = [];
    for await (const { id: each } of claude.results(id, control.signal)) {
      told.push(each);
      control.abort();
    }
    expect(told).toHaveLength(2);
    expect(told.at(-1)).toBeNull();
  });

  it('never show the key', async () => {
    const error = { type: 'error', error: { type: 'api_error', message: `key ${ANTHROPIC_TEST_KEY}` } };
    anthropic.fail(lines(JSON.stringify({ custom_id: 'a', result: { type: 'errored', error } })));
    const [result] = await resultsOf('msgbatch_1');
    expect(result?.outcome).toMatchObject({ detail: 'Claude refuses this request of the batch: key ***' });
  });
});

describe('the list of models', () => {
  it('is read in one call', async () => {
    const listing = await claude.models();
    expect(anthropic.requests.map(({ path }) => path)).toEqual(['/v1/models?limit=1000']);
    expect(listing).toMatchObject({ status: 'listed' });
    expect(listing.status === 'listed' && listing.models).toContainEqual({
      id: 'claude-haiku-4-5',
      lifecycle: 'deprecated',
      retiresAt: Date.parse('2026-12-31T00:00:00Z'),
      maxTokens: 64_000,
      maxInputTokens: 200_000,
    });
  });

  it('leaves out what is no model', async () => {
    anthropic.fail(
      garbled(JSON.stringify({ data: [null, { id: 'a\u001bb' }, { id: 'claude-x', lifecycle: 'new' }] })),
    );
    expect(await claude.models()).toEqual({
      status: 'listed',
      models: [{ id: 'claude-x', lifecycle: null, retiresAt: null, maxTokens: null, maxInputTokens: null }],
    });
  });

  it.each<[string, Fault, string]>([
    ['401', refused(401, 'authentication_error'), 'bad_key'],
    ['another answer', garbled('[]'), 'down'],
  ])('cannot be read: %s', async (_, fault, reason) => {
    anthropic.fail(fault);
    expect(await claude.models()).toMatchObject({ status: 'failed', reason });
  });
});
