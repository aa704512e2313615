import type { DraftStore, TextsAhead } from '../ports/ahead.ts';
import type { TickStore } from '../ports/ticks.ts';
import type { WriteRequest } from '../ports/writer.ts';
import type { TickEngine } from '../tick/pass.ts';
import type { PrepareSummary } from './summary.ts';

export interface PrepareInput {
  store: Pick<TickStore, 'due' | 'dueCampaigns' | 'exchanges' | 'sentMails'>;
  drafts: DraftStore;
  /** Its writer keeps what Claude answers for as long as `keptFor` says. */
  engine: Pick<TickEngine, 'writer' | 'policies' | 'settings' | 'senders' | 'concurrency' | 'liveProblem'>;
  /** Null: templates write everything. */
  ahead: TextsAhead | null;
  /** UTC ms. */
  clock: () => number;
  /** ms */
  within: number;
  campaignId: number | null;
  /** Texts at most; null: all that will be due. */
  limit: number | null;
  /** Ask for all of them at once, at half the price, and leave it to a later run or tick to fetch them. */
  batch: boolean;
  /** Look only. */
  dryRun: boolean;
  /** True once somebody wants it to end: what is under way is finished, nothing more is begun. */
  stopping: () => boolean;
  progress: (summary: PrepareSummary) => void;
}

export interface Run {
  input: PrepareInput;
  /** Planned from here to there, UTC ms. */
  now: number;
  until: number;
  summary: PrepareSummary;
  /** `mode:person`: of two touches of a person only one is foreseen, since the other may follow from it. */
  seen: Set<string>;
  /** Texts that were asked for, counted against the limit. */
  begun: number;
  /** For the next batch. */
  queue: { request: WriteRequest; keepUntil: number }[];
}

const DAY_MS = 86_400_000;

/** Hours, caps and an outage may put a touch off; its text is still good then. */
const MARGIN_MS = 3 * DAY_MS;

/** How long the answers of a run are kept, ms: until the last of them is due, and a margin. */
export const keptFor = (within: number): number => within + MARGIN_MS;

/** The same for one text that is due at `at`; UTC ms. */
export const keepUntil = (at: number, { until }: Pick<Run, 'until'>): number =>
  Math.max(at + MARGIN_MS, until + DAY_MS);

/** Room for this many more texts? Says so in the summary when there is not. */
export function takeRoom({ input: { limit }, summary, ...run }: Run, texts: number): boolean {
  if (limit === null || run.begun + texts <= limit) return true;
  summary.limited = true;
  return false;
}
