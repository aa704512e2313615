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
  /** What it really cost, in place of the estimate. */
  settle(campaignId: number | null, estimate: number, cost: number): void;
}

interface Purse {
  used: number;
  limit: number | null;
  reason: Fallback;
}

/**
 * What was spent before this process is read once: of two programs that write at the same moment neither sees the
 * other's last calls.
 * @param dayStart the beginning of the workspace's day, UTC ms
 */
export function createBudget(
  limits: BudgetLimits,
  store: Pick<GenerationStore, 'spent'>,
  dayStart: () => number,
): Budget {
  const tick: Purse = { used: 0, limit: limits.tick, reason: 'budget_tick' };
  let day: Promise<Purse> | undefined;
  const campaigns = new Map<number, Promise<Purse>>();

  const daily = (): Promise<Purse> => {
    day ??= store
      .spent(dayStart(), null)
      .then((used): Purse => ({ used, limit: limits.day, reason: 'budget_day' }));
    return day;
  };
  const ofCampaign = (id: number): Promise<Purse> => {
    const purse =
      campaigns.get(id) ??
      store.spent(0, id).then((used): Purse => ({ used, limit: limits.campaign, reason: 'budget_campaign' }));
    campaigns.set(id, purse);
    return purse;
  };
  const pursesOf = async (campaignId: number | null): Promise<Purse[]> => [
    tick,
    await daily(),
    ...(campaignId === null ? [] : [await ofCampaign(campaignId)]),
  ];

  return {
    async reserve(campaignId, estimate) {
      const purses = await pursesOf(campaignId);
      const full = purses.find(({ used, limit }) => limit !== null && used + estimate > limit);
      if (full) return full.reason;
      for (const purse of purses) purse.used += estimate;
      return null;
    },
    settle(campaignId, estimate, cost) {
      void pursesOf(campaignId).then((purses) => {
        for (const purse of purses) purse.used += cost - estimate;
      });
    },
  };
}
