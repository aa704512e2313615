import type { CampaignMode, Channel } from './model.ts';
import type { Change } from './ports/ticks.ts';

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
  uncertain: number;
  /** Channel -> why nothing can be sent on it until a person mends something. */
  misconfigured: Partial<Record<Channel, string>>;
  collected: number;
  recovered: { repeated: number; uncertain: number };
  /** --limit was reached; the rest waits for the next tick. */
  limited: boolean;
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
  uncertain: 0,
  misconfigured: {},
  collected: 0,
  recovered: { repeated: 0, uncertain: 0 },
  limited: false,
});

export function count<K extends string>(counts: Partial<Record<K, number>>, key: K): void {
  counts[key] = (counts[key] ?? 0) + 1;
}

/** Counts what was decided; what became of the sending is counted where it is recorded. */
export function tally(
  summary: TickSummary,
  { skips, stale, outcome }: Pick<Change, 'skips' | 'stale' | 'outcome'>,
  mode: CampaignMode | undefined,
): void {
  for (const skip of skips) count(summary.skipped, skip.reason);
  summary.uncertain += stale.filter(({ state }) => state === 'uncertain').length;
  switch (outcome.do) {
    case 'wait':
      count(summary.waiting, outcome.reason);
      return;
    case 'hold':
      count(summary.held, outcome.reason);
      if (outcome.detail !== null) count(summary.held_for, outcome.detail);
      return;
    case 'stop':
      count(summary.stopped, outcome.reason);
      return;
    case 'complete':
      summary.completed += 1;
      return;
    case 'touch': {
      const tasks = outcome.messages.filter((message) => message.state === 'awaiting_operator').length;
      summary.tasks += tasks;
      if (mode === 'rehearsal') summary.rehearsal_tasks += tasks;
    }
  }
}
