import { isRecord } from '../../provider-answer.ts';
import type { Failure } from './failure.ts';
import type { Tell } from './tell.ts';

/** Tokens; the whole input is the sum of the three input counts. Thinking counts as output. */
export interface Usage {
  inputTokens: number;
  outputTokens: number;
  cacheReadTokens: number;
  cacheWriteTokens: number;
}

/** What one message of the model comes to. Refusals and cut-off texts cost as much as any other. */
export type Reading =
  | { status: 'answered'; text: string; model: string; usage: Usage }
  | { status: 'failed'; failure: Failure; usage: Usage | null };

/** Reads a message, of the direct call or of a batch. The model's name is the one it answered under. */
export function readMessage(body: unknown, asked: string, tell: Tell): Reading {
  const usage = isRecord(body) ? usageOf(body.usage) : null;
  if (!isRecord(body) || usage === null || !Array.isArray(body.content)) return unreadable(usage);
  const text = body.content.map(textOf).join('');
  const failure = stopped(body, text, tell);
  if (failure !== null) return { status: 'failed', failure, usage };
  return { status: 'answered', text, model: nameOf(body.model) ?? asked, usage };
}

const unreadable = (usage: Usage | null): Reading => ({
  status: 'failed',
  // What has been paid for once is not asked for again.
  failure: { reason: 'down', detail: 'the answer of Claude cannot be read', again: usage === null },
  usage,
});

/** Thinking comes in blocks of its own, which are nobody's business. */
const textOf = (block: unknown): string =>
  isRecord(block) && block.type === 'text' && typeof block.text === 'string' ? block.text : '';

/** Stop reasons: platform.claude.com/docs, "Handling stop reasons". Only the first two mean a whole text. */
function stopped(body: Record<string, unknown>, text: string, tell: Tell): Failure | null {
  switch (body.stop_reason) {
    case 'end_turn':
    case 'stop_sequence':
      return text.trim() === '' ? { reason: 'refused', detail: 'Claude wrote nothing', again: false } : null;
    case 'refusal':
      return { reason: 'refused', detail: `Claude declines: ${whyRefused(body, tell)}`, again: false };
    default: {
      const cause = tell(body.stop_reason, 'no reason given');
      return { reason: 'cut_off', detail: `Claude stopped before the end: ${cause}`, again: false };
    }
  }
}

const whyRefused = ({ stop_details: details }: Record<string, unknown>, tell: Tell): string =>
  isRecord(details)
    ? tell(details.explanation, tell(details.category, 'no reason given'))
    : 'no reason given';

const nameOf = (model: unknown): string | null =>
  typeof model === 'string' && /^[\w.:@/-]{1,100}$/.test(model) ? model : null;

function usageOf(usage: unknown): Usage | null {
  if (!isRecord(usage)) return null;
  const inputTokens = count(usage.input_tokens);
  const outputTokens = count(usage.output_tokens);
  if (inputTokens === null || outputTokens === null) return null;
  return {
    inputTokens,
    outputTokens,
    cacheReadTokens: count(usage.cache_read_input_tokens) ?? 0,
    cacheWriteTokens: count(usage.cache_creation_input_tokens) ?? 0,
  };
}

const count = (value: unknown): number | null =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : null;
