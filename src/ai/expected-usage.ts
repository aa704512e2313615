import type { Usage } from './claude/message.ts';
import type { ClaudeRequest } from './claude/request.ts';

/** A first answer and its repair, both as long as they may be: a budget is never passed by texts under way. */
export function mostUsage(ask: ClaudeRequest): Usage {
  const usage = expectedUsage(ask);
  const outputTokens = 2 * ask.maxTokens;
  return { ...usage, inputTokens: 2 * usage.inputTokens + outputTokens, outputTokens };
}

/** About three signs a token in French; nearly no text is as long as this. */
export const expectedUsage = ({ system, messages }: ClaudeRequest): Usage => ({
  inputTokens: Math.ceil(
    (system.length + messages.reduce((sum, { content }) => sum + content.length, 0)) / 3,
  ),
  outputTokens: 600,
  cacheReadTokens: 0,
  cacheWriteTokens: 0,
});
