import type { Calendar } from '../dates/calendar.ts';
import { type Place, placeOf } from '../dates/place.ts';
import type { CampaignMode, Channel } from '../model.ts';
import type { Decision, Planned, Policy } from '../plan/decision.ts';
import type { CapRow, SenderStore } from '../ports/ticks.ts';
import type { WaitReason } from '../reasons.ts';
import { kindOn } from '../texts/kinds.ts';
import { Capacity, type CapStanding, type Refusal } from './capacity.ts';
import { type Caps, capsOn, type Lane, laneOf, type RampPoint } from './caps.ts';
import { Circuits } from './circuit.ts';

/** The caps of the one who sends on a lane. */
interface LaneLimit {
  lane: Lane;
  channel: Channel;
  sender: string;
  caps: Caps;
  /** Empty: no ramp. */
  ramp: readonly RampPoint[];
}

export interface Limits {
  /** Whose midnight ends a day of the caps: the workspace's time zone. */
  zone: string;
  lanes: readonly LaneLimit[];
}

export interface GateInput {
  store: Pick<SenderStore, 'usage' | 'circuits'>;
  policies: Record<CampaignMode, Policy>;
  limits: Limits;
  now: number;
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const WEEK_DAYS = 7;

type Touch = Extract<Decision, { do: 'touch' }>;

/**
 * What no single enrolment can know: the caps of the sender, and a provider that is down. Rehearsals pass; their
 * texts reach nobody.
 */
export class Gate {
  readonly circuits: Circuits;
  /** Today's caps by lane, for the record. */
  readonly caps: readonly CapRow[];
  readonly #capacity: Capacity;
  readonly #input: Omit<GateInput, 'store'>;

  constructor(
    input: Omit<GateInput, 'store'>,
    capacity: Capacity,
    circuits: Circuits,
    caps: readonly CapRow[],
  ) {
    this.#input = input;
    this.#capacity = capacity;
    this.circuits = circuits;
    this.caps = caps;
  }

  /** The plan as it is, or the touch put off. */
  admit(planned: Planned): Planned {
    const { decision } = planned.plan;
    if (decision.do !== 'touch' || planned.snapshot.campaign.mode === 'rehearsal') return planned;
    const down = this.circuits.openUntil(decision.channel, this.#input.now);
    if (down !== null) return this.#putOff(planned, decision.channel, down, 'provider_down');
    const refusal = this.#capacity.take(ownLane(planned, decision));
    if (!refusal) return this.#withCompanions(planned, decision);
    const until = this.#comesAgain(planned, decision.channel, refusal);
    const waiting = this.#putOff(planned, decision.channel, until, refusal.reason);
    // The time in which a cap holds somebody back does not make the step too late.
    return { ...waiting, plan: { ...waiting.plan, stepAt: this.#input.now } };
  }

  /** Another one that begins with the room that is left now, and takes none of this one's. */
  again(): Gate {
    return new Gate(this.#input, this.#capacity.copy(), this.circuits, this.caps);
  }

  /** Caps and what is used of them by now. */
  standing(): CapStanding {
    return this.#capacity.standing();
  }

  /** Room that was taken for a touch which then did not come about. */
  giveBack({ snapshot, plan: { decision } }: Planned): void {
    if (decision.do !== 'touch' || snapshot.campaign.mode === 'rehearsal') return;
    for (const channel of [decision.channel, ...decision.also])
      this.#capacity.giveBack(laneOf(channel, kindOn(decision.step.kind, channel)));
  }

  /** What goes out beside a step goes out with it or not at all: a lane without room does not keep the step back. */
  #withCompanions(planned: Planned, decision: Touch): Planned {
    const hasRoom = (channel: Channel): boolean =>
      this.#capacity.take([laneOf(channel, kindOn(decision.step.kind, channel))]) === null;
    const also = decision.also.filter(hasRoom);
    const existing = decision.existing.filter(
      ({ channel, idempotencyKey }) =>
        channel === decision.channel || idempotencyKey !== null || hasRoom(channel),
    );
    return { ...planned, plan: { ...planned.plan, decision: { ...decision, also, existing } } };
  }

  #putOff(planned: Planned, channel: Channel, at: number, reason: WaitReason): Planned {
    const until = this.#opening(planned, channel, at) ?? at;
    return { ...planned, plan: { ...planned.plan, decision: { do: 'wait', until, reason } } };
  }

  /** The first to be turned away comes again first. */
  #comesAgain(planned: Planned, channel: Channel, { reason, cap, rank }: Refusal): number {
    const { now, limits } = this.#input;
    const calendar = this.#calendar(planned);
    if (reason === 'hourly_cap') {
      const at = now + HOUR_MS * (1 + rank / Math.max(cap, 1));
      if (this.#opening(planned, channel, at) === at) return Math.floor(at);
    }
    const opening = this.#opening(planned, channel, calendar.endOfDay(now, limits.zone));
    if (opening === null) return now + DAY_MS;
    if (channel === 'linkedin') return opening + rank;
    const closing = calendar.closing(
      opening,
      planned.snapshot.campaign.window,
      this.#place(planned),
      channel,
    );
    // Any number of people keeps its order within one day.
    return opening + Math.floor((closing - opening) * 0.9 * (rank / (rank + Math.max(cap, 1))));
  }

  #opening(planned: Planned, channel: Channel, at: number): number | null {
    const { window } = planned.snapshot.campaign;
    return this.#calendar(planned).nextOpening(at, window, this.#place(planned), channel);
  }

  #calendar({ snapshot }: Planned): Calendar {
    return this.#input.policies[snapshot.campaign.mode].calendar;
  }

