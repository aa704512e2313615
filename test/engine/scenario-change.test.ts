import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CHANNELS, type Channel } from '../../src/engine/model.ts';
import { plan } from '../../src/engine/plan/plan.ts';
import type { Snapshot, Touch } from '../../src/engine/plan/snapshot.ts';
import {
  ambiguousChannels,
  diffScenarios,
  otherDifferences,
  relocate,
  touchedSteps,
} from '../../src/engine/scenario/change.ts';
import type { Scenario, Step } from '../../src/engine/scenario/scenario.ts';
import { afterTouch } from '../../src/engine/tick/advance.ts';
import { aScenario, aStep, DAY, NOW } from '../builders.ts';
import { aSnapshot, POLICY } from './snapshot.ts';

const of = (...steps: (string | Partial<Step>)[]): Scenario =>
  aScenario({ steps: steps.map((step) => aStep(typeof step === 'string' ? { id: step } : step)) });
const texts = (scenario: Scenario, templates: Record<string, string> = {}) => ({ scenario, templates });
const none: ReadonlySet<string> = new Set();

describe('what differs between two scenarios', () => {
  const diff = (old: Scenario, next: Scenario) =>
    diffScenarios(texts(old), texts(next)).map(({ step, change, what }) =>
      [step.id, change, ...what].join(' '),
    );

  it('nothing', () => expect(diff(of('a', 'b'), of('a', 'b'))).toEqual(['a kept', 'b kept']));

  it('steps added and taken out, at their places', () =>
    expect(diff(of('a', 'b', 'c'), of('z', 'a', 'c', 'd'))).toEqual([
      'z added',
      'a kept',
      'b removed',
      'c kept',
      'd added',
    ]));

  it('a first step that is gone stands first', () =>
    expect(diff(of('a', 'b'), of('b'))).toEqual(['a removed', 'b kept']));

  it('the one step that moved, not all those it passed', () =>
    expect(diff(of('a', 'b', 'c', 'd'), of('b', 'c', 'd', 'a'))).toEqual([
      'b kept',
      'c kept',
      'd kept',
      'a changed order',
    ]));

  it('the keys of a step', () =>
    expect(
      diff(of({ id: 'a', wait: '2d' }), of({ id: 'a', wait: '3d', when: { delivered: true, within: '2d' } })),
    ).toEqual(['a changed wait when']));

  it('the words of a template, by the steps that use them; those of the default ones apart', () => {
    const scenario = of({ id: 'a', template: 'x/a' }, { id: 'b', template: 'x/b' });
    const old = texts(scenario, { 'x/a': 'un', 'x/b': 'deux', 'default/email': 'trois' });
    const next = texts(scenario, { 'x/a': 'un', 'x/b': 'DEUX', 'default/email': 'TROIS' });
    expect(diffScenarios(old, next).map(({ what }) => what)).toEqual([[], ['text']]);
    expect(otherDifferences(old, next)).toEqual(['default texts']);
    expect(otherDifferences(old, texts({ ...scenario, company_stop: 'off' }, old.templates))).toEqual([
      'company_stop',
    ]);
  });
});

describe('where a person stands after a change', () => {
  it.each<[string, Scenario, Scenario, string, string[], string | null]>([
    ['the step is still there', of('a', 'b'), of('x', 'b', 'a'), 'b', ['a'], 'b'],
    ['behind the step before it', of('a', 'b', 'c'), of('a', 'c'), 'b', ['a'], 'c'],
    ['at what took its place', of('a', 'b', 'c'), of('a', 'x', 'c'), 'b', ['a'], 'x'],
    [
      'behind an earlier one, when that is gone too',
      of('a', 'b', 'c', 'd'),
      of('a', 'd'),
      'c',
      ['a', 'b'],
      'd',
    ],
    ['at the beginning, when nothing before it is left', of('a', 'b'), of('x', 'y'), 'a', [], 'x'],
    ['at a step still to come that now stands earlier', of('a', 'b', 'c'), of('c', 'a'), 'b', ['a'], 'c'],
    ['past steps that were touched', of('a', 'b', 'c', 'd'), of('d', 'b', 'a', 'x'), 'c', ['a', 'b'], 'x'],
    ['at the end', of('a', 'b'), of('a'), 'b', ['a'], null],
    ['at the end, when all that is left was touched', of('a', 'b', 'c'), of('b', 'a'), 'c', ['a', 'b'], null],
    ['an unknown step is taken as the first', of('a', 'b'), of('a', 'b'), 'gone', ['a'], 'b'],
  ])('%s', (_, old, next, current, touched, expected) => {
    expect(relocate(old, next, current, new Set(touched))).toBe(expected);
  });

  it('a text beside a step says nothing about the step', () => {
    const scenario = of({ id: 'a', channel: 'email', also: ['linkedin'] });
    const touch: Touch = {
      messageId: 1,
      step: 'a',
      channel: 'linkedin',
      state: 'sent',
      idempotencyKey: null,
      factsKey: null,
      approved: false,
      sentAt: NOW,
    };
    expect(touchedSteps(scenario, [touch])).toEqual(none);
    expect(touchedSteps(scenario, [{ ...touch, channel: 'email' }])).toEqual(new Set(['a']));
    expect(touchedSteps(scenario, [{ ...touch, channel: 'sms' }])).toEqual(new Set(['a']));
    expect(touchedSteps(scenario, [{ ...touch, channel: 'email', state: 'ready' }])).toEqual(none);
  });

  it('a channel of the step that was used may not become one beside it', () => {
    const old = of({ id: 'a', channel: 'email' });
    const next = of({ id: 'a', channel: 'linkedin', kind: 'message', also: ['email'] });
    expect(ambiguousChannels(old, next, [{ step: 'a', channel: 'email' }])).toHaveLength(1);
    expect(ambiguousChannels(old, next, [])).toEqual([]);
    expect(ambiguousChannels(next, next, [{ step: 'a', channel: 'email' }])).toEqual([]);
  });
});

