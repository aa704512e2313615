import type { CampaignMode, Channel } from '../model.ts';
import type { Decision } from '../plan/decision.ts';
import type { Snapshot, Touch } from '../plan/snapshot.ts';
import type { WriteRequest, Writer } from '../ports/writer.ts';
import type { Exchange } from '../texts/facts.ts';
import { type ComposeSettings, requestFor } from './message.ts';

export type TouchDecision = Extract<Decision, { do: 'touch' }>;

/** A text that is to be written; `replaces`: a stored one whose facts have changed. */
export interface WantedText {
  request: WriteRequest;
  replaces: number | null;
}

/** The texts of a touch: those stored earlier that go out as they are, and those that are to be written. */
export function textsOf(
  snapshot: Snapshot,
  { step, channel, also, existing }: TouchDecision,
  exchanges: readonly Exchange[],
  engine: { writer: Pick<Writer, 'factsKey'>; settings: Record<CampaignMode, ComposeSettings> },
): { kept: Touch[]; wanted: WantedText[] } {
  const requestOn = (each: Channel): WriteRequest =>
    requestFor(snapshot, { step, channel: each, exchanges }, engine.settings[snapshot.campaign.mode]);
  const kept = existing.filter((touch) => isCurrent(touch, requestOn, engine.writer));
  const outdated = existing.filter((touch) => !kept.includes(touch));
  const begun = snapshot.touches.some((touch) => touch.step === step.id && touch.channel === channel);
  const fresh = (begun ? also : [channel, ...also]).map((each) => ({ channel: each, replaces: null }));
  const again = outdated.map((touch) => ({ channel: touch.channel, replaces: touch.messageId }));
  const wanted = [...fresh, ...again].map((text) => ({
    request: requestOn(text.channel),
    replaces: text.replaces,
  }));
  return { kept, wanted };
}

/** Written of the facts as they are now; one that was called for goes out to the byte, one that a person wrote as it is. */
const isCurrent = (
  touch: Touch,
  requestOn: (channel: Channel) => WriteRequest,
  writer: Pick<Writer, 'factsKey'>,
): boolean =>
  touch.idempotencyKey !== null ||
  touch.factsKey === null ||
  touch.factsKey === writer.factsKey(requestOn(touch.channel));
