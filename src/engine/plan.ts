import { condition } from './condition.ts';
import type { Decision, Plan, Policy, Skip } from './decision.ts';
import type { Channel } from './model.ts';
import { type Place, placeOf } from './place.ts';
import { companions, ownChannels, usableChannel } from './reach.ts';
import type { SkipReason, WaitReason } from './reasons.ts';
import { durationOf, type Scenario, type Step, stepAfter } from './scenario.ts';
import type { Snapshot, Touch } from './snapshot.ts';

interface Position {
  step: Step;
  anchorAt: number;
  stepAt: number;
}

type Verdict = Decision | { do: 'skip'; reason: SkipReason; goto: string | null; anchorAt: number };

/**
 * Decides what happens to one enrolment now. Pure: the same snapshot, policy and instant give the same plan.
 * Skipped steps take no time: the wait of the next one still counts from the last touch.
 */
export function plan(snapshot: Snapshot, policy: Policy, now: number): Plan {
  const { scenario } = snapshot.version;
  const skips: Skip[] = [];
  let step = scenario.steps.find(({ id }) => id === snapshot.enrolment.step);
  let { anchorAt, stepAt } = snapshot.enrolment;
  let last = snapshot.enrolment.step;
  while (step) {
    last = step.id;
    const verdict = judge(snapshot, { step, anchorAt, stepAt }, policy, now);
    if (verdict.do !== 'skip') return { skips, step: step.id, anchorAt, stepAt, decision: verdict };
    skips.push({ step: step.id, reason: verdict.reason });
    anchorAt = verdict.anchorAt;
    stepAt = now;
    step = following(scenario, step.id, verdict.goto, skips);
  }
  // The end of a scenario that never had a way to this person is no completion.
  const decision: Decision = wasTouched(snapshot)
    ? { do: 'complete' }
    : { do: 'stop', reason: 'unreachable' };
  return { skips, step: last, anchorAt, stepAt, decision };
}

const wasTouched = ({ touches }: Snapshot): boolean =>
  touches.some((touch) => touch.state === 'sent' || touch.state === 'uncertain' || perhapsSent(touch));

/** `goto` only leads forward (lint), and never to a step passed in this plan, so that a plan always ends. */
function following(
  scenario: Scenario,
  from: string,
  goto: string | null,
  skips: readonly Skip[],
): Step | undefined {
  const target = goto ? scenario.steps.find(({ id }) => id === goto) : undefined;
  if (target && !skips.some((skip) => skip.step === target.id)) return target;
  return stepAfter(scenario, from) ?? undefined;
}

/** The rules, in the order in which they apply. */
function judge(snapshot: Snapshot, position: Position, policy: Policy, now: number): Verdict {
  if (snapshot.suppressedBy) return { do: 'stop', reason: 'blacklisted' };
  const { step, anchorAt } = position;
  const before = snapshot.touches.filter((touch) => touch.step === step.id);
  const settled = settle(step, before, anchorAt);
  if (settled?.verdict.do === 'skip') return settled.verdict;
  const reach = settled ?? usableChannel(step, snapshot.prospect, before, policy);
  const perhaps = before.find((touch) => perhapsSent(touch) && ownChannels(step).includes(touch.channel));
  if (!settled && perhaps && perhaps.channel !== reach.channel)
    return { do: 'skip', reason: reach.reason ?? 'already_touched', goto: null, anchorAt: now };
  if (!reach.channel) return { do: 'skip', reason: reach.reason, goto: null, anchorAt };
  const { channel } = reach;
  const also = companions(step, channel, snapshot.prospect, before, policy);
  const existing = before.filter(
    (touch) => isReady(touch) && (touch.channel === channel || also.includes(touch.channel)),
  );
  // A text beside the step that a crash has left behind still goes out, whomever the step itself waits for.
  if (settled && existing.length === 0) return settled.verdict;
  const place = placeOf(snapshot.prospect, { zone: snapshot.campaign.timezone, region: policy.country });
  const dueAt = policy.calendar.addWait(anchorAt, durationOf(step.wait), place, snapshot.campaign.window);
  const held = settled
    ? null
    : condition({ step, snapshot, anchorAt, dueAt, place, calendar: policy.calendar, now });
  if (held) return held;
  const later = timing(snapshot, position, policy, { channel, dueAt, place, now });
  if (later) return later;
  const fresh = also.filter((each) => !before.some((touch) => touch.channel === each));
  return { do: 'touch', step, channel, also: fresh, existing };
}

const isReady = ({ state }: Touch): boolean => state === 'ready';
const perhapsSent = (touch: Touch): boolean => isReady(touch) && touch.idempotencyKey !== null;

interface Settled {
  verdict: Verdict;
  channel: Channel;
  reason: null;
}

/**
 * A step whose message has gone out on a channel of its own, or is in a person's hands, is never touched again.
 * What an `also` channel carries says nothing about the step.
 */
function settle(step: Step, before: readonly Touch[], anchorAt: number): Settled | null {
  const own = before.filter(({ channel }) => ownChannels(step).includes(channel));
  for (const touch of own) {
    const verdict = settledBy(touch, anchorAt);
    if (verdict) return { verdict, channel: touch.channel, reason: null };
  }
  return null;
}

function settledBy({ state, sentAt }: Touch, anchorAt: number): Verdict | null {
  switch (state) {
    case 'awaiting_operator':
      return { do: 'hold', reason: 'operator', detail: null };
    case 'awaiting_approval':
    case 'draft':
      return { do: 'hold', reason: 'approval', detail: null };
    case 'sending':
    case 'uncertain':
      return { do: 'hold', reason: 'uncertain', detail: null };
    case 'sent':
      return {
        do: 'skip',
        reason: 'already_touched',
        goto: null,
        anchorAt: Math.max(anchorAt, sentAt ?? anchorAt),
      };
    case 'skipped':
    case 'cancelled':
    case 'expired':
      return { do: 'skip', reason: 'already_touched', goto: null, anchorAt };
    case 'ready':
    case 'rejected':
    case 'failed':
      return null;
  }
}

interface Timing {
  channel: Channel;
  dueAt: number;
  place: Place;
  now: number;
}

/** Not yet, too late, once a day, inside the window: in this order. */
function timing(
  snapshot: Snapshot,
  { step, stepAt }: Position,
  { calendar }: Policy,
  { channel, dueAt, place, now }: Timing,
): Verdict | null {
  const { window } = snapshot.campaign;
  const open = (at: number) => calendar.nextOpening(at, window, place, channel);
  const wait = (until: number | null, reason: WaitReason): Decision =>
    until === null
      ? { do: 'hold', reason: 'window_never_opens', detail: null }
      : { do: 'wait', until, reason };
  if (dueAt > now) return wait(open(dueAt), 'not_yet_due');
  const due = open(Math.max(dueAt, stepAt));
  if (due === null) return wait(null, 'outside_window');
  const latest = calendar.addWait(due, durationOf(step.expires), place, window);
  if (now > latest) return { do: 'skip', reason: 'expired', goto: null, anchorAt: now };
  const { lastContactAt } = snapshot;
  if (
    lastContactAt !== null &&
    calendar.dateOf(lastContactAt, place.zone) === calendar.dateOf(now, place.zone)
  )
    return wait(open(calendar.endOfDay(now, place.zone)), 'one_touch_a_day');
  const opening = open(now);
  return opening === now ? null : wait(opening, 'outside_window');
}
