import type { Channel, MessageKind } from '../model.ts';

/** Which kinds of message a channel carries; the first is what another kind becomes when it moves there. */
export const KINDS_OF: Readonly<Record<Channel, readonly [MessageKind, ...MessageKind[]]>> = {
  linkedin: ['message', 'invitation', 'follow_up'],
  email: ['email', 'follow_up'],
  sms: ['sms'],
};

/** The kind a step's message has on a channel, which may be a fallback of the step's own. */
export const kindOn = (kind: MessageKind, channel: Channel): MessageKind =>
  KINDS_OF[channel].includes(kind) ? kind : KINDS_OF[channel][0];

/** The template that stands behind all others of a kind on a channel. */
export const defaultTemplate = (kind: MessageKind, channel: Channel): string =>
  `default/${channel === 'linkedin' ? kindOn(kind, channel) : channel}`;

export const DEFAULT_TEMPLATES = ['invitation', 'message', 'follow_up', 'email', 'sms'].map(
  (kind) => `default/${kind}`,
);
