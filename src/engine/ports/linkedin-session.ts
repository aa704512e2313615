import type { CampaignMode } from '../model.ts';
import type { Exchange } from '../texts/facts.ts';
import type { CampaignLane, Offer, Task } from './tasks.ts';

/** Open tasks of one campaign. */
export interface QueueLine {
  campaign: string;
  mode: CampaignMode;
  invitations: number;
  messages: number;
  /** Of these: put off by a person until later. */
  later: number;
}

/** What went out live on LinkedIn, UTC ms. */
export interface LinkedinSends {
  /** Since the given instant, oldest first. */
  sends: readonly (CampaignLane & { at: number })[];
  /** The first touch ever on LinkedIn: the ramp counts from it. */
  firstAt: number | null;
}

/** A sent invitation of which nobody knows yet what became of it. */
export interface OpenInvitation {
  messageId: number;
  campaign: string;
  mode: CampaignMode;
  sentAt: number;
  prospect: Task['prospect'];
}

/** What the LinkedIn session looks at beside its tasks. Each method is one atomic act. */
export interface LinkedinSessionStore {
  /** By campaign, the fullest first. */
  queue(offer: Offer, now: number): Promise<QueueLine[]>;
  sent(since: number): Promise<LinkedinSends>;
  /** Live invitations sent between two instants, and how many of them were accepted or answered on LinkedIn. */
  acceptance(from: number, to: number): Promise<{ sent: number; accepted: number }>;
  /**
   * Invitations sent before an instant, in running campaigns, not asked about since another one, on whose acceptance a
   * step to come depends; oldest first.
   */
  unknown(campaign: string | null, before: { sent: number; asked: number }): Promise<OpenInvitation[]>;
  /** Somebody has looked, and it was not accepted yet. */
  asked(messageId: number, at: number): Promise<void>;
  /** The last that was said with this person, on any channel, oldest first. */
  exchanges(prospectId: number, mode: CampaignMode, most: number): Promise<Exchange[]>;
}
