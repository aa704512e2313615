import { describe, expect, it } from 'vitest';
import { openGate } from '../../src/engine/limits/gate.ts';
import type { Decision, Planned } from '../../src/engine/plan/decision.ts';
import type { Touch } from '../../src/engine/plan/snapshot.ts';
import { aStep, NOW } from '../builders.ts';
import { aSnapshot, POLICY } from './snapshot.ts';

const LANES = [
  { lane: 'email', channel: 'email', sender: 'claire@ads.example' },
  { lane: 'linkedin', channel: 'linkedin', sender: 'claire-durand' },
] as const;

/** Of everything, so many a day. */
const gateOf = (day: number) =>
  openGate({
    policies: { live: POLICY, rehearsal: POLICY },
    limits: {
      zone: 'Europe/Paris',
      lanes: LANES.map((lane) => ({ ...lane, caps: { hour: null, day, week: null }, ramp: [] })),
    },
    now: NOW,
    store: {
      ownLimits: async () => [],
      campaignUsage: async () => [],
      circuits: async () => [],
      usage: async (senders) => senders.map(() => ({ hour: 0, day: 0, week: 0, firstAt: null })),
    },
  });

type TouchDecision = Extract<Decision, { do: 'touch' }>;

function touch(changes: Partial<TouchDecision> = {}): Planned {
  const snapshot = aSnapshot();
  const decision: TouchDecision = {
    ...{ do: 'touch', step: aStep({ channel: 'email' }), channel: 'email', also: [], existing: [] },
    ...changes,
  };
  const { step, anchorAt, stepAt } = snapshot.enrolment;
  return { snapshot, plan: { skips: [], step, anchorAt, stepAt, decision }, left: null };
}

const stored = (channel: Touch['channel'], idempotencyKey: string | null): Touch => ({
  ...{
    messageId: 1,
    step: 'email-1',
    channel,
    state: 'ready',
    sentAt: null,
    idempotencyKey,
    factsKey: null,
    approved: false,
  },
});

const used = (gate: Awaited<ReturnType<typeof gateOf>>): Record<string, number | undefined> =>
  Object.fromEntries(LANES.map(({ lane }) => [lane, gate.standing()[lane]?.day_used]));

describe('the room of a touch', () => {
  it.each<[string, Partial<TouchDecision>, Record<string, number>]>([
    ['alone', {}, { email: 1, linkedin: 0 }],
    ['with another channel beside it', { also: ['linkedin'] }, { email: 1, linkedin: 1 }],
    ['with a stored text beside it', { existing: [stored('linkedin', null)] }, { email: 1, linkedin: 1 }],
    [
      'with a text beside it that was perhaps sent',
      { existing: [stored('linkedin', 'k1')] },
      { email: 1, linkedin: 0 },
    ],
  ])('%s is taken, and given back whole when nothing comes of it', async (_, changes, taken) => {
    const gate = await gateOf(5);
    const admitted = gate.admit(touch(changes));
    expect(used(gate)).toEqual(taken);
    gate.giveBack(admitted);
    expect(used(gate)).toEqual({ email: 0, linkedin: 0 });
  });

  it('that found none beside it gives none back', async () => {
    const gate = await gateOf(1);
    gate.admit(touch({ step: aStep({ channel: 'linkedin' }), channel: 'linkedin' }));
    const admitted = gate.admit(touch({ also: ['linkedin'] }));
    expect(admitted.plan.decision).toMatchObject({ do: 'touch', also: [] });
    gate.giveBack(admitted);
    expect(used(gate)).toEqual({ email: 0, linkedin: 1 });
  });

  it('of a rehearsal is neither taken nor given back', async () => {
    const gate = await gateOf(5);
    const planned = touch();
    const rehearsal = {
      ...planned,
      snapshot: {
        ...planned.snapshot,
        campaign: { ...planned.snapshot.campaign, mode: 'rehearsal' as const },
      },
    };
    gate.giveBack(gate.admit(rehearsal));
    expect(used(gate)).toEqual({ email: 0, linkedin: 0 });
  });
});
