import type { TakenWhat } from '../ports/linkedin.ts';

/** Everything that a file can say, in the order in which it is told. */
export const FOUND = {
  accepted: 'accepted our invitation',
  connected: 'connected already: an invitation is passed over',
  connected_known: 'connected, as was known',
  sent: 'recorded as sent',
  looks_sent: 'a task that looks sent already',
  replied: 'answered',
  opted_out: 'asked not to be contacted again',
  reply_known: 'an answer that was known',
  absence: 'an automatic absence message, which is no answer',
  group: 'a conversation of several, which is no answer to us',
  before: 'older than what we sent them',
  invited_us: 'invited us',
  ambiguous: 'may be somebody else: not taken',
  unmatched: 'not in the base',
} as const satisfies Record<TakenWhat | SeenWhat, string>;
export type FoundWhat = keyof typeof FOUND;

/** What reading alone finds out. */
export type SeenWhat = 'absence' | 'group' | 'before' | 'invited_us' | 'ambiguous' | 'unmatched';

export interface Seen {
  what: SeenWhat;
  prospectId: number | null;
  /** As the file has it. Untrusted. */
  name: string;
  /** UTC ms, or null where the file gives a day only. */
  at: number | null;
  detail: string | null;
  /** Of whom it may be. */
  candidates: readonly { id: number; name: string }[];
}

/** Why a row says nothing. */
export const ROW_SKIPS = {
  hidden: 'hidden by LinkedIn',
  bad_date: 'without a readable date',
  draft: 'in draft',
  spam: 'in the spam folder',
  sponsored: 'sponsored or from a hidden member',
  empty: 'without text',
} as const;
export type RowSkip = keyof typeof ROW_SKIPS;
