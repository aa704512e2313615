import { getEventListeners } from 'node:events';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createPace } from '../../../src/pace.ts';
import {
  type AnthropicRules,
  type AnthropicStandIn,
  garbled,
  refused,
  startAnthropic,
} from '../../stand-ins/anthropic.ts';
import { answered, aRequest, claudeAt, deferred, failed, ownTime } from './claude.ts';

let anthropic: AnthropicStandIn;
beforeEach(async () => {
  anthropic = await startAnthropic();
});
afterEach(() => anthropic.close());

const restart = async (rules: AnthropicRules): Promise<void> => {
  await anthropic.close();
  anthropic = await startAnthropic(rules);
};

describe('a second try', () => {
  it('answers after a moment, which is longer each time', async () => {
    anthropic.fail(refused(529, 'overloaded_error'), { fault: 'reset', when: 'before' }, null);
    const time = ownTime();
    expect(answered(await claudeAt(anthropic.url, {}, time).ask(aRequest())).calls).toBe(3);
    expect(time.waits).toEqual([500, 1000]);
  });

  it.each([
    [{ 'retry-after': '3' }, 3000],
    [{ 'retry-after-ms': '250', 'retry-after': '3' }, 250],
    [{ 'retry-after-ms': 'soon', 'retry-after': '3' }, 3000],
    [{ 'retry-after': '20' }, 20_000],
  ])('comes when Claude asks for it: %o', async (headers, ms) => {
    anthropic.fail(refused(429, 'rate_limit_error', 'Slow down.', { headers }), null);
    const time = ownTime();
    expect(answered(await claudeAt(anthropic.url, {}, time).ask(aRequest())).calls).toBe(2);
    expect(time.waits).toEqual([ms]);
  });

  it('is left to others where Claude asks for more than 20 s, and no other question is asked before', async () => {
    anthropic.fail(refused(429, 'rate_limit_error', 'Slow down.', { headers: { 'retry-after': '21' } }));
    const claude = claudeAt(anthropic.url);
    expect(failed(await claude.ask(aRequest()))).toMatchObject({ retryAfterMs: 21_000, calls: 1 });
    expect(failed(await claude.ask(aRequest()))).toMatchObject({
      reason: 'rate_limited',
      retryAfterMs: 21_000,
      calls: 0,
    });
    expect(anthropic.requests).toHaveLength(1);
  });

  it('holds back the others that share the pace', async () => {
    const time = ownTime();
    const pace = createPace(1000, time);
    anthropic.fail(refused(429, 'rate_limit_error', 'Slow down.', { headers: { 'retry-after': '9' } }), null);
    answered(await claudeAt(anthropic.url, { pace }, time).ask(aRequest()));
    expect(time.now()).toBe(9000);
    anthropic.fail(refused(429, 'rate_limit_error', 'Slow down.', { headers: { 'retry-after': '40' } }));
    failed(await claudeAt(anthropic.url, { pace }, time).ask(aRequest()));
    expect(await pace.turn()).toBe(40_000);
  });

  it('is not made for a text that was paid for', async () => {
    const message = { type: 'message', content: null, usage: { input_tokens: 5, output_tokens: 9 } };
    anthropic.fail(garbled(JSON.stringify(message)));
    const outcome = failed(await claudeAt(anthropic.url).ask(aRequest()));
    expect(outcome).toMatchObject({ reason: 'down', calls: 1, usage: { inputTokens: 5, outputTokens: 9 } });
  });

  it('gives each place of the pace back', async () => {
    const time = ownTime();
    const claude = claudeAt(anthropic.url, { pace: createPace(1, time) }, time);
    anthropic.fail(refused(500, 'api_error'), null, refused(401, 'authentication_error'));
    await claude.ask(aRequest());
    await claude.ask(aRequest());
    expect(anthropic.requests).toHaveLength(3);
  });
});

