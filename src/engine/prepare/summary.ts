import type { Collected, Submitted } from '../ports/ahead.ts';
import type { Fallback } from '../reasons.ts';

/** One run of `hector prepare`, as printed with --json. Costs in millionths of a US dollar. */
export interface PrepareSummary {
  /** Enrolments looked at. */
  considered: number;
  /** Of these, how many will be touched in time. */
  touches: number;
  /** Touches that hang on a condition: they are written when it is decided. */
  undecided: number;
  texts: {
    /** By Claude, now. */
    written: number;
    /** Asked for earlier. */
    kept: number;
    /** Under way in a batch. */
    asked: number;
    /** Left to templates, which cost nothing when their time comes. */
    template: number;
    /** Still to be asked for: with --dry-run only. */
    wanted: number;
    /** Why a template would step in for Claude, and what there is to say of the first of each reason. */
    fallback: Partial<Record<Fallback, number>>;
    fallback_for: Partial<Record<Fallback, string>>;
  };
  /** Texts that cannot be written, by what is missing. */
  held: Record<string, number>;
  /** Stored for approval. */
  drafts: number;
  cost: number;
  /** What those that are still wanted would cost, about. */
  estimate: number;
  collected: Collected | null;
  submitted: Submitted | null;
  limited: boolean;
  interrupted: boolean;
}

export const emptyPreparation = (): PrepareSummary => ({
  considered: 0,
  touches: 0,
  undecided: 0,
  texts: { written: 0, kept: 0, asked: 0, template: 0, wanted: 0, fallback: {}, fallback_for: {} },
  held: {},
  drafts: 0,
  cost: 0,
  estimate: 0,
  collected: null,
  submitted: null,
  limited: false,
  interrupted: false,
});
