import { REHEARSAL_SMS_OPT_OUT } from './config/live.ts';
import type { Config } from './config.ts';
import { Calendar } from './engine/dates/calendar.ts';
import { publicHolidays } from './engine/dates/holidays.ts';
import type { Limits } from './engine/limits/rooms.ts';
import { senderOn } from './engine/limits/sender.ts';
import { SAMPLE_WORDS } from './engine/lint/sample.ts';
import type { CampaignMode, Channel, Language } from './engine/model.ts';
import type { Policy } from './engine/plan/decision.ts';
import type { Senders } from './engine/ports/channels.ts';
import type { PreviewRules } from './engine/ports/preview.ts';
import type { ComposeSettings } from './engine/tick/message.ts';

/** Parts of the composition that only a working tick needs; context.ts loads this file on demand. */

export const createCalendar = (): Calendar => new Calendar(publicHolidays());

/**
 * LinkedIn tasks are there in the morning, all of them. What a rehearsal writes bothers nobody, so that it need not
 * wait either.
 */
export const spreadOf = (config: Config, mode: CampaignMode): Policy['spread'] => ({
  linkedin: false,
  email: mode === 'live' && config.email.spread,
  sms: mode === 'live' && config.sms.spread,
});

/** The caps of those who send for real. */
export const limitsOf = ({ timezone, email, sms, linkedin }: Config): Limits => ({
  zone: timezone,
  lanes: [
    { lane: 'email', channel: 'email', sender: senderOn('email', email), caps: email.caps, ramp: email.ramp },
    { lane: 'sms', channel: 'sms', sender: senderOn('sms', sms), caps: sms.caps, ramp: sms.ramp },
    {
      lane: 'invitation',
      channel: 'linkedin',
      sender: senderOn('linkedin', {}),
      caps: linkedin.invitations,
      ramp: linkedin.ramp,
    },
    {
      lane: 'linkedin',
      channel: 'linkedin',
      sender: senderOn('linkedin', {}),
      caps: linkedin.messages,
      ramp: linkedin.ramp,
    },
  ],
});

/** In a rehearsal every channel can be used: the outbox takes it. */
export const policyOf = (
  config: Config,
  calendar: Calendar,
  mode: CampaignMode,
  senders: Senders,
): Policy => ({
  calendar,
  spread: spreadOf(config, mode),
  country: config.country,
  channels:
    mode === 'rehearsal'
      ? { linkedin: true, email: true, sms: true }
      : { linkedin: true, email: senders.email !== null, sms: senders.sms !== null },
  freeMail: config.email.freeMail,
  smsConsent: config.sms.consent,
});

/** The sender of a rehearsal in a workspace that has none yet: a name that no mail can come from (RFC 2606). */
const REHEARSAL_SENDER = 'Rehearsal <rehearsal@hector.invalid>';

export const composeSettings = (config: Config, mode: CampaignMode): ComposeSettings => ({
  sender: config.sender,
  dataSource: config.dataSource,
  optOut: {
    email: config.email.optOut,
    sms: { fr: smsOptOut(config, 'fr', mode), en: smsOptOut(config, 'en', mode) },
    linkedin: { fr: '', en: '' },
  },
  email: {
    from: config.email.from ?? REHEARSAL_SENDER,
    replyTo: config.email.replyTo,
    unsubscribe: config.email.unsubscribe,
  },
  sms: {
    from: config.sms.from,
    messagingService: config.sms.messagingService,
    transliterate: config.sms.transliterate,
  },
});

/** Empty only where `liveProblem` keeps the channel closed, or where no campaign speaks that language. */
const smsOptOut = (config: Config, language: Language, mode: CampaignMode): string =>
  config.sms.optOut[language] ?? (mode === 'rehearsal' ? REHEARSAL_SMS_OPT_OUT : '');

const ALL_CHANNELS = { linkedin: true, email: true, sms: true };

/** A preview needs no provider; what is missing in hector.yaml stands as in a rehearsal. */
export const previewRules = (config: Config): PreviewRules => ({
  settings: composeSettings(config, 'rehearsal'),
  reach: { channels: ALL_CHANNELS, freeMail: config.email.freeMail, smsConsent: config.sms.consent },
});

export const sampleRules = (): PreviewRules => ({
  settings: {
    sender: SAMPLE_WORDS.sender,
    dataSource: SAMPLE_WORDS.dataSource,
    optOut: {
      email: { fr: SAMPLE_WORDS.optOut.email, en: SAMPLE_WORDS.optOut.email },
      sms: { fr: SAMPLE_WORDS.optOut.sms, en: SAMPLE_WORDS.optOut.sms },
      linkedin: { fr: '', en: '' },
    },
    email: { from: SAMPLE_WORDS.sender.email, replyTo: null, unsubscribe: null },
    sms: { from: null, messagingService: null, transliterate: true },
  },
  reach: { channels: ALL_CHANNELS, freeMail: 'allow', smsConsent: 'assumed' },
});

/** What keeps a channel from being used for real until hector.yaml or .env is completed, by channel and language. */
export function liveProblem(config: Config, channel: Channel, language: Language): string | null {
  if (channel !== 'linkedin' && config[channel].provider === 'outbox')
    return `${channel === 'email' ? 'RESEND_API_KEY is' : 'the keys of Twilio are'} missing: the campaign began with a provider, and waits for it`;
  return channel === 'sms' && config.sms.provider === 'twilio' && config.sms.optOut[language] === null
    ? `sms.opt_out.${language} is missing in hector.yaml: each SMS must name a way out, such as "STOP au 36180" or a link`
    : null;
}
