import { afterAll } from 'vitest';
import { aCampaign, anEnrolment, aProspect, aStep, NOW } from '../builders.ts';
import * as resend from '../stand-ins/resend.ts';
import * as twilio from '../stand-ins/twilio.ts';
import { type TickWorkspace, tickWorkspace } from './workspace.ts';

const open: { close(): Promise<void> }[] = [];
afterAll(async () => {
  for (const server of open.splice(0)) await server.close();
});

export const TEMPLATES = {
  'default/email': '---\nsubject: Une question\n---\nBonjour {{ first_name }},\n\n{{ opt_out }}',
  'default/sms': 'Bonjour. {{ opt_out }}',
  'default/message': 'Bonjour',
};

export const SMS_STEP = aStep({ id: 'sms-1', channel: 'sms', kind: 'sms', template: 'default/sms' });

/** A workspace whose e-mail and SMS go to stand-ins on loopback. */
export async function withProviders(
  options: {
    settings?: string;
    now?: number;
    anthropic?: string;
    mail?: resend.ResendRules;
    phone?: twilio.TwilioRules;
  } = {},
): Promise<TickWorkspace & { mail: resend.ResendStandIn; phone: twilio.TwilioStandIn }> {
  const clock = { now: () => options.now ?? NOW };
  const rules = { now: () => clock.now() };
  const [mail, phone] = await Promise.all([
    resend.start({ ...rules, ...options.mail }),
    twilio.start({ ...rules, ...options.phone }),
  ]);
  open.push(mail, phone);
  const space = await tickWorkspace({ ...options, resend: mail.url, twilio: phone.url });
  // The providers live by the same clock.
  clock.now = () => space.context.now();
  return { ...space, mail, phone };
}

/** People with consent, due now at the first step of one campaign; their enrolments. */
export function enrolled(
  space: Pick<TickWorkspace, 'connection'>,
  people = 1,
  campaign: Parameters<typeof aCampaign>[1] = {},
): number[] {
  const campaignId = aCampaign(space.connection, { templates: TEMPLATES, ...campaign });
  const step = campaign.scenario?.steps?.[0]?.id ?? 'email-1';
  return Array.from({ length: people }, () =>
    anEnrolment(space.connection, {
      campaignId,
      step,
      prospectId: aProspect(space.connection, { consent: 'salon 2026' }),
    }),
  );
}
