import type { LedgerMessage } from '../../engine/ports/messages.ts';
import { isoOrNull } from '../../io/time.ts';

/** Stable keys, documented in docs/json.md. */
export const messageJson = (message: LedgerMessage) => ({
  id: message.id,
  state: message.state,
  campaign: message.campaign,
  mode: message.mode,
  step: message.step,
  channel: message.channel,
  kind: message.kind,
  prospect_id: message.prospectId,
  person: message.person,
  to: message.to,
  attempts: message.attempts,
  why: message.error,
  created_at: new Date(message.createdAt).toISOString(),
  claimed_at: isoOrNull(message.claimedAt),
  sent_at: isoOrNull(message.sentAt),
});
