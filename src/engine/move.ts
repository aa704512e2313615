import type { Campaign } from './plan/snapshot.ts';
import type { EnrolmentView } from './ports/people.ts';
import type { PeopleProblem } from './ports/people-changes.ts';
import type { Scenario, Step } from './scenario/scenario.ts';

/** How far somebody has come in a scenario. */
export interface Had {
  /** Place of the last step they were touched at; -1: of none that the scenario still has. */
  index: number;
  /** They have had one that it has no more, under another name perhaps. */
  renamed: boolean;
  /** UTC ms. */
  at: number;
}

export interface Destination {
  /** The campaign they leave; null: the one they are open in. */
  from: Campaign | null;
  to: Campaign;
  /** Of `to`. */
  scenario: Scenario;
  /** Place of the step that was named in the scenario; null: none was. */
  step: number | null;
}

/** The one enrolment that is open where they shall leave; of a rehearsal only for a rehearsal. */
export function leavingOf(
  views: readonly EnrolmentView[],
  { from, to }: Pick<Destination, 'from' | 'to'>,
): EnrolmentView | PeopleProblem {
  const open = views.filter(
    ({ status, mode, campaign }) =>
      (status === 'active' || status === 'paused') &&
      mode === to.mode &&
      (from === null ? campaign !== to.name : campaign === from.name),
  );
  const [first, ...others] = open;
  if (first && others.length === 0) return first;
  return first ? 'several_campaigns' : 'not_open';
}

/** One person, and what was looked up of them. */
export interface Leaver {
  leaves: EnrolmentView | PeopleProblem;
  /** Why no campaign would take them in, once they have left. */
  reason: PeopleProblem | null;
  had: Had | undefined;
  /** A LinkedIn text of the enrolment that they leave may be on its way. */
  inHands: boolean;
  /** Slug of the scenario that they come from. */
  slug: string | null;
}

/** Where somebody goes, or why not. */
export type Verdict = { problem: PeopleProblem } | { leaves: EnrolmentView; step: Step; anchorAt: number };

/** @param now UTC ms */
export function verdictOn(
  { leaves, reason, had, inHands, slug }: Leaver,
  destination: Destination,
  now: number,
): Verdict {
  if (typeof leaves === 'string') return { problem: reason === 'already_enrolled' ? reason : leaves };
  if (reason) return { problem: reason };
  if (inHands) return { problem: 'in_hands' };
  const { to: campaign, scenario } = destination;
  if (destination.step !== null && had && destination.step <= had.index) return { problem: 'step_touched' };
  const place = destination.step ?? placeIn(scenario, leaves, had, slug);
  if (place === null) return { problem: 'step_unknown' };
  const step = scenario.steps[place];
  if (!step) return { problem: 'all_touched' };
  // Of the same scenario the wait counts from what they had last, as it did where they come from.
  const goesOn = had !== undefined && destination.step === null && campaign.startAt <= now;
  return { leaves, step, anchorAt: goesOn ? had.at : Math.max(now, campaign.startAt) };
}

/**
 * Within a scenario they go on where they are, whatever was passed over before; else behind what they have had of it.
 * Null: they are at, or have had, a step that it does not have under that name, so that nobody knows what comes next.
 */
function placeIn(
  scenario: Scenario,
  { step }: EnrolmentView,
  had: Had | undefined,
  slug: string | null,
): number | null {
  const behind = had === undefined ? 0 : had.index + 1;
  if (slug !== scenario.slug) return had?.renamed ? null : behind;
  const here = scenario.steps.findIndex(({ id }) => id === step);
  return here < 0 ? null : Math.max(here, behind);
}
