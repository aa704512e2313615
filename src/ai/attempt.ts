import type { CachedAnswer, GenerationStore, ModelCall } from '../engine/ports/generation.ts';
import type { WriteRequest, Writing } from '../engine/ports/writer.ts';
import type { Fallback } from '../engine/reasons.ts';
import type { Assignment, Judged } from './assignment.ts';
import type { ClaudeOutcome } from './claude/ask.ts';
import type { Claude } from './claude/client.ts';
import type { Usage } from './claude/message.ts';
import type { ClaudeRequest } from './claude/request.ts';
import type { Finding } from './guard/finding.ts';
import { repairOf } from './prompt/repair.ts';
import { tokensOf, withCall, writingOf } from './writing.ts';

export interface AttemptParts {
  claude: Pick<Claude, 'ask'>;
  store: Pick<GenerationStore, 'settle'>;
  settings: {
    model: string;
    /** How long an answer is kept for who asks the same again. */
    lifetimeMs: number;
    /** Millionths of a US dollar. */
    costOf(usage: Usage, how?: { batch: boolean }): number;
  };
  /** UTC ms. */
  clock(): number;
}

export type Answer =
  | { judged: Extract<Judged, { ok: true }>; text: string; repaired: boolean }
  | { fallback: Fallback; detail: string };

/** One text: a first answer, and one repair where the guard refuses it. */
export class Attempt {
  /** With all that was paid so far. */
  writing: Writing;
  /** What the guard found in each answer that it refused, in order. */
  readonly refusals: (readonly Finding[])[] = [];
  readonly #request: WriteRequest;
  readonly #assignment: Assignment;
  readonly #parts: AttemptParts;
  #recorded: Promise<unknown> = Promise.resolve();

  constructor(request: WriteRequest, assignment: Assignment, parts: AttemptParts) {
    this.#request = request;
    this.#assignment = assignment;
    this.#parts = parts;
    this.writing = writingOf(assignment, parts.settings.model);
  }

  async run(): Promise<Answer> {
    const { ask } = this.#assignment;
    const first = await this.#ask(ask, this.#request.remark ? 'rewrite' : 'write');
    if (first.status === 'failed') return { fallback: first.reason, detail: first.detail };
    const judged = this.#assignment.judge(first.text);
    if (judged.ok) return { judged, text: first.text, repaired: false };
    return this.repair(first.text, judged.findings);
  }

  async repair(refused: string, findings: readonly Finding[]): Promise<Answer> {
    this.refusals.push(findings);
    const second = await this.#ask(repairOf(this.#assignment.ask, refused, findings), 'repair');
    if (second.status === 'failed') return { fallback: second.reason, detail: second.detail };
    const again = this.#assignment.judge(second.text);
    if (again.ok) return { judged: again, text: second.text, repaired: true };
    this.refusals.push(again.findings);
    return { fallback: 'guard', detail: inWords(again.findings) };
  }

  async #ask(request: ClaudeRequest, purpose: ModelCall['purpose']): Promise<ClaudeOutcome> {
    const { claude, settings, clock } = this.#parts;
    const at = clock();
    const outcome = await claude.ask(request);
    const { usage, latencyMs } = outcome;
    const cost = usage ? settings.costOf(usage) : 0;
    this.writing = withCall(this.writing, usage, { cost, latencyMs });
    if (outcome.calls > 0)
      this.#record({
        ...{ at, purpose, cost, latencyMs },
        campaignId: this.#request.campaign.id,
        prospectId: this.#request.prospect.id,
        model: outcome.status === 'answered' ? outcome.model : settings.model,
        tokens: tokensOf(usage),
        result: outcome.status === 'answered' ? 'answered' : outcome.reason,
      });
    return outcome;
  }

  /**
   * For the ledger of costs, at once: whatever comes of the answer, it is paid for. Not waited for, so that it is
   * written together with an answer that is kept.
   */
  #record(call: ModelCall): void {
    const { store, clock } = this.#parts;
    this.#recorded = Promise.all([this.#recorded, store.settle([call], null, clock())]);
    // It is told by recorded().
    this.#recorded.catch(() => undefined);
  }

  /** Resolves when the ledger has every call so far. */
  async recorded(): Promise<void> {
    await this.#recorded;
  }

  /** The answer, for who asks the same again. */
  async keep(answer: Answer): Promise<void> {
    const { store, settings, clock } = this.#parts;
    const now = clock();
    const kept = settings.lifetimeMs > 0 ? keptOf(answer, settings.model, this.#assignment) : null;
    const { key } = this.#assignment;
    const { id: prospectId } = this.#request.prospect;
    const entry = kept && { key, prospectId, answer: kept, expiresAt: now + settings.lifetimeMs };
    if (entry) await store.settle([], entry, now);
  }
}

/** What would be refused again is not asked for again soon; what was unreachable is. */
function keptOf(answer: Answer, model: string, { stamp }: Assignment): CachedAnswer | null {
  if ('judged' in answer) {
    const { subject, body, claims } = answer.judged;
    const judged = { stamp: stamp(), subject, body, claims };
    return { text: answer.text, model, repaired: answer.repaired, judged };
  }
  return answer.fallback === 'guard' || answer.fallback === 'refused'
    ? { text: null, reason: answer.fallback, detail: answer.detail, model }
    : null;
}

const inWords = (findings: readonly Finding[]): string =>
  findings.map(({ rule, detail }) => `${rule}: ${detail}`).join('; ');
