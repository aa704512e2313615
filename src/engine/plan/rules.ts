import { type Place, placeOf } from '../dates/place.ts';
import { slotAfter } from '../dates/slot.ts';
import type { Channel } from '../model.ts';
import type { SkipReason, WaitReason } from '../reasons.ts';
import { durationOf, type Step } from '../scenario/scenario.ts';
import { LOOK_UP_AFTER_MS } from './checking.ts';
import { condition } from './condition.ts';
import type { Decision, Policy } from './decision.ts';
import { companions, isOwnTouch, usableChannel } from './reach.ts';
import type { Snapshot, Touch } from './snapshot.ts';

/** A step that is looked at, what its wait counts from, and when it became the next one (UTC ms). */
export interface Position {
  step: Step;
  anchorAt: number;
  stepAt: number;
}

export type Verdict = Decision | { do: 'skip'; reason: SkipReason; goto: string | null; anchorAt: number };

/** The first rule that holds decides; where none does, the step is due. */
export const judge = (snapshot: Snapshot, position: Position, policy: Policy, now: number): Verdict =>
  rules(snapshot, position, policy, now).next().value;

/**
 * Every rule that keeps the step from happening now, in the order in which they apply; in the end, the touch. What
 * comes after the first one is what would still hold if that one did not (`hector explain`).
 */
export function* rules(
  snapshot: Snapshot,
  position: Position,
  policy: Policy,
  now: number,
): Generator<Verdict, Verdict, undefined> {
  if (snapshot.suppressedBy) yield { do: 'stop', reason: 'blacklisted' };
  const { step } = position;
  const way = wayTo(snapshot, position, policy, now);
  if ('do' in way) return yield* only(way);
  const { channel, also, existing, settled } = way;
  // A text beside the step that a crash has left behind still goes out, whomever the step itself waits for.
  if (settled && existing.length === 0) return yield* only(settled);
  const due = dueDate(snapshot, position, policy);
  if (!settled) {
    const { anchorAt } = position;
    const held = condition({ step, snapshot, anchorAt, ...due, calendar: policy.calendar, now });
    if (held) yield held;
  }
  yield* timing(snapshot, position, policy, { channel, ...due, now });
  return { do: 'touch', step, channel, also, existing };
}

/** Nothing that comes after it would make sense. */
function* only(verdict: Verdict): Generator<Verdict, Verdict, undefined> {
  yield verdict;
  return verdict;
}

interface Way {
  channel: Channel;
  /** Channels beside it that have no text yet. */
  also: Channel[];
  /** Stored texts that were not sent yet. */
  existing: Touch[];
  /** The step has its message already, or waits for the approval of one of its texts. */
  settled: Verdict | null;
}

/** By which channel the step reaches the person; or why it is done, or cannot be. */
export function wayTo(
  snapshot: Snapshot,
  { step, anchorAt }: Position,
  policy: Policy,
  now: number,
): Way | Extract<Verdict, { do: 'skip' }> {
  const before = snapshot.touches.filter((touch) => touch.step === step.id);
  const settled = settle(step, before, anchorAt, checkedAt(snapshot, now));
  if (settled?.verdict.do === 'skip') return settled.verdict;
  const perhaps = before.find((touch) => perhapsSent(touch) && isOwnTouch(step, touch.channel));
  if (isNeedless(step, snapshot) && !perhaps && (!settled || settled.verdict === APPROVAL))
    return { do: 'skip', reason: 'already_connected', goto: null, anchorAt };
  const rules = { ...policy, channels: promised(snapshot.campaign, policy) };
  const reach = settled ?? usableChannel(step, snapshot.prospect, before, rules);
  if (!settled && perhaps && perhaps.channel !== reach.channel)
    return { do: 'skip', reason: reach.reason ?? 'already_touched', goto: null, anchorAt: now };
  if (!reach.channel) return { do: 'skip', reason: reach.reason, goto: null, anchorAt };
  const { channel } = reach;
  const beside = companions(step, channel, snapshot.prospect, before, rules);
  const ready = before.filter(
    (touch) => isReady(touch) && (touch.channel === channel || beside.includes(touch.channel)),
  );
  const waits = before.some(awaitsApproval);
  // What stands beside a text that is not approved yet waits for it; what was perhaps sent is settled first.
  const existing = waits ? ready.filter(perhapsSent) : ready;
  return {
    channel,
    also: beside.filter((each) => !before.some((touch) => touch.channel === each)),
    existing,
    settled: settled?.verdict ?? (waits && existing.length === 0 ? APPROVAL : null),
  };
}

