import type { EnrolmentStatus } from '../model.ts';
import type { Campaign, Snapshot } from '../plan/snapshot.ts';

/** One enrolment as it stands, open or ended. Instants are UTC ms. */
export interface Standing {
  snapshot: Snapshot;
  status: EnrolmentStatus;
  /** Of an ended one the cause; of a held one what it is about, such as the variable to fill. */
  reason: string | null;
  nextAt: number | null;
  endedAt: number | null;
  /** Why the campaign paused itself, or null. */
  pauseReason: string | null;
  unfinished: Unfinished | null;
}

/** The launch of the campaign was cut off, or is under way. */
export interface Unfinished {
  /** Whether its answers are still there. */
  draft: boolean;
}

export interface LastTick {
  startedAt: number;
  finishedAt: number | null;
}

/** People of a campaign who wait for the same thing at the same step. */
export interface Group {
  /** A code of reasons.ts as the last tick noted it; null: due. */
  reason: string | null;
  step: string | null;
  people: number;
  /** Their dates; null where they wait for a person. */
  firstAt: number | null;
  lastAt: number | null;
  /** Some of them. */
  names: string[];
}

export interface Crowd {
  campaign: Campaign;
  pauseReason: string | null;
  unfinished: Unfinished | null;
  /** The largest first. */
  groups: Group[];
  ended: { status: EnrolmentStatus; reason: string | null; people: number }[];
  /** Since when somebody is due. */
  dueSince: number | null;
  lastTick: LastTick | null;
}

export interface ExplainStore {
  /** Open enrolments first, then the newest; of one campaign when it is named. */
  person(prospectId: number, campaign: string | null): Promise<Standing[]>;
  lastTick(): Promise<LastTick | null>;
  /** @throws UserError for an unknown campaign */
  crowd(campaign: string, now: number): Promise<Crowd>;
}
