import type { CampaignMode, Channel } from '../model.ts';
import { fault, type Plan, type Planned } from '../plan/decision.ts';
import { awaitsApproval } from '../plan/rules.ts';
import type { Snapshot, Touch } from '../plan/snapshot.ts';
import type { Change, NewMessage, StaleMessage } from '../ports/ticks.ts';
import type { Writer } from '../ports/writer.ts';
import type { Exchange } from '../texts/facts.ts';
import { threadSubject } from '../texts/thread.ts';
import { type ComposeSettings, newMessage } from './message.ts';
import type { Thread } from './threads.ts';
import { type TouchDecision, textsOf } from './wanted.ts';

/** What was said before with the one who is written to. */
export interface Background {
  exchanges: readonly Exchange[];
  thread: Thread;
}

export interface DraftEngine {
  writer: Writer;
  settings: Record<CampaignMode, ComposeSettings>;
}

/** Turns a plan into the change to store; for a touch, its texts are written here. */
export async function draft(
  { snapshot, plan }: Planned,
  background: Background,
  engine: DraftEngine,
): Promise<Change> {
  const { decision } = plan;
  const outcome =
    decision.do === 'touch' ? await writeSafely(snapshot, decision, background, engine) : decision;
  return {
    enrolmentId: snapshot.enrolment.id,
    prospectId: snapshot.prospect.id,
    campaignId: snapshot.campaign.id,
    plannedStep: snapshot.enrolment.step,
    plannedHold: snapshot.enrolment.hold,
    plannedNextAt: snapshot.enrolment.nextAt,
    skips: plan.skips,
    step: plan.step,
    anchorAt: plan.anchorAt,
    stepAt: plan.stepAt,
    stale: staleMessages(snapshot, plan, outcome),
    outcome,
  };
}

/**
 * Stored texts that the plan leaves behind: of passed steps, or on a channel that another one has replaced. None of a
 * step that waits, be it for the approval of the text beside.
 */
function staleMessages(
  { touches }: Snapshot,
  { skips, step, decision }: Plan,
  outcome: Outcome,
): StaleMessage[] {
  // A stop cancels them.
  if (decision.do === 'stop') return [];
  const next = decision.do === 'complete' ? null : step;
  const waits =
    outcome.do === 'wait' ||
    outcome.do === 'hold' ||
    (outcome.do === 'touch' && outcome.messages.some(isWaiting)) ||
    touches.some((touch) => touch.step === next && awaitsApproval(touch));
  const kept = decision.do === 'touch' ? decision.existing : [];
  return touches.flatMap((touch) => {
    if (!isUnsent(touch, next) || kept.includes(touch) || (waits && touch.step === next)) return [];
    const skip = skips.find((each) => each.step === touch.step);
    const reason = skip?.reason ?? 'the person has gone on without it';
    const unsent = skip ? 'expired' : 'failed';
    return [
      { messageId: touch.messageId, state: touch.idempotencyKey === null ? unsent : 'sending', reason },
    ];
  });
}

/** Ready to go out; or to be approved, of a step that has been passed over. */
const isUnsent = (touch: Touch, next: string | null): boolean =>
  touch.state === 'ready' || (touch.step !== next && awaitsApproval(touch));

type Outcome = Change['outcome'];

/** One text that cannot be written keeps no other from being written. */
const writeSafely = (
  snapshot: Snapshot,
  decision: TouchDecision,
  background: Background,
  engine: DraftEngine,
): Promise<Outcome> => writeTouch(snapshot, decision, background, engine).catch(fault);

/** A held `also` text is left out; a held text of the step's own channel holds the enrolment. */
async function writeTouch(
  snapshot: Snapshot,
  decision: TouchDecision,
  { exchanges, thread }: Background,
  engine: DraftEngine,
): Promise<Outcome> {
  const { channel } = decision;
  const messages: NewMessage[] = [];
  const settings = engine.settings[snapshot.campaign.mode];
  const { kept, wanted } = textsOf(snapshot, decision, exchanges, engine);
  for (const { request, replaces } of wanted) {
    const written = await engine.writer.write(request);
    if (written.status === 'written') {
      const factsKey = engine.writer.factsKey(request);
      const headers = threadSubject(request) === null ? {} : await thread();
      messages.push(newMessage({ request, written, factsKey, headers }, snapshot, settings, replaces));
    } else if (request.channel === channel)
      return { do: 'hold', reason: written.reason, detail: written.detail };
  }
  return together(channel, kept, messages);
}

export const isWaiting = ({ state }: NewMessage): boolean => state === 'awaiting_approval';

/** What stands beside a text that is not approved yet is in nobody's hands before it is. */
function together(channel: Channel, kept: readonly Touch[], messages: readonly NewMessage[]): Outcome {
  const waits = messages.some(isWaiting);
  const handOver = waits ? [] : kept.filter((touch) => touch.channel === 'linkedin');
  return {
    do: 'touch',
    channel,
    messages: waits ? messages.map(laidAside) : messages,
    existing: kept.length - handOver.length,
    repeats: kept.some(({ idempotencyKey }) => idempotencyKey !== null),
    handOver: handOver.map(({ messageId }) => messageId),
  };
}

const laidAside = (message: NewMessage): NewMessage =>
  message.state === 'awaiting_operator' ? { ...message, state: 'ready' } : message;
