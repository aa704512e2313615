import type { TakenWhat } from '../ports/linkedin.ts';

/** Everything that a file can say, in the order in which it is told. */
export const FOUND = {
  accepted: 'accepted our invitation',
  connected: 'connected already: an invitation is passed over',
  connected_known: 'connected, as was known',
  sent: 'recorded as sent',
  looks_sent: 'a task that looks sent already',
  invited_before: 'a task to somebody whom you had invited before it was there',
  replied: 'answered',
  opted_out: 'asked not to be contacted again',
  reply_known: 'an answer that was known',
  absence: 'an automatic absence message, which is no answer',
  group: 'a conversation of several, which is no answer to us',
  before: 'from before any campaign had reached them: no answer to us',
  invited: 'invited by you: no task waits for it here',
  invited_us: 'invited us',
  ambiguous: 'may be somebody else: not taken',
  unmatched: 'not in the base',
} as const satisfies Record<TakenWhat | SeenWhat, string>;
export type FoundWhat = keyof typeof FOUND;

/** What reading alone finds out. */
export type SeenWhat =
  | 'invited_before'
  | 'absence'
  | 'group'
  | 'before'
  | 'invited'
  | 'invited_us'
  | 'ambiguous'
  | 'unmatched';

export interface Candidate {
  id: number;
  name: string;
  /** Their profile, or null. */
  linkedin: string | null;
}

export interface Seen {
  what: SeenWhat;
  prospectId: number | null;
  /** As the file has it. Untrusted. */
  name: string;
  /** UTC ms, or null where the file gives a day only. */
  at: number | null;
  detail: string | null;
  /** Of the file, where it is somebody else's than that of the candidates. */
  profile?: string | null;
  /** Of whom it may be. */
  candidates: readonly Candidate[];
}

/** Why a row says nothing. */
export const ROW_SKIPS = {
  hidden: 'hidden by LinkedIn',
  bad_date: 'without a readable date',
  future: 'dated in the future',
  draft: 'in draft',
  spam: 'in the spam folder',
  sponsored: 'sponsored or from a hidden member',
  empty: 'without text',
} as const;
export type RowSkip = keyof typeof ROW_SKIPS;

/** Rows whose date says nothing: a person has to look at them, so their lines are told. */
export const DATE_SKIPS = ['bad_date', 'future'] as const satisfies readonly RowSkip[];
export type DateSkip = (typeof DATE_SKIPS)[number];
