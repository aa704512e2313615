import type { Shielded } from '../limits/shield.ts';
import type { TickSummary } from '../tick/summary.ts';

/** Of the last 24 hours, and of the last 30 days. Money is in millionths of a US dollar. */
export interface WritingStatus {
  costDay: number;
  costMonth: number;
  /** Texts that ticks stored in the last 24 hours, by who wrote them. */
  claude: number;
  template: number;
  /** Asked for in a batch that has not come back. */
  inBatches: number;
}

/** Instants are UTC ms. */
export interface Status {
  campaigns: { running: number; paused: number; rehearsals: number };
  /** Campaigns that have paused themselves. */
  shielded: Shielded[];
  due: number;
  /** Due within the next 24 hours, beyond what is due now. */
  next24h: number;
  nextAt: number | null;
  tasks: { linkedin: number; uncertain: number };
  /** Enrolments held for a person, by reason (missing_variable ...). */
  held: Record<string, number>;
  /** What they wait for, such as the variable to fill. */
  heldFor: Record<string, number>;
  /** Texts that wait for a person's yes, in running campaigns. */
  awaitingApproval: number;
  writing: WritingStatus;
  lastTick: { startedAt: number; finishedAt: number | null; summary: TickSummary | null } | null;
}

export interface StatusStore {
  read(now: number): Promise<Status>;
}
