import fc from 'fast-check';
import type { Channel, MessageState } from '../../src/engine/model.ts';
import type { Touch } from '../../src/engine/plan/snapshot.ts';
import type { Standing } from '../../src/engine/ports/explain.ts';
import { HOUR, NOW } from '../builders.ts';
import { aSnapshot, type SnapshotOverrides } from '../engine/snapshot.ts';

/** An active enrolment of a running campaign that is due now, unless said otherwise. */
export const aStanding = (
  overrides: SnapshotOverrides = {},
  rest: Partial<Omit<Standing, 'snapshot'>> = {},
): Standing => {
  const snapshot = aSnapshot(overrides);
  return {
    snapshot,
    status: 'active',
    reason: null,
    nextAt: snapshot.enrolment.nextAt,
    endedAt: null,
    pauseReason: null,
    unfinished: null,
    ...rest,
  };
};

export const aTouch = (overrides: Partial<Touch> & Pick<Touch, 'state'>): Touch => ({
  messageId: 7,
  step: 'email-1',
  channel: 'email',
  idempotencyKey: null,
  factsKey: null,
  approved: false,
  sentAt: overrides.state === 'sent' ? NOW : null,
  ...overrides,
});

const CHANNELS: readonly Channel[] = ['email', 'sms', 'linkedin'];
const STATES: readonly MessageState[] = [
  'awaiting_approval',
  'ready',
  'sending',
  'awaiting_operator',
  'sent',
  'skipped',
  'rejected',
  'uncertain',
  'failed',
  'cancelled',
];

/** Snapshots of any scenario, person and past, and an instant within weeks of it. */
export const anyCase = fc
  .record({
    steps: fc.array(
      fc.record({
        wait: fc.constantFrom('0d', '1d', '2bd', '6h', '9d'),
        channel: fc.constantFrom<Channel | 'auto'>(...CHANNELS, 'auto'),
        fallback: fc.subarray([...CHANNELS]),
        also: fc.subarray([...CHANNELS]),
        when: fc.option(fc.record({ accepted: fc.boolean(), within: fc.constantFrom('3d', '8d') }), {
          nil: undefined,
        }),
        otherwise: fc.constantFrom('skip', 'stop', 'goto s3'),
        expires: fc.constantFrom('1d', '5d'),
      }),
      { minLength: 1, maxLength: 4 },
    ),
    touches: fc.uniqueArray(
      fc.record({
        step: fc.constantFrom('s0', 's1', 's2'),
        channel: fc.constantFrom<Channel>(...CHANNELS),
        state: fc.constantFrom(...STATES),
        idempotencyKey: fc.constantFrom('k', null),
        factsKey: fc.constant(null),
        approved: fc.constant(false),
      }),
      { maxLength: 5, selector: ({ step, channel }) => `${step}:${channel}` },
    ),
    hours: fc.integer({ min: -72, max: 400 }),
    accepted: fc.boolean(),
    contactHoursAgo: fc.option(fc.integer({ min: 0, max: 48 }), { nil: null }),
    suppressed: fc.integer({ min: 0, max: 5 }),
    missing: fc.subarray(['email', 'mobile', 'linkedin'] as const),
    timezone: fc.constantFrom(null, 'Indian/Reunion', 'America/Cayenne'),
    days: fc.constantFrom([1, 2, 3, 4, 5], [7], []),
    spread: fc.boolean(),
  })
  .map(({ hours, contactHoursAgo, suppressed, missing, timezone, days, spread, ...shape }) => {
    const now = NOW + hours * HOUR;
    const standing = aStanding({
      steps: shape.steps.map(({ when, ...step }, index) => ({
        ...step,
        id: `s${index}`,
        ...(when ? { when } : {}),
      })),
      touches: shape.touches.map((touch) => aTouch(touch)),
      accepted: shape.accepted,
      lastContactAt: contactHoursAgo === null ? null : now - contactHoursAgo * HOUR,
      suppressedBy: suppressed === 0 ? { kind: 'email', value: 'x@ads.example' } : null,
      prospect: { timezone, ...Object.fromEntries(missing.map((field) => [field, null])) },
      campaign: { window: { days, from: 540, to: 1080, daysOff: [] } },
      enrolment: { nextAt: Math.min(NOW, now) },
    });
    return { standing, now, spread };
  });
