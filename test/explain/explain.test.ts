import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ended } from '../../src/engine/explain/end.ts';
import { type Explanation, explain } from '../../src/engine/explain/explain.ts';
import type { RuleCode } from '../../src/engine/explain/sentences.ts';
import type { Policy } from '../../src/engine/plan/decision.ts';
import { plan } from '../../src/engine/plan/plan.ts';
import type { Standing } from '../../src/engine/ports/explain.ts';
import { aStep, DAY, HOUR, NOW } from '../builders.ts';
import { POLICY } from '../engine/snapshot.ts';
import { anyCase, aStanding, aTouch } from './standing.ts';

const at = (iso: string) => Date.parse(iso);
const codes = ({ rules }: Explanation) => rules.map(({ code }) => code);
const SUNDAY = at('2026-11-22T10:00:00+01:00');

describe('explain', () => {
  it('says of somebody whom nothing holds that the step goes out with the next tick', () => {
    expect(explain(aStanding(), POLICY, NOW)).toMatchObject({
      step: 'email-1',
      anchorAt: NOW,
      rules: [],
      next: { do: 'touch', step: 'email-1', channels: ['email'], at: NOW, dueAt: NOW, moved: false },
    });
  });

  it.each<[name: string, standing: Standing, now: number, rules: RuleCode[]]>([
    ['a wait', aStanding({ steps: [{ wait: '4d' }] }), NOW, ['not_yet_due']],
    [
      'a wait, on a Sunday',
      aStanding({ steps: [{ wait: '4d' }] }),
      NOW - DAY,
      ['not_yet_due', 'outside_window'],
    ],
    ['a Sunday', aStanding({ enrolment: { anchorAt: SUNDAY } }), SUNDAY, ['outside_window']],
    ['another campaign that wrote today', aStanding({ lastContactAt: NOW - HOUR }), NOW, ['one_touch_a_day']],
    [
      'all at once, in the order in which they apply',
      aStanding(
        {
          steps: [{ wait: '4d', when: { accepted: true, within: '9d' } }],
          lastContactAt: NOW - DAY,
          campaign: { status: 'paused' },
          suppressedBy: { kind: 'domain', value: 'ads.example' },
        },
        { status: 'paused' },
      ),
      NOW - DAY,
      [
        'campaign_paused',
        'person_paused',
        'blacklisted',
        'condition_pending',
        'not_yet_due',
        'one_touch_a_day',
        'outside_window',
      ],
    ],
    [
      'a text in the hands of a person, whatever the hour',
      aStanding({ touches: [aTouch({ state: 'awaiting_operator' })] }),
      NOW - DAY,
      ['operator'],
    ],
    [
      'a cap that a tick met',
      aStanding({ enrolment: { hold: 'daily_cap' } }, { nextAt: NOW + DAY }),
      NOW,
      ['daily_cap'],
    ],
    [
      'a provider that is asked',
      aStanding(
        { enrolment: { hold: 'checking' }, touches: [aTouch({ state: 'sending' })] },
        { nextAt: NOW + HOUR },
      ),
      NOW,
      ['checking'],
    ],
    [
      'nothing any more, once the date of what was noted has come',
      aStanding({ enrolment: { hold: 'daily_cap' } }, { nextAt: NOW }),
      NOW,
      [],
    ],
    [
      'a date that was reckoned from other facts, until it comes',
      aStanding({ enrolment: { hold: 'outside_window' } }, { nextAt: NOW + DAY }),
      NOW,
      ['outside_window'],
    ],
    [
      'no hour in which it may happen',
      aStanding({ campaign: { window: { days: [], from: 540, to: 1080, daysOff: [] } } }),
      NOW,
      ['window_never_opens'],
    ],
    [
      'what ends it, and not what would hold a step that has come too late',
      aStanding({
        enrolment: { anchorAt: NOW - 30 * DAY, stepAt: NOW - 30 * DAY },
        lastContactAt: NOW - HOUR,
        suppressedBy: { kind: 'email', value: 'x@ads.example' },
      }),
      NOW,
      ['blacklisted'],
    ],
    ['nobody to reach', aStanding({ prospect: { email: null } }), NOW, ['unreachable']],
  ])('names %s', (_name, standing, now, rules) => {
    expect(codes(explain(standing, POLICY, now))).toEqual(rules);
  });

  it('says since when a touch was due that missed its hours, and where it moved', () => {
    const due = at('2026-11-23T19:40:00+01:00');
    const standing = aStanding({ enrolment: { anchorAt: due } }, { nextAt: at('2026-11-24T09:00:00+01:00') });
    for (const now of [NOW, due + HOUR])
      expect(explain(standing, POLICY, now).next).toMatchObject({
        do: 'touch',
        at: at('2026-11-24T09:00:00+01:00'),
        dueAt: due,
        moved: true,
      });
  });

  it('says the same of one that no tick came for in time', () => {
    const late = at('2026-11-23T18:30:00+01:00');
    expect(explain(aStanding(), POLICY, late)).toMatchObject({
      rules: [{ code: 'outside_window', until: at('2026-11-24T09:00:00+01:00') }],
      next: { at: at('2026-11-24T09:00:00+01:00'), dueAt: NOW, moved: true },
    });
  });

  it('promises nothing before the date at which a tick looks again', () => {
    const capped = aStanding({ enrolment: { hold: 'daily_cap' } }, { nextAt: NOW + DAY });
    expect(explain(capped, POLICY, NOW).next).toMatchObject({ do: 'touch', at: NOW + DAY, moved: false });
  });

  it('does not call a wait moved that ends in the hours', () => {
    const { next } = explain(aStanding({ steps: [{ wait: '1d' }] }), POLICY, NOW - 12 * HOUR);
    expect(next).toMatchObject({ at: NOW + DAY, dueAt: NOW + DAY, moved: false });
  });

  it('passes over what has no way to the person, and explains the step after it', () => {
    const steps = [
      { id: 'sms-1', channel: 'sms' as const, kind: 'sms' as const },
      { id: 'email-2', wait: '2d' },
    ];
    expect(explain(aStanding({ steps, prospect: { mobile: null } }), POLICY, NOW)).toMatchObject({
      step: 'email-2',
      skipped: [{ step: 'sms-1', reason: 'no_address' }],
      rules: [{ code: 'not_yet_due', until: NOW + 2 * DAY }],
    });
  });

  it('promises no touch where a condition is still open, nor where the campaign stands', () => {
    const when = { accepted: true, within: '9d' };
    expect(explain(aStanding({ steps: [{ when }] }), POLICY, NOW).next).toEqual({
      do: 'decide',
      at: NOW + 9 * DAY,
    });
    expect(explain(aStanding({ campaign: { status: 'paused' } }), POLICY, NOW).next).toEqual({
      do: 'nothing',
    });
    expect(explain(aStanding({}, { status: 'paused' }), POLICY, NOW).next).toEqual({ do: 'nothing' });
  });

  it('announces an end that the next tick will find', () => {
    const done = aStanding({ steps: [{}], touches: [aTouch({ state: 'sent' })] });
    expect(explain(done, POLICY, NOW)).toMatchObject({ rules: [], next: { do: 'end', as: 'completed' } });
  });

  it.each<[code: RuleCode, standing: Standing, commands: string[]]>([
    [
      'campaign_paused',
      aStanding({ campaign: { status: 'paused' } }),
      ["hector campaign resume 'PME Ouest'"],
    ],
    [
      'person_paused',
      aStanding({}, { status: 'paused' }),
      ["hector prospect resume 1 --campaign 'PME Ouest'"],
    ],
    [
      'blacklisted',
      aStanding({ suppressedBy: { kind: 'domain', value: 'ads.example' } }),
      ["hector blacklist remove '@ads.example'"],
    ],
    [
      'blacklisted',
      aStanding({ suppressedBy: { kind: 'linkedin', value: 'claire-durand' } }),
      ['hector blacklist remove claire-durand --kind linkedin'],
    ],
    ['operator', aStanding({ touches: [aTouch({ state: 'awaiting_operator' })] }), ['hector task done 7']],
    [
      'uncertain',
      aStanding({ touches: [aTouch({ state: 'uncertain' })] }),
      ['hector message mark-sent 7', 'hector message retry 7 --yes'],
    ],
    [
      'condition_pending',
      aStanding({
        steps: [{ when: { accepted: true, within: '9d' } }],
        touches: [
          {
            messageId: 3,
            step: 'invitation',
            channel: 'linkedin',
            state: 'sent',
            idempotencyKey: null,
            factsKey: null,
            approved: false,
            sentAt: NOW - DAY,
          },
        ],
      }),
      ['hector task accepted 1'],
    ],
    [
      'missing_variable',
      aStanding({ enrolment: { hold: 'missing_variable' } }, { reason: 'sender.phone', nextAt: NOW + DAY }),
      ['edit hector.yaml: sender.phone'],
    ],
    [
      'missing_variable',
      aStanding({ enrolment: { hold: 'missing_variable' } }, { reason: 'company', nextAt: NOW + DAY }),
      ['hector prospect import FILE --update'],
    ],
    [
      'bad_template',
      aStanding({ enrolment: { hold: 'bad_template' } }, { nextAt: NOW + DAY }),
      ['hector scenario lint essai'],
    ],
    [
      'weekly_cap',
      aStanding({ enrolment: { hold: 'weekly_cap' } }, { nextAt: NOW + DAY }),
      ['edit hector.yaml: caps and ramp of the channel', "hector campaign resume 'PME Ouest'"],
    ],
    ['not_yet_due', aStanding({ steps: [{ wait: '4d' }] }), []],
  ])('names the command that changes %s', (code, standing, commands) => {
    expect(explain(standing, POLICY, NOW).rules).toMatchObject([{ code, commands }]);
  });

  it('says that nothing goes out on Sundays by SMS, whatever the campaign says', () => {
    const campaign = { window: { days: [1, 2, 3, 4, 5, 6, 7], from: 0, to: 1440, daysOff: [] } };
    const steps = [aStep({ channel: 'sms', kind: 'sms' })];
    const standing = aStanding({ campaign, steps, enrolment: { anchorAt: SUNDAY } });
    expect(explain(standing, POLICY, SUNDAY)).toMatchObject({
      rules: [{ code: 'outside_window', until: at('2026-11-23T08:30:00+01:00') }],
    });
  });

  it('agrees with the planner, whatever the scenario, the person and the hour, and changes nothing it is given', () => {
    fc.assert(
      fc.property(anyCase, ({ standing, now, spread }) => {
        const policy: Policy = { ...POLICY, spread: { linkedin: false, email: spread, sms: spread } };
        const before = structuredClone(standing);
        const { decision, skips, step } = plan(standing.snapshot, policy, now);
        const explained = explain(standing, policy, now);
        expect(explain(standing, policy, now)).toEqual(explained);
        expect(standing).toEqual(before);
        expect([explained.step, explained.skipped]).toEqual([step, skips]);
        const [first] = explained.rules;
        const reason =
          decision.do === 'wait'
            ? { code: decision.reason, until: decision.until }
            : 'reason' in decision
              ? { code: decision.reason, until: null }
              : null;
        if (reason) expect(first).toMatchObject(reason);
        else expect(explained.rules).toEqual([]);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('an ended enrolment', () => {
  it.each<[Partial<Omit<Standing, 'snapshot'>>, string]>([
    [{ status: 'replied', reason: 'replied' }, 'answered'],
    [{ status: 'replied', reason: 'opted_out' }, 'asked not to be contacted'],
    [{ status: 'stopped', reason: 'company_replied' }, 'a colleague answered'],
    [{ status: 'completed' }, 'the last step is behind them'],
  ])('%j: %s', (end, sentence) => {
    expect(ended(aStanding({}, { ...end, endedAt: NOW }))).toMatchObject({ sentence, at: NOW, commands: [] });
  });

  it('names the entry of the blacklist that would have to go first', () => {
    const standing = aStanding(
      { suppressedBy: { kind: 'email', value: 'claire@ads.example' } },
      { status: 'stopped' },
    );
    expect(ended(standing).commands).toEqual(["hector blacklist remove 'claire@ads.example'"]);
  });
});
