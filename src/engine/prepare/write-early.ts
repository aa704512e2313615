import { fault, type Planned } from '../plan/decision.ts';
import type { EarlyDraft, Known } from '../ports/ahead.ts';
import type { Change } from '../ports/ticks.ts';
import { type Background, draft, isWaiting } from '../tick/draft.ts';
import { count } from '../tick/summary.ts';
import { type TouchDecision, textsOf, type WantedText } from '../tick/wanted.ts';
import { keepUntil, type Run, takeRoom } from './run.ts';

/** Writes the texts of a touch that is due at `at` (UTC ms), or puts them into the next batch; what must be approved is returned. */
export async function writeEarly(
  item: Planned,
  at: number,
  background: Background,
  run: Run,
): Promise<EarlyDraft | null> {
  const { decision } = item.plan;
  if (decision.do !== 'touch') return null;
  try {
    return await texts(item, decision, { at, background }, run);
  } catch (error) {
    count(run.summary.held, fault(error).reason);
    return null;
  }
}

async function texts(
  item: Planned,
  decision: TouchDecision,
  { at, background }: { at: number; background: Background },
  run: Run,
): Promise<EarlyDraft | null> {
  const { input } = run;
  const { wanted } = textsOf(item.snapshot, decision, background.exchanges, input.engine);
  const looked = await lookUp(wanted, run);
  const approval = item.snapshot.campaign.approval !== 'off';
  const asking = looked.filter(
    ({ known: { as } }) => as === 'wanted' || (as === 'template' && approval),
  ).length;
  if (!takeRoom(run, asking)) return null;
  run.begun += asking;
  const later = looked.some(({ known }) => known.as === 'asked' || (input.batch && known.as === 'wanted'));
  const nothing = !approval && looked.every(({ known }) => known.as === 'template');
  if (input.dryRun || later || nothing) {
    for (const text of looked) tallyKnown(text, at, run);
    return null;
  }
  const change = await draft(item, background, input.engine);
  tallyWritten(change, run);
  return early(change, decision);
}

interface Looked {
  text: WantedText;
  known: Known;
}

async function lookUp(wanted: readonly WantedText[], { input: { ahead, batch } }: Run): Promise<Looked[]> {
  return Promise.all(
    wanted.map(async (text) => ({
      text,
      known: ahead ? await ahead.known(text.request, { batch }) : { as: 'template', because: 'off' },
    })),
  );
}

function tallyKnown({ text: { request }, known }: Looked, at: number, run: Run): void {
  const { input, summary, queue } = run;
  if (known.as === 'template' && known.because === 'voice') count(summary.texts.fallback, 'voice');
  if (known.as === 'wanted') summary.estimate += known.estimate;
  if (known.as === 'wanted' && input.batch && !input.dryRun)
    queue.push({ request, keepUntil: keepUntil(at, run) });
  else summary.texts[known.as] += 1;
}

function tallyWritten({ outcome }: Change, { summary }: Run): void {
  if (outcome.do === 'hold') count(summary.held, outcome.detail ?? outcome.reason);
  if (outcome.do !== 'touch') return;
  const { texts } = summary;
  for (const { source, writing } of outcome.messages) {
    texts[source !== 'claude' ? 'template' : writing.kept ? 'kept' : 'written'] += 1;
    summary.cost += writing.cost;
    if (writing.fallback === null) continue;
    count(texts.fallback, writing.fallback);
    if (writing.detail !== null) texts.fallback_for[writing.fallback] ??= writing.detail;
  }
}

/**
 * Only where the step's own text must be approved, and the step is the one the enrolment stands at: what stands beside
 * it is written when it goes out.
 */
function early(change: Change, { channel }: TouchDecision): EarlyDraft | null {
  const { outcome, step } = change;
  if (outcome.do !== 'touch' || step !== change.plannedStep) return null;
  const messages = outcome.messages.filter(isWaiting);
  if (!messages.some((message) => message.channel === channel)) return null;
  return {
    enrolmentId: change.enrolmentId,
    prospectId: change.prospectId,
    campaignId: change.campaignId,
    step,
    nextAt: change.plannedNextAt,
    hold: change.plannedHold,
    messages,
  };
}
