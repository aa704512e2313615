import { z } from 'zod';
import { LEGAL_BASES } from '../engine/gdpr/legal-basis.ts';
import { LANGUAGES } from '../engine/model.ts';

/** A key may stand there without a value: `hector init` writes them so, to be filled in. */
const text = z
  .string()
  .nullish()
  .transform((value) => value?.trim() || null);

/** YAML reads +33612345678 and 0612345678 as numbers and drops the sign and the zero. */
const quotedText = z
  .union([z.string(), z.number()])
  .nullish()
  .transform((value, context) => {
    if (typeof value !== 'number') return value?.trim() || null;
    context.addIssue('put it in quotes, YAML reads it as a number');
    return z.NEVER;
  });

const section = <Shape extends z.ZodRawShape>(shape: Shape) =>
  z.preprocess((value) => value ?? {}, z.strictObject(shape));

const textPerLanguage = section({ fr: text, en: text });
const rate = (fallback: number) => z.number().positive().max(1000).default(fallback);
const percent = (fallback: number) => z.number().min(0).max(100).default(fallback);
const wholeNumber = (least: number, most: number, fallback: number) =>
  z.number().int().min(least).max(most).default(fallback);

/** US dollars, or none. */
const dollars = (fallback: number) =>
  z
    .union([z.literal('off'), z.number().min(0).max(1_000_000)])
    .default(fallback)
    .transform((value) => (value === 'off' ? null : value));

/** US dollars per million tokens, where the table of models does not know or is out of date. */
const price = z.number().positive().max(10_000).nullish();

const cap = z.union([z.literal('off'), z.number().int().min(0).max(1_000_000)]);

/** Sends of one sender; `off` for all three, or for one of them. */
const caps = (hour: number | 'off', day: number, week: number) =>
  z
    .preprocess(
      (value) => (value === 'off' ? { hour: 'off', day: 'off', week: 'off' } : (value ?? {})),
      z.strictObject({ hour: cap.default(hour), day: cap.default(day), week: cap.default(week) }),
    )
    .transform(({ hour, day, week }) => ({ hour: orNone(hour), day: orNone(day), week: orNone(week) }));

const orNone = (value: number | 'off'): number | null => (value === 'off' ? null : value);

/** Day of sending -> percent of the caps, in proportion between two of them. */
const ramp = (fallback: Record<string, number>) =>
  z
    .preprocess(
      (value) => (value === 'off' ? {} : (value ?? fallback)),
      z.record(z.string(), z.number().min(1).max(100)).superRefine(refuseOddDays),
    )
    .transform((value) =>
      Object.entries(value)
        .map(([day, percent]) => ({ day: Number(day), share: percent / 100 }))
        .sort((a, b) => a.day - b.day),
    );

function refuseOddDays(value: Record<string, number>, context: z.RefinementCtx): void {
  for (const day of Object.keys(value))
    if (!/^[1-9]\d{0,3}$/.test(day))
      context.addIssue({ code: 'custom', path: [day], message: 'a day is a whole number from 1' });
}

/** A new mailbox or profile that sends a lot at once is taken for a robot. */
const NEW_SENDER = { 1: 20, 15: 100 };

/**
 * The shape of hector.yaml: keys, types and ranges. What the words in it mean (days, hours, zones, addresses) is
 * read in resolve.ts, which can name the place of each.
 */
export const configSchema = z.strictObject({
  sender: section({
    name: text,
    title: text,
    company: text,
    email: text,
    phone: quotedText,
    website: text,
  }),
  language: z.enum(LANGUAGES).default('fr'),
  country: z.string().default('FR'),
  timezone: z.string().default('Europe/Paris'),
  days: z.union([z.string(), z.array(z.string())]).default('lun-ven'),
  hours: z.string().default('09:00-18:00'),
  days_off: z.union([z.string(), z.array(z.string())]).nullish(),
  data_source: text,
  email: section({
    provider: z.enum(['auto', 'resend', 'outbox']).default('auto'),
    from: text,
    reply_to: text,
    opt_out: textPerLanguage,
    unsubscribe: text,
    // Resend takes 10 a second per team, all keys together; the rest is left to other programs of the team.
    requests_per_second: rate(8),
    caps: caps(40, 150, 750),
    ramp: ramp(NEW_SENDER),
    spread: z.boolean().default(true),
    free_mail: z.enum(['hold', 'allow']).default('hold'),
    base_url: text,
  }),
  sms: section({
    provider: z.enum(['auto', 'twilio', 'outbox']).default('auto'),
    from: quotedText,
    messaging_service: text,
    opt_out: textPerLanguage,
    requests_per_second: rate(5),
    caps: caps(60, 200, 1000),
    ramp: ramp({}),
    spread: z.boolean().default(true),
    consent: z.enum(['required', 'assumed']).default('required'),
    transliterate: z.boolean().default(true),
    // US dollars a segment: a forecast is all that it is for.
    price: z.number().min(0).max(10).nullish(),
    base_url: text,
  }),
  linkedin: section({
    invitation_limit: wholeNumber(50, 300, 200),
    message_limit: wholeNumber(100, 8000, 3000),
    // LinkedIn takes about 100 invitations a week (MARKET figures, docs/tick.md).
    invitations: caps('off', 20, 100),
    messages: caps('off', 60, 300),
    ramp: ramp(NEW_SENDER),
  }),
  ai: section({
    provider: z.enum(['auto', 'claude', 'off']).default('auto'),
    model: z
      .string()
      .regex(/^[\w.:-]{1,100}$/, 'a model name such as claude-sonnet-5-5')
      .nullish(),
    effort: z.enum(['low', 'medium', 'high']).default('low'),
    voice: text,
    disc: z.enum(['off', 'rules', 'claude']).default('rules'),
    notes: z.boolean().default(false),
    custom: z
      .union([z.literal('all'), z.array(z.string())])
      .nullish()
      .transform((value) => value ?? []),
    // Of the smallest Anthropic accounts, 50 a minute: a 429 makes it wait.
    requests_per_second: rate(4),
    timeout_seconds: wholeNumber(1, 600, 60),
    cache: section({ minutes: wholeNumber(0, 100_000, 60), entries: wholeNumber(0, 1_000_000, 20_000) }),
    budget: section({ tick: dollars(5), day: dollars(20), campaign: dollars(200) }),
    price: section({ input: price, output: price, cache_read: price }),
    base_url: text,
  }),
  tick: section({ concurrency: wholeNumber(1, 50, 4), max_attempts: wholeNumber(1, 50, 10) }),
  shield: section({
    bounce_percent: percent(2),
    complaint_percent: percent(0.08),
    after_sends: wholeNumber(1, 100_000, 50),
  }),
  gdpr: section({ legal_basis: z.enum(LEGAL_BASES).default('legitimate_interest') }),
  http: section({ timeout_seconds: wholeNumber(1, 600, 30) }),
});

export type ConfigFile = z.output<typeof configSchema>;
