import type { CampaignCaps } from '../limits/campaign-caps.ts';
import type {
  Approval,
  CampaignMode,
  CampaignStatus,
  Channel,
  Language,
  MessageState,
  Prospect,
  SendingWindow,
  SuppressionKey,
} from '../model.ts';
import type { PastTouch } from '../ports/writer.ts';
import type { ScenarioVersion } from '../scenario/scenario.ts';
import type { CampaignSender } from '../texts/mailbox.ts';

export interface Campaign {
  id: number;
  name: string;
  status: CampaignStatus;
  mode: CampaignMode;
  objective: string | null;
  language: Language;
  timezone: string;
  window: SendingWindow;
  /** UTC ms. */
  startAt: number;
  scenarioVersionId: number;
  /** Channels that had a provider when it was created: where that is gone, people wait instead of losing the step. */
  channels: readonly Channel[];
  approval: Approval;
  /** A voice file, or the name of one that comes with hector; null: as the workspace has it. */
  voice: string | null;
  /** Empty: only the caps of who sends. */
  caps: CampaignCaps;
  /** Null: the sender of the workspace. */
  sender: CampaignSender | null;
}

/** A message row of this enrolment, as far as deciding needs it. */
export interface Touch {
  messageId: number;
  step: string;
  channel: Channel;
  state: MessageState;
  /** Set when an earlier call may have reached the provider: a repeat must use the same key. */
  idempotencyKey: string | null;
  /** UTC ms, or null. */
  sentAt: number | null;
  /** Names the facts that the text rests on (Writer.factsKey); null: not known, or a person has written it. */
  factsKey: string | null;
  /** It can go out because a person has approved it. */
  approved: boolean;
}

/** All that a decision about one enrolment may look at. */
export interface Snapshot {
  enrolment: {
    id: number;
    step: string;
    /** What the wait of `step` counts from, UTC ms. */
    anchorAt: number;
    /** When `step` became the next one, UTC ms. */
    stepAt: number;
    nextAt: number;
    /** Why it waits since the last look (engine/reasons.ts), or null. */
    hold: string | null;
  };
  prospect: Prospect;
  campaign: Campaign;
  version: ScenarioVersion;
  touches: readonly Touch[];
  /** Sent texts of this enrolment, oldest first, for the writer. */
  history: readonly PastTouch[];
  accepted: boolean;
  /** A connection on LinkedIn, however it came about: an invitation could not even be sent. */
  connected: boolean;
  delivered: boolean;
  /** The last touch of this person over all campaigns of the same mode, those perhaps sent included, UTC ms. */
  lastContactAt: number | null;
  suppressedBy: SuppressionKey | null;
}
