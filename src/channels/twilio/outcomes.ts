import type { Outcome } from '../../engine/ports/channels.ts';
import { isRecord, sentence, waitMs } from '../../provider-answer.ts';
import { NoAnswer } from './http-call.ts';

const MINUTE_MS = 60_000;

/** Error codes: twilio.com/docs/api/errors. What is not here is judged by the HTTP status. */
const BY_CODE: Record<number, (said: string, now: number) => Outcome> = {
  20003: broken('Twilio refuses the credentials (TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN)'),
  20404: broken('nothing of Twilio answers at this address or for this account'),
  21408: outOfReach('this country is not allowed in the geo permissions of the Twilio account'),
  21212: broken('Twilio refuses the sender (sms.from)'),
  21603: broken('no sender is set (sms.from or sms.messaging_service)'),
  21606: broken('this sender cannot send SMS (sms.from)'),
  21608: broken('the Twilio account is on trial: only verified numbers can be reached'),
  21612: outOfReach('this sender cannot reach this number (sms.from)'),
  21659: broken('the sender is no number of this Twilio account (sms.from)'),
  21660: broken('the sender belongs to another Twilio account (sms.from)'),
  21703: broken('the messaging service has no sender (sms.messaging_service)'),
  21705: broken('the messaging service is unknown (sms.messaging_service)'),
  30007: broken('carriers filter these texts as spam: change the text'),
  30034: broken('the American sender is not registered for 10DLC'),
  21211: badNumber('not a valid number'),
  21614: badNumber('not a mobile number'),
  21635: badNumber('a landline'),
  30005: badNumber('unknown or inactive number'),
  30006: badNumber('a landline or a carrier that cannot be reached'),
  21610: optedOut('this person has answered STOP'),
  30004: optedOut('blocked by this person or the carrier'),
  21602: unfit('the text is empty'),
  21617: unfit('the text is longer than 1600 characters'),
  14107: laterBy(MINUTE_MS, 'too many messages between the same two numbers'),
  21611: laterBy(60 * MINUTE_MS, 'the queue of this sender is full'),
  30001: laterBy(15 * MINUTE_MS, 'the queue is full'),
  30003: laterBy(60 * MINUTE_MS, 'the handset cannot be reached now'),
  30008: laterBy(60 * MINUTE_MS, 'an unknown error on the way'),
};

type Judge = (said: string, now: number) => Outcome;

function broken(reason: string): Judge {
  return (said) => ({ status: 'misconfigured', reason: `${reason}: ${said}` });
}

/** This number cannot be reached before a person mends something; others can. */
function outOfReach(reason: string): Judge {
  return (said) => ({ status: 'misconfigured', reason: `${reason}: ${said}`, scope: 'message' });
}

function badNumber(reason: string): Judge {
  return (said) => ({ status: 'rejected', reason: `${reason}: ${said}`, badAddress: true });
}

function optedOut(reason: string): Judge {
  return (said) => ({ status: 'rejected', reason: `${reason}: ${said}`, suppress: true });
}

function unfit(reason: string): Judge {
  return (said) => ({ status: 'rejected', reason: `${reason}: ${said}` });
}

function laterBy(ms: number, reason: string): Judge {
  return (said, now) => ({ status: 'retry', at: now + ms, reason: `${reason}: ${said}` });
}

const RATE_WAIT_MS = 1000;

/** The outcome of a call that threw: an answer of Twilio, or none. Nothing may be repeated that may have been sent. */
export function twilioOutcome(error: unknown, now: number): Outcome {
  if (error instanceof NoAnswer && !error.sent) {
    return {
      status: 'retry',
      at: now + MINUTE_MS,
      reason: `Twilio cannot be reached: ${sentence(error.message, 'no connection')}`,
      down: true,
    };
  }
  const { status, code, said, retryAfter } = readError(error);
  const judge = code === null ? undefined : BY_CODE[code];
  if (judge) return judge(said, now);
  if (status === null || status >= 500 || status === 408) {
    return { status: 'uncertain', reason: `no clear answer from Twilio: ${said}`, repeatable: false };
  }
  if (status === 429)
    return {
      status: 'retry',
      at: now + (retryAfter ?? RATE_WAIT_MS),
      reason: `Twilio asks to slow down: ${said}`,
      throttled: true,
    };
  if (status < 400 || status === 401 || status === 403 || status === 404 || status === 405) {
    return { status: 'misconfigured', reason: `Twilio refuses (${status}): ${said}` };
  }
  return { status: 'rejected', reason: `Twilio refuses the SMS (${code ?? status}): ${said}` };
}

/** The whole sender is asked to wait, not one number. */
export const isThrottled = (error: unknown): boolean => readError(error).status === 429;

export interface Created {
  sid: string;
  status: string;
  errorCode?: number | null;
  errorMessage?: string | null;
}

/** A message that Twilio took; some fail at once. */
export function createdOutcome({ sid, status, errorCode, errorMessage }: Created, now: number): Outcome {
  const judge = errorCode ? BY_CODE[errorCode] : undefined;
  const said = sentence(errorMessage, status);
  // With a sid it has been taken: what is still open must not be sent again by itself.
  const outcome = judge?.(said, now);
  if (outcome?.status === 'retry' && sid)
    return { status: 'uncertain', reason: outcome.reason, repeatable: false };
  // Taken, and not delivered: it must not go out again for what a person mends later.
  if (outcome?.status === 'misconfigured' && sid) return { status: 'rejected', reason: outcome.reason };
  if (outcome) return outcome;
  if (status === 'failed' || status === 'undelivered' || status === 'canceled') {
    return { status: 'rejected', reason: `the SMS failed (${errorCode ?? status}): ${said}` };
  }
  return { status: 'sent', providerId: sid || null };
}

function readError(error: unknown): {
  status: number | null;
  code: number | null;
  said: string;
  retryAfter: number | null;
} {
  const said = error instanceof Error ? error.message : '';
  const fields: Record<string, unknown> = error instanceof Error ? { ...error } : {};
  const details = isRecord(fields.details) ? fields.details : {};
  return {
    status: typeof fields.status === 'number' ? fields.status : null,
    code: typeof fields.code === 'number' && fields.code > 0 ? fields.code : null,
    said: sentence(fields.detail ?? said, 'no reason given'),
    retryAfter: waitMs(details.retry_after),
  };
}
