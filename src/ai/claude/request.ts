import type { MessageCreateParamsNonStreaming } from '@anthropic-ai/sdk/resources/messages';
import { modelOf, UNKNOWN_MODEL } from './models.ts';

export type Effort = 'low' | 'medium' | 'high';

export interface ClaudeRequest {
  /** The same for many messages: it is marked for the prompt cache. */
  system: string;
  /** In turns; the last one is the user's: current models refuse a beginning of their own answer. */
  messages: readonly { role: 'user' | 'assistant'; content: string }[];
  /**
   * JSON schema of the answer. Objects closed (`additionalProperties: false`), `anyOf` for choices; lengths and
   * ranges are not part of what the API takes.
   */
  schema: Record<string, unknown>;
  /** Tokens of the text itself. */
  maxTokens: number;
}

/** For a model that cannot be kept from thinking, beyond the tokens of the text. */
const ROOM_TO_THINK: Readonly<Record<Effort, number>> = { low: 2000, medium: 4000, high: 8000 };

/** What an answer may take at most, in tokens that are paid for. */
export function mostTokens(
  { maxTokens }: Pick<ClaudeRequest, 'maxTokens'>,
  model: string,
  effort: Effort,
): number {
  const { thinking } = modelOf(model) ?? UNKNOWN_MODEL;
  return maxTokens + (thinking === 'always' ? ROOM_TO_THINK[effort] : 0);
}

/**
 * The body of `POST /v1/messages`, and of each request of a batch. No sampling parameter, no prefill, no metadata:
 * current models refuse the first two, and nothing about a person goes anywhere but into the prompt.
 */
export function messageParams(
  { system, messages, schema, maxTokens }: ClaudeRequest,
  model: string,
  effort: Effort,
): MessageCreateParamsNonStreaming {
  const { thinking, effort: takesEffort } = modelOf(model) ?? UNKNOWN_MODEL;
  return {
    model,
    max_tokens: mostTokens({ maxTokens }, model, effort),
    system: [{ type: 'text', text: system, cache_control: { type: 'ephemeral' } }],
    messages: messages.map(({ role, content }) => ({ role, content })),
    output_config: { format: { type: 'json_schema', schema }, ...(takesEffort ? { effort } : {}) },
    ...(thinking === 'always' ? {} : { thinking: { type: thinking } }),
  };
}
