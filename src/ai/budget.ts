import type { GenerationStore } from '../engine/ports/generation.ts';
import type { Fallback } from '../engine/reasons.ts';

/** Millionths of a US dollar; null: no limit. */
export interface BudgetLimits {
  tick: number | null;
  day: number | null;
  campaign: number | null;
}

export interface Budget {
  /** Sets an estimate aside, or says which budget has no room for it. */
  reserve(campaignId: number | null, estimate: number): Promise<Fallback | null>;
  /** What it really cost, in place of the estimate; to be called when the ledger has it. */
  settle(campaignId: number | null, estimate: number, cost: number): void;
}

/** A ledger that another program writes to is read again after so many milliseconds. */
const FRESH_MS = 1000;

interface Purse {
  limit: number | null;
  reason: Fallback;
  used: number;
}

/**
 * Two programs see what each other has spent, a second later; of each other's calls under way they know nothing.
 * @param dayStart the beginning of the workspace's day, UTC ms
 * @param elapsed milliseconds of real time: the clock of a rehearsal stands still
 */
export function createBudget(
  limits: BudgetLimits,
  store: Pick<GenerationStore, 'spent'>,
  dayStart: () => number,
  elapsed: () => number = () => performance.now(),
): Budget {
  const tick: Purse = { used: 0, limit: limits.tick, reason: 'budget_tick' };
  const day = new LedgerPurse(limits.day, 'budget_day', () => store.spent(dayStart(), null), elapsed);
  const campaigns = new Map<number, LedgerPurse>();
  const ofCampaign = (id: number): LedgerPurse => {
    const spent = () => store.spent(0, id);
    const purse = campaigns.get(id) ?? new LedgerPurse(limits.campaign, 'budget_campaign', spent, elapsed);
    campaigns.set(id, purse);
    return purse;
  };
  const ledgersOf = (campaignId: number | null): LedgerPurse[] =>
    campaignId === null ? [day] : [day, ofCampaign(campaignId)];

  return {
    async reserve(campaignId, estimate) {
      const ledgers = ledgersOf(campaignId);
      for (const ledger of ledgers) await ledger.refresh();
      // Nothing is awaited from here on: who asks at the same moment finds this set aside.
      const purses: Purse[] = [tick, ...ledgers];
      const full = purses.find(({ used, limit }) => limit !== null && used + estimate > limit);
      if (full) return full.reason;
      tick.used += estimate;
      for (const ledger of ledgers) ledger.held += estimate;
      return null;
    },
    settle(campaignId, estimate, cost) {
      tick.used += cost - estimate;
      for (const ledger of ledgersOf(campaignId)) ledger.settle(estimate, cost);
    },
  };
}

/** What the ledger says was spent, by whomever, and what this program has under way. */
class LedgerPurse implements Purse {
  readonly limit: number | null;
  readonly reason: Fallback;
  /** Set aside for what is under way. */
  held = 0;
  readonly #spent: () => Promise<number>;
  readonly #elapsed: () => number;
  #read = 0;
  /** Settled since the ledger was read. */
  #since = 0;
  #readAt = Number.NEGATIVE_INFINITY;
  #reading: Promise<void> | null = null;

  constructor(limit: number | null, reason: Fallback, spent: () => Promise<number>, elapsed: () => number) {
    this.limit = limit;
    this.reason = reason;
    this.#spent = spent;
    this.#elapsed = elapsed;
  }

  get used(): number {
    return this.#read + this.#since + this.held;
  }

  settle(estimate: number, cost: number): void {
    this.held -= estimate;
    this.#since += cost;
  }

  async refresh(): Promise<void> {
    if (this.limit === null || this.#elapsed() - this.#readAt < FRESH_MS) return;
    this.#reading ??= this.#readLedger().finally(() => {
      this.#reading = null;
    });
    await this.#reading;
  }

  /** What is settled while the ledger is read may be in it already, and counts twice until it is read again. */
  async #readLedger(): Promise<void> {
    const before = this.#since;
    this.#read = await this.#spent();
    this.#since -= before;
    this.#readAt = this.#elapsed();
  }
}
