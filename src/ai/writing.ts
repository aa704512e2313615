import type { ModelCall } from '../engine/ports/generation.ts';
import { BY_TEMPLATE, type Writing, type Written } from '../engine/ports/writer.ts';
import type { Assignment, Judged } from './assignment.ts';
import type { Usage } from './claude/message.ts';
import { PROMPT_VERSION } from './prompt/system.ts';

/** What is known of a text before it is written. */
export const writingOf = ({ voice, disc }: Assignment, model: string): Writing => ({
  ...BY_TEMPLATE,
  model,
  prompt: PROMPT_VERSION,
  voice: `${voice.name} ${voice.version}`,
  disc,
});

export const byClaude = (judged: Extract<Judged, { ok: true }>, writing: Writing): Written => ({
  status: 'written',
  subject: judged.subject,
  body: judged.body,
  source: 'claude',
  template: null,
  writing: { ...writing, claims: judged.claims },
});

const NO_TOKENS = { input: 0, output: 0, cacheRead: 0, cacheWrite: 0 };

export const tokensOf = (usage: Usage | null): ModelCall['tokens'] =>
  usage
    ? {
        input: usage.inputTokens,
        output: usage.outputTokens,
        cacheRead: usage.cacheReadTokens,
        cacheWrite: usage.cacheWriteTokens,
      }
    : NO_TOKENS;

/** A repair is paid for like a first answer. */
export function withCall(
  writing: Writing,
  usage: Usage | null,
  call: { cost: number; latencyMs: number },
): Writing {
  const before = writing.tokens ?? NO_TOKENS;
  const more = tokensOf(usage);
  return {
    ...writing,
    tokens: {
      input: before.input + more.input,
      output: before.output + more.output,
      cacheRead: before.cacheRead + more.cacheRead,
      cacheWrite: before.cacheWrite + more.cacheWrite,
    },
    cost: writing.cost + call.cost,
    latencyMs: (writing.latencyMs ?? 0) + call.latencyMs,
  };
}
