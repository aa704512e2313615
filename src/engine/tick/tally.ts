import type { CampaignMode } from '../model.ts';
import type { Change, NewMessage } from '../ports/ticks.ts';
import { count, type TickSummary } from './summary.ts';

/** Counts what was decided; what became of the sending is counted where it is recorded. */
export function tally(
  summary: TickSummary,
  { skips, stale, outcome }: Pick<Change, 'skips' | 'stale' | 'outcome'>,
  mode: CampaignMode | undefined,
): void {
  for (const skip of skips) count(summary.skipped, skip.reason);
  const asked = stale.filter(({ state }) => state === 'sending').length;
  if (asked > 0) summary.waiting.checking = (summary.waiting.checking ?? 0) + asked;
  switch (outcome.do) {
    case 'wait':
      count(summary.waiting, outcome.reason);
      return;
    case 'hold':
      count(summary.held, outcome.reason);
      if (outcome.detail !== null) count(summary.held_for, outcome.detail);
      return;
    case 'stop':
      count(summary.stopped, outcome.reason);
      return;
    case 'complete':
      summary.completed += 1;
      return;
    case 'touch': {
      const tasks =
        outcome.messages.filter((message) => message.state === 'awaiting_operator').length +
        outcome.handOver.length;
      tallyTexts(summary, outcome.messages);
      summary.tasks += tasks;
      if (mode === 'rehearsal') summary.rehearsal_tasks += tasks;
    }
  }
}

/** By whom the texts are, why not by Claude, and what they cost. */
function tallyTexts({ texts }: TickSummary, messages: readonly NewMessage[]): void {
  for (const { source, state, writing } of messages) {
    if (source === 'claude') texts.claude += 1;
    else texts.template += 1;
    if (source === 'claude' && writing.kept) texts.kept += 1;
    if (state === 'awaiting_approval') texts.awaiting_approval += 1;
    if (writing.fallback !== null) count(texts.fallback, writing.fallback);
    if (writing.fallback !== null && writing.detail !== null)
      texts.fallback_for[writing.fallback] ??= writing.detail;
    texts.cost += writing.cost;
  }
}
