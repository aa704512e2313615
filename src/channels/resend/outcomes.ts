import type { Outcome } from '../../engine/ports/channels.ts';
import { isRecord, nextMidnightUtc, sentence, waitMs } from '../../provider-answer.ts';

/** Names and meanings: resend.com/docs/api-reference/errors. */
interface Refusal {
  /** Null when no answer came. */
  status: number | null;
  name: string;
  message: string;
}

export type AnswerHeaders = Record<string, string> | null;

const RATE_WAIT_MS = 1000;

/** What a person must mend before any mail can pass. */
const MISCONFIGURED: Record<string, string> = {
  missing_api_key: 'Resend got no API key (RESEND_API_KEY)',
  invalid_api_key: 'Resend refuses the API key (RESEND_API_KEY)',
  restricted_api_key: 'the Resend API key may not do this, or is inactive (RESEND_API_KEY)',
  suspended_api_key: 'the Resend API key is suspended (RESEND_API_KEY)',
  invalid_permission: 'the Resend API key has no right to send (RESEND_API_KEY)',
  invalid_access: 'the Resend API key has no right to send (RESEND_API_KEY)',
  email_above_quota: 'the Resend account is above its quota',
  monthly_quota_exceeded: 'the monthly quota of the Resend account is used up',
  invalid_from_address: 'Resend refuses the sender address (email.from)',
  invalid_region: 'Resend refuses the region of the sending domain',
  security_error: 'Resend holds the account back for a security reason',
  invalid_idempotency_key: 'Resend refuses the idempotency key',
  not_found: 'nothing of Resend answers at this address (RESEND_BASE_URL)',
  method_not_allowed: 'nothing of Resend answers at this address (RESEND_BASE_URL)',
};

/** Maps what the SDK gives back as an error, which is any JSON the server cared to send. */
export function resendOutcome(error: unknown, headers: AnswerHeaders, now: number): Outcome {
  const refusal = readRefusal(error);
  const said = MISCONFIGURED[refusal.name];
  if (said !== undefined)
    return {
      status: 'misconfigured',
      reason: `${said}: ${refusal.message}`,
      ...(refusal.name === 'invalid_from_address' ? OF_SENDER : {}),
    };
  switch (refusal.name) {
    case 'rate_limit_exceeded':
      return later(headers, now, refusal);
    case 'daily_quota_exceeded':
      return {
        status: 'retry',
        at: nextMidnightUtc(now),
        reason: 'the daily quota of the Resend account is used up',
        throttled: true,
      };
    // The first call with this key is still under way or has just been taken: it may well have been sent.
    case 'concurrent_idempotent_requests':
    case 'resource_locked':
      return {
        status: 'uncertain',
        reason: `Resend is still busy with the same mail: ${refusal.message}`,
        repeatable: true,
      };
    case 'invalid_idempotent_request':
      return {
        status: 'uncertain',
        reason: `Resend knows this key with another text: ${refusal.message}`,
        repeatable: false,
      };
    default:
      return byStatus(refusal, headers, now);
  }
}

/** Mails from other addresses can pass. */
const OF_SENDER = { scope: 'sender' } as const;

function byStatus(refusal: Refusal, headers: AnswerHeaders, now: number): Outcome {
  const { status, name, message } = refusal;
  // A 5xx or no answer may hide a mail that went out; the key makes a repeat safe for 24 hours.
  if (status === null || status >= 500 || status === 408) {
    return {
      status: 'uncertain',
      reason: status === null ? `no answer from Resend: ${message}` : `Resend failed (${status}): ${message}`,
      repeatable: true,
    };
  }
  // 403 by this name: the domain of the sender is not verified.
  if (status === 401 || status === 403)
    return {
      status: 'misconfigured',
      reason: `Resend refuses (${status}): ${message}`,
      ...(name === 'validation_error' ? OF_SENDER : {}),
    };
  if (status < 400 || status === 404 || status === 405) {
    return {
      status: 'misconfigured',
      reason: `nothing of Resend answers at this address (${status}): ${message}`,
    };
  }
  if (status === 409)
    return { status: 'uncertain', reason: `Resend sees a conflict: ${message}`, repeatable: false };
  if (status === 429) return later(headers, now, refusal);
  return refusedMessage(message);
}

/** A mail that Resend will never take. A bad sender is no fault of this mail: it would stop all of them. */
function refusedMessage(said: unknown): Outcome {
  const message = sentence(said, 'no reason given');
  const field = /[`'"](to|from|reply_to)\b/.exec(message)?.[1];
  if (field === 'from')
    return {
      status: 'misconfigured',
      reason: `Resend refuses the sender address (email.from): ${message}`,
      ...OF_SENDER,
    };
  return {
    status: 'rejected',
    reason: `Resend refuses the mail: ${message}`,
    ...(field === 'to' ? { badAddress: true } : {}),
  };
}

/**
 * The outcomes of an accepted batch in permissive mode: `errors` names the places that were refused, `data` holds
 * ids of the others only, in order. Where the two do not add up, nobody can say which mail has which id.
 */
export function batchOutcomes(body: unknown, size: number): Outcome[] {
  if (!isRecord(body) || !Array.isArray(body.data)) return Array.from({ length: size }, unreadable);
  const refused = new Map<number, Outcome>();
  for (const error of Array.isArray(body.errors) ? body.errors : []) {
    if (isRecord(error) && typeof error.index === 'number')
      refused.set(error.index, refusedMessage(error.message));
  }
  const ids = body.data.map(idOf);
  const complete = ids.length + refused.size === size && !ids.includes(null);
  let taken = 0;
  return Array.from({ length: size }, (_, index): Outcome => {
    const refusal = refused.get(index);
    if (refusal) return refusal;
    if (!complete)
      return {
        status: 'uncertain',
        reason: 'the answer of Resend names another number of mails',
        repeatable: false,
      };
    return { status: 'sent', providerId: ids[taken++] ?? null };
  });
}

/** The outcome of one accepted mail: 200 `{id}`. */
export function singleOutcome(body: unknown): Outcome {
  const id = idOf(body);
  return id === null ? unreadable() : { status: 'sent', providerId: id };
}

const idOf = (body: unknown): string | null =>
  isRecord(body) && typeof body.id === 'string' && body.id !== '' ? body.id.slice(0, 200) : null;

const unreadable = (): Outcome => ({
  status: 'uncertain',
  reason: 'the answer of Resend cannot be read',
  repeatable: true,
});

const later = (headers: AnswerHeaders, now: number, { message }: Refusal): Outcome => ({
  status: 'retry',
  at: now + (waitMs(headers?.['retry-after']) ?? waitMs(headers?.['ratelimit-reset']) ?? RATE_WAIT_MS),
  reason: `Resend asks to slow down: ${message}`,
  throttled: true,
});

function readRefusal(error: unknown): Refusal {
  const record = isRecord(error) ? error : {};
  return {
    status: typeof record.statusCode === 'number' ? record.statusCode : null,
    name: typeof record.name === 'string' ? record.name : '',
    message: sentence(record.message, 'no reason given'),
  };
}
