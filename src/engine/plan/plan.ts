import { type Scenario, type Step, stepAfter } from '../scenario/scenario.ts';
import type { Decision, Plan, Policy, Skip } from './decision.ts';
import { judge, perhapsSent } from './rules.ts';
import type { Snapshot } from './snapshot.ts';

/**
 * Decides what happens to one enrolment now. Pure: the same snapshot, policy and instant give the same plan.
 * Skipped steps take no time: the wait of the next one still counts from the last touch.
 */
export function plan(snapshot: Snapshot, policy: Policy, now: number): Plan {
  const { scenario } = snapshot.version;
  const skips: Skip[] = [];
  let step = scenario.steps.find(({ id }) => id === snapshot.enrolment.step) ?? afterTouched(snapshot);
  let { anchorAt, stepAt } = snapshot.enrolment;
  let last = snapshot.enrolment.step;
  while (step) {
    last = step.id;
    const verdict = judge(snapshot, { step, anchorAt, stepAt }, policy, now);
    if (verdict.do !== 'skip') return { skips, step: step.id, anchorAt, stepAt, decision: verdict };
    skips.push({ step: step.id, reason: verdict.reason });
    anchorAt = verdict.anchorAt;
    stepAt = now;
    step = following(scenario, step.id, verdict.goto, skips);
  }
  // The end of a scenario that never had a way to this person is no completion.
  const decision: Decision = wasTouched(snapshot)
    ? { do: 'complete' }
    : { do: 'stop', reason: 'unreachable' };
  return { skips, step: last, anchorAt, stepAt, decision };
}

/** Of a step that is not in this version of the scenario: it goes on behind the last one that was touched. */
function afterTouched({ version, touches }: Snapshot): Step | undefined {
  const { steps } = version.scenario;
  return steps[steps.findLastIndex(({ id }) => touches.some((touch) => touch.step === id)) + 1];
}

const wasTouched = ({ touches }: Snapshot): boolean =>
  touches.some((touch) => touch.state === 'sent' || touch.state === 'uncertain' || perhapsSent(touch));

/** `goto` only leads forward (lint), and never to a step passed in this plan, so that a plan always ends. */
function following(
  scenario: Scenario,
  from: string,
  goto: string | null,
  skips: readonly Skip[],
): Step | undefined {
  const target = goto ? scenario.steps.find(({ id }) => id === goto) : undefined;
  if (target && !skips.some((skip) => skip.step === target.id)) return target;
  return stepAfter(scenario, from) ?? undefined;
}
