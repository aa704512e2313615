import { isIP } from 'node:net';
import { configError } from '../errors.ts';
import type { Environment, EnvironmentName, Variable } from './environment.ts';
import { edit, mend } from './mend.ts';
import type { ConfigFile } from './schema.ts';

export interface Providers {
  email: 'resend' | 'outbox';
  sms: 'twilio' | 'outbox';
  ai: 'claude' | 'off';
}

/**
 * Which provider each channel uses. `auto` takes the real one as soon as its keys are there; one that is named
 * must have them.
 * @throws UserError naming the missing or malformed key and the file it belongs in, never its value.
 */
export function chooseProviders(file: ConfigFile, environment: Environment, configFile: string): Providers {
  return {
    email: emailProvider(file, environment, configFile),
    sms: smsProvider(file, environment, configFile),
    ai: aiProvider(file, environment, configFile),
  };
}

function emailProvider(file: ConfigFile, environment: Environment, configFile: string): Providers['email'] {
  const { provider, from } = file.email;
  const key = environment('RESEND_API_KEY');
  if (provider === 'outbox') return 'outbox';
  if (key.value === null) {
    if (provider === 'auto') return 'outbox';
    throw missing(key, `email.provider is resend in ${configFile}`);
  }
  expectShape(key, /^re_\w+$/, 're_ and letters, digits or _');
  if (from === null && file.sender.email === null)
    throw configError(
      `${configFile}: email.from is missing, and without it Resend cannot send`,
      edit(configFile),
    );
  return 'resend';
}

function smsProvider(file: ConfigFile, environment: Environment, configFile: string): Providers['sms'] {
  const { provider, from, messaging_service } = file.sms;
  if (provider === 'outbox') return 'outbox';
  const account = environment('TWILIO_ACCOUNT_SID');
  const token = environment('TWILIO_AUTH_TOKEN');
  if (provider === 'auto' && account.value === null && token.value === null) return 'outbox';
  const why =
    provider === 'twilio' ? `sms.provider is twilio in ${configFile}` : 'the other half of the pair is set';
  for (const half of [account, token]) if (half.value === null) throw missing(half, why);
  expectShape(account, /^AC[0-9a-f]{32}$/i, 'AC and 32 hexadecimal digits');
  expectShape(token, /^\S+$/, 'one word');
  if (from !== null || messaging_service !== null) return 'twilio';
  if (provider === 'auto') return 'outbox';
  throw configError(
    `${configFile}: sms.provider is twilio, which needs sms.from or sms.messaging_service`,
    edit(configFile),
  );
}

function aiProvider(file: ConfigFile, environment: Environment, configFile: string): Providers['ai'] {
  const { provider } = file.ai;
  const key = environment('ANTHROPIC_API_KEY');
  if (provider === 'off') return 'off';
  if (key.value === null) {
    if (provider === 'auto') return 'off';
    throw missing(key, `ai.provider is claude in ${configFile}`);
  }
  expectShape(key, /^[\w-]{8,500}$/, 'letters, digits, - or _');
  return 'claude';
}

const missing = ({ name, origin }: Variable, why: string) =>
  configError(`${name} is missing in ${origin}, and ${why}`, mend({ name, origin }));

function expectShape({ name, value, origin }: Variable, shape: RegExp, words: string): void {
  if (value !== null && !shape.test(value))
    throw configError(
      `${name} in ${origin} has not the shape of such a key (${words})`,
      mend({ name, origin }),
    );
}

/**
 * A provider's address that was set, without a trailing slash. Keys travel to it, so that it must be https or this very machine.
 */
export function baseUrl(
  environment: Environment,
  name: EnvironmentName,
  inFile: string | null,
  configFile: string,
): string | null {
  const variable = environment(name);
  const [text, origin] = variable.value === null ? [inFile, configFile] : [variable.value, variable.origin];
  if (text === null) return null;
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopback(text)))
    return text.replace(/\/+$/, '');
  throw configError(
    `${name} in ${origin} is no address a key may be sent to: https, or http on 127.0.0.1`,
    mend({ name, origin }),
  );
}

/** This machine and no other: 127.0.0.0/8, ::1, localhost (RFC 6761). */
function isLoopback(url: string): boolean {
  const host = new URL(url).hostname.replace(/^\[|\]$/g, '');
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
}

/**
 * A set clock is for rehearsals and tests: with it, no message may reach a provider beyond this machine.
 * @throws UserError naming the channel.
 */
export function refuseSetClock(
  now: string | undefined,
  providers: Providers,
  urls: { resend: string | null; twilio: string | null; anthropic: string | null },
): void {
  if (!now) return;
  const reaches = (url: string | null) => url === null || !isLoopback(url);
  const channel =
    providers.email === 'resend' && reaches(urls.resend)
      ? 'email'
      : providers.sms === 'twilio' && reaches(urls.twilio)
        ? 'sms'
        : null;
  if (providers.ai === 'claude' && reaches(urls.anthropic))
    throw configError(
      'HECTOR_NOW is set while Claude would be called: a set clock may only be used without it',
      'unset HECTOR_NOW',
    );
  if (channel)
    throw configError(
      `HECTOR_NOW is set while ${channel}.provider is ${providers[channel]}: a set clock may only be used with the outbox`,
      'unset HECTOR_NOW',
    );
}
