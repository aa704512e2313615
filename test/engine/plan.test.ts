import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Channel, MessageState } from '../../src/engine/model.ts';
import { plan } from '../../src/engine/plan/plan.ts';
import { ownChannels } from '../../src/engine/plan/reach.ts';
import { DAY, HOUR, NOW } from '../builders.ts';
import { aSnapshot, calendar, POLICY, type SnapshotOverrides } from './snapshot.ts';

const decide = (overrides: SnapshotOverrides, now = NOW, policy = POLICY) =>
  plan(aSnapshot(overrides), policy, now);
const touch = (
  step: string,
  channel: Channel,
  state: MessageState,
  idempotencyKey: string | null = null,
) => ({
  messageId: 7,
  step,
  channel,
  state,
  idempotencyKey,
  factsKey: null,
  approved: false,
  sentAt: state === 'sent' ? NOW - DAY : null,
});
const reasons = (overrides: SnapshotOverrides, now = NOW, policy = POLICY) =>
  decide(overrides, now, policy).skips.map(({ step, reason }) => `${step}: ${reason}`);

describe('a due step', () => {
  it('is touched on its channel', () => {
    expect(decide({}).decision).toMatchObject({
      do: 'touch',
      channel: 'email',
      step: { id: 'email-1' },
      also: [],
    });
  });

  it('sends the text that is stored already, not a new one', () => {
    const ready = touch('email-1', 'email', 'ready', 'key');
    expect(decide({ touches: [ready] }).decision).toMatchObject({ do: 'touch', existing: [ready] });
  });

  it('waits for its date, counted from the last touch', () => {
    const later = { steps: [{ id: 'email-1', wait: '2d' }] };
    expect(decide(later).decision).toEqual({ do: 'wait', until: NOW + 2 * DAY, reason: 'not_yet_due' });
  });

  it('moves to the next opening when its date falls outside the window', () => {
    const saturday = { steps: [{ id: 'email-1', wait: '5d' }] };
    expect(decide(saturday).decision).toMatchObject({
      do: 'wait',
      until: Date.UTC(2026, 10, 30, 8),
      reason: 'not_yet_due',
    });
    expect(decide({}, NOW + 12 * HOUR).decision).toMatchObject({
      do: 'wait',
      until: Date.UTC(2026, 10, 24, 8),
      reason: 'outside_window',
    });
  });

  it('is left out when it comes more than its expiry too late, and the next wait counts from now', () => {
    const late = decide({ enrolment: { anchorAt: NOW - 20 * DAY, stepAt: NOW - 20 * DAY } });
    expect(late.skips).toEqual([{ step: 'email-1', reason: 'expired' }]);
    expect(late).toMatchObject({
      step: 'email-2',
      anchorAt: NOW,
      decision: { do: 'wait', reason: 'not_yet_due' },
    });
  });

  it('is not late when it only became the next one just now', () => {
    expect(decide({ enrolment: { anchorAt: NOW - 20 * DAY, stepAt: NOW } }).skips).toEqual([]);
  });
});

describe('never after no', () => {
  it('a blacklisted person is stopped before anything else is looked at', () => {
    const decision = decide({
      suppressedBy: { kind: 'email', value: 'x' },
      touches: [touch('email-1', 'email', 'ready')],
    }).decision;
    expect(decision).toEqual({ do: 'stop', reason: 'blacklisted' });
  });

  it.each<[MessageState, string]>([
    ['sent', 'already_touched'],
    ['skipped', 'already_touched'],
    ['cancelled', 'already_touched'],
    ['expired', 'already_touched'],
  ])('a step whose message is %s is not touched again', (state, reason) => {
    expect(reasons({ touches: [touch('email-1', 'email', state)] })).toContain(`email-1: ${reason}`);
  });

  it.each<[MessageState, string]>([
    ['awaiting_operator', 'operator'],
    ['awaiting_approval', 'approval'],
    ['uncertain', 'uncertain'],
  ])('a step whose message is %s waits for a person', (state, reason) => {
    expect(decide({ touches: [touch('email-1', 'email', state)] }).decision).toMatchObject({
      do: 'hold',
      reason,
    });
  });

  it('a step whose message is sending waits for what its provider says', () => {
    const decision = decide({ touches: [touch('email-1', 'email', 'sending')] }).decision;
    expect(decision).toEqual({ do: 'wait', until: NOW + 10 * 60_000, reason: 'checking' });
  });

  it('one touch a day, over all campaigns; the day is the person’s', () => {
    const earlier = decide({ lastContactAt: NOW - HOUR }).decision;
    expect(earlier).toEqual({ do: 'wait', until: Date.UTC(2026, 10, 24, 8), reason: 'one_touch_a_day' });
    expect(decide({ lastContactAt: NOW - DAY }).decision.do).toBe('touch');
    const reunion = { timezone: 'Indian/Reunion' };
    expect(decide({ prospect: reunion, lastContactAt: Date.UTC(2026, 10, 22, 19) }).decision.do).toBe(
      'touch',
    );
    expect(decide({ prospect: reunion, lastContactAt: Date.UTC(2026, 10, 22, 21) }).decision.do).toBe('wait');
  });
});

