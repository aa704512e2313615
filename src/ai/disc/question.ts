import type { GenerationStore, ModelCall } from '../../engine/ports/generation.ts';
import type { Budget } from '../budget.ts';
import type { Claude } from '../claude/client.ts';
import type { Usage } from '../claude/message.ts';
import type { ClaudeRequest, Effort } from '../claude/request.ts';
import { mostUsage } from '../expected-usage.ts';
import { tokensOf } from '../writing.ts';
import type { ProfileCosts } from './costs.ts';

export interface QuestionParts {
  claude: Pick<Claude, 'ask' | 'model'>;
  store: Pick<GenerationStore, 'settle'>;
  budget: Budget;
  /** What it costs is told here, too. */
  costs: Pick<ProfileCosts, 'add'>;
  effort: Effort;
  /** Millionths of a US dollar. */
  costOf(usage: Usage): number;
  /** UTC ms. */
  clock(): number;
}

/** Asks Claude for a profile, within the budgets and in the ledger of costs; null where no answer is to be had. */
export const discQuestion =
  ({ claude, store, budget, costs, effort, costOf, clock }: QuestionParts) =>
  async (request: ClaudeRequest, prospectId: number): Promise<string | null> => {
    const estimate = costOf(mostUsage(request, { model: claude.model, effort }));
    if ((await budget.reserve(null, estimate)) !== null) return null;
    const at = clock();
    const outcome = await claude.ask(request);
    const { usage, latencyMs } = outcome;
    const cost = usage ? costOf(usage) : 0;
    const call: ModelCall = {
      ...{ at, purpose: 'disc', campaignId: null, prospectId, cost, latencyMs },
      model: outcome.status === 'answered' ? outcome.model : claude.model,
      tokens: tokensOf(usage),
      result: outcome.status === 'answered' ? 'answered' : outcome.reason,
    };
    costs.add(prospectId, cost);
    try {
      if (outcome.calls > 0) await store.settle([call], null, at);
    } finally {
      budget.settle(null, estimate, cost);
    }
    return outcome.status === 'answered' ? outcome.text : null;
  };
