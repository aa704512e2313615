import type { Outgoing, SmsEnvelope } from '../../engine/ports/channels.ts';

/** What would have been sent, and what it would have cost; nothing in the headers can hold a line break. */
export function smsText({ envelope, at }: Outgoing<SmsEnvelope>): string {
  const { to, from, messagingService, body, encoding, segments } = envelope;
  const headers = {
    To: to,
    From: from ?? (messagingService === null ? 'not set' : `messaging service ${messagingService}`),
    Date: new Date(at).toISOString(),
    Segments: `${segments} (${encoding})`,
    'X-Hector-Rehearsal': 'yes',
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value.replace(/\p{Cc}+/gu, ' ')}`);
  return `${lines.join('\n')}\n\n${body}\n`;
}
