import {
  chmodSync,
  chownSync,
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { installCron } from '../../src/commands/cron/install.ts';
import type { CheckLine } from '../../src/commands/doctor/check.ts';
import { doctor } from '../../src/commands/doctor.ts';
import type { Connection } from '../../src/db/connection.ts';
import { aCampaign, DAY, HOUR, NOW } from '../builders.ts';
import { testContext } from '../context.ts';
import { startDns, type Zone } from '../stand-ins/dns.ts';
import { type Answer, type Fault, startLoopback } from '../stand-ins/loopback.ts';

const open: { close(): Promise<void> }[] = [];
const folders: string[] = [];
afterAll(async () => {
  for (const server of open.splice(0)) await server.close();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

interface Place {
  yaml?: string;
  env?: Record<string, string>;
  fill?: (connection: Connection, folder: string) => unknown;
  offline?: boolean;
  now?: number;
}

/** By check: `status: what` of each line, and the whole lines. */
async function seen({ yaml = '', env = {}, fill, offline = false, now = NOW }: Place = {}) {
  const { context, folder, stdout } = testContext({ json: true, env, now });
  writeFileSync(join(folder, 'hector.yaml'), yaml);
  await fill?.(await context.connection(), folder);
  // Its own tests run the linter; here it would only take time.
  const linter = await context.linter();
  context.linter = async () => ({ ...linter, lint: async () => ({ scenarios: 0, findings: [] }) });
  await doctor(context, { offline });
  const checks: CheckLine[] = JSON.parse(stdout()).checks;
  const of = (check: string) =>
    checks.filter((line) => line.check === check).map(({ status, what }) => `${status}: ${what}`);
  return { of, checks, exitCode: context.exitCode, folder };
}

/** Resend and Twilio on loopback; each answers as told. */
async function providers(resend: Answer, twilio: Answer = { status: 200, body: { status: 'active' } }) {
  const server = await startLoopback(({ path }) => (path === '/domains' ? resend : twilio));
  open.push(server);
  const env = {
    RESEND_API_KEY: 're_test_123456789',
    RESEND_BASE_URL: server.url,
    TWILIO_ACCOUNT_SID: `AC${'0'.repeat(32)}`,
    TWILIO_AUTH_TOKEN: 'token',
    TWILIO_BASE_URL: server.url,
  };
  return { server, env };
}

async function names(zone: Zone, rules: Parameters<typeof startDns>[1] = {}) {
  const server = await startDns(zone, rules);
  open.push(server);
  return { server, env: { HECTOR_DNS: server.address } };
}

const YAML = 'email: { from: claire@ads.example }\nsms: { from: ADS, opt_out: { fr: "STOP au 36180" } }\n';
const DOMAINS: Answer = {
  status: 200,
  body: {
    object: 'list',
    data: [
      { name: 'Ads.example', status: 'verified' },
      { name: 'two.example', status: 'pending' },
    ],
  },
};
const ZONE: Zone = {
  'ads.example': ['v=spf1 ~all'],
  'send.ads.example': ['v=spf1 include:amazonses.com ~all'],
  'resend._domainkey.ads.example': [`p=${'M'.repeat(300)}`],
  '_dmarc.ads.example': ['v=DMARC1; p=none'],
};

const error = (status: number, name: string): Answer => ({
  status,
  body: { statusCode: status, name, message: name },
});

describe('the keys', () => {
  it.each([
    [DOMAINS, 'ok: RESEND_API_KEY: accepted', 0],
    [
      error(401, 'restricted_api_key'),
      'ok: RESEND_API_KEY: accepted, for sending only: domains cannot be seen with it',
      0,
    ],
    [error(403, 'restricted_api_key'), 'fail: RESEND_API_KEY is refused: restricted_api_key', 3],
    [error(401, 'invalid_api_key'), 'fail: RESEND_API_KEY is refused: invalid_api_key', 3],
    [error(403, 'suspended_api_key'), 'fail: RESEND_API_KEY: suspended_api_key', 3],
    [error(500, 'application_error'), 'fail: resend cannot be asked: application_error', 1],
    [
      { status: 302, headers: { location: '/elsewhere' }, body: '' },
      'fail: resend cannot be asked: HTTP 302',
      1,
    ],
  ])('of Resend: %j', async (answer, line, code) => {
    const { server, env } = await providers(answer);
    const dns = await names(ZONE);
    const { of, exitCode } = await seen({ yaml: YAML, env: { ...env, ...dns.env } });
    expect(of('resend')).toEqual([line]);
    expect(exitCode).toBe(code);
    expect(server.requests.every(({ method }) => method === 'GET')).toBe(true);
    expect(server.requests).toHaveLength(2);
  });

  it.each([
    [
      { status: 200, body: { status: 'active', type: 'Trial' } },
      'ok: TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN: accepted; a trial',
    ],
    [
      { status: 200, body: { status: 'suspended' } },
      'fail: TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN: the account is suspended',
    ],
    [{ status: 401, body: { code: 20003, message: 'Authenticate' } }, 'is refused: Authenticate'],
  ])('of Twilio: %j', async (answer, line) => {
    const { env } = await providers(DOMAINS, answer);
    const dns = await names(ZONE);
    expect((await seen({ yaml: YAML, env: { ...env, ...dns.env } })).of('twilio')[0]).toContain(line);
  });

  it.each<Fault>([
    { fault: 'reset', when: 'before' },
    { fault: 'hang', when: 'before' },
  ])('are said to be untried where nobody answers: %j', async (fault) => {
    const { server, env } = await providers(DOMAINS);
    server.fail(fault, fault);
    const dns = await names(ZONE);
    const yaml = `${YAML}http: { timeout_seconds: 1 }\n`;
    const { of, exitCode } = await seen({ yaml, env: { ...env, ...dns.env } });
    expect([of('resend'), of('twilio')].flat()).toEqual([
      expect.stringMatching(/^fail: \w+ cannot be asked: /),
      expect.stringMatching(/^fail: \w+ cannot be asked: /),
    ]);
    expect(exitCode).toBe(1);
  });

  it('and domains are not tried offline', async () => {
    const { server, env } = await providers(DOMAINS);
    const dns = await names(ZONE);
    const { of } = await seen({ yaml: YAML, env: { ...env, ...dns.env }, offline: true });
    expect(of('resend')).toEqual(['ok: RESEND_API_KEY: there; not tried']);
    expect(of('domain')).toEqual(['ok: ads.example: not looked up']);
    expect([server.requests, dns.server.asked]).toEqual([[], []]);
  });

  it('are no fault where there are none', async () => {
    const { of } = await seen();
    expect(of('resend')).toEqual([expect.stringMatching(/^warn: no RESEND_API_KEY/)]);
    expect(of('twilio')).toEqual([expect.stringMatching(/^ok: not used/)]);
    expect(of('domain')).toEqual([]);
    expect(of('sms')).toEqual([]);
  });
});

describe('the sending domains', () => {
  const look = async (zone: Zone, rules = {}, yaml = YAML, fill?: Place['fill']) => {
    const [{ env }, dns] = [await providers(DOMAINS), await names(zone, rules)];
    return seen({ yaml, env: { ...env, ...dns.env }, ...(fill ? { fill } : {}) });
  };

  it('are verified, and have the records that receivers ask for', async () => {
    const { of, exitCode } = await look(ZONE);
    expect(of('domain')).toEqual([
      'ok: ads.example is verified at Resend',
      'ok: DKIM at resend._domainkey.ads.example: a key of 300 signs',
      'ok: SPF of send.ads.example: v=spf1 include:amazonses.com ~all',
      'ok: DMARC at _dmarc.ads.example: p=none',
      'ok: SPF of ads.example: v=spf1 ~all',
    ]);
    expect(exitCode).toBe(0);
  });

  it('are those of live campaigns as well, and named with what they lack', async () => {
    const { of, checks, exitCode } = await look(ZONE, {}, YAML, (connection) => {
      for (const [email, mode] of [
        ['c@TWO.example', 'live'],
        ['c@three.example', 'live'],
        ['c@four.example', 'rehearsal'],
      ])
        connection
          .prepare('update campaign set sender = ?, mode = ? where id = ?')
          .run(JSON.stringify({ name: 'C', email }), mode, aCampaign(connection));
    });
    const lines = of('domain').join('\n');
    expect(lines).toContain('fail: two.example is not verified at Resend (pending)');
    expect(lines).toContain('fail: three.example is unknown to Resend');
    expect(lines).toContain('fail: resend._domainkey.two.example has no DKIM key');
    expect(lines).toContain('warn: two.example has no DMARC record');
    expect(lines).not.toContain('four.example');
    expect(checks.filter(({ status, cure }) => status === 'fail' && !cure)).toEqual([]);
    expect(exitCode).toBe(3);
  });

  it('are not judged by a name server that fails', async () => {
    const { of, exitCode } = await look(ZONE, { failing: ['ads.example', '_dmarc.ads.example'] });
    expect(of('domain').filter((line) => line.startsWith('warn'))).toEqual([
      'warn: DMARC at _dmarc.ads.example could not be looked up: ESERVFAIL',
      'warn: SPF of ads.example could not be looked up: ESERVFAIL',
    ]);
    expect(exitCode).toBe(0);
  });

  it('are not asked of a strange name server', async () => {
    const { env } = await providers(DOMAINS);
    const { of, exitCode } = await seen({ yaml: YAML, env: { ...env, HECTOR_DNS: 'nowhere' } });
    expect(of('domain')).toEqual(['fail: HECTOR_DNS is no address of a name server: "nowhere"']);
    expect(exitCode).toBe(3);
  });
});

describe('the clock', () => {
  it.each([
    [0, 'ok'],
    [-60_000, 'warn'],
    [400_000, 'fail'],
  ])('is compared with that of a provider: %d ms', async (ms, status) => {
    const headers = { Date: new Date(Date.now() - ms).toUTCString() };
    const { env } = await providers({ ...DOMAINS, headers });
    const dns = await names(ZONE);
    const { of } = await seen({ yaml: YAML, env: { ...env, ...dns.env } });
    const clock = of('clock').filter((line) => line.includes('resend'));
    if (status === 'ok') expect(clock).toEqual([]);
    else expect(clock).toEqual([expect.stringContaining(`${status}: this machine is`)]);
  });

  it('is said to be set where it is', async () => {
    expect((await seen()).of('clock')).toEqual([expect.stringMatching(/^warn: HECTOR_NOW sets the clock/)]);
  });
});

describe('the sender of SMS', () => {
  it.each([
    ['from: "+33612345678"', /^fail: \+33612345678: French operators block/],
    ['from: "+33712345678"', /^fail/],
    ['from: "+33123456789"', /^warn.*landline/],
    ['from: "+32470000000"', /^ok.*abroad/],
    ['from: ADS', /^ok: sender "ADS": one way/],
    ['from: "36111"', /^ok.*short code/],
    ['from: "12345"', /^warn.*36xxx/],
  ])('is judged by what goes in France: %s', async (from, line) => {
    expect((await seen({ yaml: `sms: { ${from}, opt_out: { fr: "STOP au 36180" } }\n` })).of('sms')).toEqual([
      expect.stringMatching(line),
    ]);
  });

  it('needs a way out for live SMS', async () => {
    const { env } = await providers(DOMAINS);
    const { of } = await seen({ yaml: 'sms: { from: "36111" }\n', env: { ...env, RESEND_API_KEY: '' } });
    expect(of('sms')).toEqual([expect.any(String), expect.stringMatching(/^warn: no sms\.opt_out\.fr/)]);
  });
});

/** A crontab program that says what the file beside it says. */
function crontab(): { PATH: string } {
  const bin = mkdtempSync(join(tmpdir(), 'hector-cron-'));
  folders.push(bin);
  writeFileSync(
    join(bin, 'crontab'),
    `#!/bin/sh
if [ "$1" = -l ]; then [ -f '${bin}/kept' ] && exec /bin/cat '${bin}/kept'; echo 'no crontab for ads' >&2; exit 1; fi
/bin/cat > '${bin}/kept'
`,
  );
  chmodSync(join(bin, 'crontab'), 0o755);
  return { PATH: bin };
}

describe('cron', () => {
  const ticked = (connection: Connection, at: number) =>
    connection
      .prepare("insert into tick (started_at, finished_at, host, pid) values (?, ?, 'x', 1)")
      .run(at, at);
  const install = (folder: string, env: { PATH: string }) =>
    installCron(testContext({ folder, env }).context, { every: '60m', dryRun: false, systemd: false });

  it('is missed where nobody ticks', async () => {
    expect((await seen({ env: crontab() })).of('cron')).toEqual([
      'warn: no line in the crontab: nobody ticks here but by hand',
      'ok: no tick has run yet',
    ]);
    expect((await seen()).of('cron')[0]).toContain('no crontab program');
  });

  it.each([
    ['not missed where a timer ticks, and tells of it', NOW - HOUR + 1000, []],
    [
      'missed where a person ticks since then',
      NOW - 2 * HOUR,
      ['warn: no line in the crontab: nobody ticks here but by hand'],
    ],
  ])('is %s', async (_, told, lines) => {
    const fill = (connection: Connection, folder: string) => {
      ticked(connection, NOW - HOUR);
      mkdirSync(join(folder, 'logs'), { mode: 0o700 });
      const line = `${new Date(told).toISOString()} Nothing is due.\n`;
      writeFileSync(join(folder, 'logs', 'tick.log'), line, { mode: 0o600 });
    };
    const { of } = await seen({ env: crontab(), fill });
    expect(of('cron')).toEqual([...lines, 'ok: the last tick began 2026-11-23T08:00:00.000Z']);
  });

  it('is there, and ran an hour ago', async () => {
    const env = crontab();
    const { of } = await seen({
      env,
      fill: async (connection, folder) => {
        ticked(connection, NOW - HOUR);
        await install(folder, env);
      },
    });
    expect(of('cron')).toEqual([
      expect.stringMatching(/^ok: every 60 minutes, told in .*tick\.log$/),
      'ok: the last tick began 2026-11-23T08:00:00.000Z',
    ]);
  });

  it('is at fault where it is there and does not run', async () => {
    const env = crontab();
    const { of, exitCode } = await seen({
      env,
      fill: async (connection, folder) => {
        aCampaign(connection);
        ticked(connection, NOW - DAY);
        await install(folder, env);
      },
    });
    expect(of('cron')[1]).toBe(
      'fail: the last tick began 2026-11-22T09:00:00.000Z, with 1 campaign running: cron does not run the line',
    );
    expect(exitCode).toBe(1);
  });
});

describe('files and database', () => {
  it('are for their owner alone', async () => {
    const { of, checks, exitCode } = await seen({
      fill: (_, folder) => {
        chmodSync(join(folder, 'hector.db'), 0o644);
        chmodSync(join(folder, 'hector.yaml'), 0o666);
        writeFileSync(join(folder, 'outbox'), '');
        for (const [name, file] of [
          ['backups', 'one.db'],
          ['backups', 'note.txt'],
          ['logs', 'tick.log.1'],
        ] as const) {
          mkdirSync(join(folder, name), { recursive: true });
          writeFileSync(join(folder, name, file), '', { mode: 0o644 });
        }
        chmodSync(join(folder, 'hector.db-wal'), 0o640);
      },
    });
    expect(of('files')).toEqual([
      expect.stringMatching(/^fail: .*outbox is in the way/),
      expect.stringMatching(/^warn: other users may change .*hector\.yaml/),
      expect.stringMatching(/^fail: other users may read .*hector\.db$/),
      expect.stringMatching(/^fail: other users may read .*hector\.db-wal$/),
      expect.stringMatching(/^fail: other users may read .*backups\/one\.db$/),
      expect.stringMatching(/^fail: other users may read .*logs\/tick\.log\.1$/),
    ]);
    expect(checks.find(({ what }) => what.includes('may read'))?.cure).toMatch(/^chmod 600 /);
    expect(exitCode).toBe(1);
  });

  it.skipIf(process.getuid?.() !== 0)(
    'belong to the owner of the folder, also where root looks',
    async () => {
      const { checks } = await seen({ fill: (_, folder) => chownSync(folder, 1234, 1234) });
      const line = checks.find(({ what }) => what.includes('belongs to another user'));
      expect(line).toMatchObject({
        status: 'fail',
        cure: expect.stringMatching(/^chown 1234:1234 .*hector\.db$/),
      });
    },
  );

  it('are whole, with a backup that is not too old', async () => {
    const { of } = await seen({ fill: (connection) => aCampaign(connection) });
    expect(of('database')).toEqual([
      expect.stringMatching(/^ok: whole: 0\.\d MB, 0 people, 1 campaign/),
      expect.stringMatching(/^warn: there is no backup in /),
    ]);
    expect(of('disk')).toHaveLength(1);
  });

  it.each(['campaign', 'tick'])(
    'are told where a page of %s is damaged, and all else is looked at',
    async (table) => {
      const { context, folder } = testContext();
      const connection = await context.connection();
      for (let number = 0; number < 300; number += 1) aCampaign(connection);
      connection.pragma('wal_checkpoint(TRUNCATE)');
      const page = Number(
        connection.prepare('select rootpage from sqlite_master where name = ?').pluck().get(table),
      );
      const size = Number(connection.pragma('page_size', { simple: true }));
      await context.close();
      const file = openSync(join(folder, 'hector.db'), 'r+');
      writeSync(file, Buffer.alloc(size, 0xff), 0, size, (page - 1) * size);
      closeSync(file);
      const after = testContext({ folder, json: true });
      await doctor(after.context, { offline: true });
      const checks: CheckLine[] = JSON.parse(after.stdout()).checks;
      expect(checks.filter(({ status }) => status === 'fail').map(({ what }) => what)).toContainEqual(
        expect.stringContaining(`${join(folder, 'hector.db')} is damaged`),
      );
      expect(checks.map(({ check }) => check)).toContain('disk');
      expect(after.context.exitCode).toBe(3);
    },
  );

  it('are told where they are damaged', async () => {
    const { of, exitCode } = await seen({
      fill: (connection) => connection.exec('drop index event_prospect'),
    });
    expect(of('database')).toEqual([expect.stringContaining('index event_prospect is missing')]);
    expect(exitCode).toBe(1);
  });
});
