import type { NameAnswer } from './ports/doctor.ts';

/** One record of a sending domain, judged. */
export interface RecordFinding {
  status: 'ok' | 'warn' | 'fail';
  what: string;
  /** What to put into the zone, or where to look. */
  cure: string | null;
}

/** Resend sends by Amazon SES, with a return path on this label unless another was chosen there. */
const RETURN_PATH = 'send';
const SELECTOR = 'resend';

/** The names whose records matter for one sending domain. */
export const recordNames = (domain: string) => ({
  spf: domain,
  returnPath: `${RETURN_PATH}.${domain}`,
  dkim: `${SELECTOR}._domainkey.${domain}`,
  dmarc: dmarcNames(domain),
});

/** Its own, and those above it down to two labels: the first that has a record counts (RFC 7489 §6.6.3; as a walk). */
function dmarcNames(domain: string): string[] {
  const labels = domain.split('.');
  const domains = labels.map((_, index) => labels.slice(index).join('.'));
  return domains.filter((each) => each.includes('.')).map((each) => `_dmarc.${each}`);
}

const unanswered = (name: string, reason: string): RecordFinding => ({
  ...{ status: 'warn', what: `${name} could not be looked up: ${reason}`, cure: 'hector doctor' },
});

const ofKind = (texts: readonly string[], version: RegExp): string[] =>
  texts.map((text) => text.trim()).filter((text) => version.test(text));

const SPF = /^v=spf1(?: |$)/i;

/** RFC 7208 §4.5: more than one record is a permanent error, as good as none. */
function onlySpf(name: string, answer: NameAnswer): RecordFinding | string | null {
  if (answer.status === 'failed') return unanswered(`SPF of ${name}`, answer.reason);
  const records = answer.status === 'found' ? ofKind(answer.texts, SPF) : [];
  return records.length > 1 ? tooMany(name, records.length, 'SPF', 'v=spf1 …') : (records[0] ?? null);
}

const tooMany = (name: string, count: number, kind: string, record: string): RecordFinding => ({
  status: 'fail',
  what: `${name} has ${count} ${kind} records: receivers take them for none`,
  cure: `keep one TXT "${record}" at ${name}`,
});

/** Of the domain itself: not needed by Resend, but missed by some receivers. */
export function judgeSpf(domain: string, answer: NameAnswer): RecordFinding {
  const found = onlySpf(domain, answer);
  if (typeof found === 'object' && found !== null) return found;
  if (found === null)
    return { status: 'warn', what: `${domain} has no SPF record`, cure: `TXT "v=spf1 ~all" at ${domain}` };
  if (/(?:^| )\+?all\b/i.test(found))
    return {
      status: 'fail',
      what: `SPF of ${domain} lets everybody send (${found})`,
      cure: `"~all" in place of "+all" at ${domain}`,
    };
  return { status: 'ok', what: `SPF of ${domain}: ${found}`, cure: null };
}

/**
 * Where bounces go: this is what receivers check SPF by, and it must let Amazon SES send.
 * @param verified by Resend, which knows of another return path, and looks into includes and redirects: then only a
 *   record that is broken is a fault
 */
export function judgeReturnPath(domain: string, answer: NameAnswer, verified = false): RecordFinding {
  const status = verified ? 'warn' : 'fail';
  const name = `${RETURN_PATH}.${domain}`;
  const wanted = `TXT "v=spf1 include:amazonses.com ~all" at ${name}, as Resend shows it`;
  const found = onlySpf(name, answer);
  if (typeof found === 'object' && found !== null) return found;
  if (found === null) return { status, what: `${name} has no SPF record`, cure: wanted };
  return /(?:^| )\+?include:(?:[\w-]+\.)*amazonses\.com(?: |$)/i.test(found)
    ? { status: 'ok', what: `SPF of ${name}: ${found}`, cure: null }
    : {
        status,
        what: `SPF of ${name} does not name Amazon SES, by which Resend sends (${found})`,
        cure: wanted,
      };
}

/** RFC 6376 §3.6.1: `p=` empty means that the key was taken back. */
export function judgeDkim(domain: string, answer: NameAnswer): RecordFinding {
  const name = `${SELECTOR}._domainkey.${domain}`;
  const wanted = `the TXT record that Resend shows, at ${name}`;
  if (answer.status === 'failed') return unanswered(`DKIM at ${name}`, answer.reason);
  const records = answer.status === 'found' ? ofKind(answer.texts, /(?:^|;)\s*p=/i) : [];
  if (records.length > 1)
    return { status: 'fail', what: `${name} has ${records.length} DKIM keys`, cure: `keep one: ${wanted}` };
  const [record] = records;
  if (record === undefined) return { status: 'fail', what: `${name} has no DKIM key`, cure: wanted };
  const key = /(?:^|;)\s*p=([^;]*)/i.exec(record)?.[1]?.replace(/\s/g, '') ?? '';
  if (key === '') return { status: 'fail', what: `the DKIM key at ${name} was taken back`, cure: wanted };
  return { status: 'ok', what: `DKIM at ${name}: a key of ${key.length} signs`, cure: null };
}

const DMARC = /^v=DMARC1\s*(?:;|$)/i;

/**
 * @param answers in the order of `recordNames`: the first name with a record counts. Several records at one name are as
 *   good as none (RFC 7489 §6.6.3).
 */
export function judgeDmarc(
  domain: string,
  answers: readonly (readonly [string, NameAnswer])[],
): RecordFinding {
  for (const [name, answer] of answers) {
    if (answer.status === 'failed') return unanswered(`DMARC at ${name}`, answer.reason);
    const records = answer.status === 'found' ? ofKind(answer.texts, DMARC) : [];
    if (records.length > 1) return tooMany(name, records.length, 'DMARC', 'v=DMARC1; …');
    const [record] = records;
    if (record !== undefined) return policyOf(name, record, name === `_dmarc.${domain}`);
  }
  const cure = `TXT "v=DMARC1; p=none; rua=mailto:dmarc@${domain}" at _dmarc.${domain}`;
  return { status: 'warn', what: `${domain} has no DMARC record: large receivers ask for one`, cure };
}

function policyOf(name: string, record: string, own: boolean): RecordFinding {
  const tag = (key: string): string | undefined =>
    new RegExp(`;\\s*${key}\\s*=\\s*(\\w+)`, 'i').exec(record)?.[1]?.toLowerCase();
  const policy = own ? tag('p') : (tag('sp') ?? tag('p'));
  if (policy !== undefined && ['none', 'quarantine', 'reject'].includes(policy))
    return {
      status: 'ok',
      what: `DMARC at ${name}: ${own || !tag('sp') ? 'p' : 'sp'}=${policy}`,
      cure: null,
    };
  return {
    status: 'fail',
    what: `DMARC at ${name} has no policy that is known (${record})`,
    cure: `p=none, p=quarantine or p=reject at ${name}`,
  };
}
