import type { Planned } from '../plan/decision.ts';
import type { Standing } from '../ports/explain.ts';
import type { Explanation } from './explain.ts';
import { remedies } from './remedies.ts';
import { type RuleCode, SENTENCES } from './sentences.ts';

/**
 * What holds back somebody whom no rule of their own holds: a closed channel, a provider that is down, the caps of
 * the sender. These come last, and change by the hour.
 * @param admitted the plan as a tick would admit it now
 */
export function withLimits(explanation: Explanation, standing: Standing, admitted: Planned): Explanation {
  if (explanation.rules.length > 0 || explanation.next.do !== 'touch') return explanation;
  const { left, plan } = admitted;
  const waits = plan.decision.do === 'wait' ? plan.decision : null;
  const code: RuleCode | null = left === 'channel_closed' ? left : (waits?.reason ?? null);
  if (code === null) return explanation;
  const about = { standing, step: explanation.step, skipped: explanation.skipped };
  const until = waits?.until ?? null;
  const rule = {
    code,
    sentence: SENTENCES[code],
    detail: null,
    until,
    commands: remedies(code, null, about),
  };
  const next = { ...explanation.next, at: until ?? explanation.next.at };
  return { ...explanation, rules: [rule], next };
}
