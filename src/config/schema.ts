import { z } from 'zod';
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
const wholeNumber = (least: number, most: number, fallback: number) =>
  z.number().int().min(least).max(most).default(fallback);

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
  data_source: text,
  email: section({
    provider: z.enum(['auto', 'resend', 'outbox']).default('auto'),
    from: text,
    reply_to: text,
    opt_out: textPerLanguage,
    unsubscribe: text,
    // Resend takes 10 a second per team, all keys together; the rest is left to other programs of the team.
    requests_per_second: rate(8),
    free_mail: z.enum(['hold', 'allow']).default('hold'),
    base_url: text,
  }),
  sms: section({
    provider: z.enum(['auto', 'twilio', 'outbox']).default('auto'),
    from: quotedText,
    messaging_service: text,
    opt_out: textPerLanguage,
    requests_per_second: rate(5),
    consent: z.enum(['required', 'assumed']).default('required'),
    transliterate: z.boolean().default(true),
    base_url: text,
  }),
  linkedin: section({
    invitation_limit: wholeNumber(50, 300, 200),
    message_limit: wholeNumber(100, 8000, 3000),
  }),
  tick: section({ concurrency: wholeNumber(1, 50, 4) }),
  http: section({ timeout_seconds: wholeNumber(1, 600, 30) }),
});

export type ConfigFile = z.output<typeof configSchema>;
