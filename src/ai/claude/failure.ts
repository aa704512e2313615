import type { APIError } from '@anthropic-ai/sdk';
import { waitMs } from '../../provider-answer.ts';
import type { Tell } from './tell.ts';

/**
 * `bad_key`: refused for who asks, `no_model`: for the model's name, `no_credit`: for money, each until somebody mends
 * it. `down`: no answer, or none that can be read. `stopped`: by the user, with Ctrl-C.
 */
export type ClaudeFailure =
  | 'bad_key'
  | 'no_model'
  | 'no_credit'
  | 'too_large'
  | 'rate_limited'
  | 'down'
  | 'refused'
  | 'cut_off'
  | 'bad_request'
  | 'stopped';

export interface Failure {
  reason: ClaudeFailure;
  /** One line, without secrets. */
  detail: string;
  /** Whether the same call may go better in a moment. */
  again: boolean;
  /** As Claude asked; not set where it said nothing. */
  retryAfterMs?: number;
  /** It may have been done all the same. */
  uncertain?: boolean;
}

export const HALTED: Failure = {
  reason: 'stopped',
  detail: 'stopped before the answer of Claude',
  again: false,
};

/** An HTTP answer that is no success. Types: platform.claude.com/docs/en/api/errors. */
export function failureOf(error: APIError, tell: Tell): Failure {
  const { status, headers } = error;
  const after = headers === undefined ? null : retryAfter(headers);
  return {
    ...byStatus(error, status ?? 0, after, tell(error.apiMessage, 'no reason given')),
    ...(after === null ? {} : { retryAfterMs: after }),
    ...(headers?.get('x-should-retry') === 'false' ? { again: false } : {}),
  };
}

/** The finer of the two, where both are there. */
function retryAfter(headers: Headers): number | null {
  const ms = headers.get('retry-after-ms');
  return waitMs(ms === null ? null : String(Number(ms) / 1000)) ?? waitMs(headers.get('retry-after'));
}

function byStatus(error: APIError, status: number, after: number | null, told: string): Failure {
  const say = (reason: ClaudeFailure, words: string): Failure => ({
    reason,
    detail: `${words}: ${told}`,
    again: false,
  });
  switch (status) {
    case 401:
    case 403:
      return say('bad_key', 'Claude refuses the API key (ANTHROPIC_API_KEY)');
    case 402:
      return say('no_credit', 'the Anthropic account cannot pay');
    case 404:
      return error.type === 'not_found_error' ? say('no_model', 'Claude does not know this') : elsewhere(404);
    case 413:
      return say('too_large', 'the request is too large for Claude');
    case 429:
      return limited(error, after, say);
    case 408:
    case 409:
      return { ...say('down', `Claude cannot answer now (${status})`), again: true, uncertain: true };
    default:
      break;
  }
  if (status >= 500) return broken(error, status, told);
  if (error.type === null) return elsewhere(status);
  return refusedRequest(error, told, say);
}

/** Overloaded, it has not begun; any other 5xx says nothing about what was done. */
const broken = (error: APIError, status: number, told: string): Failure => ({
  reason: 'down',
  detail:
    error.type === null ? `no answer of Claude itself (${status})` : `Claude failed (${status}): ${told}`,
  again: true,
  uncertain: status !== 529,
});

const elsewhere = (status: number): Failure => ({
  reason: 'down',
  detail: `nothing of Claude answers at this address (${status}, ANTHROPIC_BASE_URL)`,
  again: false,
});

type Say = (reason: ClaudeFailure, words: string) => Failure;

/** A rate limit names its end. One of Claude's own 429 that does not is a limit of money, which does not pass. */
function limited(error: APIError, after: number | null, say: Say): Failure {
  const passes = after !== null || error.headers?.get('x-should-retry') === 'true' || error.type === null;
  if (!passes || /spend_limit/.test(error.errorCode ?? ''))
    return say('no_credit', 'a spend limit of the Anthropic account is reached');
  return { ...say('rate_limited', 'Claude asks to slow down'), again: true };
}

/** 400 has no type of its own for money or length: they are told in words. */
function refusedRequest(error: APIError, told: string, say: Say): Failure {
  if (error.errorCode === 'organization_on_hold')
    return say('bad_key', 'the Anthropic account is on hold (ANTHROPIC_API_KEY)');
  if (/credit balance|\b(?:spend(?:ing)?|usage) limits?\b/i.test(told))
    return say('no_credit', 'the Anthropic account has no credit left');
  if (/prompt is too long/i.test(told)) return say('too_large', 'the request is too large for Claude');
  return say('bad_request', 'Claude refuses the request');
}
