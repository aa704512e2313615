import type { Shielded } from '../limits/shield.ts';
import type { CapStanding, OwnStanding } from '../limits/standing.ts';
import type { Channel } from '../model.ts';
import type { Fallback } from '../reasons.ts';

/** One tick, as stored in the run log and printed with --json. Counts by reason use the lists of reasons.ts. */
export interface TickSummary {
  considered: number;
  /** Accepted by a provider, by channel. */
  sent: Partial<Record<Channel, number>>;
  /** Of these, how many went to the outbox and not to a person. */
  rehearsed: number;
  /** LinkedIn texts handed to a person. */
  tasks: number;
  /** Of these, how many belong to rehearsals. */
  rehearsal_tasks: number;
  waiting: Record<string, number>;
  skipped: Record<string, number>;
  held: Record<string, number>;
  /** What the held ones wait for (the variable to fill), where there is more to say than the reason. */
  held_for: Record<string, number>;
  stopped: Record<string, number>;
  completed: number;
  rejected: Record<string, number>;
  retried: number;
  /** What the provider said of those that are tried again. */
  retried_for: Record<string, number>;
  uncertain: number;
  texts: TextSummary;
  /** Channel -> why nothing can be sent on it until a person mends something. */
  misconfigured: Partial<Record<Channel, string>>;
  collected: number;
  /**
   * Calls whose fate was open, of a dead tick or not: repeated with their key, found in the provider's list, surely
   * not there (they go out now), or a matter for a person.
   */
  recovered: { repeated: number; found: number; absent: number; uncertain: number };
  /** Channel -> what its provider says: it failed several times in a row and is left alone for a while. */
  down: Partial<Record<Channel, string>>;
  /** Where the senders stand at the end of the tick; empty when nothing was due. */
  caps: CapStanding;
  /** The same of campaigns with caps or a sender of their own. */
  own_caps: OwnStanding[];
  /** Given up after too many failed calls. */
  failed: number;
  /** Campaigns that have paused themselves in this tick. */
  shielded: Shielded[];
  /** --limit was reached; the rest waits for the next tick. */
  limited: boolean;
  /** Somebody ended it before it was through; the rest waits for the next tick. */
  interrupted: boolean;
}

/** The texts that this tick has stored. */
export interface TextSummary {
  claude: number;
  /** Of these, how many were asked for earlier: by a dry run, by `prepare`. */
  kept: number;
  template: number;
  /** Why a template has stepped in for Claude, and what there is to say of the first of each reason. */
  fallback: Partial<Record<Fallback, number>>;
  fallback_for: Partial<Record<Fallback, string>>;
  awaiting_approval: number;
  /** Answers that have come back from batches. */
  collected: number;
  /** Millionths of a US dollar. */
  cost: number;
}

export const emptySummary = (): TickSummary => ({
  considered: 0,
  sent: {},
  rehearsed: 0,
  tasks: 0,
  rehearsal_tasks: 0,
  waiting: {},
  skipped: {},
  held: {},
  held_for: {},
  stopped: {},
  completed: 0,
  rejected: {},
  retried: 0,
  retried_for: {},
  uncertain: 0,
  texts: {
    claude: 0,
    kept: 0,
    template: 0,
    fallback: {},
    fallback_for: {},
    awaiting_approval: 0,
    collected: 0,
    cost: 0,
  },
  misconfigured: {},
  collected: 0,
  recovered: { repeated: 0, found: 0, absent: 0, uncertain: 0 },
  down: {},
  caps: {},
  own_caps: [],
  failed: 0,
  shielded: [],
  limited: false,
  interrupted: false,
});

export function count<K extends string>(counts: Partial<Record<K, number>>, key: K): void {
  counts[key] = (counts[key] ?? 0) + 1;
}
