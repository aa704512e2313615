import type { Channel } from './model.ts';
import type { ChannelRules } from './reach.ts';
import type { HoldReason, SkipReason, StopReason, WaitReason } from './reasons.ts';
import type { Step } from './scenario.ts';
import type { SlotRules } from './slot.ts';
import type { Touch } from './snapshot.ts';

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
