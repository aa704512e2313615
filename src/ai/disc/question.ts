import type { GenerationStore, ModelCall } from '../../engine/ports/generation.ts';
import type { Budget } from '../budget.ts';
import type { Claude } from '../claude/client.ts';
import type { Usage } from '../claude/message.ts';
import type { ClaudeRequest } from '../claude/request.ts';
import { expectedUsage } from '../expected-usage.ts';
import { tokensOf } from '../writing.ts';

export interface QuestionParts {
  claude: Pick<Claude, 'ask' | 'model'>;
  store: Pick<GenerationStore, 'settle'>;
  budget: Budget;
  /** Millionths of a US dollar. */
  costOf(usage: Usage): number;
  /** UTC ms. */
  clock(): number;
}

/** Asks Claude for a profile, within the budgets and in the ledger of costs; null where no answer is to be had. */
export const discQuestion =
  ({ claude, store, budget, costOf, clock }: QuestionParts) =>
  async (request: ClaudeRequest): Promise<string | null> => {
    const estimate = costOf(expectedUsage(request));
    if ((await budget.reserve(null, estimate)) !== null) return null;
    const at = clock();
    const outcome = await claude.ask(request);
    const { usage, latencyMs } = outcome;
    const cost = usage ? costOf(usage) : 0;
    budget.settle(null, estimate, cost);
    const call: ModelCall = {
      ...{ at, purpose: 'disc', campaignId: null, prospectId: null, cost, latencyMs },
      model: outcome.status === 'answered' ? outcome.model : claude.model,
      tokens: tokensOf(usage),
      result: outcome.status === 'answered' ? 'answered' : outcome.reason,
    };
    if (outcome.calls > 0) await store.settle([call], null, at);
    return outcome.status === 'answered' ? outcome.text : null;
  };
