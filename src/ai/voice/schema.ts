import { z } from 'zod';
import { LANGUAGES } from '../../engine/model.ts';

/** Escape sequences and direction marks have no place in a file a person writes, and would go into each message. */
const HIDDEN = /(?![\n\t])\p{Cc}|[\u200b\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]/u;

const visible = (most: number) =>
  z
    .string()
    .max(most)
    .refine((value) => !HIDDEN.test(value), 'it holds an invisible character');

/** No-break spaces stay. */
const oneLine = (value: string): string =>
  value
    .normalize('NFC')
    .replace(/[ \t\n]+/g, ' ')
    .trim();

/** A key may stand there without a value, to be filled in. */
const text = (most: number) =>
  visible(most)
    .nullish()
    .transform((value) => (value ? oneLine(value) : '') || null);

const required = (most: number) => visible(most).regex(/\S/, 'a text').transform(oneLine);

const block = (most: number) =>
  visible(most)
    .refine((value) => value.trim().split('\n').length <= 12, 'at most 12 lines')
    .nullish()
    .transform(
      (value) =>
        value
          ?.normalize('NFC')
          .replace(/[ \t]+$/gm, '')
          .trim() || null,
    );

const list = <Item extends z.ZodType>(item: Item, most: number) =>
  z
    .array(item)
    .max(most)
    .nullish()
    .transform((items) => items ?? []);

const offer = z.strictObject({
  name: required(80),
  what: required(400),
  for: text(200),
});

/** Whether the source says anything is for faults.ts, which can quote the claim. */
const proof = z.strictObject({ claim: required(300), source: text(300) });

const words = z
  .strictObject({ use: list(required(60), 100), avoid: list(required(60), 200) })
  .nullish()
  .transform((value) => value ?? { use: [], avoid: [] });

const guide = z
  .strictObject({ opening: text(400), rhythm: text(400), evidence: text(400), cta: text(400) })
  .nullish()
  .transform((value) => value ?? null);

const disc = z
  .strictObject({ D: guide, I: guide, S: guide, C: guide })
  .nullish()
  .transform((value) => value ?? { D: null, I: null, S: null, C: null });

/** The keys of a voice file, their types and sizes (docs/voice.md). */
export const voiceSchema = z.strictObject({
  name: required(80),
  language: z.enum(LANGUAGES).default('fr'),
  who_we_are: text(1500),
  offers: list(offer, 20),
  proofs: list(proof, 30),
  words,
  tone: list(required(200), 20),
  address: z.enum(['vous', 'tu']).default('vous'),
  emoji: z.boolean().default(false),
  signature: block(600),
  legal_identity: text(300),
  links: list(required(300), 30),
  disc,
});

export type VoiceFile = z.output<typeof voiceSchema>;
