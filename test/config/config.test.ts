import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { type Config, loadConfig } from '../../src/config.ts';
import { EXIT, UserError } from '../../src/errors.ts';
import { workspaceAt } from '../../src/workspace.ts';

const RESEND = 're_Abcdef12_3456789';
const SID = `AC${'0123456789abcdef'.repeat(2)}`;
const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

interface Files {
  yaml?: string;
  dotEnv?: string;
  mode?: number;
  env?: Record<string, string>;
}

function folderWith({ yaml = '', dotEnv, mode = 0o600 }: Files): string {
  const folder = mkdtempSync(join(tmpdir(), 'hector-config-'));
  folders.push(folder);
  writeFileSync(join(folder, 'hector.yaml'), yaml);
  if (dotEnv !== undefined) {
    writeFileSync(join(folder, '.env'), dotEnv);
    chmodSync(join(folder, '.env'), mode);
  }
  return folder;
}

const load = (files: Files): Promise<Config> => loadConfig(workspaceAt(folderWith(files)), files.env ?? {});

/** The line a person would see; paths shortened to file names. */
async function refusal(files: Files): Promise<UserError> {
  const error = await load(files).catch((thrown: unknown) => thrown);
  if (!(error instanceof UserError)) throw new Error(`not refused, but ${String(error)}`);
  expect(error.exitCode).toBe(EXIT.config);
  expect(error.message).not.toContain('\n');
  expect(error.next).toBeTruthy();
  return error;
}

