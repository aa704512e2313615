import type { Channel } from '../model.ts';
import type { Envelope } from '../ports/channels.ts';
import { addressOf } from '../texts/email.ts';

/** Whose caps a touch counts against: the mailbox, the number or service, or the person at LinkedIn. */
export const senderOf = (envelope: Envelope): string =>
  envelope.channel === 'linkedin' ? senderOn('linkedin', {}) : senderOn(envelope.channel, envelope);

export function senderOn(
  channel: Channel,
  { from, messagingService }: { from?: string | null; messagingService?: string | null },
): string {
  switch (channel) {
    case 'email':
      return addressOf(from ?? '').toLowerCase();
    case 'sms':
      return from ?? messagingService ?? 'sms';
    case 'linkedin':
      return 'linkedin';
  }
}

/** What the caps of a campaign are remembered under, where those of a sender have its address. */
export const campaignAsSender = (id: number): string => `campaign ${id}`;
