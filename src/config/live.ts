import type { Config } from '../config.ts';
import type { CampaignMode, Language } from '../engine/model.ts';
import { configError } from '../errors.ts';

/** Stands in SMS that never leave this machine, where no real way out has been set. */
export const REHEARSAL_SMS_OPT_OUT = 'STOP: https://exemple.example/stop';

/**
 * The opt-out sentence of a message.
 * @throws UserError for a live SMS without one: the law wants a way out in each, and only the operator has it.
 */
export function optOutText(
  config: Config,
  channel: 'email' | 'sms',
  language: Language,
  mode: CampaignMode,
): string {
  if (channel === 'email') return config.email.optOut[language];
  const text = config.sms.optOut[language];
  if (text !== null) return text;
  if (mode === 'rehearsal') return REHEARSAL_SMS_OPT_OUT;
  throw configError(
    `sms.opt_out.${language} is missing in hector.yaml: each SMS must name a way out, such as "STOP au 36180" or a link`,
    'hector init',
  );
}