describe('hector.yaml', () => {
  it('may be empty or hold nothing but comments: everything has a default', async () => {
    for (const yaml of ['', '# nothing yet\n\n  # still nothing\n', '\ufeff']) {
      const config = await load({ yaml });
      expect(config).toMatchObject({
        timezone: 'Europe/Paris',
        country: 'FR',
        language: 'fr',
        window: { days: [1, 2, 3, 4, 5], from: 540, to: 1080, daysOff: [] },
        email: { provider: 'outbox', from: null, freeMail: 'hold' },
        sms: {
          provider: 'outbox',
          consent: 'required',
          transliterate: true,
          price: null,
          optOut: { fr: null, en: null },
        },
        linkedin: { invitationLimit: 200, messageLimit: 3000 },
        http: { timeoutMs: 30_000 },
        gdpr: { legalBasis: 'legitimate_interest' },
        shield: { bouncePercent: 2, complaintPercent: 0.08, afterSends: 50 },
        baseUrls: { resend: null, twilio: null },
      });
      expect(config.email.optOut.fr).toContain('«\u00a0stop\u00a0»');
    }
  });

  it('sets what it names', async () => {
    const config = await load({
      yaml: `
sender: { name: Claire Durand, email: claire@ads.example, phone: "+33 1 23 45 67 89" }
language: en
country: re
timezone: indian/reunion
days: [lun, mar, ven]
hours: 9h-18h30
days_off: [24/12/2026, 2026-12-30..2026-12-31]
data_source: le registre public
email: { reply_to: "Claire <reponses@ads.example>", opt_out: { fr: Dites-le-moi. }, requests_per_second: 2.5, caps: { hour: off, day: 30 }, ramp: { 10: 100, 1: 5 }, spread: false }
sms: { from: "36111", opt_out: { fr: STOP au 36111 }, consent: assumed, transliterate: false, caps: off, price: 0.05 }
linkedin: { invitations: { week: 150 }, ramp: off }
tick: { concurrency: 9 }
http: { timeout_seconds: 5 }
shield: { bounce_percent: 1.5, after_sends: 20 }
`,
    });
    expect(config).toMatchObject({
      sender: { name: 'Claire Durand', phone: '+33 1 23 45 67 89', title: null },
      language: 'en',
      country: 'RE',
      timezone: 'Indian/Reunion',
      window: { days: [1, 2, 5], from: 540, to: 1110, daysOff: ['2026-12-24', '2026-12-30', '2026-12-31'] },
      dataSource: 'le registre public',
      email: {
        replyTo: 'Claire <reponses@ads.example>',
        optOut: { fr: 'Dites-le-moi.' },
        requestsPerSecond: 2.5,
        caps: { hour: null, day: 30, week: 750 },
        ramp: [
          { day: 1, share: 0.05 },
          { day: 10, share: 1 },
        ],
        spread: false,
      },
      sms: {
        from: '36111',
        optOut: { fr: 'STOP au 36111', en: null },
        consent: 'assumed',
        transliterate: false,
        price: 0.05,
        caps: { hour: null, day: null, week: null },
        ramp: [],
      },
      linkedin: {
        invitations: { hour: null, day: 20, week: 150 },
        messages: { hour: null, day: 60, week: 300 },
        ramp: [],
      },
      tick: { concurrency: 9, maxAttempts: 10 },
      http: { timeoutMs: 5000 },
      gdpr: { legalBasis: 'legitimate_interest' },
      shield: { bouncePercent: 1.5, complaintPercent: 0.08, afterSends: 20 },
    });
  });

  it('takes the sender of e-mails from the sender of the texts when email.from is empty', async () => {
    const yaml = (name: string) => `sender: { name: ${name}, email: claire@ads.example }`;
    expect((await load({ yaml: yaml('Claire Durand') })).email.from).toBe(
      'Claire Durand <claire@ads.example>',
    );
    expect((await load({ yaml: yaml('"Durand, Claire"') })).email.from).toBe('claire@ads.example');
  });

  it.each([
    ['mail: { from: a@b.example }', ':1:1 unknown key "mail", did you mean "email"?'],
    ['language: fr\nemail:\n  form: a@b.example', ':3:3 unknown key "form", did you mean "from"?'],
    ['language: de', ':1:11 "language" is "de", allowed: fr, en'],
    ['email: { provider: resnd }', 'did you mean "resend"?'],
    ['days: lun-vendredo', ':1:7 "vendredo" is no day (did you mean "vendredi"?)'],
    ['days: [1, 2]', ':1:'],
    ['hours: "18:00-09:00"', ':1:8 "18:00-09:00" goes backwards'],
    ['hours: 9-9', 'leaves no time to send'],
    ['days_off: 31/02/2027', ':1:11 "31/02/2027" is no date; allowed: dates such as'],
    ['days_off: [2026-12-24, noel]', '"noel" is no date'],
    ['shield: { bounce_percent: 200 }', ':1:27 "bounce_percent" is 200: at most 100'],
    ['timezone: Paris', ':1:11 "Paris" is no time zone, did you mean "Europe/Paris"?'],
    ['country: UK', ':1:10 "UK" is no country code, did you mean "GB"?'],
    ['country: France', 'did you mean "FR"?'],
    ['email: { from: claire }', ':1:16 "claire" is not allowed; allowed: an address'],
    ['email: { from: "Durand, Claire <c@ads.example>" }', 'is not allowed'],
    ['email: { from: "Claire <c@ads.example>, Paul <p@ads.example>" }', 'is not allowed'],
    ['email: { from: "Claire\\r\\nBcc: x@y.example <c@ads.example>" }', 'is not allowed'],
    ['email: { unsubscribe: "Stop <stop@ads.example>" }', 'an address such as stop@ads.example'],
    ['sender: { email: claire@ }', 'an address such as claire@ads.example'],
    ['sender: { phone: 0612345678 }', ':1:18 "phone" is 612345678: put it in quotes'],
    ['sms: { from: +33700000000 }', 'put it in quotes'],
    ['sms: { from: "06 12" }', 'is no SMS sender'],
    ['sms: { from: "Un expéditeur" }', 'is no SMS sender'],
    ['sms: { messaging_service: MG12 }', 'MG and 32 hexadecimal digits'],
    ['tick: { concurrency: 0 }', 'at least 1'],
    ['email: { caps: { day: -1 } }', ':1:23 "day" is -1'],
    ['email: { caps: { month: 1 } }', 'unknown key "month"'],
    ['email: { caps: 50 }', '"caps"'],
    ['email: { ramp: { 0: 20 } }', 'a day is a whole number from 1'],
    ['email: { ramp: { 1: 200 } }', ':1:'],
    ['http: { timeout_seconds: soon }', 'expected a number'],
    ['email: [', 'no valid YAML'],
    ['- a\n- b', 'expected a map of keys'],
    ['language: fr\nlanguage: en', ':2:1 this key is there twice'],
  ])('%j is refused with its place', async (yaml, line) => {
    const error = await refusal({ yaml });
    expect(error.message).toMatch(/hector\.yaml:\d+:\d+ /);
    expect(error.message).toContain(line);
    expect(error.next).toMatch(/^\$\{EDITOR:-vi\} \+\d+ .*hector\.yaml$/);
  });

  it('says how many more problems there are', async () => {
    const error = await refusal({ yaml: 'timezone: Paris\nhours: never\ndays: x' });
    expect(error.message).toMatch(/:1:11 .* \(and 2 more\)$/);
  });

  it('is refused when it is not UTF-8, or no file', async () => {
    const folder = folderWith({});
    writeFileSync(join(folder, 'hector.yaml'), Buffer.from([0x73, 0xe9, 0x0a]));
    await expect(loadConfig(workspaceAt(folder), {})).rejects.toThrow('is not UTF-8 text');
    rmSync(join(folder, 'hector.yaml'));
    mkdirSync(join(folder, 'hector.yaml'));
    await expect(loadConfig(workspaceAt(folder), {})).rejects.toThrow('cannot read');
  });

  it('in examples is valid and sets nothing but the defaults', async () => {
    const example = await load({ yaml: readFileSync('examples/hector.yaml', 'utf8') });
    expect(example).toEqual(await load({}));
  });
});

