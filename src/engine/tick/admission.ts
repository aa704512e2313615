import { type Gate, type GateInput, openGate } from '../limits/gate.ts';
import type { CampaignMode, Channel } from '../model.ts';
import { type Decision, fault, type Plan, type Planned, type Policy } from '../plan/decision.ts';
import { plan } from '../plan/plan.ts';
import type { Campaign, Snapshot } from '../plan/snapshot.ts';
import type { TickEngine } from './pass.ts';

export interface AdmissionInput {
  policies: Record<CampaignMode, Policy>;
  gate: Gate;
  /** UTC ms. */
  now: number;
  /** Touches at most; null: all that is due. */
  limit: number | null;
  /** Whether a channel must be left alone in this tick. */
  isClosed(campaign: Campaign, channel: Channel): boolean;
}

/** For looking only, outside a tick: what needs mending keeps its channel closed, and nothing else. */
export async function openAdmission(
  engine: Pick<TickEngine, 'policies' | 'limits' | 'liveProblem'>,
  store: GateInput['store'],
  now: number,
): Promise<Admission> {
  const { policies, limits, liveProblem } = engine;
  return new Admission({
    ...{ policies, gate: await openGate({ policies, limits, store, now }), now, limit: null },
    isClosed: ({ mode, language }, channel) => mode === 'live' && liveProblem(channel, language) !== null,
  });
}

/**
 * What one tick adds to the plan of a single enrolment: a person is touched by one campaign only, closed channels and
 * `--limit` leave touches due as they are, and the gate puts off what finds no room.
 */
export class Admission {
  readonly #input: AdmissionInput;
  /** So many drafts as could go out by the caps; they take no room from what does. */
  readonly #drafts: Gate;
  readonly #contacted = new Set<string>();
  #touches = 0;

  constructor(input: AdmissionInput) {
    this.#input = input;
    this.#drafts = input.gate.again();
  }

  /** In the order in which it is asked: the first takes the room. */
  plan(snapshot: Snapshot): Planned {
    const { policies, gate, now } = this.#input;
    // Two enrolments of one person in one pass: the second sees the touch that the first is about to make.
    const seen = this.#contacted.has(personOf(snapshot)) ? { ...snapshot, lastContactAt: now } : snapshot;
    const planned = { snapshot, plan: planSafely(seen, policies[snapshot.campaign.mode], now), left: null };
    const { decision } = planned.plan;
    if (decision.do !== 'touch') return planned;
    const left = this.#obstacle(snapshot, decision);
    if (left) return { ...planned, left };
    const waits = onlyWaits(snapshot, decision);
    const admitted = (waits ? this.#drafts : gate).admit(planned);
    if (admitted.plan.decision.do === 'touch') {
      if (!waits) this.#contacted.add(personOf(snapshot));
      if (!isRepeat(decision)) this.#touches += 1;
    }
    return admitted;
  }

  /** A touch that could not be written, or that waits for approval, takes no room from others. */
  giveBack(planned: Planned): void {
    const { snapshot, plan } = planned;
    this.#touches -= 1;
    if (plan.decision.do === 'touch' && onlyWaits(snapshot, plan.decision)) return;
    this.#contacted.delete(personOf(snapshot));
    this.#input.gate.giveBack(planned);
  }

  #obstacle({ campaign }: Snapshot, { channel, existing }: Touch): Planned['left'] {
    const { limit, isClosed } = this.#input;
    if (isClosed(campaign, channel)) return 'channel_closed';
    // What was perhaps sent is settled before anything new is begun.
    if (isRepeat({ existing })) return null;
    return limit !== null && this.#touches >= limit ? 'limit' : null;
  }
}

type Touch = Extract<Decision, { do: 'touch' }>;

/** Nothing of it goes out now: all of its texts are new, and a person must approve them. */
const onlyWaits = ({ campaign: { approval }, history }: Snapshot, { step, existing }: Touch): boolean =>
  existing.length === 0 &&
  (approval === 'all' || (approval === 'first' && history.every((touch) => touch.step === step.id)));

const isRepeat = ({ existing }: Pick<Touch, 'existing'>): boolean =>
  existing.some(({ idempotencyKey }) => idempotencyKey !== null);

const personOf = ({ campaign, prospect }: Snapshot): string => `${campaign.mode}:${prospect.id}`;

/** One enrolment that cannot be planned keeps nobody else from being served. */
function planSafely(snapshot: Snapshot, policy: Policy, now: number): Plan {
  try {
    return plan(snapshot, policy, now);
  } catch (error) {
    const { step, anchorAt, stepAt } = snapshot.enrolment;
    return { skips: [], step, anchorAt, stepAt, decision: fault(error) };
  }
}
