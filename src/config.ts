import type { Language, SendingWindow } from './engine/model.ts';
import type { SenderFacts } from './engine/ports/writer.ts';

/**
 * Everything that can be set, resolved once: flag > environment > .env > hector.yaml > default. Secrets come
 * only from the environment or a 0600 .env.
 */
export interface Config {
  sender: SenderFacts;
  /** IANA name. */
  timezone: string;
  /** ISO 3166 alpha-2: phones without a country code are read as numbers of this country. */
  country: string;
  language: Language;
  window: SendingWindow;
  /** Where prospects' data comes from, said in the first message (CNIL). */
  dataSource: string | null;
  email: {
    provider: 'resend' | 'outbox';
    /** `Name <address>`; null when not set, which only the outbox accepts. */
    from: string | null;
    replyTo: string | null;
    /** The opt-out sentence of each e-mail. */
    optOut: Record<Language, string>;
    /** Address of the `mailto:` List-Unsubscribe; null: the reply-to or from address. */
    unsubscribe: string | null;
    requestsPerSecond: number;
    /** Free-mail addresses count as consumers: `hold` without recorded consent, or `allow`. */
    freeMail: 'hold' | 'allow';
  };
  sms: {
    provider: 'twilio' | 'outbox';
    from: string | null;
    messagingService: string | null;
    optOut: Record<Language, string>;
    requestsPerSecond: number;
    /** `required`: only people with recorded consent; `assumed`: the operator answers for it. */
    consent: 'required' | 'assumed';
    /** Characters that force UCS-2 are replaced (`ê` by `e`). */
    transliterate: boolean;
  };
  linkedin: { invitationLimit: number; messageLimit: number };
  tick: { concurrency: number };
  http: { timeoutMs: number };
  secrets: {
    resendApiKey: string | null;
    twilioAccountSid: string | null;
    twilioAuthToken: string | null;
  };
  /** Null: the provider's own address. */
  baseUrls: { resend: string | null; twilio: string | null };
}
