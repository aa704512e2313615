import type { Gate } from '../limits/gate.ts';
import type { Limits } from '../limits/rooms.ts';
import type { CampaignMode, Channel, Language } from '../model.ts';
import type { Policy } from '../plan/decision.ts';
import type { Campaign, Snapshot } from '../plan/snapshot.ts';
import type { TextCollector } from '../ports/ahead.ts';
import type { Senders } from '../ports/channels.ts';
import type { InboundSource } from '../ports/inbound.ts';
import type { Owner, TickStore } from '../ports/ticks.ts';
import type { Writer } from '../ports/writer.ts';
import type { ComposeSettings } from './message.ts';
import type { TickSummary } from './summary.ts';

/** What a tick needs once something is due; loading it is what an idle tick saves. */
export interface TickEngine {
  writer: Writer;
  policies: Record<CampaignMode, Policy>;
  senders: Record<CampaignMode, Senders>;
  settings: Record<CampaignMode, ComposeSettings>;
  limits: Limits;
  concurrency: number;
  /** Calls of one message before it is given up. */
  maxAttempts: number;
  /** Why a channel cannot be used for real before a person mends something, or null. */
  liveProblem(channel: Channel, language: Language): string | null;
}

export interface TickInput {
  store: TickStore;
  sources: readonly InboundSource[];
  /** Fetches texts that were asked for in a batch. */
  collector: TextCollector;
  engine: () => Promise<TickEngine>;
  owner: Owner;
  /** UTC ms. Read once to plan by, and again for each call: a long tick must not run past the hours it may use. */
  clock: () => number;
  campaignId: number | null;
  /** Touches at most; null: all that is due. */
  limit: number | null;
  /** Calls under way at once; null: as configured. */
  concurrency: number | null;
  /** True once somebody wants it to end: what is under way is finished and recorded, nothing more is begun. */
  stopping: () => boolean;
  /** Told after each text and each batch how far it is, for whoever watches. */
  progress?: (at: TickProgress) => void;
}

interface TickProgress {
  /** People looked at so far. */
  considered: number;
  /** Of the touches at hand, so many of so many are written, or have had their turn to go out. */
  doing: 'write' | 'send';
  done: number;
  of: number;
}

export interface Pass {
  input: TickInput;
  engine: TickEngine;
  tickId: number;
  /** The instant that everything of this tick is planned by, UTC ms. */
  now: number;
  summary: TickSummary;
  /** What must be left alone for the rest of this tick: a channel, or what one sender has on it (`isShut`). */
  closed: Set<string>;
  /** Caps and circuits. */
  gate: Gate;
  /** Another tick has taken the lease: nothing more is begun. */
  lost: boolean;
}

/** A message that may be sent now. */
export interface Ready {
  snapshot: Snapshot;
  step: string;
  messageId: number;
  channel: Channel;
  /** False for an `also` touch, which does not move the enrolment. */
  primary: boolean;
  /** Set when an earlier call may have reached the provider. */
  key: string | null;
}

/** Said once, however many messages wait for it. @param only the campaign whose sender alone is refused; null: all of it */
export function closeChannel(
  pass: Pass,
  mode: CampaignMode,
  channel: Channel,
  reason: string,
  only: Pick<Campaign, 'name' | 'sender'> | null = null,
): void {
  pass.closed.add(only ? shutKey(mode, channel, only) : `${mode}:${channel}`);
  const who = only?.sender ? `${only.sender.email} (campaign "${only.name}"): ` : '';
  pass.summary.misconfigured[channel] ??= `${who}${reason}`;
}

export const isShut = (
  { closed }: Pick<Pass, 'closed'>,
  mode: CampaignMode,
  channel: Channel,
  campaign: Pick<Campaign, 'sender'>,
): boolean => closed.has(`${mode}:${channel}`) || closed.has(shutKey(mode, channel, campaign));

const shutKey = (mode: CampaignMode, channel: Channel, campaign: Pick<Campaign, 'sender'>): string =>
  `${mode}:${channel}:${senderKey(campaign)}`;

/** Whom a provider may refuse as a sender; empty: the sender of the workspace. */
export const senderKey = ({ sender }: Pick<Campaign, 'sender'>): string => sender?.email.toLowerCase() ?? '';
