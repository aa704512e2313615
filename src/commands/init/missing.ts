import type { Config } from '../../config.ts';

export interface ChannelState {
  provider: 'resend' | 'twilio' | 'outbox' | 'by_hand';
  /** Variables of .env and keys of hector.yaml without which nothing real can be sent. */
  missing: string[];
}

export interface State {
  channels: { email: ChannelState; sms: ChannelState; linkedin: ChannelState };
  /** Who writes; `key`: there is one, whether it is used or not. */
  texts: { by: 'claude' | 'template'; key: boolean };
  /** Keys of hector.yaml that texts want to name the sender. */
  sender: string[];
}

/** What each channel would do now, and what stands between it and real messages. */
export function stateOf({ sender, email, sms, ai, secrets, language }: Config): State {
  const lacking = (pairs: [string, string | null][]): string[] =>
    pairs.filter(([, value]) => value === null).map(([name]) => name);
  return {
    channels: {
      email: {
        provider: email.provider,
        missing: lacking([
          ['RESEND_API_KEY', secrets.resendApiKey],
          ['email.from', email.from],
        ]),
      },
      sms: {
        provider: sms.provider,
        missing: lacking([
          ['TWILIO_ACCOUNT_SID', secrets.twilioAccountSid],
          ['TWILIO_AUTH_TOKEN', secrets.twilioAuthToken],
          ['sms.from', sms.from ?? sms.messagingService],
          [`sms.opt_out.${language}`, sms.optOut[language]],
        ]),
      },
      linkedin: { provider: 'by_hand', missing: [] },
    },
    texts: {
      by: ai.provider === 'claude' ? 'claude' : 'template',
      key: secrets.anthropicApiKey !== null,
    },
    sender: lacking([
      ['sender.name', sender.name],
      ['sender.company', sender.company],
      ['sender.email', sender.email],
    ]),
  };
}