describe('channels', () => {
  it('without an address the step is passed over, unless a fallback has one', () => {
    expect(reasons({ prospect: { email: null } })).toEqual(['email-1: no_address', 'email-2: no_address']);
    const fallback = { steps: [{ id: 'email-1', fallback: ['sms' as const] }], prospect: { email: null } };
    expect(decide(fallback).decision).toMatchObject({ do: 'touch', channel: 'sms' });
  });

  it('beside the step only those are used that reach the person and may be used', () => {
    const steps = [{ id: 'email-1', also: ['sms' as const, 'linkedin' as const] }];
    const also = (prospect: SnapshotOverrides['prospect']) =>
      decide({ steps, ...(prospect ? { prospect } : {}) });
    expect(also({}).decision).toMatchObject({ also: ['sms', 'linkedin'] });
    expect(also({ mobile: null }).decision).toMatchObject({ also: ['linkedin'] });
    expect(also({ consent: null, linkedin: null }).decision).toMatchObject({ also: [] });
  });

  it('what is stored for a step on any channel is not written again', () => {
    const steps = [{ id: 'email-1', also: ['sms' as const, 'linkedin' as const] }];
    const touches = [touch('email-1', 'email', 'ready'), touch('email-1', 'sms', 'ready')];
    expect(decide({ steps, touches }).decision).toMatchObject({ also: ['linkedin'], existing: touches });
  });

  it('what is left beside a step that is done does not go out on another day', () => {
    const steps = [
      { id: 'email-1', also: ['sms' as const] },
      { id: 'email-2', wait: '4d' },
    ];
    const touches = [touch('email-1', 'email', 'sent'), touch('email-1', 'sms', 'ready')];
    expect(decide({ steps, touches })).toMatchObject({
      skips: [{ step: 'email-1', reason: 'already_touched' }],
      step: 'email-2',
    });
  });

  it('a refused address leads to the fallback', () => {
    const steps = [{ id: 'email-1', fallback: ['sms' as const] }];
    expect(decide({ steps, touches: [touch('email-1', 'email', 'rejected')] }).decision).toMatchObject({
      do: 'touch',
      channel: 'sms',
    });
    expect(reasons({ steps: [{ id: 'email-1' }], touches: [touch('email-1', 'email', 'rejected')] })).toEqual(
      ['email-1: address_rejected'],
    );
  });

  it('a free-mail address needs recorded consent, unless the workspace answers for it', () => {
    const person = { email: 'claire@orange.fr', consent: null };
    expect(reasons({ prospect: person })).toContain('email-1: no_consent');
    expect(decide({ prospect: person }, NOW, { ...POLICY, freeMail: 'allow' }).decision.do).toBe('touch');
    expect(decide({ prospect: { ...person, consent: 'salon 2026' } }).decision.do).toBe('touch');
  });

  it('an SMS needs recorded consent and a mobile', () => {
    const steps = [{ id: 'sms-1', channel: 'sms' as const, kind: 'sms' as const }];
    expect(decide({ steps }).decision.do).toBe('touch');
    expect(reasons({ steps, prospect: { consent: null } })).toEqual(['sms-1: no_consent']);
    expect(
      decide({ steps, prospect: { consent: null } }, NOW, { ...POLICY, smsConsent: 'assumed' }).decision.do,
    ).toBe('touch');
    expect(reasons({ steps, prospect: { mobile: '+33145678901' } })).toEqual(['sms-1: no_address']);
  });

  it('a channel without provider is passed over', () => {
    const policy = { ...POLICY, channels: { ...POLICY.channels, email: false } };
    expect(reasons({}, NOW, policy)).toContain('email-1: channel_off');
  });

  it('auto takes the first channel that can be used; also adds one in the same pass', () => {
    const steps = [{ id: 'first', channel: 'auto' as const, also: ['email' as const] }];
    expect(decide({ steps }).decision).toMatchObject({ channel: 'linkedin', also: ['email'] });
    expect(decide({ steps, prospect: { linkedin: null } }).decision).toMatchObject({
      channel: 'email',
      also: [],
    });
  });
});

