import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSenders } from '../../src/channels/senders.ts';
import type { Config } from '../../src/config.ts';
import { RESEND_TEST_KEY } from '../stand-ins/resend.ts';
import { TWILIO_TEST_SID, TWILIO_TEST_TOKEN } from '../stand-ins/twilio.ts';
import { AT, anEmail, anSms } from './touches.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hector-senders-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function aConfig(
  providers: { email: Config['email']['provider']; sms: Config['sms']['provider'] },
  secrets: Partial<Config['secrets']> = {},
): Config {
  const nobody = { name: null, title: null, company: null, email: null, phone: null, website: null };
  return {
    sender: nobody,
    timezone: 'Europe/Paris',
    country: 'FR',
    language: 'fr',
    window: { days: [1, 2, 3, 4, 5], from: 540, to: 1080, daysOff: [] },
    gdpr: { legalBasis: 'legitimate_interest' },
    shield: { bouncePercent: 2, complaintPercent: 0.08, afterSends: 50 },
    dataSource: null,
    email: {
      provider: providers.email,
      from: 'Alice <alice@vente.example>',
      replyTo: null,
      optOut: { fr: '', en: '' },
      unsubscribe: null,
      requestsPerSecond: 10,
      caps: NO_CAPS,
      ramp: [],
      spread: false,
      freeMail: 'hold',
    },
    sms: {
      provider: providers.sms,
      from: 'VENTE',
      messagingService: null,
      optOut: { fr: '', en: '' },
      requestsPerSecond: 1,
      caps: NO_CAPS,
      ramp: [],
      spread: false,
      consent: 'required',
      transliterate: true,
      price: null,
    },
    linkedin: {
      invitationLimit: 200,
      messageLimit: 3000,
      invitations: NO_CAPS,
      messages: NO_CAPS,
      ramp: [],
    },
    ai: {
      provider: 'off',
      model: null,
      effort: 'low',
      voice: null,
      disc: 'off',
      notes: false,
      custom: [],
      requestsPerSecond: 4,
      timeoutMs: 1000,
      cache: { lifetimeMs: 0, entries: 0 },
      budget: { tick: null, day: null, campaign: null },
      price: null,
    },
    tick: { concurrency: 4, maxAttempts: 10 },
    http: { timeoutMs: 1000 },
    secrets: {
      resendApiKey: RESEND_TEST_KEY,
      twilioAccountSid: TWILIO_TEST_SID,
      twilioAuthToken: TWILIO_TEST_TOKEN,
      anthropicApiKey: null,
      ...secrets,
    },
    baseUrls: { resend: null, twilio: null, anthropic: null },
  };
}

const NO_CAPS = { hour: null, day: null, week: null };

const REAL = { email: 'resend', sms: 'twilio' } as const;
const NONE = { email: 'outbox', sms: 'outbox' } as const;

describe('createSenders', () => {
  it('rehearses in the outbox even where real keys are set', async () => {
    const { email, sms } = await createSenders(aConfig(REAL), folder, 'rehearsal');
    expect([email?.provider, sms?.provider]).toEqual(['outbox', 'outbox']);
    await email?.send([anEmail(1)], 'key', AT);
    await sms?.send([anSms(2)], 'key', AT);
    expect(readdirSync(folder)).toHaveLength(2);
  });

  it('never writes a live campaign to the outbox', async () => {
    expect(await createSenders(aConfig(NONE), folder, 'live')).toEqual({ email: null, sms: null });
  });

  it('takes the providers of the configuration', async () => {
    const { email, sms } = await createSenders(aConfig(REAL), folder, 'live');
    expect(email).toMatchObject({ channel: 'email', provider: 'resend', maxBatch: 100, idempotent: true });
    expect(sms).toMatchObject({ channel: 'sms', provider: 'twilio', maxBatch: 1, idempotent: false });
  });

  it.each<[string, Partial<Config['secrets']>]>([
    ['RESEND_API_KEY is not set', { resendApiKey: null }],
    ['RESEND_API_KEY does not look like one', { resendApiKey: 're_abc\ndef' }],
    ['TWILIO_ACCOUNT_SID is not set', { twilioAccountSid: '' }],
    ['TWILIO_ACCOUNT_SID does not look like one', { twilioAccountSid: `SK${'0'.repeat(32)}` }],
    ['TWILIO_AUTH_TOKEN is not set', { twilioAuthToken: null }],
    ['TWILIO_AUTH_TOKEN does not look like one', { twilioAuthToken: 'a b' }],
  ])('says that %s, without the value', async (said, secrets) => {
    const refused = createSenders(aConfig(REAL, secrets), folder, 'live');
    await expect(refused).rejects.toMatchObject({ exitCode: 3, message: expect.stringContaining(said) });
    await expect(refused).rejects.not.toThrow('re_abc');
  });
});
