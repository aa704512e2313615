import type { Config } from '../../config.ts';
import type { ProviderAnswer } from '../../engine/ports/doctor.ts';
import { type Check, type CheckLine, fail, ok, settingFault, warn } from './check.ts';

const KEYS = {
  resend: { name: 'RESEND_API_KEY', what: 'mails', account: 'the Resend account' },
  twilio: { name: 'TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN', what: 'SMS', account: 'the Twilio console' },
};
type Provider = keyof typeof KEYS;

/** The keys of those who send, tried with a question that changes nothing. */
export const keys: Check = {
  name: 'resend',
  async look({ context, config, offline, providers }) {
    if (!config) return [];
    const { envFile } = context.workspace();
    const answers = await providers();
    const line = (provider: Provider, configured: boolean): CheckLine => {
      const answer = answers.find((each) => each.provider === provider);
      if (answer) return judge(answer, envFile);
      if (configured) return ok(provider, `${KEYS[provider].name}: there${offline ? '; not tried' : ''}`);
      return idle(provider, config, envFile);
    };
    return [
      line('resend', config.email.provider === 'resend'),
      line('twilio', config.sms.provider === 'twilio'),
    ];
  },
};

function judge({ provider, status, detail }: ProviderAnswer, envFile: string): CheckLine {
  const { name, account } = KEYS[provider];
  switch (status) {
    case 'accepted':
      return ok(provider, `${name}: ${detail.replace(/^the key is /, '')}`);
    case 'sending_only':
      return ok(provider, `${name}: accepted, for sending only: domains cannot be seen with it`);
    case 'refused':
      return settingFault(provider, `${name} is refused: ${detail}`, `put another one into ${envFile}`);
    case 'suspended':
      return settingFault(provider, `${name}: ${detail}`, `see ${account}`);
    case 'failed':
      return fail(provider, `${provider} cannot be asked: ${detail}`, 'hector doctor --offline');
  }
}

/** Nothing is sent by it: by choice, or for want of a key. SMS are for few. */
function idle(provider: Provider, { secrets }: Config, envFile: string): CheckLine {
  const { name, what } = KEYS[provider];
  if (provider === 'resend' && secrets.resendApiKey === null)
    return warn(provider, `no ${name}: ${what} go to the outbox folder only`, `put ${name} into ${envFile}`);
  return ok(provider, `not used: ${what} go to the outbox folder only`);
}
