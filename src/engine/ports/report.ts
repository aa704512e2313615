import type { CampaignMode, CampaignStatus, Channel } from '../model.ts';
import type { Spending } from '../spending.ts';

export interface ReportCampaign {
  id: number;
  name: string;
  /** The scenario's name. */
  scenario: string;
  status: CampaignStatus;
  mode: CampaignMode;
  /** Ids of the scenario's steps, in its order. */
  steps: string[];
}

/** People of a campaign (enrolments), each counted once a line. */
export interface FunnelCounts {
  enrolled: number;
  /** Somebody with at least one message that was sent. */
  contacted: number;
  accepted: number;
  delivered: number;
  replied: number;
  meeting: number;
  completed: number;
  /** Ended before the last step by a rule, a person or a failure. */
  stopped: number;
}

/** Messages of one step on one channel. */
export interface TouchCounts {
  campaignId: number;
  step: string;
  channel: Channel;
  sent: number;
  delivered: number;
  /** Messages that were answered: the last one before the answer. */
  replied: number;
}

/** Read only; counts come from the ledger, never from a counter that could drift. */
export interface ReportStore {
  /** All campaigns, newest first. */
  campaigns(): Promise<ReportCampaign[]>;
  /** By campaign id; one without people has zeros. */
  funnels(campaignIds: readonly number[]): Promise<Map<number, FunnelCounts>>;
  /** Steps that were never sent are absent. */
  touches(campaignIds: readonly number[]): Promise<TouchCounts[]>;
  /** By campaign id; those in which Claude was never called are absent. */
  spending(campaignIds: readonly number[]): Promise<Map<number, Spending>>;
}
