import type { SlotRules } from '../dates/slot.ts';
import type { Channel } from '../model.ts';
import type { HoldReason, SkipReason, StopReason, WaitReason } from '../reasons.ts';
import type { Step } from '../scenario/scenario.ts';
import type { ChannelRules } from './reach.ts';
import type { Snapshot, Touch } from './snapshot.ts';

export interface Policy extends ChannelRules, SlotRules {
  /** Holiday region of people of whom nothing is known: the workspace's country. */
  country: string;
}

/** A step passed over without a touch. */
export interface Skip {
  step: string;
  reason: SkipReason;
}

export type Decision =
  /** `existing` are stored texts of this step that were not sent yet: they go out as they are. */
  | { do: 'touch'; step: Step; channel: Channel; also: Channel[]; existing: Touch[] }
  | { do: 'wait'; until: number; reason: WaitReason }
  | { do: 'hold'; reason: HoldReason; detail: string | null }
  | { do: 'stop'; reason: StopReason }
  | { do: 'complete' };

/** Where the enrolment stands after the skips: `anchorAt` and `stepAt` as in Snapshot. */
export interface Plan {
  skips: Skip[];
  step: string;
  anchorAt: number;
  stepAt: number;
  decision: Decision;
}

/** An enrolment and what a tick does about it. */
export interface Planned {
  snapshot: Snapshot;
  plan: Plan;
  /** Why a touch is left due as it is: nothing is written or stored for it. */
  left: 'channel_closed' | 'limit' | null;
}

/** What a fault of ours makes of one person: held and looked at again, while all others are served. */
export const fault = (error: unknown): Extract<Decision, { do: 'hold' }> => ({
  do: 'hold',
  reason: 'fault',
  detail: error instanceof Error ? error.message : String(error),
});
