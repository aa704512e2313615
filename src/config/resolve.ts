import { parseDaysOff } from '../engine/dates/days-off.ts';
import { type Parsed, parseDays, parseHours, parseTimezone } from '../engine/dates/window.ts';
import { LANGUAGES, type SendingWindow } from '../engine/model.ts';
import { isOneAddress } from '../engine/texts/email.ts';
import { isMailbox, isPlainName } from '../engine/texts/mailbox.ts';
import { senderProblem, smsOptOutProblem } from '../engine/texts/sms-sender.ts';
import type { Path, Problem } from '../yaml/located.ts';
import type { ConfigFile } from './schema.ts';

/** The words of hector.yaml, understood. */
export interface Resolved {
  timezone: string;
  country: string;
  window: SendingWindow;
  from: string | null;
  replyTo: string | null;
  unsubscribe: string | null;
  price: { input: number; output: number; cacheRead: number | null } | null;
}

type Report = (path: Path, message: string) => void;

/** Reads what the words mean; every problem at once, each with its place. */
export function resolve(
  file: ConfigFile,
  locate: (path: Path, message: string) => Problem,
): { value: Resolved; problems: Problem[] } {
  const problems: Problem[] = [];
  const report: Report = (path, message) => void problems.push(locate(path, message));
  const understood = <T>(path: Path, parsed: Parsed<T>, otherwise: T): T => {
    if (parsed.ok) return parsed.value;
    report(path, parsed.problem);
    return otherwise;
  };
  const value: Resolved = {
    timezone: understood(['timezone'], parseTimezone(file.timezone), ''),
    country: understood(['country'], parseCountry(file.country), ''),
    window: {
      days: understood(['days'], parseDays(listed(file.days)), []),
      ...understood(['hours'], parseHours(file.hours), { from: 0, to: 0 }),
      daysOff: understood(['days_off'], parseDaysOff(listed(file.days_off ?? '')), []),
    },
    from: file.email.from ?? ownMailbox(file.sender),
    replyTo: file.email.reply_to,
    unsubscribe: file.email.unsubscribe,
    price: priceOf(file, report),
  };
  checkAddresses(file, report);
  checkSms(file, report);
  return { value, problems };
}

const listed = (value: string | readonly string[]): string =>
  typeof value === 'string' ? value : value.join(', ');

/** The price of what is read alone would make every text look cheap. */
function priceOf({ ai: { price } }: ConfigFile, report: Report): Resolved['price'] {
  const { input, output, cache_read } = price;
  if (typeof input === 'number' && typeof output === 'number')
    return { input, output, cacheRead: cache_read ?? null };
  if (typeof (input ?? output ?? cache_read) === 'number')
    report(['ai', 'price'], 'needs both input and output, in US dollars per million tokens');
  return null;
}

function checkAddresses(file: ConfigFile, report: Report): void {
  const { from, reply_to, unsubscribe } = file.email;
  if (from !== null && !isMailbox(from)) report(['email', 'from'], notA(from, MAILBOX));
  if (reply_to !== null && !isMailbox(reply_to)) report(['email', 'reply_to'], notA(reply_to, MAILBOX));
  if (unsubscribe !== null && !isOneAddress(unsubscribe))
    report(['email', 'unsubscribe'], notA(unsubscribe, 'an address such as stop@ads.example'));
  if (file.sender.email !== null && !isOneAddress(file.sender.email))
    report(['sender', 'email'], notA(file.sender.email, 'an address such as claire@ads.example'));
}

function checkSms(file: ConfigFile, report: Report): void {
  const { from, messaging_service, opt_out } = file.sms;
  if (messaging_service !== null && !/^MG[0-9a-f]{32}$/i.test(messaging_service))
    report(['sms', 'messaging_service'], notA(messaging_service, 'MG and 32 hexadecimal digits'));
  if (from === null) return;
  const problem = senderProblem(from);
  if (problem) report(['sms', 'from'], problem);
  else
    for (const language of LANGUAGES) {
      const wording = smsOptOutProblem(from, opt_out[language]);
      if (wording) report(['sms', 'opt_out', language], wording);
    }
}

const MAILBOX = 'an address, or "Claire Durand <claire@ads.example>" without , ; : or quotes in the name';

const notA = (found: string, allowed: string): string => `"${found}" is not allowed; allowed: ${allowed}`;

function ownMailbox({ name, email }: ConfigFile['sender']): string | null {
  if (email === null || name === null) return email;
  return isPlainName(name) ? `${name} <${email}>` : email;
}

/** ISO 3166 alpha-2, any case. */
function parseCountry(text: string): Parsed<string> {
  const code = text.trim().toUpperCase();
  const names = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' });
  if (/^[A-Z]{2}$/.test(code) && code !== 'UK' && code !== 'ZZ' && names.of(code))
    return { ok: true, value: code };
  const meant = code === 'UK' ? 'GB' : code.startsWith('FRANCE') ? 'FR' : null;
  return {
    ok: false,
    problem: `"${text}" is no country code${meant ? `, did you mean "${meant}"?` : '; allowed: two letters such as FR, BE, RE'}`,
  };
}
