import { placeOf } from '../dates/place.ts';
import { startOf } from '../enrol.ts';
import { laneOf } from '../limits/caps.ts';
import type { Channel, MessageKind, Prospect } from '../model.ts';
import type { Decision, Policy } from '../plan/decision.ts';
import { plan } from '../plan/plan.ts';
import type { Campaign, Snapshot } from '../plan/snapshot.ts';
import type { ScenarioVersion } from '../scenario/scenario.ts';
import { kindOn } from '../texts/kinds.ts';
import { afterTouch } from '../tick/advance.ts';
import { TimeQueue } from './queue.ts';
import { type LaneRoom, Rooms } from './rooms.ts';

export interface ForecastInput {
  campaign: Campaign;
  version: ScenarioVersion;
  people: readonly Prospect[];
  /** Those who need no invitation. */
  connected: ReadonlySet<number>;
  policy: Policy;
  /** Empty for a rehearsal, which has no caps. */
  rooms: readonly LaneRoom[];
  /** Whose midnight ends a day of the caps. */
  zone: string;
  /** Whether every invitation is accepted at once, or none. */
  accepted: boolean;
  /** UTC ms. */
  now: number;
}

export interface ForecastTouch {
  personId: number;
  step: string;
  channel: Channel;
  kind: MessageKind;
  /** UTC ms. */
  at: number;
}

export interface Forecast {
  /** In the order of their dates. */
  touches: ForecastTouch[];
  /** People whom it has not led to their end within two years: the caps are too low for so many. */
  unfinished: number;
}

interface Walker {
  snapshot: Snapshot;
  /** Its turn is taken already, since a cap turned it away; nothing that the planner goes by changes until then. */
  reserved: ReturnType<typeof laneOf> | null;
  looks: number;
}

const HORIZON_MS = 2 * 366 * 86_400_000;
/** A step is looked at a few times before it happens; a date that moves on and on ends the forecast of one person. */
const MOST_LOOKS = 400;
/** Looks between two rests: some hundredths of a second. */
const STRETCH = 500;

/**
 * The touches of a whole campaign, by the planner that the tick follows. Nobody answers; every text is approved, and every
 * LinkedIn text is pasted, as soon as it is there; e-mails and SMS arrive; no other campaign takes room from the caps.
 * It rests now and then, with how many people are through, so that whoever runs it can do something else.
 */
export function* forecasting(input: ForecastInput): Generator<number, Forecast, void> {
  const { policy, zone, now } = input;
  const rooms = new Rooms(input.rooms, policy.calendar, { zone, now });
  const queue = new TimeQueue<Walker>();
  for (const person of input.people) {
    const snapshot = firstSnapshot(person, input);
    queue.add(snapshot.enrolment.nextAt, { snapshot, reserved: null, looks: 0 });
  }
  const found: Forecast = { touches: [], unfinished: 0 };
  const end = Math.max(now, input.campaign.startAt) + HORIZON_MS;
  let done = 0;
  let looks = 0;
  for (let turn = queue.next(); turn; turn = queue.next()) {
    const nextAt = turn.at > end ? null : look(turn.item, turn.at, { input, rooms, found });
    if (turn.at > end) found.unfinished += 1;
    if (nextAt !== null) queue.add(nextAt, turn.item);
    else done += 1;
    if (++looks % STRETCH === 0) yield done;
  }
  return found;
}

function firstSnapshot(prospect: Prospect, input: ForecastInput): Snapshot {
  const { campaign, version, policy, now } = input;
  const { country, calendar } = policy;
  const start = startOf(campaign, version.scenario, prospect, calendar, { country, now });
  return {
    enrolment: { ...start, id: prospect.id, stepAt: now, hold: 'not_yet_due' },
    ...{ prospect, campaign, version, touches: [], history: [] },
    accepted: false,
    connected: input.connected.has(prospect.id),
    ...{ delivered: false, lastContactAt: null, suppressedBy: null },
  };
}

interface Run {
  input: ForecastInput;
  rooms: Rooms;
  found: Forecast;
}

/** When this person is looked at again; null: never. */
function look(walker: Walker, at: number, run: Run): number | null {
  const { snapshot } = walker;
  const planned = plan(snapshot, run.input.policy, at);
  const { decision, step, anchorAt, stepAt } = planned;
  const reserved = walker.reserved;
  walker.reserved = null;
  walker.looks += 1;
  walker.snapshot = { ...snapshot, enrolment: { ...snapshot.enrolment, step, anchorAt, stepAt, nextAt: at } };
  if (decision.do === 'touch') return touch(walker, decision, { at, reserved }, run);
  if (decision.do !== 'wait') return null;
  if (walker.looks > MOST_LOOKS) {
    run.found.unfinished += 1;
    return null;
  }
  return Math.max(decision.until, at + 1);
}

type Touch = Extract<Decision, { do: 'touch' }>;

function touch(
  walker: Walker,
  { step, channel, also }: Touch,
  { at, reserved }: { at: number; reserved: Walker['reserved'] },
  { input, rooms, found }: Run,
): number | null {
  const lane = laneOf(channel, kindOn(step.kind, channel));
  if (reserved !== lane && !rooms.take(lane, at)) return putOff(walker, channel, lane, at, input, rooms);
  const { snapshot } = walker;
  const beside = also.filter((each) => rooms.take(laneOf(each, kindOn(step.kind, each)), at));
  for (const each of [channel, ...beside])
    found.touches.push({
      ...{ personId: snapshot.prospect.id, step: step.id, channel: each, at },
      kind: kindOn(step.kind, each),
    });
  const next = afterTouch(snapshot, step.id, at, input.policy);
  if (next.step === null || next.nextAt === null) return null;
  const invited = lane === 'invitation' || (beside.includes('linkedin') && step.kind === 'invitation');
  const met = snapshot.accepted || (invited && input.accepted);
  walker.looks = 0;
  walker.snapshot = {
    ...snapshot,
    enrolment: { ...snapshot.enrolment, step: next.step, anchorAt: at, stepAt: at, nextAt: next.nextAt },
    touches: [...snapshot.touches, ...[channel, ...beside].map((each) => sentTouch(step.id, each, at))],
    ...{ accepted: met, connected: snapshot.connected || met },
    delivered: snapshot.delivered || [channel, ...beside].some((each) => each !== 'linkedin'),
    lastContactAt: at,
  };
  return next.nextAt;
}

const sentTouch = (step: string, channel: Channel, sentAt: number): Snapshot['touches'][number] => ({
  ...{
    messageId: 0,
    step,
    channel,
    state: 'sent',
    idempotencyKey: null,
    sentAt,
    factsKey: null,
    approved: false,
  },
});

/** To the first hour with room; the time that a cap takes does not make the step too late. */
function putOff(
  walker: Walker,
  channel: Channel,
  lane: ReturnType<typeof laneOf>,
  at: number,
  { campaign, policy }: ForecastInput,
  rooms: Rooms,
): number | null {
  const { prospect, enrolment } = walker.snapshot;
  const place = placeOf(prospect, { zone: campaign.timezone, region: policy.country });
  const opening = (from: number) => policy.calendar.nextOpening(from, campaign.window, place, channel);
  const turn = rooms.takeLater(lane, at, { where: `${place.zone} ${place.region} ${channel}`, opening });
  if (turn === null) return Number.POSITIVE_INFINITY;
  walker.reserved = lane;
  walker.snapshot = { ...walker.snapshot, enrolment: { ...enrolment, stepAt: turn } };
  return turn;
}
