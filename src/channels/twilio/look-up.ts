import type Twilio from 'twilio/lib/rest/Twilio.js';
import type { Fate, Pending, SmsEnvelope } from '../../engine/ports/channels.ts';
import type { Pace } from '../../pace.ts';
import { foldText, notListed, notReadable } from '../look-up.ts';
import { createdOutcome, isThrottled, twilioOutcome } from './outcomes.ts';

type PendingSms = Pending<SmsEnvelope>;
type Messages = Twilio['messages'];
type Listed = Awaited<ReturnType<Messages['page']>>['instances'][number];
type Page = Pick<Awaited<ReturnType<Messages['page']>>, 'instances' | 'nextPageUrl'> & {
  nextPage(): Promise<Page> | undefined;
};

const PAGE_SIZE = 100;
const MOST_PAGES = 10;
/** Our clock and Twilio's may differ by as much. */
const SKEW_MS = 2 * 60_000;
/** A text of ours cannot have been taken later than this after its claim, if it was altered on the way. */
const ALTERED_WITHIN_MS = 10 * 60_000;

/**
 * The fate of SMS, from Twilio's list of each number: there is no filter on status, and none on the date either,
 * since a queued message has no DateSent (twilio.com/docs/messaging/api/message-resource).
 */
export async function lookUpSms(
  messages: Messages,
  pace: Pace,
  pending: readonly PendingSms[],
  now: number,
): Promise<Fate[]> {
  const fates = new Map<PendingSms, Fate>();
  let unreadable: string | null = null;
  for (const to of new Set(pending.map(({ envelope }) => envelope.to))) {
    const mine = pending.filter(({ envelope }) => envelope.to === to);
    const read: Listed[] | string = unreadable ?? (await readList(messages, pace, mine, to, now));
    // What keeps one list from being read keeps the others as well, and each try may last until its time-out.
    if (typeof read === 'string') unreadable = read;
    for (const one of mine) if (typeof read === 'string') fates.set(one, notReadable(one, read, now));
    if (typeof read !== 'string') for (const [one, fate] of settle(mine, read, now)) fates.set(one, fate);
  }
  return pending.map((one) => fates.get(one) ?? { fate: 'too_early' });
}

/** All that may be ours to this number, or why the list cannot be read. */
async function readList(
  messages: Messages,
  pace: Pace,
  pending: readonly PendingSms[],
  to: string,
  now: number,
): Promise<Listed[] | string> {
  const oldest = Math.min(...pending.map(({ claimedAt }) => claimedAt)) - SKEW_MS;
  const listed: Listed[] = [];
  let next: () => Promise<Page> | undefined = () => messages.page({ to, pageSize: PAGE_SIZE });
  try {
    for (let pages = 0; pages < MOST_PAGES; pages += 1) {
      if ((await pace.turn()) > 0) return 'Twilio asked to slow down';
      const page = await Promise.resolve(next()).finally(pace.done);
      listed.push(...(page?.instances ?? []));
      // Newest first; one that is out of order is no reason to stop, a whole page of old ones is.
      const old = page?.instances.every(({ dateCreated }) => createdAt(dateCreated) < oldest);
      if (!page?.nextPageUrl || old) return listed;
      next = () => page.nextPage();
    }
    return 'the list of Twilio for this number is too long to be read';
  } catch (error) {
    const outcome = twilioOutcome(error, now);
    if (outcome.status === 'retry' && isThrottled(error)) pace.hold(outcome.at - now);
    return 'reason' in outcome ? outcome.reason : 'the list of Twilio cannot be read';
  }
}

/** One that cannot be read is taken as new: it is compared rather than passed over. */
const createdAt = (date: Date | null): number => {
  const at = date?.getTime() ?? Number.NaN;
  return Number.isNaN(at) ? Number.POSITIVE_INFINITY : at;
};

/** Each listed message settles one of ours, the first in time first. */
function settle(
  pending: readonly PendingSms[],
  listed: readonly Listed[],
  now: number,
): Map<PendingSms, Fate> {
  const taken = new Set(pending.flatMap((one) => one.taken));
  const free = listed
    .filter(({ direction, sid }) => direction.startsWith('outbound') && !taken.has(sid))
    .sort((a, b) => createdAt(a.dateCreated) - createdAt(b.dateCreated));
  const inTime = [...pending].sort((a, b) => a.claimedAt - b.claimedAt || a.messageId - b.messageId);
  const found = new Map<PendingSms, Listed>();
  for (const one of inTime) {
    const index = free.findIndex((item) => isFrom(item, one) && isTextOf(item, one) && isSince(item, one));
    const [match] = index === -1 ? [] : free.splice(index, 1);
    if (match) found.set(one, match);
  }
  return new Map(
    inTime.map((one) => {
      const match = found.get(one);
      return [one, match ? fateOf(match, now) : unmatched(one, free, now)];
    }),
  );
}

const isSince = ({ dateCreated }: Listed, { claimedAt }: PendingSms): boolean =>
  createdAt(dateCreated) >= claimedAt - SKEW_MS;

const isFrom = ({ from, messagingServiceSid }: Listed, { envelope }: PendingSms): boolean =>
  envelope.messagingService === null
    ? from === envelope.from
    : messagingServiceSid === envelope.messagingService;

/** A trial account puts its own words before the text; a messaging service may make quotes and dashes plain. */
const isTextOf = ({ body }: Listed, { envelope }: PendingSms): boolean =>
  foldText((body ?? '').replace(/^Sent from your Twilio trial account - /, '')) === foldText(envelope.body);

/** An empty text (redacted by the account), or one that was altered, may well be ours: it must not go out again. */
function unmatched(one: PendingSms, others: readonly Listed[], now: number): Fate {
  const absence = notListed(one, now);
  const doubtful = others.some(
    (item) =>
      isFrom(item, one) &&
      isSince(item, one) &&
      createdAt(item.dateCreated) <= one.claimedAt + ALTERED_WITHIN_MS &&
      !['failed', 'undelivered', 'canceled'].includes(item.status),
  );
  return doubtful && absence.fate === 'absent'
    ? { fate: 'unknown', reason: 'Twilio lists another text to this number from that time' }
    : absence;
}

/** With a sid it has been taken: what failed since then is judged by its code, and never sent again by itself. */
function fateOf({ sid, status, errorCode, errorMessage, dateCreated }: Listed, now: number): Fate {
  const outcome = createdOutcome({ sid, status, errorCode, errorMessage }, now);
  switch (outcome.status) {
    case 'sent':
      return { fate: 'sent', providerId: sid, at: Math.min(createdAt(dateCreated), now) };
    case 'rejected':
      return {
        fate: 'rejected',
        reason: outcome.reason,
        ...(outcome.badAddress ? { badAddress: true } : {}),
        ...(outcome.suppress ? { suppress: true } : {}),
      };
    case 'misconfigured':
      return { fate: 'rejected', reason: outcome.reason };
    case 'retry':
    case 'uncertain':
      return { fate: 'unknown', reason: outcome.reason };
  }
}
