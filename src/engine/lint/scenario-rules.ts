import { approximateDays } from '../dates/duration.ts';
import { durationOf, type Scenario, type Step } from '../scenario/scenario.ts';
import { KINDS_OF } from '../texts/kinds.ts';
import { error, type Verdict, warning } from './finding.ts';

export interface ScenarioFinding extends Verdict {
  /** Keys and indexes in the scenario. */
  path: (string | number)[];
}

/** What is well-formed and would still not do what its author thinks. */
export function lintScenario(scenario: Scenario): ScenarioFinding[] {
  const conditions = scenario.steps.flatMap((step, index) =>
    conditionFindings(step, scenario.steps.slice(0, index)).map((finding) => ({
      ...finding,
      path: ['steps', index, 'when'],
    })),
  );
  return [...durationFindings(scenario), ...conditions];
}

function durationFindings({ steps, duration_days: allowed }: Scenario): ScenarioFinding[] {
  const total = steps.reduce((sum, step) => sum + approximateDays(durationOf(step.wait)), 0);
  if (total <= allowed) return [];
  const days = Number(total.toFixed(1));
  const message = `the waits add up to ${days} days, more than duration_days ${allowed}`;
  return [{ ...error('waits-beyond-duration', message), path: ['duration_days'] }];
}

function conditionFindings(step: Step, before: readonly Step[]): Verdict[] {
  if (!step.when) return [];
  const findings: Verdict[] = [];
  if (step.otherwise === undefined) {
    const message = 'the condition has no "otherwise": say skip, stop or goto STEP';
    findings.push(error('empty-false-branch', message));
  }
  if (step.when.accepted !== undefined && !before.some(({ kind }) => kind === 'invitation'))
    findings.push(
      warning('condition-without-cause', 'no earlier step is an invitation that could be accepted'),
    );
  if (step.when.delivered !== undefined && !before.some(canBeDelivered))
    findings.push(
      warning('condition-without-cause', 'no earlier step is an e-mail or SMS that could be delivered'),
    );
  return findings;
}

const canBeDelivered = ({ channel, kind, fallback, also }: Step): boolean =>
  channel === 'email' ||
  channel === 'sms' ||
  [...fallback, ...also].some((other) => other !== 'linkedin') ||
  (channel === 'auto' && !KINDS_OF.linkedin.includes(kind));
