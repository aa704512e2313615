import type { CachedAnswer, GenerationStore } from '../engine/ports/generation.ts';
import {
  BY_TEMPLATE,
  type WriteRequest,
  type Writer,
  type Writing,
  type Written,
} from '../engine/ports/writer.ts';
import type { Fallback } from '../engine/reasons.ts';
import type { Fact } from '../engine/texts/facts.ts';
import { UserError } from '../errors.ts';
import { type Assignment, type AssignmentSettings, assign, type Judged, type Profile } from './assignment.ts';
import { type Answer, Attempt, type AttemptParts } from './attempt.ts';
import type { Budget } from './budget.ts';
import type { Effort } from './claude/request.ts';
import { mostWithRepair } from './expected-usage.ts';
import { factsKey } from './facts-key.ts';
import type { Finding } from './guard/finding.ts';
import type { Voice } from './voice/voice.ts';
import { byClaude, writingOf } from './writing.ts';

export interface ClaudeWriterParts extends AttemptParts {
  /** Step in for Claude, and write what is compared by variants. */
  templates: Pick<Writer, 'write'>;
  store: Pick<GenerationStore, 'cached' | 'settle'>;
  budget: Budget;
  /** @throws UserError where its file cannot be used */
  voiceOf(request: WriteRequest): Promise<Voice>;
  discOf(request: WriteRequest): Promise<Profile | null>;
  /** What finding out the profile of this person has cost, told once. */
  profileCost(prospectId: number): number;
  settings: AssignmentSettings & AttemptParts['settings'] & { effort: Effort };
}

/**
 * Writes by Claude, with templates behind it: there is always a text, and what is sent has passed the guard or is a
 * template that a person has written.
 */
export function createClaudeWriter(parts: ClaudeWriterParts): Writer {
  return { factsKey, write: async (request) => (await writeText(request, parts)).written };
}

/** A text, and what a person may want to know of how it came about. */
export interface WrittenText {
  written: Written;
  /** What Claude was told; null: it was not asked. */
  facts: readonly Fact[] | null;
  /** What the guard found in each answer that it refused now, in order. */
  refusals: readonly (readonly Finding[])[];
}

/** With what its profile has cost. */
export async function writeText(request: WriteRequest, parts: ClaudeWriterParts): Promise<WrittenText> {
  const text = await textFor(request, parts);
  const { written } = text;
  const cost = written.writing.cost + parts.profileCost(request.prospect.id);
  return { ...text, written: { ...written, writing: { ...written.writing, cost } } };
}

async function textFor(request: WriteRequest, parts: ClaudeWriterParts): Promise<WrittenText> {
  // Variants are compared by their words: nobody else's may stand for them.
  if (request.step.variants.length > 0)
    return { written: await parts.templates.write(request), facts: null, refusals: [] };
  try {
    const assignment = await assignmentFor(request, parts);
    const { facts } = assignment;
    const kept = await keptAnswer(assignment, parts);
    if (kept && !('findings' in kept))
      return { written: await keptText(request, assignment, kept, parts), facts, refusals: [] };
    return { facts, ...(await newText(request, assignment, kept, parts)) };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const why = { fallback: 'voice', detail: error.message } as const;
    return { written: await byTemplate(request, why, BY_TEMPLATE, parts), facts: null, refusals: [] };
  }
}

/** What is asked for one text; also for those who ask for many of them at once. */
export async function assignmentFor(
  request: WriteRequest,
  { voiceOf, discOf, settings, clock }: Pick<ClaudeWriterParts, 'voiceOf' | 'discOf' | 'settings' | 'clock'>,
): Promise<Assignment> {
  const [voice, disc] = await Promise.all([voiceOf(request), discOf(request)]);
  return assign(request, { voice, disc, now: clock() }, settings);
}

type Unusable = Extract<CachedAnswer, { text: null }>;
type Good = { kept: Exclude<CachedAnswer, { text: null }>; judged: Extract<Judged, { ok: true }> };
type Usable = Good | Unusable;
type Refused = { text: string; findings: readonly Finding[] };

/**
 * The answer of a dry run, of `prepare`, of a batch, of a tick that died. Judged now, unless it was by the same rules:
 * nobody has judged that of a batch. One that is refused gets its one repair, unless it was that itself.
 */
async function keptAnswer(
  assignment: Assignment,
  { store, clock }: Pick<ClaudeWriterParts, 'store' | 'clock'>,
): Promise<Usable | Refused | null> {
  const kept = await store.cached(assignment.key, clock());
  if (!kept) return null;
  if (kept.text === null) return kept;
  const judged: Judged =
    kept.judged?.stamp === assignment.stamp() ? { ok: true, ...kept.judged } : assignment.judge(kept.text);
  if (judged.ok) return { kept, judged };
  return kept.repaired ? null : { text: kept.text, findings: judged.findings };
}

async function keptText(
  request: WriteRequest,
  assignment: Assignment,
  answer: Usable,
  parts: ClaudeWriterParts,
): Promise<Written> {
  const writingFrom = (model: string): Writing => ({ ...writingOf(assignment, model), kept: true });
  if ('judged' in answer)
    return byClaude(answer.judged, { ...writingFrom(answer.kept.model), repaired: answer.kept.repaired });
  const { reason, detail, model } = answer;
  return byTemplate(request, { fallback: reason, detail }, writingFrom(model), parts);
}

/** @param refused an answer that is there already, and needs a repair */
async function newText(
  request: WriteRequest,
  assignment: Assignment,
  refused: Refused | null,
  parts: ClaudeWriterParts,
): Promise<Omit<WrittenText, 'facts'>> {
  const { budget, settings } = parts;
  const campaignId = request.campaign.id;
  const estimate = settings.costOf(mostWithRepair(assignment.ask, settings));
  const full = await budget.reserve(campaignId, estimate);
  if (full) {
    const writing = writingOf(assignment, settings.model);
    const why = { fallback: full, detail: null };
    return { written: await byTemplate(request, why, writing, parts), refusals: [] };
  }
  const attempt = new Attempt(request, assignment, parts);
  const { refusals } = attempt;
  let answer: Answer;
  try {
    answer = refused ? await attempt.repair(refused.text, refused.findings) : await attempt.run();
    await attempt.keep(answer);
  } finally {
    await attempt.recorded().finally(() => budget.settle(campaignId, estimate, attempt.writing.cost));
  }
  if ('judged' in answer) {
    const writing = { ...attempt.writing, repaired: answer.repaired };
    return { written: byClaude(answer.judged, writing), refusals };
  }
  return { written: await byTemplate(request, answer, attempt.writing, parts), refusals };
}

async function byTemplate(
  request: WriteRequest,
  why: { fallback: Fallback; detail: string | null },
  writing: Writing,
  { templates }: ClaudeWriterParts,
): Promise<Written> {
  const written = await templates.write(request);
  return { ...written, writing: { ...writing, fallback: why.fallback, detail: why.detail } };
}
