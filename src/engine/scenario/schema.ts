import { z } from 'zod';
import { CHANNELS, LANGUAGES, MESSAGE_KINDS } from '../model.ts';
import { scenarioFaults } from './faults.ts';

/**
 * The YAML format of a scenario. The JSON schema for editors is generated from here (`npm run gen`), the
 * messages a person sees come from src/scenarios/ which adds line, column and suggestions.
 */
const slug = z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/, 'lower-case letters, digits and hyphens');

const duration = z
  .string()
  .regex(/^\d{1,3}(h|d|bd)$/, 'a wait such as 3d (days), 2bd (business days) or 6h (hours)')
  .meta({ examples: ['0d', '3d', '2bd', '6h'] });

/** What a step may depend on. Opens and clicks are absent on purpose: robots open and click. */
const when = z
  .strictObject({
    accepted: z.boolean().optional().describe('the LinkedIn invitation was accepted'),
    delivered: z.boolean().optional().describe('an earlier e-mail or SMS was delivered'),
    within: duration.optional().describe('how long to wait for it, from the previous touch'),
  })
  .refine((value) => (value.accepted === undefined) !== (value.delivered === undefined), {
    message: 'exactly one of accepted, delivered',
  });

const otherwise = z
  .string()
  .regex(/^(skip|stop|goto [a-z0-9][a-z0-9-]*)$/, 'skip, stop or "goto STEP"')
  .describe('what happens when the condition does not hold');

/** `connexion-douce/email-1`: below templates/LANGUAGE/, so never a path to anywhere else. */
const TEMPLATE_NAME = /^[a-z0-9][a-z0-9_-]{0,63}(\/[a-z0-9][a-z0-9_-]{0,63}){0,3}$/;
export const isTemplateName = (name: string): boolean => TEMPLATE_NAME.test(name);
const template = z
  .string()
  .regex(TEMPLATE_NAME, 'a name such as connexion-douce/email-1: lower-case letters, digits, - _ /');

const variant = z.strictObject({
  id: slug,
  template,
  weight: z.number().int().positive().default(1),
});

const stepSchema = z.strictObject({
  id: slug,
  wait: duration.default('0d').describe('from the previous touch'),
  channel: z.enum([...CHANNELS, 'auto']),
  kind: z.enum(MESSAGE_KINDS),
  objective: z.string().min(1).describe('what this touch is for'),
  prompt: z.string().min(1).describe('what Claude is asked, beyond voice and facts'),
  length: z.string().min(1).optional().describe('such as "< 200 signes" or "80 à 120 mots"'),
  cta: z.string().min(1).optional().describe('the one thing asked of the reader'),
  template: template.describe('the Liquid template that stands behind Claude, without language'),
  when: when.optional(),
  otherwise: otherwise.optional(),
  fallback: z.array(z.enum(CHANNELS)).default([]).describe('used when the channel has no address'),
  also: z.array(z.enum(CHANNELS)).default([]).describe('channels touched in the same pass'),
  expires: duration.default('5d').describe('how late the step may still go out'),
  variants: z.array(variant).default([]),
});

const STOP_TRIGGERS = ['reply', 'meeting', 'opt_out', 'bounce'] as const;

const scenarioShape = z.strictObject({
  slug: slug.describe('the name of the file, without .yaml'),
  name: z.string().min(1),
  description: z.string().min(1),
  target: z.string().min(1).describe('who it is for'),
  duration_days: z.number().int().min(1).max(365).describe('from the first touch to the end'),
  expected_reply_rate: z.number().min(0).max(1).optional().describe('0.18 is 18 %'),
  language: z.enum(LANGUAGES).default('fr'),
  // Nobody gets anything after a no: a scenario may say so, it may not say otherwise.
  stop_on: z
    .array(z.enum(STOP_TRIGGERS))
    .refine((triggers) => STOP_TRIGGERS.every((trigger) => triggers.includes(trigger)), {
      message: `hector always stops on ${STOP_TRIGGERS.join(', ')}: leave none out`,
    })
    .default([...STOP_TRIGGERS]),
  company_stop: z.enum(['reply', 'off']).default('reply').describe('one answers: colleagues are stopped'),
  steps: z.array(stepSchema).min(1).max(50),
});

/** What one key alone cannot show: steps that name one another, a kind that its channel does not have. */
export const scenarioSchema = scenarioShape.superRefine((scenario, check) => {
  for (const { path, message } of scenarioFaults(scenario)) check.addIssue({ code: 'custom', path, message });
});