describe('a condition', () => {
  const accepted = (expected: boolean, otherwise: string, within: string | undefined = '5d') => [
    { id: 'message', wait: '2d', when: { accepted: expected, ...(within ? { within } : {}) }, otherwise },
    { id: 'closing', wait: '6d' },
  ];
  const enrolment = { anchorAt: NOW, stepAt: NOW };

  it('that should become true waits for it until its time is over', () => {
    const steps = accepted(true, 'skip');
    expect(decide({ steps, enrolment }, NOW + 2 * DAY).decision).toEqual({
      do: 'wait',
      until: NOW + 5 * DAY,
      reason: 'condition_pending',
    });
    expect(decide({ steps, enrolment, accepted: true }, NOW + 2 * DAY).decision.do).toBe('touch');
    expect(decide({ steps, enrolment, accepted: true }, NOW + DAY).decision).toMatchObject({
      reason: 'not_yet_due',
    });
    const over = decide({ steps, enrolment }, NOW + 7 * DAY);
    expect(over.skips).toEqual([{ step: 'message', reason: 'condition_false' }]);
    expect(over).toMatchObject({ step: 'closing', anchorAt: NOW, decision: { do: 'touch' } });
  });

  it('that should stay false waits until its time is over, and fails at once when it is true', () => {
    const steps = accepted(false, 'skip');
    expect(decide({ steps, enrolment }, NOW + 2 * DAY).decision).toMatchObject({
      reason: 'condition_pending',
    });
    expect(decide({ steps, enrolment }, NOW + 7 * DAY).decision.do).toBe('touch');
    expect(reasons({ steps, enrolment, accepted: true }, NOW + HOUR)).toEqual(['message: condition_false']);
  });

  it('without a time-out counts as it stands when the step is due', () => {
    const steps = accepted(true, 'stop', '');
    expect(decide({ steps, enrolment }, NOW + HOUR).decision).toMatchObject({
      do: 'wait',
      until: NOW + 2 * DAY,
    });
    expect(decide({ steps, enrolment }, NOW + 2 * DAY).decision).toEqual({
      do: 'stop',
      reason: 'condition_stop',
    });
  });

  it('may jump forward', () => {
    const steps = [
      { id: 'message', when: { accepted: true }, otherwise: 'goto last' },
      { id: 'between' },
      { id: 'last' },
    ];
    expect(decide({ steps })).toMatchObject({
      step: 'last',
      skips: [{ step: 'message' }],
      decision: { do: 'touch' },
    });
  });

  it('on a channel that cannot be used does not make the person wait for it', () => {
    const steps = accepted(true, 'skip').map((step, index) =>
      index === 0 ? { ...step, channel: 'linkedin' as const } : step,
    );
    expect(reasons({ steps, enrolment, prospect: { linkedin: null } }, NOW + HOUR)).toEqual([
      'message: no_address',
    ]);
  });
});

describe('the end', () => {
  it('is no completion for someone whom no step had a way to reach', () => {
    expect(decide({ prospect: { email: null } }).decision).toEqual({ do: 'stop', reason: 'unreachable' });
  });

  it('comes when no step is left', () => {
    expect(
      decide({ enrolment: { step: 'email-2' }, touches: [touch('email-2', 'email', 'sent')] }).decision,
    ).toEqual({
      do: 'complete',
    });
  });
});