describe('an SMS opt-out under a sender that takes no answers', () => {
  const sms = (from: string, fr: string) =>
    load({ yaml: JSON.stringify({ sms: { from, opt_out: { fr } } }) });

  it.each(['Répondez STOP', 'repondre STOP', 'Reply STOP to opt out', 'Répondez STOP ou https://a.example'])(
    '%j asks for one and is refused',
    async (text) => {
      await expect(sms('Exemple', text)).rejects.toThrow('asks for an answer');
    },
  );
  it('names a way out that works', async () => {
    await expect(sms('Exemple', 'STOP')).rejects.toThrow('names no way out');
    for (const text of [
      'STOP au 36180',
      'Stop: https://a.example/s',
      'Stop : ads.example/stop',
      'Répondez STOP au 36180',
    ])
      expect((await sms('Exemple', text)).sms.optOut.fr).toBe(text);
  });
  it('may ask for one where the sender is a number', async () => {
    expect((await sms('36111', 'Répondez STOP')).sms.optOut.fr).toBe('Répondez STOP');
  });
});

describe('.env', () => {
  it('gives keys, and the environment wins, also when it is empty there', async () => {
    const files = {
      yaml: 'sender: { email: c@ads.example }',
      dotEnv: `\ufeffRESEND_API_KEY="${RESEND}" # mine\n`,
    };
    expect((await load(files)).secrets.resendApiKey).toBe(RESEND);
    expect((await load({ ...files, env: { RESEND_API_KEY: 're_other' } })).secrets.resendApiKey).toBe(
      're_other',
    );
    const without = await load({ ...files, env: { RESEND_API_KEY: '' } });
    expect(without.secrets.resendApiKey).toBeNull();
    expect(without.email.provider).toBe('outbox');
  });

  it.each([0o640, 0o604, 0o644, 0o620])('is refused with mode %o', async (mode) => {
    const error = await refusal({ dotEnv: '', mode });
    expect(error.message).toContain('other users may read it');
    expect(error.next).toMatch(/^chmod 600 .*\.env$/);
  });
});

