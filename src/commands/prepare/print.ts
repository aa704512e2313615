import type { Context } from '../../context.ts';
import type { PrepareSummary } from '../../engine/prepare/summary.ts';
import { FALLBACKS, type Fallback } from '../../engine/reasons.ts';
import type { Progress } from '../../io/progress.ts';
import { printJson } from '../../io/table.ts';
import { type Io, printable } from '../../io.ts';
import { counted } from '../counted.ts';
import { costText, usd } from '../money.ts';
import { fallbackLine, fallbacksOf, isMended } from '../tick/texts.ts';

/** @param progress the line that `hector prepare` rewrites as the texts come */
export function showTexts(progress: Progress, { texts, cost }: PrepareSummary): void {
  progress.at(texts.written + texts.kept + texts.template, undefined, costText(cost));
}

interface Asked {
  within: number;
  batch: boolean;
  dryRun: boolean;
}

export function printPreparation(context: Context, summary: PrepareSummary, asked: Asked): void {
  const { io, json } = context;
  if (json) printJson(io, summaryJson(summary, asked));
  else printLines(context, summary, asked);
}

function printLines(context: Context, summary: PrepareSummary, asked: Asked): void {
  const { io } = context;
  const { texts, touches, drafts, cost, estimate } = summary;
  tell(io, `Due within ${asked.within} hours`, counted(touches, 'person', 'people'));
  if (asked.dryRun)
    tell(io, 'To be asked of Claude', `${counted(texts.wanted, 'text')}, about ${costText(estimate)}`);
  if (texts.written > 0) tell(io, 'Written by Claude', texts.written);
  if (texts.kept > 0) tell(io, 'Kept already', texts.kept);
  if (texts.asked > 0) tell(io, 'Under way in a batch', texts.asked);
  if (texts.template > 0) tell(io, 'By template', texts.template);
  for (const reason of fallbacksOf(texts)) io.warn(printable(fallbackLine(texts, reason)));
  printBatches(context, summary);
  if (drafts > 0) tell(io, 'Texts waiting for approval', drafts, '. Next: hector message review');
  for (const [what, count] of Object.entries(summary.held))
    io.warn(printable(`Cannot be written yet: ${count} (${what})`));
  if (summary.undecided > 0)
    io.note(
      `Left to their time: ${counted(summary.undecided, 'text')} that hang on a condition still to be decided`,
    );
  if (cost > 0) tell(io, 'Cost', costText(cost));
  if (summary.limited) io.note('The limit was reached; the rest is left to another run or to the tick.');
  if (summary.interrupted) io.note('Ended before it was through: what was written is kept.');
  if (touches === 0) io.note('Nothing to write. Next: hector status');
}

/** @param more for a person to read */
const tell = (io: Io, what: string, value: string | number, more = ''): void =>
  io.out(io.terminal ? `${what}: ${value}${more}` : `${what}\t${value}`);

function printBatches({ io }: Context, { submitted, collected }: PrepareSummary): void {
  if (collected && collected.answered > 0)
    tell(io, 'Texts that have come back from a batch', collected.answered);
  for (const [reason, count] of Object.entries(collected?.unanswered ?? {}))
    io.note(`Came back without a text, to be written one by one: ${count} (${reason})`);
  if (collected?.problem) io.warn(`A batch could not be looked at: ${printable(collected.problem)}`);
  if (!submitted) return;
  const { batches, texts, estimate, left, problem } = submitted;
  if (texts > 0)
    tell(
      io,
      `Asked for in ${counted(batches, 'batch', 'batches')}`,
      `${counted(texts, 'text')}, about ${costText(estimate)}`,
      '; a later tick fetches them',
    );
  for (const reason of Object.keys(left).filter(isFallback))
    io.warn(`Not asked for: ${left[reason]} (${FALLBACKS[reason]})`);
  if (problem)
    io.warn(
      printable(
        `The batch could not be submitted: ${problem.detail}${problem.uncertain ? '; perhaps it was taken all the same, so that its texts are not asked for again in a day, and each is written when it is due' : ''}${isMended(problem.reason) ? '. Next: hector doctor' : ''}`,
      ),
    );
}

const isFallback = (name: string): name is Fallback => Object.hasOwn(FALLBACKS, name);

/** Money in US dollars (docs/json.md). */
function summaryJson({ cost, estimate, collected, submitted, ...summary }: PrepareSummary, asked: Asked) {
  return {
    dry_run: asked.dryRun,
    within_hours: asked.within,
    ...summary,
    cost_usd: usd(cost),
    estimate_usd: usd(estimate),
    collected: collected && withUsd(collected, 'cost'),
    submitted: submitted && withUsd(submitted, 'estimate'),
  };
}

function withUsd<Key extends string, T extends Record<Key, number>>(counts: T, key: Key) {
  const { [key]: money, ...rest } = counts;
  return { ...rest, [`${key}_usd`]: usd(money) };
}
