import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ANTHROPIC_TEST_KEY, type AnthropicStandIn, startAnthropic } from './anthropic.ts';

let clock = 0;
let anthropic: AnthropicStandIn;
beforeEach(async () => {
  clock = 0;
  anthropic = await startAnthropic({ now: () => clock, maxBytes: 100_000 });
});
afterEach(() => anthropic.close());

type Fields = Record<string, unknown>;
const HEADERS = {
  Authorization: `Bearer ${ANTHROPIC_TEST_KEY}`,
  'anthropic-version': '2026-10-21',
  'Content-Type': 'application/json',
};
const MESSAGE = {
  model: 'claude-sonnet-5-5',
  max_tokens: 100,
  messages: [{ role: 'user', content: 'Bonjour' }],
};

async function call(path: string, body?: unknown, headers: Record<string, string> = HEADERS) {
  const response = await fetch(anthropic.url + path, {
    method: body === undefined ? 'GET' : 'POST',
    headers,
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const answer: Fields = JSON.parse(await response.text());
  return { status: response.status, answer, id: response.headers.get('request-id') };
}

const post = (changes: Fields) => call('/v1/messages', { ...MESSAGE, ...changes });
const withSchema = (schema: Fields) => ({ output_config: { format: { type: 'json_schema', schema } } });
const open = { type: 'object', properties: { a: { type: 'string' } } };
const thinking = (type: string) => ({ thinking: { type } });

describe('the Anthropic stand-in', () => {
  it('takes what the contract allows', async () => {
    const { status, answer } = await post({});
    expect(status).toBe(200);
    expect(answer).toMatchObject({ type: 'message', role: 'assistant', model: 'claude-sonnet-5-5' });
  });

  it.each<[string, Fields, string]>([
    ['a temperature', { temperature: 0.5 }, 'temperature'],
    ['top_p', { top_p: 1 }, 'top_p'],
    ['top_k', { top_k: 5 }, 'top_k'],
    ['an unknown field', { prompt: 'x' }, 'prompt'],
    ['no max_tokens', { max_tokens: undefined }, 'max_tokens'],
    ['max_tokens of 0', { max_tokens: 0 }, 'max_tokens'],
    ['too many max_tokens', { max_tokens: 128_001 }, 'max_tokens'],
    ['no messages', { messages: [] }, 'messages'],
    ['an empty message', { messages: [{ role: 'user', content: '' }] }, 'non-empty'],
    ['a first message of its own', { messages: [{ role: 'assistant', content: 'a' }] }, 'first message'],
    [
      'a prefill',
      { messages: [...MESSAGE.messages, { role: 'assistant', content: '{' }] },
      'assistant message prefill',
    ],
    ['another role', { messages: [{ role: 'tool', content: 'a' }] }, 'role'],
    ['an empty system block', { system: [{ type: 'text', text: ' ' }] }, 'system'],
    ['another cache', { system: [{ type: 'text', text: 'a', cache_control: { type: 'x' } }] }, 'ephemeral'],
    [
      'five marks',
      {
        system: Array.from({ length: 5 }, () => ({
          type: 'text',
          text: 'a',
          cache_control: { type: 'ephemeral' },
        })),
      },
      'maximum of 4',
    ],
    ['thinking disabled on Sonnet 5.5', thinking('disabled'), 'between_tools'],
    ['a budget', { thinking: { type: 'enabled', budget_tokens: 1024 } }, 'not supported'],
    ['between_tools on Haiku 5.5', { model: 'claude-haiku-5-5', ...thinking('between_tools') }, 'disabled'],
    ['thinking off on Opus 5.5', { model: 'claude-opus-5-5', ...thinking('disabled') }, 'adaptive'],
    ['thinking off on Fable', { model: 'claude-fable-5-1', ...thinking('between_tools') }, 'adaptive'],
    [
      'no thinking and most effort',
      { ...thinking('between_tools'), output_config: { effort: 'max' } },
      'effort',
    ],
    ['another effort', { output_config: { effort: 'some' } }, 'effort'],
    ['effort on Haiku 4.5', { model: 'claude-haiku-4-5', output_config: { effort: 'low' } }, 'effort'],
    ['another format', { output_config: { format: { type: 'json' } } }, 'json_schema'],
    ['an open object', withSchema(open), 'additionalProperties'],
    [
      'an open object inside',
      withSchema({ ...open, additionalProperties: false, properties: { a: { type: 'array', items: open } } }),
      'additionalProperties',
    ],
    ['oneOf', withSchema({ oneOf: [] }), 'oneOf'],
    ['a length', withSchema({ type: 'string', maxLength: 5 }), 'maxLength'],
    ['three items', withSchema({ type: 'array', items: { type: 'string' }, minItems: 3 }), 'minItems'],
    ['a format of its own', withSchema({ type: 'string', format: 'phone' }), 'phone'],
    ['a forced tool', { tools: [], tool_choice: { type: 'any' } }, 'tool_choice'],
  ])('refuses %s', async (_, changes, words) => {
    const { status, answer, id } = await post(changes);
    expect([status, answer]).toMatchObject([
      400,
      { type: 'error', error: { type: 'invalid_request_error', message: expect.stringContaining(words) } },
    ]);
    expect(id).toBe(answer.request_id);
  });

  it.each<[string, string, unknown, Record<string, string>, number, string]>([
    ['no key', '/v1/messages', MESSAGE, { ...HEADERS, Authorization: '' }, 401, 'authentication_error'],
    [
      'the key of the old version',
      '/v1/messages',
      MESSAGE,
      { 'x-api-key': ANTHROPIC_TEST_KEY, 'anthropic-version': '2026-10-21' },
      401,
      'authentication_error',
    ],
    [
      'an old version',
      '/v1/messages',
      MESSAGE,
      { ...HEADERS, 'anthropic-version': '2023-06-01' },
      400,
      'invalid_request_error',
    ],
    ['no JSON', '/v1/messages', '{', HEADERS, 400, 'invalid_request_error'],
    ['an unknown model', '/v1/messages', { ...MESSAGE, model: 'gpt' }, HEADERS, 404, 'not_found_error'],
    [
      'a retired model',
      '/v1/messages',
      { ...MESSAGE, model: 'claude-3-7-sonnet-20250219' },
      HEADERS,
      404,
      'not_found_error',
    ],
    ['too large a body', '/v1/messages', { system: 'x'.repeat(100_000) }, HEADERS, 413, 'request_too_large'],
    ['another address', '/v1/complete', {}, HEADERS, 404, 'not_found_error'],
    ['an unknown batch', '/v1/messages/batches/x', undefined, HEADERS, 404, 'not_found_error'],
    ['an empty batch', '/v1/messages/batches', { requests: [] }, HEADERS, 400, 'invalid_request_error'],
    [
      'an id twice',
      '/v1/messages/batches',
      { requests: ['a', 'a'].map((custom_id) => ({ custom_id, params: MESSAGE })) },
      HEADERS,
      400,
      'invalid_request_error',
    ],
    [
      'an id with other signs',
      '/v1/messages/batches',
      { requests: [{ custom_id: 'a b', params: MESSAGE }] },
      HEADERS,
      400,
      'invalid_request_error',
    ],
  ])('refuses %s', async (_, path, body, headers, status, type) => {
    expect(await call(path, body, headers)).toMatchObject({ status, answer: { error: { type } } });
    expect(anthropic.messages).toEqual([]);
  });

  it('has a limit of calls, and says when it ends', async () => {
    const limited = await startAnthropic({ requestsPerMinute: 1 });
    const once = () =>
      fetch(`${limited.url}/v1/messages`, {
        method: 'POST',
        headers: HEADERS,
        body: JSON.stringify(MESSAGE),
      });
    expect((await once()).status).toBe(200);
    const refused = await once();
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(50);
    await limited.close();
  });

  it('thinks unless it is told not to, within max_tokens', async () => {
    anthropic.say('Bonjour', 'Bonjour', 'Bonjour');
    expect((await post({})).answer).toMatchObject({
      stop_reason: 'max_tokens',
      usage: { output_tokens: 100 },
    });
    expect((await post({ max_tokens: 1000 })).answer).toMatchObject({
      stop_reason: 'end_turn',
      content: [{ type: 'thinking' }, { type: 'text', text: 'Bonjour' }],
    });
    expect((await post(thinking('between_tools'))).answer).toMatchObject({
      content: [{ type: 'text', text: 'Bonjour' }],
      usage: { output_tokens: 2 },
    });
  });

  it('keeps what is marked for five minutes, each time anew, by model, and nothing that is too short', async () => {
    const block = (text: string) => ({
      system: [{ type: 'text', text, cache_control: { type: 'ephemeral' } }],
    });
    const long = block('x'.repeat(4000));
    const read = async (changes: Fields) => {
      const { usage } = (await post(changes)).answer;
      return usage;
    };
    expect(await read(long)).toMatchObject({ cache_creation_input_tokens: 1000, cache_read_input_tokens: 0 });
    clock = 299_999;
    expect(await read(long)).toMatchObject({ cache_creation_input_tokens: 0, cache_read_input_tokens: 1000 });
    clock += 299_999;
    expect(await read(long)).toMatchObject({ cache_read_input_tokens: 1000 });
    expect(await read({ ...long, model: 'claude-haiku-5-5' })).toMatchObject({ cache_read_input_tokens: 0 });
    clock += 300_000;
    expect(await read(long)).toMatchObject({ cache_creation_input_tokens: 1000 });
    const short = block('x'.repeat(2000));
    await read(short);
    expect(await read(short)).toMatchObject({ cache_creation_input_tokens: 0, cache_read_input_tokens: 0 });
  });

  it('writes what the schema asks for when nobody has said what', async () => {
    const schema = {
      type: 'object',
      properties: { body: { type: 'string' }, claims: { type: 'array', items: { type: 'string' } } },
      required: ['body', 'claims'],
      additionalProperties: false,
    };
    const { answer } = await post({ ...withSchema(schema), ...thinking('between_tools') });
    expect(answer.content).toEqual([
      { type: 'text', text: '{"body":"Bonjour","claims":[]}', citations: null },
    ]);
  });

  it('has an end of batches of its own, with results that name themselves', async () => {
    const polled = await startAnthropic({ endsAtPoll: 2 });
    const get = async (path: string, body?: string) =>
      fetch(polled.url + path, {
        method: body ? 'POST' : 'GET',
        headers: HEADERS,
        ...(body ? { body } : {}),
      });
    const bad = { ...MESSAGE, temperature: 1 };
    const requests = [MESSAGE, bad].map((params, index) => ({ custom_id: `r${index}`, params }));
    const { id } = JSON.parse(await (await get('/v1/messages/batches', JSON.stringify({ requests }))).text());
    const path = `/v1/messages/batches/${id}`;
    expect(await (await get(path)).json()).toMatchObject({
      processing_status: 'in_progress',
      results_url: null,
    });
    expect((await get(`${path}/results`)).status).toBe(404);
    expect(await (await get(path)).json()).toMatchObject({
      processing_status: 'ended',
      request_counts: { processing: 0, succeeded: 1, errored: 1 },
      results_url: `${polled.url}${path}/results`,
    });
    const lines = (await (await get(`${path}/results`)).text()).trim().split('\n');
    expect(lines.map((line) => JSON.parse(line).result.type).sort()).toEqual(['errored', 'succeeded']);
    await polled.close();
  });
});
