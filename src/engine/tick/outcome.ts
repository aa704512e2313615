import { backoffMs } from '../limits/backoff.ts';
import type { CampaignMode } from '../model.ts';
import { LOOK_UP_AFTER_MS } from '../plan/checking.ts';
import type { Outcome, Sender } from '../ports/channels.ts';
import type { Advance, Recorded } from '../ports/ticks.ts';
import { afterTouch } from './advance.ts';
import { closeChannel, type Pass, type Ready } from './pass.ts';
import { count } from './summary.ts';

/** How long to leave a message whose fate is open before it is repeated with the same key. */
const REPEAT_AFTER_MS = 10 * 60_000;
/** A message that a person must mend something for is tried again after this. */
const DAY_MS = 86_400_000;

/** One message of a call, and what its provider said. */
export interface Result {
  messageId: number;
  /** Of how many calls this was the last: 1 is the first. */
  attempt: number;
  /** The first message of its call: what may have gone out together comes again together. */
  together: number;
  message: Ready | null;
  outcome: Outcome;
  sender: Sender;
  mode: CampaignMode;
  key: string | null;
  /** When it happened, UTC ms. */
  at: number;
}

/** What is stored for an outcome, and its count in the summary. */
export function recorded(result: Result, pass: Pass): Recorded {
  const { messageId, outcome, sender, mode, key, at } = result;
  const { summary } = pass;
  const beside = result.message?.primary === false;
  switch (outcome.status) {
    case 'sent':
      count(summary.sent, sender.channel);
      if (sender.provider === 'outbox') summary.rehearsed += 1;
      return {
        messageId,
        result: 'sent',
        providerId: outcome.providerId,
        delivered: outcome.delivered === true,
        advance: advanceOf(result, pass),
      };
    case 'rejected':
      count(summary.rejected, outcome.reason);
      return {
        messageId,
        result: 'rejected',
        reason: outcome.reason,
        suppress: outcome.suppress === true,
        holds: !beside,
      };
    case 'retry':
      return putOff(result, outcome, pass);
    case 'uncertain': {
      if (outcome.repeatable && sender.idempotent && !beside) {
        summary.retried += 1;
        count(summary.retried_for, outcome.reason);
        return { messageId, result: 'repeat', at: at + repeatAfter(result), reason: outcome.reason };
      }
      countOpen(sender, pass);
      return ofUnknownFate(result, outcome.reason, !beside);
    }
    case 'misconfigured':
      if (outcome.scope === 'message') {
        summary.misconfigured[sender.channel] ??= outcome.reason;
        return putOff(result, { at: at + DAY_MS, reason: outcome.reason }, pass);
      }
      closeChannel(pass, mode, sender.channel, outcome.reason, refusedSender(result));
      if (beside) return settledBeside(result, outcome.reason);
      return key === null
        ? { messageId, result: 'released', reason: outcome.reason }
        : { messageId, result: 'repeat', at, reason: outcome.reason };
  }
}

/** Null where all of the channel is of no use. */
const refusedSender = ({ outcome, message }: Result) =>
  outcome.status === 'misconfigured' && outcome.scope === 'sender' && message
    ? message.snapshot.campaign
    : null;

const repeatAfter = ({ attempt, together }: Result): number => REPEAT_AFTER_MS + backoffMs(attempt, together);

/** This call did nothing, but an earlier one under the same key may have: the key must stay. */
function putOff(
  result: Result,
  { at: asked, reason, called = true }: { at: number; reason: string; called?: boolean },
  pass: Pass,
): Recorded {
  const { messageId, attempt, together, message, key, at } = result;
  if (message?.primary === false) {
    count(pass.summary.rejected, reason);
    return settledBeside(result, reason);
  }
  if (key === null && called && attempt >= pass.engine.maxAttempts) {
    pass.summary.failed += 1;
    return { messageId, result: 'failed', reason: `given up after ${attempt} calls: ${reason}` };
  }
  pass.summary.retried += 1;
  count(pass.summary.retried_for, reason);
  const until = Math.max(asked, at + backoffMs(attempt, key === null ? messageId : together));
  return key === null
    ? { messageId, result: 'retry', at: until, reason, called }
    : { messageId, result: 'repeat', at: until, reason };
}

/** Null for what moves nobody: a touch beside a step, or one whose person this batch does not know. */
function advanceOf({ message, mode, at }: Result, { engine }: Pass): Advance | null {
  if (!message?.primary) return null;
  return afterTouch(message.snapshot, message.step, at, engine.policies[mode]);
}

type Call = Pick<Result, 'messageId' | 'key' | 'sender' | 'at'>;

/** What is done with a text beside a step that did not go out in its pass: dropped, unless it may have gone out. */
export const settledBeside = (call: Call, reason: string): Recorded =>
  call.key === null
    ? { messageId: call.messageId, result: 'dropped', reason }
    : ofUnknownFate(call, reason, false);

/** Perhaps sent, and not to be repeated: its provider is asked by a later tick, else a person. */
const ofUnknownFate = ({ messageId, sender, at }: Call, reason: string, holds: boolean): Recorded =>
  sender.lookUp
    ? { messageId, result: 'checking', until: at + LOOK_UP_AFTER_MS, reason, holds }
    : { messageId, result: 'uncertain', reason, holds };

/** Calls of unknown fate, as the summary counts them. */
export function countOpen({ lookUp }: Sender, { summary }: Pass, messages = 1): void {
  if (lookUp) summary.waiting.checking = (summary.waiting.checking ?? 0) + messages;
  else summary.uncertain += messages;
}
