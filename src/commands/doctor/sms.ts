import type { Config } from '../../config.ts';
import { isAlphanumericSender } from '../../engine/texts/sms.ts';
import { type Check, type CheckLine, ok, settingFault, warn } from './check.ts';

const NAME = 'sms';
const CURE = 'sms.from in hector.yaml';

/** Who an SMS comes from, by what French operators let through (ARCEP 2022-1583 and Twilio's terms for France). */
export const sms: Check = {
  name: NAME,
  async look({ config }) {
    if (!config) return [];
    const { from, messagingService } = config.sms;
    if (from === null && messagingService === null) return [];
    const french = config.country === 'FR';
    const line = from === null ? pool(french) : french ? inFrance(from) : ok(NAME, `sender "${from}"`);
    return [line, ...wayOut(config)];
  },
};

const pool = (french: boolean): CheckLine =>
  ok(NAME, `by a messaging service${french ? ': it must hold no +33 6 or +33 7 number' : ''}`);

function inFrance(from: string): CheckLine {
  if (/^\+33[67]/.test(from)) {
    const what = `${from}: French operators block mobile numbers (+33 6, +33 7) that programs send from`;
    return settingFault(NAME, what, `${CURE}: a name of 3 to 11 letters and digits, or a short code`);
  }
  if (isAlphanumericSender(from)) return ok(NAME, `sender "${from}": one way, nobody can answer it`);
  if (/^3[68]\d{3}$/.test(from)) return ok(NAME, `sender ${from}: a French short code`);
  if (/^\d/.test(from)) {
    const what = `${from} is no short code for commercial SMS in France (36xxx, 38xxx)`;
    return warn(NAME, what, CURE);
  }
  if (from.startsWith('+33')) return warn(NAME, `${from}: no SMS comes from a French landline number`, CURE);
  return ok(NAME, `sender ${from}: a number abroad, which people can answer`);
}

/** Without one, no live SMS goes out at all. */
function wayOut({ sms: { provider, optOut, from }, language }: Config): CheckLine[] {
  if (provider === 'outbox') return [];
  const wording = optOut[language];
  if (wording !== null) {
    const oneWay = from !== null && isAlphanumericSender(from);
    return oneWay ? [ok(NAME, `way out: "${wording}"`)] : [];
  }
  const what = `no sms.opt_out.${language}: no live SMS goes out without a way out`;
  return [warn(NAME, what, `sms.opt_out.${language} in hector.yaml: "STOP au 36180"`)];
}
