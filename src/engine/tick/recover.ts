import { groupBy } from '../group.ts';
import { LOOK_UP_AFTER_MS } from '../plan/checking.ts';
import type { Fate, Sender } from '../ports/channels.ts';
import type { OpenCall, Recorded } from '../ports/ticks.ts';
import { afterTouch, movesOn } from './advance.ts';
import type { TickEngine, TickInput } from './pass.ts';
import { count, type TickSummary } from './summary.ts';

/** Asked about together: the lists of the provider are read once for all of them. */
const CHUNK = 100;

export interface Recovery {
  /** The instant that the tick is planned by, UTC ms. */
  now: number;
  summary: TickSummary;
}

/**
 * Settles the calls of unknown fate that cannot be repeated: the provider is asked what became of them. Nothing
 * that stays open goes out again by itself.
 */
export async function recover(input: TickInput, run: Recovery): Promise<void> {
  const { store, owner } = input;
  const engine = await input.engine();
  for (let after = 0; ; ) {
    const calls = await store.openCalls(run.now, { after, limit: CHUNK });
    const last = calls.at(-1);
    if (input.stopping()) run.summary.interrupted = true;
    if (!last || run.summary.interrupted || !(await store.heartbeat(owner))) return;
    after = last.messageId;
    const lists = groupBy(calls, ({ mode, provider }) => `${mode}:${provider}`);
    for (const list of lists.values()) await settleAll(list, engine, input, run);
  }
}

async function settleAll(
  calls: readonly OpenCall[],
  engine: TickEngine,
  { store }: TickInput,
  run: Recovery,
): Promise<void> {
  const fates = await ask(calls, engine, run.now);
  for (const [index, call] of calls.entries()) {
    const fate = fates[index] ?? { fate: 'unknown', reason: 'the provider said nothing of this message' };
    // A touch that happened is recorded for when it did.
    await store.record([settled(call, fate, engine, run)], fate.fate === 'sent' ? fate.at : run.now);
  }
}

async function ask(calls: readonly OpenCall[], engine: TickEngine, now: number): Promise<Fate[]> {
  const [first] = calls;
  const sender = first ? senderOf(first, engine) : null;
  const nobody = (reason: string): Fate[] => calls.map(() => ({ fate: 'unknown', reason }));
  if (!sender?.lookUp) return nobody('the tick died while sending, and the provider cannot be asked again');
  try {
    return await sender.lookUp(calls, now);
  } catch (error) {
    return nobody(
      `the program failed while asking: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

/** The one that made the call, if it is still configured. */
function senderOf({ mode, provider, envelope }: OpenCall, { senders }: TickEngine): Sender | null {
  const sender = envelope.channel === 'linkedin' ? null : senders[mode][envelope.channel];
  return sender?.provider === provider ? sender : null;
}

/** What is stored for a fate, and its count in the summary. */
function settled(call: OpenCall, fate: Fate, { policies }: TickEngine, { now, summary }: Recovery): Recorded {
  const { messageId, snapshot, step, envelope, mode } = call;
  const holds = movesOn(snapshot.version.scenario, step, envelope.channel);
  switch (fate.fate) {
    case 'sent': {
      summary.recovered.found += 1;
      const advance = holds ? afterTouch(snapshot, step, fate.at, policies[mode]) : null;
      return { messageId, result: 'sent', providerId: fate.providerId, delivered: false, advance };
    }
    case 'rejected':
      count(summary.rejected, fate.reason);
      return { messageId, result: 'rejected', reason: fate.reason, suppress: fate.suppress === true, holds };
    case 'absent':
      summary.recovered.absent += 1;
      return { messageId, result: 'absent', holds };
    case 'too_early':
      count(summary.waiting, 'checking');
      return { messageId, result: 'unsettled', until: now + LOOK_UP_AFTER_MS, holds };
    case 'unknown':
      summary.recovered.uncertain += 1;
      return { messageId, result: 'uncertain', reason: fate.reason, holds };
  }
}
