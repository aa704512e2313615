import type { Shielded } from '../limits/shield.ts';
import type { TickSummary } from '../tick/summary.ts';

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
  lastTick: { startedAt: number; finishedAt: number | null; summary: TickSummary | null } | null;
}

export interface StatusStore {
  read(now: number): Promise<Status>;
}