/** Who is connected cannot be invited; a task that is open for it is a person's to close. */
const isNeedless = (step: Step, { connected }: Snapshot): boolean => step.kind === 'invitation' && connected;

/** A key that is missing today is no reason to pass steps over: the channel is closed until it is back. */
const promised = ({ channels }: Snapshot['campaign'], policy: Policy): Policy['channels'] => ({
  ...policy.channels,
  ...Object.fromEntries(channels.map((channel) => [channel, true])),
});

/** Where the person is, and when the wait of the step is over, UTC ms: inside the window or not. */
export function dueDate(
  { prospect, campaign }: Snapshot,
  { step, anchorAt }: Position,
  { calendar, country }: Pick<Policy, 'calendar' | 'country'>,
): { place: Place; dueAt: number } {
  const place = placeOf(prospect, { zone: campaign.timezone, region: country });
  return { place, dueAt: calendar.addWait(anchorAt, durationOf(step.wait), place, campaign.window) };
}

const isReady = ({ state }: Touch): boolean => state === 'ready';
export const awaitsApproval = ({ state }: Touch): boolean =>
  state === 'awaiting_approval' || state === 'draft';
/** Handed to the provider once, and to be repeated with the same key. */
export const perhapsSent = (touch: Touch): boolean => isReady(touch) && touch.idempotencyKey !== null;

const APPROVAL: Verdict = { do: 'hold', reason: 'approval', detail: null };

interface Settled {
  verdict: Verdict;
  channel: Channel;
  reason: null;
}

/**
 * A step whose message has gone out on a channel of its own, or is in a person's hands, is never touched again.
 * What an `also` channel carries says nothing about the step.
 */
function settle(step: Step, before: readonly Touch[], anchorAt: number, checkAt: number): Settled | null {
  const own = before.filter(({ channel }) => isOwnTouch(step, channel));
  for (const touch of own) {
    const verdict = settledBy(touch, anchorAt, checkAt);
    if (verdict) return { verdict, channel: touch.channel, reason: null };
  }
  return null;
}

/** When the provider is asked what became of a call: the next tick that comes after it. */
const checkedAt = ({ enrolment: { nextAt } }: Snapshot, now: number): number =>
  nextAt > now ? nextAt : now + LOOK_UP_AFTER_MS;

function settledBy({ state, sentAt }: Touch, anchorAt: number, checkAt: number): Verdict | null {
  switch (state) {
    case 'awaiting_operator':
      return { do: 'hold', reason: 'operator', detail: null };
    case 'awaiting_approval':
    case 'draft':
      return APPROVAL;
    case 'sending':
      return { do: 'wait', until: checkAt, reason: 'checking' };
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
function* timing(
  snapshot: Snapshot,
  { step, stepAt }: Position,
  policy: Policy,
  { channel, dueAt, place, now }: Timing,
): Generator<Verdict, void, undefined> {
  const { calendar } = policy;
  const { window } = snapshot.campaign;
  const slotInput = { window, place, channel, enrolmentId: snapshot.enrolment.id, step: step.id };
  const open = (at: number) => slotAfter(at, slotInput, policy);
  const wait = (until: number | null, reason: WaitReason): Decision =>
    until === null
      ? { do: 'hold', reason: 'window_never_opens', detail: null }
      : { do: 'wait', until, reason };
  const slot = open(dueAt);
  if (slot === null) return yield wait(null, 'outside_window');
  const opening = calendar.nextOpening(now, window, place, channel);
  if (dueAt > now) yield wait(slot, 'not_yet_due');
  else if (slot > now) yield wait(slot, opening === now ? 'spacing' : 'outside_window');
  else {
    const due = open(Math.max(dueAt, stepAt));
    if (due === null) return yield wait(null, 'outside_window');
    const latest = calendar.addWait(due, durationOf(step.expires), place, window);
    if (now > latest) yield { do: 'skip', reason: 'expired', goto: null, anchorAt: now };
  }
  const { lastContactAt } = snapshot;
  if (
    lastContactAt !== null &&
    calendar.dateOf(lastContactAt, place.zone) === calendar.dateOf(now, place.zone)
  )
    yield wait(open(calendar.endOfDay(now, place.zone)), 'one_touch_a_day');
  // Its own place in the opening has been missed: no second night for it.
  if (opening !== now) yield wait(opening, 'outside_window');
}
