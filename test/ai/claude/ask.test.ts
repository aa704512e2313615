import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { MODELS } from '../../../src/ai/claude/models.ts';
import {
  ANTHROPIC_TEST_KEY,
  type AnthropicStandIn,
  garbled,
  startAnthropic,
} from '../../stand-ins/anthropic.ts';
import { refusing, stopping } from '../../stand-ins/anthropic-message.ts';
import { ANTHROPIC_MODELS } from '../../stand-ins/anthropic-models.ts';
import { answered, aRequest, claudeAt, failed } from './claude.ts';

let anthropic: AnthropicStandIn;
beforeEach(async () => {
  anthropic = await startAnthropic();
});
afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  return anthropic.close();
});

const sentBody = () => JSON.parse(anthropic.requests.at(-1)?.body ?? '');

describe('a question to Claude', () => {
  it('is one POST /v1/messages with everything the contract wants and nothing it refuses', async () => {
    anthropic.say({ body: 'Bonjour Claire.' });
    const outcome = await claudeAt(anthropic.url).ask(aRequest());
    expect(outcome).toMatchObject({
      status: 'answered',
      text: '{"body":"Bonjour Claire."}',
      model: 'claude-sonnet-5-5',
      calls: 1,
    });
    expect(anthropic.requests).toHaveLength(1);
    expect(anthropic.requests[0]).toMatchObject({
      method: 'POST',
      path: '/v1/messages',
      headers: { authorization: `Bearer ${ANTHROPIC_TEST_KEY}`, 'anthropic-version': '2026-10-21' },
    });
    expect(sentBody()).toEqual({
      model: 'claude-sonnet-5-5',
      max_tokens: 400,
      system: [{ type: 'text', text: 'Vous écrivez pour Nexalis.', cache_control: { type: 'ephemeral' } }],
      messages: [{ role: 'user', content: 'Une invitation pour Claire Durand.' }],
      output_config: { format: { type: 'json_schema', schema: aRequest().schema }, effort: 'low' },
      thinking: { type: 'between_tools' },
    });
  });

  const both = MODELS.filter(({ id }) => ANTHROPIC_MODELS[id] !== undefined).map(({ id }) => id);
  it.each(both)('is taken by %s', async (model) => {
    answered(await claudeAt(anthropic.url, { model, effort: 'high' }).ask(aRequest()));
  });

  it('leaves room where the model always thinks, and reads only the text', async () => {
    anthropic.say('x'.repeat(1500));
    const outcome = answered(await claudeAt(anthropic.url, { model: 'claude-opus-5-5' }).ask(aRequest()));
    expect(outcome.text).toBe('x'.repeat(1500));
    expect(sentBody()).not.toHaveProperty('thinking');
    expect(outcome.usage.outputTokens).toBeGreaterThan(400);
  });

  it('takes text from blocks of text only, and the name that the model answers under', async () => {
    const content = [
      { type: 'fallback', text: 'no' },
      { type: 'text', text: 'Bonjour ' },
      { type: 'text', text: 'Claire' },
    ];
    const usage = { input_tokens: 1, output_tokens: 2 };
    const model = 'claude-sonnet-5-5-20261001';
    anthropic.fail(garbled(JSON.stringify({ content, usage, model, stop_reason: 'end_turn' })));
    expect(await claudeAt(anthropic.url).ask(aRequest())).toMatchObject({ text: 'Bonjour Claire', model });
  });

  it('of a model that is not in the table leaves room as well', async () => {
    await claudeAt(anthropic.url, { model: 'claude-next' }).ask(aRequest());
    expect(sentBody()).toMatchObject({ model: 'claude-next', max_tokens: 2400 });
  });

  it('reads the common part from the cache when it is asked again', async () => {
    const request = aRequest({ system: 'Nous sommes Nexalis. '.repeat(200) });
    const claude = claudeAt(anthropic.url);
    const first = answered(await claude.ask(request)).usage;
    const second = answered(await claude.ask(request)).usage;
    expect(first).toMatchObject({ cacheReadTokens: 0, cacheWriteTokens: 1050 });
    expect(second).toEqual({ ...first, cacheReadTokens: 1050, cacheWriteTokens: 0 });
  });

  it('tells how long its calls took', async () => {
    await anthropic.close();
    anthropic = await startAnthropic({ latency: 30 });
    const real = { now: () => performance.now(), wait: async () => undefined, waits: [] };
    expect(
      answered(await claudeAt(anthropic.url, {}, real).ask(aRequest())).latencyMs,
    ).toBeGreaterThanOrEqual(29);
  });

  it('takes nothing from the environment', async () => {
    vi.stubEnv('ANTHROPIC_API_KEY', 'sk-ant-other');
    vi.stubEnv('ANTHROPIC_AUTH_TOKEN', 'other-token');
    vi.stubEnv('ANTHROPIC_BASE_URL', 'http://127.0.0.1:1');
    vi.stubEnv('ANTHROPIC_PROFILE', 'other');
    vi.stubEnv('ANTHROPIC_LOG', 'debug');
    vi.stubEnv('ANTHROPIC_CUSTOM_HEADERS', 'Authorization: Bearer other\nx-more: 1');
    const printed = (['log', 'warn', 'error', 'debug', 'info'] as const).map((name) =>
      vi.spyOn(console, name),
    );
    answered(await claudeAt(anthropic.url).ask(aRequest()));
    expect(anthropic.requests[0]?.headers).toMatchObject({ authorization: `Bearer ${ANTHROPIC_TEST_KEY}` });
    expect(anthropic.requests[0]?.headers).not.toHaveProperty('x-more');
    expect(process.env.ANTHROPIC_CUSTOM_HEADERS).toContain('x-more');
    for (const each of printed) expect(each).not.toHaveBeenCalled();
  });

  it('of a model near its end prints no warning', async () => {
    const warn = vi.spyOn(console, 'warn');
    await claudeAt(anthropic.url, { model: 'claude-sonnet-4-5' }).ask(aRequest());
    expect(warn).not.toHaveBeenCalled();
  });
});

describe('an answer that is no whole text', () => {
  it.each([
    ['a refusal', refusing('Not this.'), 'refused', 'Claude declines: Not this.'],
    ['a refusal without a word', refusing(null), 'refused', 'Claude declines: general_harms'],
    ['nothing at all', '', 'refused', 'Claude wrote nothing'],
    ['blanks', ' \n ', 'refused', 'Claude wrote nothing'],
    ['too many tokens', 'x'.repeat(4000), 'cut_off', 'Claude stopped before the end: max_tokens'],
    ['a full window', stopping('model_context_window_exceeded', 'Bonj'), 'cut_off', 'window_exceeded'],
    ['a pause', stopping('pause_turn', 'Bonj'), 'cut_off', 'pause_turn'],
    ['a reason of tomorrow', stopping('bored', 'Bonj'), 'cut_off', 'bored'],
  ])('%s fails, once, and is paid for', async (_, reply, reason, detail) => {
    anthropic.say(reply);
    const outcome = failed(await claudeAt(anthropic.url).ask(aRequest()));
    expect(outcome).toMatchObject({ reason, calls: 1 });
    expect(outcome.detail).toContain(detail);
    expect(outcome.usage?.inputTokens).toBeGreaterThan(0);
  });
});