  #place({ snapshot: { prospect, campaign } }: Planned): Place {
    const { country } = this.#input.policies[campaign.mode];
    return placeOf(prospect, { zone: campaign.timezone, region: country });
  }
}

/** The step's own; none for what is repeated with its key, or goes out beside a step that is done: it is counted. */
function ownLane({ snapshot }: Planned, { step, channel, existing }: Touch): Lane[] {
  const before = snapshot.touches.find((touch) => touch.step === step.id && touch.channel === channel);
  const waits = existing.some((touch) => touch.channel === channel && touch.idempotencyKey === null);
  return before && !waits ? [] : [laneOf(channel, kindOn(step.kind, channel))];
}

/** Reads the ledger of the senders, once a tick. */
export async function openGate({ store, ...input }: GateInput): Promise<Gate> {
  const { limits, policies, now } = input;
  const { calendar } = policies.live;
  const today = calendar.startOfDay(now, limits.zone);
  const since = {
    // Cron is never exact: what was sent with the tick of an hour ago is not in the way of this one.
    hour: now - HOUR_MS + MINUTE_MS,
    day: today,
    week: calendar.startOfDay(now - (WEEK_DAYS - 1) * DAY_MS, limits.zone),
  };
  const capped = limits.lanes.filter(({ caps }) => Object.values(caps).some((cap) => cap !== null));
  const usage = await store.usage(capped, since);
  const rooms = capped.map((limit) => {
    const { firstAt, ...used } = usage.get(limit.lane) ?? { hour: 0, day: 0, week: 0, firstAt: null };
    const day = firstAt === null ? 1 : calendar.daysBetween(firstAt, now, limits.zone) + 1;
    return { ...limit, used, caps: capsOn(limit.caps, limit.ramp, day) };
  });
  const date = calendar.dateOf(now, limits.zone);
  return new Gate(
    input,
    new Capacity(new Map(rooms.map(({ lane, caps, used }) => [lane, { caps, used }]))),
    new Circuits(await store.circuits()),
    limits.lanes.map(({ sender, lane, caps }) => {
      const today = rooms.find((room) => room.lane === lane)?.caps ?? caps;
      return { sender, lane, date, day: today.day, week: today.week };
    }),
  );
}
