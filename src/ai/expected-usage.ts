import type { Usage } from './claude/message.ts';
import { type ClaudeRequest, type Effort, mostTokens } from './claude/request.ts';

interface Writing {
  model: string;
  effort: Effort;
}

/** About what an answer costs: three signs a token in French, and nearly no text is as long as this. */
export const expectedUsage = ({ system, messages }: ClaudeRequest): Usage => ({
  inputTokens: Math.ceil((system.length + lengthOf(messages)) / 3),
  outputTokens: 600,
  cacheReadTokens: 0,
  cacheWriteTokens: 0,
});

/**
 * An answer as long as it may be, thought included, to a prompt of short tokens whose instructions are cached for the
 * first time: a budget is never passed by what is under way.
 */
export const mostUsage = (ask: ClaudeRequest, { model, effort }: Writing): Usage => ({
  inputTokens: Math.ceil((lengthOf(ask.messages) + JSON.stringify(ask.schema).length) / 2),
  outputTokens: mostTokens(ask, model, effort),
  cacheReadTokens: 0,
  cacheWriteTokens: Math.ceil(ask.system.length / 2),
});

/** A first answer and its repair, which has read the first: both as long as they may be. */
export function mostWithRepair(ask: ClaudeRequest, writing: Writing): Usage {
  const { inputTokens, outputTokens, cacheReadTokens, cacheWriteTokens } = mostUsage(ask, writing);
  return {
    inputTokens: 2 * inputTokens + outputTokens,
    outputTokens: 2 * outputTokens,
    cacheReadTokens,
    cacheWriteTokens: 2 * cacheWriteTokens,
  };
}

const lengthOf = (messages: ClaudeRequest['messages']): number =>
  messages.reduce((sum, { content }) => sum + content.length, 0);
