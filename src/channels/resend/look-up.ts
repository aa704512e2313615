import type { EmailEnvelope, Fate, Outcome, Pending } from '../../engine/ports/channels.ts';
import { addressOf } from '../../engine/texts/email.ts';
import { isRecord } from '../../provider-answer.ts';
import { foldText, notListed, notReadable } from '../look-up.ts';
import type { Exchange } from './exchange.ts';

type PendingMail = Pending<EmailEnvelope>;

/** One mail of `GET /emails`, which has neither text nor tags. */
interface Listed {
  id: string;
  to: string[];
  /** UTC ms. */
  createdAt: number;
}

/** Why the list says nothing: for now, or for good. */
interface Unreadable {
  reason: string;
  forGood: boolean;
}

const PAGE_SIZE = 100;
const MOST_PAGES = 200;
/** Our clock and Resend's may differ by as much. */
const SKEW_MS = 5 * 60_000;

/**
 * The fate of e-mails, from `GET /emails`, newest first, back to the first of the calls. What was sent to the same
 * address is confirmed by its tags (campaign, step, enrolment), which are those of one touch only.
 */
export async function lookUpEmails(exchange: Exchange, pending: readonly PendingMail[]): Promise<Fate[]> {
  const since = Math.min(...pending.map(({ claimedAt }) => claimedAt)) - SKEW_MS;
  const read = await readList(exchange, since, new Set(pending.map(recipientOf)));
  if (!Array.isArray(read)) return pending.map((one) => unread(one, read, exchange.now));
  const used = new Set(pending.flatMap(({ taken }) => taken));
  const fates: Fate[] = [];
  for (const one of pending) {
    const fate = await find(exchange, one, read, used);
    if (fate.fate === 'sent') used.add(fate.providerId);
    fates.push(fate);
  }
  return fates;
}

const recipientOf = ({ envelope }: PendingMail): string => addressOf(envelope.to).toLowerCase();

const unread = (one: PendingMail, { reason, forGood }: Unreadable, now: number): Fate =>
  forGood ? { fate: 'unknown', reason } : notReadable(one, reason, now);

/** The mails to these recipients since then. */
async function readList(
  exchange: Exchange,
  since: number,
  recipients: ReadonlySet<string>,
): Promise<Listed[] | Unreadable> {
  const found: Listed[] = [];
  let after: string | null = null;
  for (let pages = 0; pages < MOST_PAGES; pages += 1) {
    const page: Page | Unreadable = await readPage(exchange, after);
    if ('reason' in page) return page;
    found.push(...page.mails.filter(({ to }) => to.some((address) => recipients.has(address))));
    const last = page.mails.at(-1);
    if (!page.more || !last || last.createdAt < since) return found;
    after = last.id;
  }
  return { reason: `Resend has more than ${MOST_PAGES * PAGE_SIZE} newer mails`, forGood: true };
}

interface Page {
  mails: Listed[];
  more: boolean;
}

const readPage = async (exchange: Exchange, after: string | null): Promise<Page | Unreadable> =>
  unreadableOr(
    await exchange.call<Page | Unreadable>(
      (signal) =>
        exchange.client.emails.list({ limit: PAGE_SIZE, ...(after === null ? {} : { after }) }, { signal }),
      pageOf,
      sendingOnly,
    ),
  );

/** What the outcome of a sending call would say is here only why nothing can be read. */
function unreadableOr<T extends object>(answer: T | Outcome): T | Unreadable {
  if (!('status' in answer)) return answer;
  return { reason: 'reason' in answer ? answer.reason : UNREADABLE.reason, forGood: false };
}

const UNREADABLE: Unreadable = { reason: 'the list of Resend cannot be read', forGood: false };

/** 401 `restricted_api_key`: it will not be able to read later either (403 of that name: an inactive key). */
const sendingOnly = (error: unknown): Unreadable | null =>
  isRecord(error) && error.name === 'restricted_api_key' && error.statusCode === 401
    ? { reason: 'the Resend API key may only send, so the list cannot be read', forGood: true }
    : null;

function pageOf(body: unknown): Page | Unreadable {
  if (!isRecord(body) || !Array.isArray(body.data)) return UNREADABLE;
  const mails = body.data.map(listedOf);
  const sound = mails.filter((mail) => mail !== null);
  return sound.length === mails.length ? { mails: sound, more: body.has_more === true } : UNREADABLE;
}

function listedOf(item: unknown): Listed | null {
  if (!isRecord(item) || typeof item.id !== 'string') return null;
  const to = [item.to].flat().map((address) => addressOf(String(address)).toLowerCase());
  // Postgres style, `2026-11-23 09:00:05.674981+00`. One that cannot be read is compared rather than passed over.
  const createdAt = Date.parse(String(item.created_at));
  return { id: item.id, to, createdAt: Number.isNaN(createdAt) ? Number.POSITIVE_INFINITY : createdAt };
}

/** Each listed mail settles one of ours. */
async function find(
  exchange: Exchange,
  one: PendingMail,
  listed: readonly Listed[],
  used: ReadonlySet<string>,
): Promise<Fate> {
  const { now } = exchange;
  for (const { id, to, createdAt } of listed) {
    if (used.has(id) || createdAt < one.claimedAt - SKEW_MS || !to.includes(recipientOf(one))) continue;
    const same = await isSame(exchange, id, one.envelope);
    if (typeof same !== 'boolean') return unread(one, same, now);
    // Bounced or complained of since then: it was sent all the same, and its event is another matter.
    if (same) return { fate: 'sent', providerId: id, at: Math.min(createdAt, now) };
  }
  return notListed(one, now);
}

async function isSame(
  exchange: Exchange,
  id: string,
  envelope: EmailEnvelope,
): Promise<boolean | Unreadable> {
  const answer = await exchange.call<{ same: boolean } | Unreadable>(
    (signal) => exchange.client.emails.get(id, { signal }),
    (body) => (isRecord(body) ? { same: isTouch(body, envelope) } : UNREADABLE),
    sendingOnly,
  );
  const read = unreadableOr(answer);
  return 'same' in read ? read.same : read;
}

/** By its tags; where the answer has none (they are optional), by subject and text. */
function isTouch({ tags, subject, text }: Record<string, unknown>, envelope: EmailEnvelope): boolean {
  if (!Array.isArray(tags) || tags.length === 0)
    return (
      foldText(String(subject)) === foldText(envelope.subject) &&
      foldText(String(text)) === foldText(envelope.text)
    );
  const given = new Map(tags.filter(isRecord).map(({ name, value }) => [name, value]));
  return Object.entries(envelope.tags).every(([name, value]) => given.get(name) === value);
}
