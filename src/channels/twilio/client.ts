import type RequestClient from 'twilio/lib/base/RequestClient.js';
import type Twilio from 'twilio/lib/rest/Twilio.js';
import { isRecord } from '../../provider-answer.ts';
import { type HttpAnswer, httpCall, NoAnswer } from './http-call.ts';

export interface TwilioOptions {
  accountSid: string;
  authToken: string;
  /** Null: Twilio's own. */
  baseUrl: string | null;
  timeoutMs: number;
  requestsPerSecond: number;
}

/**
 * The SDK with our own transport beneath: one time limit for the whole answer, a limit of size, no redirects, no
 * repeats, and the knowledge whether a request left this machine. The deep imports spare the webhook half of the SDK.
 */
export async function openClient(options: TwilioOptions): Promise<Twilio> {
  const [{ default: Client }, { default: Base }] = await Promise.all([
    import('twilio/lib/rest/Twilio.js'),
    import('twilio/lib/base/RequestClient.js'),
  ]);
  class Transport extends Base {
    override async request<T>(call: RequestClient.RequestOptions<T>) {
      if (call.method !== 'post' && call.method !== 'get')
        throw new Error(`${call.method} is no call of ours`);
      const post = call.method === 'post';
      const fields = post ? call.data : call.params;
      const answer = await httpCall({
        method: post ? 'POST' : 'GET',
        url: call.uri,
        username: options.accountSid,
        password: options.authToken,
        headers: call.headers ?? {},
        fields: isRecord(fields) ? fields : {},
        timeoutMs: options.timeoutMs,
      });
      const body: T = JSON.parse(jsonOf(answer));
      return { statusCode: answer.status, body, headers: answer.headers };
    }
  }
  const client = new Client(options.accountSid, options.authToken, { httpClient: new Transport() });
  if (options.baseUrl !== null) client.api.baseUrl = options.baseUrl.replace(/\/+$/, '');
  return client;
}

/**
 * The SDK's errors keep only the body, so Retry-After travels in it, as `details`. A page that is no JSON is told
 * by its status; an accepted one that cannot be read is an unknown fate.
 */
function jsonOf({ status, text, headers }: HttpAnswer): string {
  const value = parsed(text);
  if (status < 300 && !isRecord(value)) throw new NoAnswer('the answer cannot be read', true);
  const details = { retry_after: headers['retry-after'] ?? null };
  return JSON.stringify(status < 300 ? value : { ...(isRecord(value) ? value : {}), details });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
