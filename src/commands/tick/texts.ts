import type { Writing } from '../../engine/ports/writer.ts';
import { FALLBACKS, type Fallback, MENDED_FALLBACKS } from '../../engine/reasons.ts';
import type { TextSummary, TickSummary } from '../../engine/tick/summary.ts';
import { type Io, printable } from '../../io.ts';
import { dollars, usd } from '../money.ts';

const BUDGETS: Partial<Record<Fallback, string>> = {
  budget_tick: 'ai.budget.tick in hector.yaml',
  budget_day: 'ai.budget.day in hector.yaml',
  budget_campaign: 'ai.budget.campaign in hector.yaml',
};

const isFallback = (name: string): name is Fallback => Object.hasOwn(FALLBACKS, name);

type Fallbacks = Pick<TextSummary, 'fallback' | 'fallback_for'>;

/** Why templates stood in for Claude, counted, as a tick counts what it stores. */
export function countFallbacks(writings: readonly Writing[]): Fallbacks {
  const counted: Fallbacks = { fallback: {}, fallback_for: {} };
  for (const { fallback, detail } of writings) {
    if (fallback === null) continue;
    counted.fallback[fallback] = (counted.fallback[fallback] ?? 0) + 1;
    if (detail !== null) counted.fallback_for[fallback] ??= detail;
  }
  return counted;
}

/** Each reason in a line of its own: a warning where a person can mend it. */
export function printFallbacks(io: Pick<Io, 'note' | 'warn'>, fallbacks: Fallbacks): void {
  for (const reason of fallbacksOf(fallbacks)) {
    const say = MENDED_FALLBACKS.includes(reason) || BUDGETS[reason] ? io.warn : io.note;
    say(printable(fallbackLine(fallbacks, reason)));
  }
}

export const fallbacksOf = ({ fallback }: Pick<Fallbacks, 'fallback'>): Fallback[] =>
  Object.keys(fallback).filter(isFallback);

/** Whether a person must mend it before Claude can be asked again. */
export const isMended = (reason: string | undefined): boolean =>
  MENDED_FALLBACKS.some((each) => each === reason);

/** Whether Claude stands still until a person mends something. */
export const needsMending = ({ texts }: { texts: Pick<Fallbacks, 'fallback'> }): boolean =>
  fallbacksOf(texts).some((reason) => MENDED_FALLBACKS.includes(reason));

/** Nothing is wrong, but somebody may want to know. */
export const ranOutOfBudget = ({ texts }: TickSummary): boolean =>
  fallbacksOf(texts).some((reason) => BUDGETS[reason] !== undefined);

/** Who wrote, what it cost, and why a template stood in for Claude; nothing where Claude is not used at all. */
export function printTexts(io: Pick<Io, 'out' | 'note' | 'warn'>, texts: TextSummary): void {
  const { claude, kept, template, cost, awaiting_approval, collected } = texts;
  if (claude + cost + fallbacksOf(texts).length > 0) {
    const earlier = kept > 0 ? ` (${kept} asked for earlier)` : '';
    io.out(`Texts: ${claude} by Claude${earlier}, ${template} by template; ${dollars(cost)}`);
  }
  printFallbacks(io, texts);
  if (collected > 0) io.out(`Texts that have come back from a batch: ${collected}`);
  if (awaiting_approval > 0)
    io.out(`Texts waiting for approval: ${awaiting_approval}. Next: hector message review`);
}

export function fallbackLine({ fallback, fallback_for }: Fallbacks, reason: Fallback): string {
  const detail = fallback_for[reason];
  const why = detail === undefined ? FALLBACKS[reason] : `${FALLBACKS[reason]}: ${detail}`;
  const next = nextStep(reason);
  return `A template stood in for Claude: ${fallback[reason]} (${why})${next === null ? '' : `. Next: ${next}`}`;
}

function nextStep(reason: Fallback): string | null {
  if (reason === 'voice') return 'hector voice lint';
  return BUDGETS[reason] ?? (MENDED_FALLBACKS.includes(reason) ? 'hector doctor' : null);
}

/** The summary as `--json` prints it: money in US dollars (docs/json.md). */
export function summaryJson({ texts: { cost, ...texts }, ...summary }: TickSummary) {
  return { ...summary, texts: { ...texts, cost_usd: usd(cost) } };
}
