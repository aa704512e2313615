import { describe, expect, it } from 'vitest';
import type { Usage } from '../../../src/ai/claude/message.ts';
import { costOf, DEFAULT_MODEL, MODELS, modelOf } from '../../../src/ai/claude/models.ts';

const usage = (changes: Partial<Usage> = {}): Usage => ({
  inputTokens: 0,
  outputTokens: 0,
  cacheReadTokens: 0,
  cacheWriteTokens: 0,
  ...changes,
});

describe('what a call costs, in millionths of a dollar', () => {
  it.each<[string, string, Partial<Usage>, object, number | null]>([
    ['nothing', 'claude-sonnet-5-5', {}, {}, 0],
    ['input', 'claude-sonnet-5-5', { inputTokens: 1000 }, {}, 2000],
    ['output', 'claude-sonnet-5-5', { outputTokens: 1000 }, {}, 10_000],
    ['read from the cache', 'claude-sonnet-5-5', { cacheReadTokens: 1000 }, {}, 100],
    ['written to the cache', 'claude-sonnet-5-5', { cacheWriteTokens: 1000 }, {}, 2500],
    ['a batch', 'claude-sonnet-5-5', { inputTokens: 1000, outputTokens: 1000 }, { batch: true }, 6000],
    ['a part of a millionth', 'claude-haiku-5-5', { inputTokens: 1 }, {}, 1],
    ['no stray digits', 'claude-haiku-5-5', { inputTokens: 23, cacheReadTokens: 70 }, {}, 3],
    ['a tenth where nothing else is said', 'claude-opus-5', { cacheReadTokens: 1000 }, {}, 500],
    ['a fortieth', 'claude-fable-5-1', { cacheReadTokens: 1000 }, {}, 250],
    ['a short prompt', 'claude-haiku-5-5', { inputTokens: 100_000, outputTokens: 100 }, {}, 10_050],
    ['a long prompt', 'claude-haiku-5-5', { inputTokens: 100_001, outputTokens: 100 }, {}, 50_251],
    ['long with its cache', 'claude-haiku-5-5', { inputTokens: 1, cacheReadTokens: 100_000 }, {}, 5001],
    ['a dated name', 'claude-haiku-4-5-20251001', { inputTokens: 1000 }, {}, 1000],
    ['no published price', 'claude-fable-5-2', { inputTokens: 1 }, {}, null],
    ['an unknown model', 'claude-next', { inputTokens: 1 }, {}, null],
    [
      'own prices',
      'claude-next',
      { inputTokens: 10 },
      { prices: { input: 3, output: 15, cacheRead: null } },
      30,
    ],
    [
      'own, a tenth',
      'claude-next',
      { cacheReadTokens: 10 },
      { prices: { input: 3, output: 15, cacheRead: null } },
      3,
    ],
    [
      'own, for what is read',
      'claude-next',
      { cacheReadTokens: 10 },
      { prices: { input: 3, output: 15, cacheRead: 1 } },
      10,
    ],
    [
      'own before published',
      'claude-haiku-5-5',
      { outputTokens: 10 },
      { prices: { input: 3, output: 15, cacheRead: null } },
      150,
    ],
  ])('%s', (_, model, tokens, options, cost) => {
    expect(costOf(model, usage(tokens), options)).toBe(cost);
  });
});

describe('the table of models', () => {
  it('has the default, with a price', () => expect(modelOf(DEFAULT_MODEL)?.price).toBeTruthy());

  it('has each name once', () => expect(new Set(MODELS.map(({ id }) => id)).size).toBe(MODELS.length));

  it('knows dated names and no other ones', () => {
    expect(modelOf('claude-opus-4-5-20251101')?.id).toBe('claude-opus-4-5');
    expect(modelOf('claude-opus-4-5-2025')).toBeUndefined();
    expect(modelOf('toString')).toBeUndefined();
  });
});
