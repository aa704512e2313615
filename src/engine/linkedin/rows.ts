import { readLinkedin } from '../import/linkedin.ts';
import { classifyInbound } from '../inbound/classify.ts';
import { connectedOn, invitedAt, messageAt } from './dates.ts';
import type { Cells } from './files.ts';
import type { RowSkip } from './found.ts';

interface Skipped {
  skip: RowSkip;
}

export interface ConnectionRow {
  first: string;
  last: string;
  company: string | null;
  slug: string | null;
  /** ISO date, of a zone that LinkedIn does not name. */
  on: string;
}

export interface InvitationRow {
  name: string;
  incoming: boolean;
  inviter: string | null;
  invitee: string | null;
  /** UTC ms. */
  at: number;
  text: string | null;
}

export interface MessageRow {
  conversation: string;
  name: string;
  sender: string;
  recipients: string[];
  /** UTC ms. */
  at: number;
  text: string;
  /** Says nothing, unless it comes from somebody whom we have touched. */
  doubt: 'spam' | 'empty' | null;
}

/** The files leave zones open: no date of them is a day off. */
const DAY_MS = 24 * 3_600_000;

const orNull = (text: string): string | null => (text === '' ? null : text);

/** The slug of a profile address, or null. */
function slugOf(address: string): string | null {
  const found = readLinkedin(address);
  return found.kind === 'profile' ? found.slug : null;
}

/** @param now UTC ms: what is dated more than a day later than that was misread, or the clock is wrong */
export function readConnection(cell: Cells, now: number): ConnectionRow | Skipped {
  const [first, last, slug] = [cell('first name'), cell('last name'), slugOf(cell('url'))];
  if (first === '' && last === '' && slug === null) return { skip: 'hidden' };
  const on = connectedOn(cell('connected on'));
  if (on === null) return { skip: 'bad_date' };
  if (on > new Date(now + DAY_MS).toISOString().slice(0, 10)) return { skip: 'future' };
  return { first, last, company: orNull(cell('company')), slug, on };
}

/** @param zone in which the times of the file are read; @param now as of connections */
export function readInvitation(
  cell: Cells,
  { zone, now }: { zone: string; now: number },
): InvitationRow | Skipped {
  const at = invitedAt(cell('sent at'), zone);
  if (at === null) return { skip: 'bad_date' };
  if (at > now + DAY_MS) return { skip: 'future' };
  const incoming = cell('direction').toUpperCase() === 'INCOMING';
  return {
    name: cell(incoming ? 'from' : 'to'),
    incoming,
    inviter: slugOf(cell('inviterprofileurl')),
    invitee: slugOf(cell('inviteeprofileurl')),
    at,
    text: orNull(cell('message')),
  };
}

/** No message is longer: LinkedIn stops at 8,000 characters. */
const LONGEST = 20_000;

/** Words of an answer that has none, only a file. */
const ATTACHMENT = '(attachment)';
/** Of a voice message, or a picture that moves. */
const WITHOUT_WORDS = '(without words)';

export function readMessage(cell: Cells): MessageRow | Skipped {
  const sender = slugOf(cell('sender profile url'));
  if (isYes(cell('is message draft')) || isYes(cell('is conversation draft'))) return { skip: 'draft' };
  const content = cell('content').slice(0, LONGEST);
  // A refusal is one wherever LinkedIn has put it.
  const spam = cell('folder').toUpperCase() === 'SPAM' && classifyInbound(content) !== 'opt_out';
  if (sender === null) return { skip: spam ? 'spam' : 'sponsored' };
  const at = messageAt(cell('date'));
  if (at === null) return { skip: spam ? 'spam' : 'bad_date' };
  const text = content || (cell('attachments') === '' ? '' : ATTACHMENT);
  return {
    conversation: cell('conversation id'),
    name: cell('from'),
    sender,
    recipients: cell('recipient profile urls')
      .split(/[,;]\s*(?=https?:|www\.|linkedin)/i)
      .flatMap((address) => slugOf(address) ?? []),
    at,
    text: text || WITHOUT_WORDS,
    doubt: spam ? 'spam' : text === '' ? 'empty' : null,
  };
}

const isYes = (cell: string): boolean => /^yes$/i.test(cell);
