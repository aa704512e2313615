import type { Decision, Plan, Policy, Skip } from '../plan/decision.ts';
import { plan } from '../plan/plan.ts';
import { type Position, rules } from '../plan/rules.ts';
import type { Snapshot } from '../plan/snapshot.ts';
import type { Standing } from '../ports/explain.ts';
import { RECKONED_WAITS } from '../reasons.ts';
import { LAUNCH_CUT_OFF } from '../unfinished-launch.ts';
import { type Next, nextOf } from './next.ts';
import { remedies } from './remedies.ts';
import { type RuleCode, SENTENCES } from './sentences.ts';

/** A rule that holds somebody now. */
export interface Rule {
  code: RuleCode;
  sentence: string;
  /** What it is about: the variable to fill, the entry of the blacklist. Untrusted. */
  detail: string | null;
  /** UTC ms; null where time alone changes nothing. */
  until: number | null;
  /** What would change it, to be typed or done. */
  commands: string[];
}

export interface Explanation {
  /** The step that is next, after those that are passed over. */
  step: string;
  /** What its wait counts from, UTC ms. */
  anchorAt: number;
  skipped: readonly Skip[];
  /** In the order in which they apply; none: it goes out with the next tick. */
  rules: Rule[];
  next: Next;
}

/**
 * Why an open enrolment stands where it does, and what comes next, from the rules that the planner itself follows: in a
 * running campaign the first of them is the reason of `plan`, and where there is none, `plan` touches. Pure.
 */
export function explain(standing: Standing, policy: Policy, now: number): Explanation {
  const { snapshot } = standing;
  const decided = plan(snapshot, policy, now);
  const position = positionOf(snapshot, decided);
  const found = [
    ...standstills(standing),
    ...ruling(snapshot, decided, position, policy, now),
    ...noted(standing, now),
  ];
  const listed = found.filter(
    ({ code }, index) =>
      found.findIndex((other) => other.code === code) === index && !isSettling(code, standing, now),
  );
  // That a date was reckoned says something only where no rule does.
  const telling = listed.filter(({ reckoned }) => !reckoned);
  const held = telling.length > 0 ? telling : listed;
  const about = { standing, step: decided.step, skipped: decided.skips };
  return {
    step: decided.step,
    anchorAt: decided.anchorAt,
    skipped: decided.skips,
    rules: held.map(({ code, detail, until }) => ({
      code,
      sentence: SENTENCES[code],
      detail,
      until,
      commands: remedies(code, detail, about),
    })),
    next: nextOf(standing, decided, position, policy, now),
  };
}

interface Found {
  code: RuleCode;
  detail: string | null;
  until: number | null;
  /** Only the date that an earlier look reckoned. */
  reckoned?: boolean;
}

function positionOf(snapshot: Snapshot, { step, anchorAt, stepAt }: Plan): Position | null {
  const found = snapshot.version.scenario.steps.find(({ id }) => id === step);
  return found ? { step: found, anchorAt, stepAt } : null;
}

function standstills({ snapshot: { campaign }, status, pauseReason, unfinished }: Standing): Found[] {
  const found: Found[] = [];
  const detail = unfinished ? LAUNCH_CUT_OFF : pauseReason;
  if (campaign.status === 'paused') found.push({ code: 'campaign_paused', detail, until: null });
  else if (campaign.status !== 'running')
    found.push({ code: 'campaign_not_running', detail: campaign.status, until: null });
  if (status === 'paused') found.push({ code: 'person_paused', detail: null, until: null });
  return found;
}

/** The rules of the planner at the step where it stopped; what follows a passed-over step is another story. */
function ruling(
  snapshot: Snapshot,
  { decision }: Plan,
  position: Position | null,
  policy: Policy,
  now: number,
): Found[] {
  if (decision.do === 'complete') return [];
  if (position === null || (decision.do === 'stop' && decision.reason === 'unreachable'))
    return foundIn(decision, snapshot);
  const found: Found[] = [];
  for (const verdict of rules(snapshot, position, policy, now)) {
    if (verdict.do === 'skip') break;
    found.push(...foundIn(verdict, snapshot));
  }
  return found;
}

function foundIn(decision: Decision, { suppressedBy }: Snapshot): Found[] {
  switch (decision.do) {
    case 'wait':
      return [{ code: decision.reason, detail: null, until: decision.until }];
    case 'hold':
      return [{ code: decision.reason, detail: decision.detail, until: null }];
    case 'stop': {
      const listed = decision.reason === 'blacklisted' && suppressedBy;
      const detail = listed ? `${suppressedBy.kind} ${suppressedBy.value}` : null;
      return [{ code: decision.reason, detail, until: null }];
    }
    case 'touch':
    case 'complete':
      return [];
  }
}

/** What an earlier tick found out and no look at the facts can: caps, a provider that is down, a blank in a text. */
function noted({ snapshot: { enrolment }, status, nextAt, reason }: Standing, now: number): Found[] {
  if (status !== 'active' || nextAt === null || nextAt <= now) return [];
  const code = enrolment.hold ?? 'not_yet_due';
  if (!isRuleCode(code)) return [];
  const reckoned = RECKONED_WAITS.some((wait) => wait === code);
  return [{ code, detail: reason, until: nextAt, reckoned }];
}

const isRuleCode = (code: string): code is RuleCode => Object.hasOwn(SENTENCES, code);

/** Perhaps sent, and the provider is being asked: not yet a matter for a person. */
const isSettling = (code: RuleCode, { snapshot, nextAt }: Standing, now: number): boolean =>
  code === 'uncertain' && snapshot.enrolment.hold === 'checking' && nextAt !== null && nextAt > now;
