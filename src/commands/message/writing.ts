import type { MessageDetail } from '../../engine/ports/messages.ts';
import type { Writing } from '../../engine/ports/writer.ts';
import { costText, usd } from '../money.ts';
import { claimJson, claimLine, writtenBy } from './review/print.ts';

/** Stable keys, documented in docs/json.md. Null: the text is older than what is kept of texts. */
export const writingJson = (writing: Writing | null) =>
  writing && {
    fallback: writing.fallback,
    detail: writing.detail,
    model: writing.model,
    prompt: writing.prompt,
    voice: writing.voice,
    disc: writing.disc?.profile ?? null,
    disc_source: writing.disc?.source ?? null,
    tokens: writing.tokens && {
      input: writing.tokens.input,
      output: writing.tokens.output,
      cache_read: writing.tokens.cacheRead,
      cache_write: writing.tokens.cacheWrite,
    },
    cost_usd: usd(writing.cost),
    latency_ms: writing.latencyMs,
    kept: writing.kept,
    repaired: writing.repaired,
    claims: writing.claims.map(claimJson),
  };

/** How the text came about, for a person to read: label and line, null where there is nothing to say. */
export function writingLines({ message, writing, costBefore }: MessageDetail): [string, string | null][] {
  const { source, template } = message;
  const by = writtenBy({ source, template, writing });
  if (!writing) return [['By', by]];
  const { model, prompt, voice, disc, tokens, cost, latencyMs, claims } = writing;
  const before = source === 'operator' && model ? `${by}; before, by ${model}` : by;
  return [
    ['By', before],
    ['Prompt', prompt && `${prompt}${voice ? `, voice ${voice}` : ''}`],
    ['DISC', disc && `${disc.profile} (${disc.source})`],
    [
      'Tokens',
      tokens &&
        `${tokens.input} in, ${tokens.output} out, ${tokens.cacheRead} from the cache, ${tokens.cacheWrite} into it`,
    ],
    [
      'Cost',
      model &&
        `${costLine(cost, costBefore)}${writing.kept ? ' (asked for earlier)' : ''}${tookLine(latencyMs)}`,
    ],
    ...claims.map((claim): [string, string] => ['Fact', claimLine(claim)]),
  ];
}

/** A text that was written anew has been paid for as well. */
const costLine = (cost: number, before: number): string =>
  before === 0
    ? costText(cost)
    : `${costText(cost + before)}: ${costText(cost)} for this text, ${costText(before)} before it was written anew`;

const tookLine = (latencyMs: number | null): string => (latencyMs === null ? '' : `, in ${latencyMs} ms`);
