import type { ClaudeOutcome } from '../../../src/ai/claude/ask.ts';
import { type Claude, type ClaudeSettings, createClaude } from '../../../src/ai/claude/client.ts';
import type { ClaudeRequest } from '../../../src/ai/claude/request.ts';
import { createPace, type RealTime } from '../../../src/pace.ts';
import { ANTHROPIC_TEST_KEY } from '../../stand-ins/anthropic.ts';

/** Time that passes only when somebody waits for it, and what was waited for, ms. */
export function ownTime(): RealTime & { waits: number[] } {
  const waits: number[] = [];
  let now = 0;
  return {
    waits,
    now: () => now,
    wait: async (ms) => {
      waits.push(ms);
      now += ms;
    },
  };
}

/** Claude at a stand-in. Jitter takes the half of what it may. */
export function claudeAt(url: string, changes: Partial<ClaudeSettings> = {}, time = ownTime()): Claude {
  return createClaude(
    {
      apiKey: ANTHROPIC_TEST_KEY,
      model: 'claude-sonnet-5-5',
      effort: 'low',
      baseUrl: url,
      timeoutMs: 5000,
      pace: createPace(1000, time),
      ...changes,
    },
    { time, random: () => 0.5 },
  );
}

const SCHEMA = {
  type: 'object',
  properties: { body: { type: 'string' } },
  required: ['body'],
  additionalProperties: false,
};

export const aRequest = (changes: Partial<ClaudeRequest> = {}): ClaudeRequest => ({
  system: 'Vous écrivez pour Nexalis.',
  messages: [{ role: 'user', content: 'Une invitation pour Claire Durand.' }],
  schema: SCHEMA,
  maxTokens: 400,
  ...changes,
});

export const answered = (outcome: ClaudeOutcome) => {
  if (outcome.status !== 'answered') throw new Error(`failed: ${outcome.reason}, ${outcome.detail}`);
  return outcome;
};

export const failed = (outcome: ClaudeOutcome) => {
  if (outcome.status !== 'failed') throw new Error(`answered: ${outcome.text}`);
  return outcome;
};

/** A promise, and what resolves it. */
export function deferred<T>(): { promise: Promise<T>; resolve: (value: T) => void } {
  let resolve: (value: T) => void = () => undefined;
  const promise = new Promise<T>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}