describe('providers', () => {
  const FROM = 'email: { from: c@ads.example }';
  const TWILIO = { TWILIO_ACCOUNT_SID: SID, TWILIO_AUTH_TOKEN: 'secret-token' };

  it('are the real ones as soon as everything they need is there', async () => {
    const config = await load({
      yaml: `${FROM}\nsms: { from: Exemple }`,
      env: { RESEND_API_KEY: RESEND, ...TWILIO },
    });
    expect([config.email.provider, config.sms.provider]).toEqual(['resend', 'twilio']);
  });
  it('are the outbox when hector.yaml says so, whatever keys there are', async () => {
    const config = await load({
      yaml: 'email: { provider: outbox, from: c@ads.example }\nsms: { provider: outbox, from: Exemple }',
      env: { RESEND_API_KEY: 'not even a key', ...TWILIO },
    });
    expect([config.email.provider, config.sms.provider]).toEqual(['outbox', 'outbox']);
  });
  it('stay the outbox for SMS without a sender', async () => {
    expect((await load({ env: TWILIO })).sms.provider).toBe('outbox');
  });

  it.each<[string, Files, string]>([
    ['resend without its key', { yaml: 'email: { provider: resend }' }, 'RESEND_API_KEY is missing in'],
    [
      'a Resend key of another shape',
      { yaml: FROM, env: { RESEND_API_KEY: 'sk-secretvalue' } },
      'RESEND_API_KEY in the environment has not the shape',
    ],
    ['resend without a sender', { env: { RESEND_API_KEY: RESEND } }, 'email.from is missing'],
    ['twilio without its keys', { yaml: 'sms: { provider: twilio }' }, 'TWILIO_ACCOUNT_SID is missing in'],
    ['half of the Twilio pair', { env: { TWILIO_ACCOUNT_SID: SID } }, 'TWILIO_AUTH_TOKEN is missing in'],
    ['the other half', { env: { TWILIO_AUTH_TOKEN: 'secret-token' } }, 'TWILIO_ACCOUNT_SID is missing in'],
    [
      'a SID of another shape',
      { env: { ...TWILIO, TWILIO_ACCOUNT_SID: 'SKsecretvalue' } },
      'TWILIO_ACCOUNT_SID in the environment has not the shape',
    ],
    [
      'twilio without a sender',
      { yaml: 'sms: { provider: twilio }', env: TWILIO },
      'sms.from or sms.messaging_service',
    ],
  ])('%s is refused by name, and no secret is shown', async (_name, files, line) => {
    const error = await refusal(files);
    expect(error.message).toContain(line);
    expect(`${error.message} ${error.next}`).not.toMatch(/secret|re_Abc|AC0123/);
  });

  it.each([
    'http://proxy.example',
    'ftp://127.0.0.1',
    'nowhere',
    'http://127.0.0.1.evil.example',
    'http://10.0.0.8',
    'http://128.0.0.1',
    'http://user@localhost.example',
  ])('are not called at %s', async (url) => {
    const error = await refusal({ env: { RESEND_BASE_URL: url } });
    expect(error.message).toContain('RESEND_BASE_URL in the environment is no address a key may be sent to');
  });
  it('are called at another address, the environment over hector.yaml', async () => {
    const yaml =
      'email: { base_url: https://proxy.example/resend/ }\nsms: { base_url: https://proxy.example/twilio }\nai: { base_url: https://proxy.example/claude }';
    const config = await load({ yaml, env: { TWILIO_BASE_URL: 'http://127.0.0.1:8025' } });
    expect(config.baseUrls).toEqual({
      resend: 'https://proxy.example/resend',
      twilio: 'http://127.0.0.1:8025',
      anthropic: 'https://proxy.example/claude',
    });
  });
});

describe('a set clock', () => {
  const HECTOR_NOW = '2026-11-23T09:00:00Z';
  const live = { RESEND_API_KEY: RESEND, HECTOR_NOW };
  const yaml = 'email: { from: c@ads.example }';

  it('is refused where a real provider would be called', async () => {
    const error = await refusal({ yaml, env: live });
    expect(error.message).toContain('HECTOR_NOW is set while email.provider is resend');
    await refusal({ yaml, env: { ...live, RESEND_BASE_URL: 'https://proxy.example' } });
    const sms = { TWILIO_ACCOUNT_SID: SID, TWILIO_AUTH_TOKEN: 'secret-token', HECTOR_NOW };
    expect((await refusal({ yaml: 'sms: { from: Exemple }', env: sms })).message).toContain(
      'sms.provider is twilio',
    );
  });
  it.each(['http://127.0.0.1:9', 'http://localhost:9', 'http://[::1]:9', 'http://127.8.8.8'])(
    'is allowed with a provider at %s',
    async (RESEND_BASE_URL) => {
      expect((await load({ yaml, env: { ...live, RESEND_BASE_URL } })).email.provider).toBe('resend');
    },
  );
  it('is allowed with the outbox', async () => {
    expect((await load({ env: { HECTOR_NOW } })).email.provider).toBe('outbox');
  });
});
