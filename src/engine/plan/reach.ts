import { isFreeMail } from '../import/free-mail.ts';
import { CHANNELS, type Channel, type ProspectFacts } from '../model.ts';
import type { SkipReason } from '../reasons.ts';
import type { Step } from '../scenario/scenario.ts';
import type { Touch } from './snapshot.ts';

export interface ChannelRules {
  /** Channels that have a provider in this campaign's mode; LinkedIn always has: a person. */
  channels: Readonly<Record<Channel, boolean>>;
  /** Free-mail addresses count as consumers (CNIL): used only with recorded consent, unless allowed. */
  freeMail: 'hold' | 'allow';
  smsConsent: 'required' | 'assumed';
}

type Reach = { channel: Channel; reason: null } | { channel: null; reason: SkipReason };

/**
 * The step's channel, else its fallbacks in order: the first with an address that may be used and that the
 * provider has not refused for this step. The reason told is that of the step's own channel.
 */
export function usableChannel(
  step: Step,
  prospect: ProspectFacts,
  before: readonly Touch[],
  rules: ChannelRules,
): Reach {
  let first: SkipReason | undefined;
  for (const channel of ownChannels(step)) {
    const reason = obstacle(channel, prospect, before, rules);
    if (!reason) return { channel, reason: null };
    first ??= reason;
  }
  return { channel: null, reason: first ?? 'no_address' };
}

/** `also` channels that can be used beside the chosen one. */
export const companions = (
  step: Step,
  chosen: Channel,
  prospect: ProspectFacts,
  before: readonly Touch[],
  rules: ChannelRules,
): Channel[] =>
  step.also.filter((channel) => channel !== chosen && obstacle(channel, prospect, before, rules) === null);

/** Where a touch counts as the step's own; one on an `also` channel does not move the person on. */
export const ownChannels = (step: Step): Channel[] => [
  ...new Set<Channel>([...(step.channel === 'auto' ? CHANNELS : [step.channel]), ...step.fallback]),
];

/**
 * True for a touch that counts as the step's own: on a channel that the step has, or had before its scenario was changed.
 */
export const isOwnTouch = (step: Step, channel: Channel): boolean =>
  ownChannels(step).includes(channel) || !step.also.includes(channel);

function obstacle(
  channel: Channel,
  prospect: ProspectFacts,
  before: readonly Touch[],
  rules: ChannelRules,
): SkipReason | null {
  if (addressFor(channel, prospect) === null) return 'no_address';
  const earlier = before.find((touch) => touch.channel === channel);
  if (earlier?.state === 'rejected') return 'address_rejected';
  if (earlier?.state === 'failed') return 'failed';
  if (!rules.channels[channel]) return 'channel_off';
  return prospect.consent === null && needsConsent(channel, prospect, rules) ? 'no_consent' : null;
}

function needsConsent(channel: Channel, prospect: ProspectFacts, rules: ChannelRules): boolean {
  switch (channel) {
    case 'sms':
      return rules.smsConsent === 'required';
    case 'email':
      return rules.freeMail === 'hold' && isFreeMail(prospect.email?.split('@')[1] ?? '');
    case 'linkedin':
      return false;
  }
}

/** French and overseas mobiles begin with +336, +337, +262 6, +590 6, +594 6, +596 6; others are taken as given. */
const FRENCH_LANDLINE = /^\+(33[1-589]|262[25]|59[046]5)/;

/** The address a channel would use: e-mail, the mobile (never a French landline), or the LinkedIn slug. */
export function addressFor(channel: Channel, prospect: ProspectFacts): string | null {
  switch (channel) {
    case 'email':
      return prospect.email;
    case 'linkedin':
      return prospect.linkedin;
    case 'sms':
      return prospect.mobile && !FRENCH_LANDLINE.test(prospect.mobile) ? prospect.mobile : null;
  }
}
