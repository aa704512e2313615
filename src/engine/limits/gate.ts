import type { Calendar } from '../dates/calendar.ts';
import { type Place, placeOf } from '../dates/place.ts';
import type { CampaignMode, Channel } from '../model.ts';
import type { Decision, Planned, Policy } from '../plan/decision.ts';
import type { CapRow, SenderStore } from '../ports/ticks.ts';
import type { WaitReason } from '../reasons.ts';
import { kindOn } from '../texts/kinds.ts';
import { Capacity, type Refusal, type Room } from './capacity.ts';
import { Circuits } from './circuit.ts';
import { type Limits, readRooms, roomsFor } from './rooms.ts';
import { campaignAsSender } from './sender.ts';
import { type CapStanding, type OwnStanding, ownStandings, standingOf } from './standing.ts';

export interface GateInput {
  store: Pick<SenderStore, 'ownLimits' | 'usage' | 'campaignUsage' | 'circuits'>;
  policies: Record<CampaignMode, Policy>;
  limits: Limits;
  now: number;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

type Touch = Extract<Decision, { do: 'touch' }>;

/**
 * What no single enrolment can know: the caps of the sender and of the campaign, and a provider that is down. Rehearsals pass; their
 * texts reach nobody.
 */
export class Gate {
  readonly circuits: Circuits;
  /** Today's caps of each sender and campaign, for the record. */
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
    const refusal = this.#capacity.take(this.#ownRooms(planned, decision));
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

  /** Caps of the workspace's sender, and what is used of them by now. */
  standing(): CapStanding {
    return standingOf(this.#capacity.rooms(), this.#isUsual);
  }

  /** The same of campaigns, and of the senders that they have. */
  ownStandings(): OwnStanding[] {
    return ownStandings(this.#capacity.rooms(), this.#isUsual);
  }

  readonly #isUsual = ({ sender, lane }: Room): boolean =>
    this.#input.limits.lanes.some((limit) => limit.lane === lane && limit.sender === sender);

  /** Room that was taken for a touch which then did not come about. */
  giveBack(planned: Planned): void {
    const { decision } = planned.plan;
    if (decision.do !== 'touch' || planned.snapshot.campaign.mode === 'rehearsal') return;
    this.#capacity.giveBack(this.#ownRooms(planned, decision));
    for (const channel of [...decision.also, ...this.#waitingBeside(decision)])
      this.#capacity.giveBack(this.#rooms(planned, decision, channel));
  }

  /** Texts of an earlier pass that go out beside the step now, and are in no ledger yet. */
  #waitingBeside({ channel, existing }: Touch): Channel[] {
    return existing
      .filter((each) => each.channel !== channel && each.idempotencyKey === null)
      .map((each) => each.channel);
  }

  #rooms({ snapshot }: Planned, { step }: Touch, channel: Channel): string[] {
    const touch = { channel, kind: kindOn(step.kind, channel) };
    return roomsFor(snapshot.campaign, touch, this.#input.limits);
  }

  /** The step's own; none for what is repeated with its key, or goes out beside a step that is done: it is counted. */
  #ownRooms(planned: Planned, touch: Touch): string[] {
    const { step, channel, existing } = touch;
    const before = planned.snapshot.touches.find((each) => each.step === step.id && each.channel === channel);
    const waits = existing.some((each) => each.channel === channel && each.idempotencyKey === null);
    return before && !waits ? [] : this.#rooms(planned, touch, channel);
  }

  /** What goes out beside a step goes out with it or not at all: a lane without room does not keep the step back. */
  #withCompanions(planned: Planned, decision: Touch): Planned {
    const hasRoom = (channel: Channel): boolean =>
      this.#capacity.take(this.#rooms(planned, decision, channel)) === null;
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

/** Reads the ledger of the senders, once a tick. */
export async function openGate({ store, ...input }: GateInput): Promise<Gate> {
  const { limits, policies, now } = input;
  const { calendar } = policies.live;
  const rooms = await readRooms({ limits, store, calendar, now });
  const date = calendar.dateOf(now, limits.zone);
  return new Gate(
    input,
    new Capacity(rooms),
    new Circuits(await store.circuits()),
    [...rooms.values()].map(({ campaign, sender, lane, caps }) => ({
      sender: campaign ? campaignAsSender(campaign.id) : (sender ?? ''),
      ...{ lane, date, day: caps.day, week: caps.week },
    })),
  );
}