/** A step with a channel, perhaps fallbacks and companions, drawn at random. */
const aStepOf = (id: string): fc.Arbitrary<Step> =>
  fc
    .record({
      channel: fc.constantFrom<Channel>(...CHANNELS),
      fallback: fc.subarray([...CHANNELS]),
      also: fc.subarray([...CHANNELS]),
      wait: fc.constantFrom('0d', '1d', '2bd', '5d'),
    })
    .map(({ channel, fallback, also, wait }) =>
      aStep({
        id,
        channel,
        wait,
        kind: channel === 'linkedin' ? 'message' : channel,
        fallback: fallback.filter((each) => each !== channel),
        also: also.filter((each) => each !== channel),
      }),
    );

const scenarios = fc
  .shuffledSubarray(['a', 'b', 'c', 'd', 'e', 'f'], { minLength: 1 })
  .chain((ids) => fc.tuple(...ids.map(aStepOf)))
  .map((steps) => aScenario({ steps }));

describe('an enrolment at a step that is not in its scenario', () => {
  const sent = (step: string): Touch => ({
    messageId: 1,
    step,
    channel: 'email',
    state: 'sent',
    idempotencyKey: 'k',
    factsKey: null,
    approved: false,
    sentAt: NOW - 9 * DAY,
  });
  const at = (touches: Touch[], step = 'gone') =>
    aSnapshot({
      steps: [{ id: 'a' }, { id: 'b', wait: '3d' }, { id: 'c' }],
      enrolment: { step, anchorAt: NOW - 9 * DAY },
      touches,
    });

  it.each<[string, Touch[], string]>([
    ['begins, if nothing was touched', [], 'a'],
    ['goes on behind what was touched', [sent('a')], 'b'],
    ['takes no notice of the steps that are gone', [sent('gone')], 'a'],
  ])('%s', (_, touches, step) => {
    expect(plan(at(touches), POLICY, NOW)).toMatchObject({ step, decision: { do: 'touch' } });
  });

  it('ends when the last one was touched', () => {
    expect(plan(at([sent('c')]), POLICY, NOW).decision).toEqual({ do: 'complete' });
  });

  it('is due at once when the touch that was under way has happened: it completes nothing', () => {
    expect(afterTouch(at([]), 'gone', NOW, POLICY)).toEqual({ step: 'gone', anchorAt: NOW, nextAt: NOW });
  });
});

describe('after any changes', () => {
  it('nobody gets a step again, and everybody has a step of the new version or has ended', () => {
    const history = fc.tuple(
      scenarios,
      fc.array(fc.record({ touches: fc.integer({ min: 0, max: 4 }), next: scenarios }), { maxLength: 4 }),
    );
    fc.assert(
      fc.property(history, ([first, edits]) => {
        const walk = new Walk(first);
        for (const { touches, next } of edits) {
          walk.go(touches);
          walk.edit(next);
        }
        walk.go(30);
        expect(walk.ended).toBe(true);
        expect(new Set(walk.done).size).toBe(walk.done.length);
      }),
      { numRuns: 300 },
    );
  });
});

/** One enrolment on its way: planned, touched, recorded, as a tick does it, a day at a time. */
class Walk {
  snapshot: Snapshot;
  now = NOW;
  ended = false;
  /** Steps touched on a channel of their own, in order. */
  readonly done: string[] = [];

  constructor(scenario: Scenario) {
    this.snapshot = aSnapshot({ steps: scenario.steps });
  }

  go(touches: number): void {
    for (let left = touches, days = 0; left > 0 && !this.ended && days < 400; days += 1, this.now += DAY) {
      const { decision, step } = plan(this.snapshot, POLICY, this.now);
      if (decision.do === 'complete' || decision.do === 'stop') this.ended = true;
      if (decision.do !== 'touch') continue;
      this.done.push(step);
      this.#record(step, [decision.channel, ...decision.also]);
      left -= 1;
    }
  }

  edit(next: Scenario): void {
    if (this.ended) return;
    const { version, touches, enrolment } = this.snapshot;
    if (ambiguousChannels(version.scenario, next, touches).length > 0) return;
    const step = relocate(version.scenario, next, enrolment.step, touchedSteps(next, touches));
    this.ended = step === null;
    if (step === null) return;
    expect(next.steps.map(({ id }) => id)).toContain(step);
    const stepAt = step === enrolment.step ? enrolment.stepAt : this.now;
    this.snapshot = {
      ...this.snapshot,
      version: { ...version, scenario: next },
      enrolment: { ...enrolment, step, stepAt },
    };
  }

  #record(step: string, channels: readonly Channel[]): void {
    const { snapshot, now } = this;
    const sent = channels.map((channel): Touch => {
      const messageId = snapshot.touches.length + 1;
      return {
        messageId,
        step,
        channel,
        state: 'sent',
        idempotencyKey: `k${messageId}`,
        factsKey: null,
        approved: false,
        sentAt: now,
      };
    });
    const advance = afterTouch(snapshot, step, now, POLICY);
    this.ended = advance.step === null;
    this.snapshot = {
      ...snapshot,
      touches: [...snapshot.touches, ...sent],
      lastContactAt: now,
      enrolment: {
        ...snapshot.enrolment,
        step: advance.step ?? step,
        anchorAt: advance.anchorAt,
        stepAt: now,
      },
    };
  }
}
