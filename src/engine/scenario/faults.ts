import type { Channel, MessageKind } from '../model.ts';
import { didYouMean } from '../suggest.ts';
import { KINDS_OF } from '../texts/kinds.ts';

interface StepShape {
  id: string;
  channel: Channel | 'auto';
  kind: MessageKind;
  when?: unknown;
  otherwise?: string | undefined;
  fallback: readonly Channel[];
  also: readonly Channel[];
  variants: readonly { id: string }[];
}

export interface ScenarioFault {
  path: (string | number)[];
  message: string;
}

/** What makes a well-formed scenario impossible to run. */
export function scenarioFaults({ steps }: { steps: readonly StepShape[] }): ScenarioFault[] {
  return steps.flatMap((step, index) =>
    [...identityFaults(steps, index), ...channelFaults(step), ...branchFaults(steps, index)].map((fault) => ({
      ...fault,
      path: ['steps', index, ...fault.path],
    })),
  );
}

/** Each message goes behind `"key" is "value":`. */
function identityFaults(steps: readonly StepShape[], index: number): ScenarioFault[] {
  const faults: ScenarioFault[] = [];
  const id = steps[index]?.id;
  const first = steps.findIndex((other) => other.id === id);
  if (first < index) faults.push({ path: ['id'], message: `taken by step ${first + 1}, each needs its own` });
  const variants = steps[index]?.variants.map((variant) => variant.id) ?? [];
  for (const [position, variant] of variants.entries())
    if (variants.indexOf(variant) < position)
      faults.push({ path: ['variants', position, 'id'], message: 'taken by another variant' });
  return faults;
}

function channelFaults(step: StepShape): ScenarioFault[] {
  const faults: ScenarioFault[] = [];
  if (step.channel !== 'auto' && !KINDS_OF[step.channel].includes(step.kind)) {
    const message = `channel ${step.channel} takes ${KINDS_OF[step.channel].join(', ')}`;
    faults.push({ path: ['kind'], message });
  }
  for (const key of ['fallback', 'also'] as const)
    for (const [position, channel] of step[key].entries())
      if (channel === step.channel)
        faults.push({ path: [key, position], message: 'that is the channel of the step itself' });
  // A touch beside the step would be taken for the step's own.
  for (const [position, channel] of step.also.entries()) {
    if (step.channel === 'auto')
      faults.push({ path: ['also', position], message: 'a step with channel auto has no channel beside it' });
    else if (step.fallback.includes(channel))
      faults.push({ path: ['also', position], message: 'that is a fallback of the same step' });
  }
  return faults;
}

function branchFaults(steps: readonly StepShape[], index: number): ScenarioFault[] {
  const { otherwise, when } = steps[index] ?? {};
  const fault = (message: string): ScenarioFault[] => [{ path: ['otherwise'], message }];
  if (otherwise === undefined) return [];
  if (when === undefined) return fault('there is no "when" that could fail');
  if (!otherwise.startsWith('goto ')) return [];
  const target = otherwise.slice('goto '.length);
  const at = steps.findIndex((other) => other.id === target);
  const later = steps.slice(index + 1).map((other) => other.id);
  if (at < 0) return fault(`there is no step "${target}"${didYouMean(target, later)}`);
  return at <= index ? fault('only a later step is allowed') : [];
}
