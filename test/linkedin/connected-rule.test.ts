import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { explain } from '../../src/engine/explain/explain.ts';
import type { MessageKind } from '../../src/engine/model.ts';
import { plan } from '../../src/engine/plan/plan.ts';
import { DAY, NOW } from '../builders.ts';
import { aSnapshot, POLICY } from '../engine/snapshot.ts';
import { anyCase, aStanding, aTouch } from '../explain/standing.ts';

const STEPS = [
  { id: 'invitation', channel: 'linkedin' as const, kind: 'invitation' as const, wait: '3d' },
  {
    id: 'message',
    channel: 'linkedin' as const,
    kind: 'message' as const,
    when: { accepted: true, within: '5d' },
  },
];

describe('somebody who is connected', () => {
  it('is not invited, whatever the wait, and goes on as if the invitation had been accepted', () => {
    const steps = STEPS.map((step) => ({ ...step, otherwise: 'skip' }));
    expect(plan(aSnapshot({ steps, connected: true }), POLICY, NOW)).toMatchObject({
      skips: [{ step: 'invitation', reason: 'already_connected' }],
      step: 'message',
      anchorAt: NOW,
      decision: { do: 'touch', channel: 'linkedin' },
    });
    expect(plan(aSnapshot({ steps, accepted: true }), POLICY, NOW).decision).toMatchObject({
      reason: 'not_yet_due',
    });
  });

  it('does not get what is for those who are not', () => {
    const steps = [{ id: 'closing', when: { accepted: false, within: '5d' }, otherwise: 'skip' }];
    expect(plan(aSnapshot({ steps, connected: true }), POLICY, NOW).skips).toEqual([
      { step: 'closing', reason: 'condition_false' },
    ]);
  });

  it.each([
    ['sent', 'already_touched'],
    ['awaiting_approval', 'already_connected'],
    ['ready', 'already_connected'],
    ['cancelled', 'already_touched'],
  ] as const)('with an invitation that is %s: %s', (state, reason) => {
    const touches = [aTouch({ step: 'invitation', channel: 'linkedin', state })];
    expect(plan(aSnapshot({ steps: STEPS, touches, connected: true }), POLICY, NOW + DAY).skips[0]).toEqual({
      step: 'invitation',
      reason,
    });
  });

  it('keeps the task that is open: a person closes it', () => {
    const touches = [aTouch({ step: 'invitation', channel: 'linkedin', state: 'awaiting_operator' })];
    expect(plan(aSnapshot({ steps: STEPS, touches, connected: true }), POLICY, NOW).decision).toMatchObject({
      do: 'hold',
      reason: 'operator',
    });
  });

  it('is told why by explain', () => {
    const standing = aStanding({ steps: STEPS, connected: true });
    expect(explain(standing, POLICY, NOW).skipped).toEqual([
      { step: 'invitation', reason: 'already_connected' },
    ]);
  });

  it('is never invited and never waits to be accepted, whatever the scenario and the past', () => {
    const kinds = fc.array(fc.constantFrom<MessageKind>('invitation', 'message', 'email'), {
      minLength: 4,
      maxLength: 4,
    });
    fc.assert(
      fc.property(anyCase, kinds, ({ standing, now }, kindOf) => {
        const { scenario } = standing.snapshot.version;
        const steps = scenario.steps.map((step, index) => ({ ...step, kind: kindOf[index] ?? 'email' }));
        const version = { ...standing.snapshot.version, scenario: { ...scenario, steps } };
        const { decision } = plan({ ...standing.snapshot, version, connected: true }, POLICY, now);
        const repeated =
          decision.do === 'touch' && decision.existing.some((touch) => touch.idempotencyKey !== null);
        if (decision.do === 'touch' && !repeated) expect(decision.step.kind).not.toBe('invitation');
        if (decision.do === 'wait') expect(decision.reason).not.toBe('condition_pending');
      }),
      { numRuns: 1000 },
    );
  });
});