describe('any plan', () => {
  const steps = fc.array(
    fc.record({
      wait: fc.constantFrom('0d', '1d', '2bd', '6h', '9d'),
      channel: fc.constantFrom('email' as const, 'sms' as const, 'linkedin' as const, 'auto' as const),
      fallback: fc.subarray(['email' as const, 'sms' as const, 'linkedin' as const]),
      also: fc.subarray(['email' as const, 'sms' as const, 'linkedin' as const]),
      when: fc.option(fc.record({ accepted: fc.boolean(), within: fc.constantFrom('3d', '8d') }), {
        nil: undefined,
      }),
      otherwise: fc.constantFrom('skip', 'stop', 'goto s3'),
    }),
    { minLength: 1, maxLength: 6 },
  );
  const states = fc.constantFrom<MessageState>(
    'sent',
    'ready',
    'rejected',
    'failed',
    'cancelled',
    'uncertain',
    'awaiting_operator',
  );

  it('is the same for the same input, ends, and never touches outside the window, after no, or a step twice', () => {
    fc.assert(
      fc.property(
        steps,
        fc.uniqueArray(
          fc.record({
            step: fc.constantFrom('s0', 's1', 's2'),
            channel: fc.constantFrom<Channel>('email', 'sms', 'linkedin'),
            state: states,
            key: fc.constantFrom('k', null),
          }),
          { maxLength: 5, selector: ({ step, channel }) => `${step}:${channel}` },
        ),
        fc.integer({ min: -30, max: 40 }),
        fc.boolean(),
        fc.option(fc.integer({ min: 0, max: 48 }), { nil: null }),
        fc.boolean(),
        fc.subarray(['email', 'mobile', 'linkedin'] as const),
        (shapes, touches, hours, accepted, contactHoursAgo, suppressed, missing) => {
          const now = NOW + hours * HOUR;
          const overrides: SnapshotOverrides = {
            steps: shapes.map(({ when, ...shape }, index) => ({
              ...shape,
              id: `s${index}`,
              ...(when ? { when } : {}),
            })),
            touches: touches.map(({ step, channel, state, key }) => touch(step, channel, state, key)),
            accepted,
            lastContactAt: contactHoursAgo === null ? null : now - contactHoursAgo * HOUR,
            suppressedBy: suppressed ? { kind: 'email', value: 'x' } : null,
            prospect: Object.fromEntries(missing.map((field) => [field, null])),
          };
          const planned = decide(overrides, now);
          expect(decide(overrides, now)).toEqual(planned);
          expect(new Set(planned.skips.map(({ step }) => step)).size).toBe(planned.skips.length);
          const { decision } = planned;
          if (suppressed) expect(decision).toEqual({ do: 'stop', reason: 'blacklisted' });
          if (decision.do === 'wait') expect(decision.until).toBeGreaterThan(now);
          if (decision.do !== 'touch') return;
          const done = touches.filter(({ step }) => step === decision.step.id);
          const known = done.map(({ channel }) => channel);
          const held = ['awaiting_operator', 'uncertain'];
          for (const { channel, state } of done)
            if (channel === decision.channel)
              expect(state === 'ready' || (decision.existing.length > 0 && held.includes(state))).toBe(true);
          expect(decision.also.filter((channel) => known.includes(channel))).toEqual([]);
          expect(decision.existing.every(({ state }) => state === 'ready')).toBe(true);
          const own = ownChannels(decision.step);
          for (const { state, key, channel } of done)
            if (state === 'ready' && key !== null && own.includes(channel))
              expect(decision.existing.map((touch) => touch.channel)).toContain(channel);
          const place = { zone: 'Europe/Paris', region: 'FR' };
          const window = { days: [1, 2, 3, 4, 5], from: 540, to: 1080, daysOff: [] };
          expect(calendar.nextOpening(now, window, place, decision.channel)).toBe(now);
          if (overrides.lastContactAt !== null && overrides.lastContactAt !== undefined)
            expect(calendar.dateOf(overrides.lastContactAt, place.zone)).not.toBe(
              calendar.dateOf(now, place.zone),
            );
        },
      ),
      { numRuns: 2000 },
    );
  });
});
