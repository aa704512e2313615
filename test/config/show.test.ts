import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { showConfig } from '../../src/commands/config/show.ts';
import { masked } from '../../src/config/masked.ts';
import { testContext } from '../context.ts';

interface Place {
  yaml?: string;
  dotenv?: string;
  env?: Record<string, string>;
}

async function settings({ yaml = '', dotenv, env = {} }: Place = {}, key?: string) {
  const { context, folder, stdout } = testContext({ json: true, env });
  writeFileSync(join(folder, 'hector.yaml'), yaml);
  if (dotenv !== undefined) writeFileSync(join(folder, '.env'), dotenv, { mode: 0o600 });
  await showConfig(context, key);
  const all: Awaited<ReturnType<typeof context.settings>> = JSON.parse(stdout());
  const near = (place?: string | null) => place?.replace(`${folder}/`, '') ?? null;
  const of = (name: string) => {
    const { value, from, place, effective } = all.find((each) => each.key === name) ?? {};
    return [value, from, near(place), effective];
  };
  const meant = (name: string) => {
    const { effective, effective_from, effective_place } = all.find((each) => each.key === name) ?? {};
    return [effective, effective_from, near(effective_place)];
  };
  return { all, of, meant, text: stdout() };
}

describe('hector config show', () => {
  it('says of each setting where it comes from, to the line', async () => {
    const yaml = '# ours\nhours: 10:00-17:00\nemail:\n  caps: off\n  from: null\nsms:\n  caps: { day: 5 }\n';
    const { of } = await settings({
      yaml,
      dotenv: '# keys\n\nexport RESEND_BASE_URL=https://resend.example\n',
    });
    expect(of('hours')).toEqual(['10:00-17:00', 'hector.yaml', 'hector.yaml:2', null]);
    expect(of('days')).toEqual(['lun-ven', 'default', null, null]);
    expect(of('email.caps.day')).toEqual([null, 'hector.yaml', 'hector.yaml:4', null]);
    expect(of('email.from')).toEqual([null, 'default', null, null]);
    expect(of('sms.caps.day')).toEqual([5, 'hector.yaml', 'hector.yaml:7', null]);
    expect(of('sms.caps.hour')).toEqual([60, 'default', null, null]);
    expect(of('email.ramp')).toEqual(['1: 20 %, 15: 100 %', 'default', null, null]);
    expect(of('RESEND_BASE_URL')).toEqual(['https://resend.example', '.env', '.env:3', null]);
    expect(of('email.base_url')).toEqual([null, 'default', null, 'https://resend.example']);
    expect(of('email.provider')).toEqual(['auto', 'default', null, 'outbox']);
    expect(of('workspace')[1]).toBe('flag');
    expect(of('HECTOR_NOW')[1]).toBe('environment');
  });

  it('says of what a setting comes to where that comes from', async () => {
    const { meant, of } = await settings({
      yaml: 'email:\n  base_url: https://one.example\nsender:\n  email: c@ads.example\n',
      dotenv: '\nRESEND_BASE_URL=https://two.example\nRESEND_API_KEY=re_abcdefghijklmnop1234\n',
      env: { TWILIO_BASE_URL: 'https://three.example', HECTOR_NOW: '' },
    });
    expect(of('email.base_url').slice(0, 3)).toEqual(['https://one.example', 'hector.yaml', 'hector.yaml:2']);
    expect(meant('email.base_url')).toEqual(['https://two.example', '.env', '.env:2']);
    expect(meant('sms.base_url')).toEqual(['https://three.example', 'environment', null]);
    expect(meant('email.from')).toEqual(['c@ads.example', 'hector.yaml', 'hector.yaml:4']);
    expect(meant('email.provider')).toEqual(['resend', '.env', '.env:3']);
    expect(meant('sms.provider')).toEqual(['outbox', 'default', null]);
    expect(meant('hours')).toEqual([null, null, null]);
  });

  it.each([40, 80])('shows file and line on a terminal of %i columns', async (columns) => {
    const { context, folder, stdout } = testContext({ columns });
    writeFileSync(join(folder, 'hector.yaml'), '\nhours: 10:00-17:00\n');
    await showConfig(context, undefined);
    expect(stdout()).toContain('hector.yaml:2');
  });

  it('shows what wins: the environment over .env, even where it is empty', async () => {
    const dotenv = 'ANTHROPIC_BASE_URL=https://one.example\nRESEND_BASE_URL=https://one.example\n';
    const env = { ANTHROPIC_BASE_URL: 'https://two.example', RESEND_BASE_URL: '' };
    const { of } = await settings({ dotenv, env });
    expect(of('ANTHROPIC_BASE_URL')).toEqual(['https://two.example', 'environment', null, null]);
    expect(of('RESEND_BASE_URL')).toEqual([null, 'environment', null, null]);
    expect(of('TWILIO_AUTH_TOKEN')).toEqual([null, 'unset', null, null]);
  });

  it('shows no secret', async () => {
    const secrets = {
      RESEND_API_KEY: 're_abcdefghijklmnop1234',
      TWILIO_AUTH_TOKEN: 'short',
      TWILIO_ACCOUNT_SID: `AC${'0'.repeat(32)}`,
    };
    const { of, text } = await settings({
      yaml: 'email: { provider: outbox }\nsms: { provider: outbox, base_url: "https://me:sesame@proxy.example" }\n',
      dotenv: Object.entries(secrets)
        .map(([name, value]) => `${name}="${value}"`)
        .join('\n'),
    });
    expect(of('RESEND_API_KEY').slice(0, 3)).toEqual(['re_…1234', '.env', '.env:1']);
    expect(of('TWILIO_AUTH_TOKEN')[0]).toBe('…');
    for (const secret of [...Object.values(secrets), 'sesame']) expect(text).not.toContain(secret);
  });

  it.each([
    'https://me:se@same@proxy.example',
    'https://me:1/same@proxy.example',
    'https://me@proxy.example',
  ])('shows neither name nor password of %s', async (address) => {
    const { of, text } = await settings({ env: { TWILIO_BASE_URL: address } });
    expect(text).not.toMatch(/same|me:|me@/);
    expect(of('TWILIO_BASE_URL')[0]).toBe('https://…@proxy.example');
  });

  it.each(['email', 'email.caps', 'email.caps.day', 'resend_api_key'])('shows %s alone', async (key) => {
    const { all } = await settings({}, key);
    expect(all.length).toBeGreaterThan(0);
    expect(all.every((each) => each.key.toLowerCase().startsWith(key))).toBe(true);
  });

  it('names what was meant, and refuses what hector.yaml may not say', async () => {
    await expect(settings({}, 'emial')).rejects.toThrow('did you mean "email"?');
    await expect(settings({ yaml: 'emial: {}\n' })).rejects.toThrow('unknown key "emial"');
  });
});

it.each([
  ['', '…'],
  ['re_1234', '…'],
  ['re_0123456789abcde', '…'],
  ['re_0123456789abcdef', 're_…cdef'],
  ['sk-ant-0123456789abcdefXYZW', 'sk-ant-…XYZW'],
  ['0123456789abcdefg', '…defg'],
])('of the secret %j is shown %s', (secret, shown) => expect(masked(secret)).toBe(shown));
