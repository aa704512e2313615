import type { CampaignMode } from '../model.ts';
import type { Exchange } from '../texts/facts.ts';
import type { CampaignLane, Offer, Task } from './tasks.ts';
import type { Owner } from './ticks.ts';

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
  /** So late that it is not asked about again. */
  isLast: boolean;
}

/** Whose session it is, and its clock, UTC ms. */
export interface Looking {
  owner: Owner;
  now: number;
}

/** Why a text that was offered may not be used any more. */
export interface Withheld {
  why:
    | 'answered'
    | 'stopped'
    | 'settled'
    | 'paused'
    | 'campaign_paused'
    | 'campaign_ended'
    /** By the caps, or a touch of today. */
    | 'not_now'
    /** Another session shows the person. */
    | 'elsewhere';
  /** Of `stopped` a StopReason, of `settled` the state of the message; null: not known. */
  detail: string | null;
}

export type LookedAgain = { task: Task } | { withheld: Withheld };

/** What the LinkedIn session looks at beside its tasks. Each method is one atomic act. */
export interface LinkedinSessionStore {
  /** By campaign, the fullest first. */
  queue(offer: Offer, now: number): Promise<QueueLine[]>;
  sent(since: number): Promise<LinkedinSends>;
  /**
   * Live invitations sent between two instants whose fate is known, and how many of them were accepted or answered on
   * LinkedIn; the others are those that somebody has looked up in vain.
   */
  acceptance(from: number, to: number): Promise<{ sent: number; accepted: number }>;
  /**
   * Invitations sent before an instant, in running campaigns, not asked about since another one, on whose acceptance a
   * step to come depends; oldest first.
   */
  unknown(campaign: string | null, before: { sent: number; asked: number }): Promise<OpenInvitation[]>;
  /**
   * Live invitations sent between two instants of whose fate nobody knows, and that nobody has looked up so late after
   * they went out as the second instant lies before now; the latest first.
   */
  unsettled(
    campaign: string | null,
    span: { from: number; to: number; now: number; most: number },
  ): Promise<OpenInvitation[]>;
  /** Somebody has looked, and it was not accepted yet. */
  asked(messageId: number, at: number): Promise<void>;
  /** The last that was said with this person, on any channel, oldest first. */
  exchanges(prospectId: number, mode: CampaignMode, most: number): Promise<Exchange[]>;
  /** The campaigns that this person has not come to the end of. */
  openCampaigns(prospectId: number): Promise<{ name: string; mode: CampaignMode }[]>;
  /**
   * The next task, as TaskStore.list has them, of a person whom no other session shows; no other one shows them then,
   * until this one shows somebody else, ends or dies; for another host it is dead after 15 minutes without a renewal.
   * `elsewhere`: others show all that is left.
   */
  reserve(
    offer: Offer,
    looking: Looking & { except: readonly number[] },
  ): Promise<Task | 'none' | 'elsewhere'>;
  /** Whether a task may be used still; where it may, its person is reserved anew. */
  again(messageId: number, offer: Offer, looking: Looking): Promise<LookedAgain>;
  /** Reserves a person for this session; false: another one shows them. */
  hold(prospectId: number, owner: Owner): Promise<boolean>;
  /** This session lives, and shows still whom it shows. */
  renew(owner: Owner): Promise<void>;
  /** This session shows nobody. */
  release(owner: Owner): Promise<void>;
}