describe('Ctrl-C', () => {
  const HALTED = { status: 'failed', reason: 'stopped', usage: null };

  it('before a call makes none', async () => {
    const outcome = await claudeAt(anthropic.url).ask(aRequest(), AbortSignal.abort());
    expect(outcome).toMatchObject({ ...HALTED, calls: 0 });
    expect(anthropic.requests).toHaveLength(0);
  });

  it('during a call ends it', async () => {
    const control = new AbortController();
    await restart({
      reply: () => {
        control.abort();
        return 'late';
      },
      latency: 1,
    });
    anthropic.fail({ fault: 'hang', when: 'after' });
    const claude = claudeAt(anthropic.url, { timeoutMs: 60_000 });
    expect(await claude.ask(aRequest(), control.signal)).toMatchObject({ ...HALTED, calls: 1 });
  });

  it('leaves nothing behind when there is none', async () => {
    const control = new AbortController();
    const timers = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
    const claude = claudeAt(anthropic.url, { timeoutMs: 60_000 });
    answered(await claude.ask(aRequest()));
    const before = timers();
    for (let times = 0; times < 20; times += 1) answered(await claude.ask(aRequest(), control.signal));
    expect(getEventListeners(control.signal, 'abort')).toEqual([]);
    expect(timers()).toBeLessThan(before + 20);
  });

  it('during a wait ends it', async () => {
    const control = new AbortController();
    const time = {
      ...ownTime(),
      wait: () => {
        control.abort();
        return Promise.reject(new Error('stopped'));
      },
    };
    anthropic.fail(refused(529, 'overloaded_error'));
    const outcome = await claudeAt(anthropic.url, { pace: createPace(1000) }, time).ask(
      aRequest(),
      control.signal,
    );
    expect(outcome).toMatchObject({ ...HALTED, calls: 1 });
    expect(anthropic.requests).toHaveLength(1);
  });

  it('while a place is waited for gives the place back', async () => {
    const control = new AbortController();
    const done = vi.fn();
    const turn = deferred<number>();
    const pace = { turn: () => turn.promise, done, hold: () => undefined };
    const asked = claudeAt(anthropic.url, { pace }).ask(aRequest(), control.signal);
    control.abort();
    expect(await asked).toMatchObject({ ...HALTED, calls: 0 });
    turn.resolve(0);
    await turn.promise;
    expect(done).toHaveBeenCalledOnce();
  });
});

const NO = { headers: { 'x-should-retry': 'false' } };

describe('the circuit', () => {
  it.each([
    ['bad_key', refused(401, 'authentication_error')],
    ['no_model', refused(404, 'not_found_error')],
    ['no_credit', refused(402, 'billing_error')],
  ])('opens at the first %s', async (reason, fault) => {
    const claude = claudeAt(anthropic.url);
    anthropic.fail(fault);
    const first = failed(await claude.ask(aRequest()));
    expect(failed(await claude.ask(aRequest()))).toEqual({ ...first, calls: 0, latencyMs: 0 });
    expect(first.reason).toBe(reason);
    expect(anthropic.requests).toHaveLength(1);
  });

  it.each([
    ['bad_request', refused(400, 'invalid_request_error')],
    ['too_large', refused(413, 'request_too_large')],
  ])('does not care for %s', async (_, fault) => {
    const claude = claudeAt(anthropic.url);
    anthropic.fail(fault, fault, fault, fault, fault);
    for (let times = 0; times < 5; times += 1) failed(await claude.ask(aRequest()));
    answered(await claude.ask(aRequest()));
  });

  const outage = (times: number) => Array.from({ length: times }, () => refused(500, 'api_error', 'No.', NO));
  const asks = async (claude: ReturnType<typeof claudeAt>, times: number) => {
    for (let count = 0; count < times; count += 1) await claude.ask(aRequest());
  };

  it('opens when Claude was down four times in a row', async () => {
    const claude = claudeAt(anthropic.url);
    anthropic.fail(...outage(4));
    await asks(claude, 4);
    expect(failed(await claude.ask(aRequest()))).toMatchObject({ reason: 'down', calls: 0 });
    expect(anthropic.requests).toHaveLength(4);
  });

  it.each([
    ['an answer', null],
    ['a refusal of one request', refused(400, 'invalid_request_error')],
  ])('counts anew after %s', async (_, between) => {
    const claude = claudeAt(anthropic.url);
    anthropic.fail(...outage(3), between, ...outage(3));
    await asks(claude, 7);
    answered(await claude.ask(aRequest()));
  });

  it('closes with an answer to what was asked before', async () => {
    const claude = claudeAt(anthropic.url);
    const held = deferred<void>();
    anthropic.fail({ fault: 'late', until: held.promise }, refused(401, 'authentication_error'));
    const before = claude.ask(aRequest());
    await vi.waitFor(() => expect(anthropic.requests).toHaveLength(1));
    failed(await claude.ask(aRequest()));
    expect(failed(await claude.ask(aRequest())).calls).toBe(0);
    held.resolve();
    answered(await before);
    answered(await claude.ask(aRequest()));
  });

  it('stops those that are about to try again', async () => {
    const time = ownTime();
    const waiting = deferred<void>();
    const claude = claudeAt(anthropic.url, {}, { ...time, wait: () => waiting.promise });
    anthropic.fail(refused(529, 'overloaded_error'));
    const first = claude.ask(aRequest());
    await vi.waitFor(() => expect(anthropic.requests).toHaveLength(1));
    anthropic.fail(refused(401, 'authentication_error'));
    await claude.ask(aRequest());
    waiting.resolve();
    expect(failed(await first)).toMatchObject({ reason: 'down', calls: 1 });
    expect(anthropic.requests).toHaveLength(2);
  });
});
