import type { NewValues } from '../import/edit.ts';
import type { SuppressionKey } from '../model.ts';
import { LEFT_OUT } from './campaigns.ts';
import type { EnrolmentView, StandingFilter } from './people.ts';

/** Why something was not done with a person; the codes are stable in JSON. */
export const PEOPLE_PROBLEMS = {
  ...LEFT_OUT,
  nobody: 'nobody has this number or address',
  not_active: 'active in no campaign',
  not_paused: 'paused in no campaign',
  contacted:
    'has been contacted, or was heard from, and stays in the ledger: hector gdpr erase takes the facts out',
  taken: "that address, or number and name, is another person's",
  no_address: 'would be left without any address',
  lifted_no: 'is on the blacklist, and this would take them off it',
  not_open: 'active or paused in no campaign that could be left',
  several_campaigns: 'open in several campaigns: say --from',
  step_touched: 'has had this step, or one behind it, already',
  step_unknown: 'is at a step, or has had one, that the scenario there does not have: say --step',
  in_hands:
    "has a LinkedIn text in a person's hands, who may have sent it: settle it first: hector task list",
  all_touched: 'has had every step of that scenario already',
} as const;
export type PeopleProblem = keyof typeof PEOPLE_PROBLEMS;

/** What became of one person. */
export interface PersonOutcome {
  id: number;
  name: string;
  /** Null: it was done. */
  problem: PeopleProblem | null;
  /** What changed, as it is now; with a problem, what there is instead. */
  enrolments: EnrolmentView[];
}

export interface EditedPerson {
  /** Column (`title`, `custom.ca_m`) to value; empty when nothing was other than it is. */
  before: Record<string, string | null>;
  after: Record<string, string | null>;
  /** Texts not sent yet that are written anew. */
  textsAnew: number;
  /** The entry of the blacklist that they are on by now: it has stopped them. */
  suppressedBy: SuppressionKey | null;
}

/** Over many people: each call is one atomic act over all of them, so that a caller hands in some thousand at most. */
export interface PeopleChanges {
  /** Their names, in the order of the ids. */
  names(ids: readonly number[]): Promise<{ id: number; name: string }[]>;
  /** As PeopleStore.pause and resume, but only where they stand as asked; and as remove. */
  pause(ids: readonly number[], where: StandingFilter, now: number): Promise<PersonOutcome[]>;
  resume(ids: readonly number[], where: StandingFilter, now: number): Promise<PersonOutcome[]>;
  remove(ids: readonly number[]): Promise<PersonOutcome[]>;
  /**
   * Changes facts and wakes the plan.
   * @throws UserError where an address is another person's, none would be left, or a place on the blacklist be lost
   */
  edit(id: number, values: NewValues, now: number): Promise<EditedPerson>;
  /** The same facts, no address among them, for all. */
  editAll(ids: readonly number[], values: NewValues, now: number): Promise<PersonOutcome[]>;
}

export interface Move {
  /** The campaign they leave; null: the one they are open in. */
  from: string | null;
  to: string;
  /** Null: the first, or the one behind what they have had of the same scenario. */
  step: string | null;
}

export interface Mover {
  /** Checks the names and the modes, and moves nobody; the campaigns by their own names. */
  check(move: Move): Promise<Move>;
  /** Ends one enrolment and begins another, by the rules of Enroller, in one act for all of them. */
  move(ids: readonly number[], move: Move, now: number): Promise<PersonOutcome[]>;
}
