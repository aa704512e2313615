import type { Config } from '../config.ts';
import type { ProviderAnswer, SendingDomain } from '../engine/ports/doctor.ts';
import { isRecord, sentence } from '../provider-answer.ts';

/** A doctor waits no longer, whatever http.timeout_seconds says. */
const LONGEST_MS = 8000;
const LARGEST = 1024 * 1024;

interface Question {
  provider: ProviderAnswer['provider'];
  url: string;
  authorization: string;
  judge(answer: Answer): Verdict;
}

interface Answer {
  status: number;
  body: unknown;
}

type Verdict = Pick<ProviderAnswer, 'status' | 'detail'> & { domains?: SendingDomain[] };

/** Each provider that would be called, at once: is the key taken? Nothing is sent or changed. */
export function askProviders({ email, sms, secrets, baseUrls, http }: Config): Promise<ProviderAnswer[]> {
  const questions: Question[] = [];
  if (email.provider === 'resend' && secrets.resendApiKey !== null)
    questions.push({
      provider: 'resend',
      url: `${baseUrls.resend ?? 'https://api.resend.com'}/domains`,
      authorization: `Bearer ${secrets.resendApiKey}`,
      judge: judgeResend,
    });
  const { twilioAccountSid: sid, twilioAuthToken: token } = secrets;
  if (sms.provider === 'twilio' && sid !== null && token !== null)
    questions.push({
      provider: 'twilio',
      url: `${baseUrls.twilio ?? 'https://api.twilio.com'}/2010-04-01/Accounts/${sid}.json`,
      authorization: `Basic ${Buffer.from(`${sid}:${token}`).toString('base64')}`,
      judge: judgeTwilio,
    });
  return Promise.all(questions.map((question) => ask(question, Math.min(http.timeoutMs, LONGEST_MS))));
}

async function ask(question: Question, timeoutMs: number): Promise<ProviderAnswer> {
  const { provider, judge } = question;
  const signal = AbortSignal.timeout(timeoutMs);
  try {
    const response = await fetch(question.url, {
      headers: { Authorization: question.authorization, 'User-Agent': 'hector', Accept: 'application/json' },
      // A key goes to the address it is for, and to no other.
      redirect: 'manual',
      signal,
    });
    const clockAheadMs = aheadOf(response.headers.get('date'));
    const verdict = judge({ status: response.status, body: await read(response) });
    return { provider, domains: null, clockAheadMs, ...verdict };
  } catch (error) {
    const detail = signal.aborted ? `no answer in ${timeoutMs / 1000} s` : reasonOf(error);
    return { provider, status: 'failed', detail, domains: null, clockAheadMs: null };
  }
}

/** Dates in HTTP have whole seconds. */
function aheadOf(date: string | null): number | null {
  const at = Date.parse(date ?? '');
  return Number.isNaN(at) ? null : Date.now() - at - 500;
}

async function read(response: Response): Promise<unknown> {
  let text = '';
  const decoder = new TextDecoder();
  for await (const chunk of response.body ?? []) {
    text += decoder.decode(chunk, { stream: true });
    if (text.length > LARGEST) throw new Error('the answer is too large');
  }
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** `fetch failed` says nothing; its cause does. */
function reasonOf(error: unknown): string {
  const inner = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const said = inner instanceof Error ? inner.message : '';
  return sentence(said, 'the connection failed');
}

function judgeResend({ status, body }: Answer): Verdict {
  const fields = isRecord(body) ? body : {};
  const detail = sentence(fields.message, `HTTP ${status}`);
  if (status === 200)
    return { status: 'accepted', detail: 'the key is accepted', domains: domainsOf(fields.data) };
  switch (fields.name) {
    // 403 says the same of a key that was switched off.
    case 'restricted_api_key':
      return status === 401 ? { status: 'sending_only', detail } : { status: 'refused', detail };
    case 'suspended_api_key':
      return { status: 'suspended', detail };
    default:
      return { status: status === 401 || status === 403 ? 'refused' : 'failed', detail };
  }
}

const domainsOf = (data: unknown): SendingDomain[] =>
  (Array.isArray(data) ? data : []).flatMap((each: unknown) =>
    isRecord(each) && typeof each.name === 'string'
      ? [{ name: sentence(each.name, '?').toLowerCase(), status: sentence(each.status, 'unknown') }]
      : [],
  );

function judgeTwilio({ status, body }: Answer): Verdict {
  const fields = isRecord(body) ? body : {};
  if (status === 200) {
    const standing = sentence(fields.status, 'active');
    if (standing !== 'active') return { status: 'suspended', detail: `the account is ${standing}` };
    const trial = fields.type === 'Trial' ? '; a trial account sends to verified numbers only' : '';
    return { status: 'accepted', detail: `the key is accepted${trial}` };
  }
  const detail = sentence(fields.message ?? fields.detail, `HTTP ${status}`);
  return { status: status === 401 || status === 403 ? 'refused' : 'failed', detail };
}
