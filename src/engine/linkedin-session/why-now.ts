import type { Channel } from '../model.ts';
import type { Snapshot } from '../plan/snapshot.ts';
import type { Step } from '../scenario/scenario.ts';

/** Why a task is there now, from the scenario and what has happened. */
export interface WhyNow {
  /** Place in the scenario, from 1; null for a step that has been taken out. */
  position: { step: number; of: number } | null;
  /** What it comes after, and how long it was to wait; null for the first touch. */
  after: { channel: Channel; sentAt: number; wait: string } | null;
  /** The condition that let it go. */
  condition: 'accepted' | 'not_accepted' | 'delivered' | 'not_delivered' | null;
}

export function whyNow({ version, touches }: Snapshot, stepId: string): WhyNow {
  const { steps } = version.scenario;
  const index = steps.findIndex(({ id }) => id === stepId);
  const step = steps[index];
  const last = touches
    .filter((touch) => touch.sentAt !== null && touch.step !== stepId)
    .reduce<{ channel: Channel; sentAt: number } | null>(
      (latest, { channel, sentAt }) =>
        sentAt !== null && (latest === null || sentAt > latest.sentAt) ? { channel, sentAt } : latest,
      null,
    );
  return {
    position: step ? { step: index + 1, of: steps.length } : null,
    after: last && step ? { ...last, wait: step.wait } : null,
    condition: conditionOf(step?.when),
  };
}

function conditionOf(when: Step['when']): WhyNow['condition'] {
  if (when?.accepted !== undefined) return when.accepted ? 'accepted' : 'not_accepted';
  if (when?.delivered !== undefined) return when.delivered ? 'delivered' : 'not_delivered';
  return null;
}
