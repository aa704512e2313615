import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { type CheckLine, lookSafely } from '../../src/commands/doctor/check.ts';
import { doctor } from '../../src/commands/doctor.ts';
import type { Connection } from '../../src/db/connection.ts';
import { createGenerationStore } from '../../src/db/generation-store.ts';
import { configError, failure } from '../../src/errors.ts';
import { aCampaign, DAY, HOUR, NOW } from '../builders.ts';
import { type ContextOverrides, testContext } from '../context.ts';
import { ANTHROPIC_TEST_KEY, garbled, refused, startAnthropic } from '../stand-ins/anthropic.ts';
import type { Fault } from '../stand-ins/loopback.ts';

const open: { close(): Promise<void> }[] = [];
const folders: string[] = [];
afterAll(async () => {
  for (const server of open.splice(0)) await server.close();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

interface Place {
  yaml?: string;
  env?: Record<string, string>;
  fill?: (connection: Connection) => unknown;
  files?: Record<string, string>;
  now?: number;
  offline?: boolean;
}

async function seen(place: Place = {}, overrides: ContextOverrides = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'hector-doctor-'));
  folders.push(folder);
  writeFileSync(join(folder, 'hector.yaml'), place.yaml ?? '');
  for (const [name, text] of Object.entries(place.files ?? {})) {
    mkdirSync(join(folder, name, '..'), { recursive: true });
    writeFileSync(join(folder, name), text, { mode: 0o600 });
  }
  const test = testContext({
    folder,
    ...(place.env ? { env: place.env } : {}),
    ...(place.now === undefined ? {} : { now: place.now }),
    ...overrides,
  });
  await place.fill?.(await test.context.createDatabase());
  await test.context.createDatabase();
  await doctor(test.context, { offline: place.offline ?? false });
  return { folder, exitCode: test.context.exitCode, out: test.stdout(), notes: test.stderr() };
}

/** By check: the lines that were told. */
async function lines(place: Place = {}) {
  const { out, exitCode } = await seen(place, { json: true });
  const { ok, checks } = JSON.parse(out);
  const of = (check: string): CheckLine[] => checks.filter((line: CheckLine) => line.check === check);
  return { ok, exitCode, checks, of };
}

async function claude(faults: Fault[] = []) {
  const server = await startAnthropic();
  open.push(server);
  server.fail(...faults);
  return {
    server,
    env: { ANTHROPIC_API_KEY: ANTHROPIC_TEST_KEY, ANTHROPIC_BASE_URL: server.url },
  };
}

describe('hector doctor', () => {
  it('finds no fault in a fresh workspace, and says that templates write', async () => {
    const { ok, exitCode, of } = await lines();
    expect({ ok, exitCode }).toEqual({ ok: true, exitCode: 0 });
    expect(of('settings')).toMatchObject([{ status: 'ok' }]);
    expect(of('scenarios')).toMatchObject([{ what: expect.stringMatching(/^5 scenarios/) }]);
    expect(of('voices')).toMatchObject([{ status: 'ok' }]);
    expect(of('claude')).toMatchObject([
      { status: 'warn', what: expect.stringContaining('no ANTHROPIC_API_KEY'), cure: expect.any(String) },
    ]);
    expect(of('budget')).toEqual([]);
  });

  it('prints a line each, with what to do below it; cells when it is piped', async () => {
    const { out, notes } = await seen({}, { columns: 120 });
    expect(out).toMatch(/^ok {4}settings {3}.*hector\.yaml is understood$/m);
    expect(out).toMatch(/^warn {2}claude {5}no ANTHROPIC_API_KEY.*\n {17}Next: put ANTHROPIC_API_KEY into /m);
    expect(notes).toContain('0 faults, ');
    const piped = await seen();
    expect(piped.out.split('\n')[0]?.split('\t')).toEqual([
      'ok',
      'settings',
      expect.stringContaining('hector.yaml is understood'),
      '',
    ]);
  });

  it('names a fault of hector.yaml with its place, and makes the checks that it can', async () => {
    const { ok, exitCode, of } = await lines({ yaml: 'email: { form: x }\n' });
    expect({ ok, exitCode }).toEqual({ ok: false, exitCode: 3 });
    expect(of('settings')).toMatchObject([
      { status: 'fail', what: expect.stringContaining('hector.yaml:1:10'), cure: expect.any(String) },
    ]);
    expect(of('voices')).toHaveLength(1);
    expect(of('claude')).toEqual([]);
  });

  it('names a .env that others may read', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'hector-doctor-'));
    folders.push(folder);
    writeFileSync(join(folder, 'hector.yaml'), '');
    writeFileSync(join(folder, '.env'), 'ANTHROPIC_API_KEY=\n');
    chmodSync(join(folder, '.env'), 0o644);
    const test = testContext({ folder, json: true });
    await doctor(test.context, { offline: true });
    expect(test.context.exitCode).toBe(3);
    expect(JSON.parse(test.stdout()).checks[0]).toMatchObject({
      status: 'fail',
      cure: `chmod 600 ${join(folder, '.env')}`,
    });
  });

  it('names the first fault of a scenario and of a voice, and where all of them are', async () => {
    const { exitCode, of } = await lines({
      files: { 'scenarios/mine.yaml': 'slug: mine\n', 'voice.yaml': 'name: [1]\n' },
    });
    expect(exitCode).toBe(1);
    expect(of('scenarios')).toMatchObject([
      { status: 'fail', what: expect.stringContaining('mine.yaml:1'), cure: 'hector scenario lint' },
    ]);
    expect(of('voices')).toMatchObject([
      { status: 'fail', what: expect.stringContaining('voice.yaml:1'), cure: 'hector voice lint' },
    ]);
  });

  it('names an error before all warnings, and lets no escape through', async () => {
    const place = {
      files: { 'voice.yaml': 'name: Nexalis\n', 'voices/other.yaml': 'name: x\n"\\e[31m": 1\n' },
    };
    expect((await lines(place)).of('voices')).toMatchObject([
      { status: 'fail', what: expect.stringContaining('other.yaml:2') },
    ]);
    const { out } = await seen(place);
    expect(out).toContain('[31m');
    expect(out).not.toContain('\u001b');
  });

  it('names a voice of hector.yaml that is not there', async () => {
    const { exitCode, of } = await lines({ yaml: 'ai: { voice: nexallis }\n' });
    expect(exitCode).toBe(3);
    expect(of('voices').at(-1)).toMatchObject({
      status: 'fail',
      what: expect.stringContaining('no voice "nexallis"'),
      cure: 'hector voice list',
    });
    expect((await lines({ yaml: 'ai: { voice: neutral }\n' })).of('voices')).toMatchObject([
      { status: 'ok' },
    ]);
  });
});

describe('the key and the model of Claude', () => {
  it('are tried', async () => {
    const { env, server } = await claude();
    const { exitCode, of } = await lines({ env });
    expect(exitCode).toBe(0);
    expect(of('claude')).toMatchObject([{ status: 'ok', what: 'ANTHROPIC_API_KEY is accepted' }]);
    expect(of('model')[0]).toMatchObject({ status: 'ok', what: 'claude-sonnet-5-5 can be used' });
    expect(server.requests.map(({ path }) => path)).toEqual(['/v1/models?limit=1000']);
    expect(server.messages).toEqual([]);
  });

  it('are left alone with --offline', async () => {
    const { env, server } = await claude();
    expect((await lines({ env, offline: true })).of('claude')).toMatchObject([
      { status: 'ok', what: expect.stringContaining('not tried') },
    ]);
    expect(server.requests).toEqual([]);
  });

  it('are left alone where Claude is switched off', async () => {
    const { env, server } = await claude();
    const { of } = await lines({ env, yaml: 'ai: { provider: off }\n' });
    expect(of('claude')).toMatchObject([{ status: 'ok', what: expect.stringContaining('switched off') }]);
    expect([...of('prices'), ...of('budget'), ...server.requests]).toEqual([]);
  });

  it.each<[string, Fault, number, string]>([
    [
      'a refused key',
      refused(401, 'authentication_error', 'invalid bearer token'),
      3,
      'invalid bearer token',
    ],
    ['no right', refused(403, 'permission_error'), 3, 'Some reason.'],
    ['no credit', refused(402, 'billing_error'), 3, 'Some reason.'],
    ['a wrong address', { fault: 'page', status: 404 }, 1, 'ANTHROPIC_BASE_URL'],
    ['an answer that is no list', garbled('{"data":7}'), 1, 'cannot be read'],
    ['an answer that is no JSON', garbled(), 1, ''],
  ])('are judged by what Claude says: %s', async (_, fault, code, words) => {
    const { env } = await claude(Array.from({ length: 9 }, () => fault));
    const { exitCode, of } = await lines({ env });
    expect(exitCode).toBe(code);
    expect(of('claude')).toMatchObject([{ status: 'fail', cure: expect.any(String) }]);
    expect(of('claude')[0]?.what).toContain(words);
    expect(of('model')).toEqual([]);
  });

  it('wait no longer than they may', async () => {
    const { env } = await claude(
      Array.from({ length: 9 }, () => ({ fault: 'hang', when: 'before' }) as const),
    );
    const { exitCode, of } = await lines({ env, yaml: 'ai: { timeout_seconds: 1 }\n' });
    expect(exitCode).toBe(1);
    expect(of('claude')).toMatchObject([{ status: 'fail' }]);
  });

  it('never show the key', async () => {
    const echo = refused(401, 'authentication_error', `bad key ${ANTHROPIC_TEST_KEY}`);
    const { env } = await claude([echo]);
    const { out } = await seen({ env });
    expect(out).toContain('bad key ***');
    expect(out).not.toContain(ANTHROPIC_TEST_KEY);
  });

  it.each([
    ['claude-haiku-4-5', 'warn', 'deprecated and ends on 2026-12-31', 0],
    ['claude-3-7-sonnet-20250219', 'fail', 'retired (on 2026-12-31)', 3],
    ['claude-sonnet-9', 'fail', 'may not use claude-sonnet-9', 3],
  ] as const)('say of the model %s what becomes of it', async (model, status, words, code) => {
    const { env } = await claude();
    const price = 'price: { input: 1, output: 2 }';
    const { exitCode, of } = await lines({ env, yaml: `ai: { model: ${model}, ${price} }\n` });
    const [line] = of('model');
    expect(line).toMatchObject({ status, what: expect.stringContaining(words) });
    expect(line?.cure).toMatch(/^ai\.model in hector\.yaml: claude-haiku-5-5, /);
    expect(exitCode).toBe(code);
  });

  it('name in their place only models that stay, with a known price', async () => {
    const models = [
      { id: 'claude-opus-4-5', lifecycle: 'deprecated' },
      { id: 'claude-opus-5', lifecycle: 'retired' },
      { id: 'claude-novel-1', lifecycle: 'active' },
      { id: 'claude-opus-5-5', lifecycle: 'active' },
    ];
    const { env } = await claude([{ fault: 'answer', status: 200, body: { data: models, has_more: false } }]);
    expect((await lines({ env })).of('model')).toMatchObject([
      { status: 'fail', cure: 'ai.model in hector.yaml: claude-opus-5-5' },
    ]);
  });

  it('know a model by its dated name, and name those that the table does not know', async () => {
    const models = ['claude-sonnet-5-5-20261001', 'claude-novel-1', 'claude-novel-2'].map((id) => ({ id }));
    const list: Fault = { fault: 'answer', status: 200, body: { data: models, has_more: false } };
    const { env } = await claude([list]);
    const { of } = await lines({ env });
    expect(of('model')).toMatchObject([
      { status: 'ok' },
      { status: 'ok', what: expect.stringContaining('claude-novel-1, claude-novel-2;') },
    ]);
  });
});

describe('the prices', () => {
  const at = async (yaml: string, now?: number) =>
    lines({
      yaml,
      env: (await claude()).env,
      offline: true,
      ...(now === undefined ? {} : { now }),
    });

  it('are those of the table, with its date', async () => {
    expect((await at('')).of('prices')).toMatchObject([
      { status: 'ok', what: expect.stringMatching(/^claude-sonnet-5-5: by the table of \d{4}-\d\d-\d\d$/) },
    ]);
  });

  it('are doubted when the table is old', async () => {
    const { of, exitCode } = await at('', NOW + 200 * DAY);
    expect(of('prices')).toMatchObject([{ status: 'warn', cure: 'ai.price in hector.yaml' }]);
    expect(exitCode).toBe(0);
  });

  it('are those of hector.yaml where it has some', async () => {
    const { of } = await at(
      'ai: { model: claude-novel-1, price: { input: 1, output: 2 } }\n',
      NOW + 200 * DAY,
    );
    expect(of('prices')).toMatchObject([{ status: 'ok', what: expect.stringContaining('ai.price') }]);
  });

  it('must be known', async () => {
    const { of, exitCode } = await at('ai: { model: claude-novel-1 }\n');
    expect(of('prices')).toMatchObject([
      { status: 'fail', what: expect.stringContaining('not known'), cure: 'ai.price in hector.yaml' },
    ]);
    expect(exitCode).toBe(3);
  });

  it('tell what is known of the end of a model', async () => {
    expect((await at('ai: { model: claude-sonnet-4-5 }\n')).of('model')).toMatchObject([
      { status: 'warn', what: expect.stringContaining('retired on 2026-11-30') },
    ]);
  });
});

describe('the budgets', () => {
  const spent = (connection: Connection, dollars: number, campaignId: number | null = null, at = NOW) =>
    createGenerationStore(connection, 1).settle(
      [
        {
          ...{
            at,
            campaignId,
            prospectId: null,
            purpose: 'write',
            model: 'x',
            latencyMs: 1,
            result: 'answered',
          },
          cost: dollars * 1_000_000,
          tokens: { input: 0, output: 0, cacheRead: 0, cacheWrite: 0 },
        },
      ],
      null,
      NOW,
    );
  const budgets = async (budget: string, fill?: Place['fill']) => {
    const { env } = await claude();
    const { of, exitCode } = await lines({
      env,
      offline: true,
      yaml: `ai: { budget: { ${budget} } }\n`,
      ...(fill ? { fill } : {}),
    });
    expect(exitCode).toBe(0);
    return of('budget').map(({ status, what }) => `${status}: ${what}`);
  };

  it('are told, with what is spent of the day in the zone of the workspace', async () => {
    const lines = await budgets('tick: 5, day: 20, campaign: 200', async (connection) => {
      await spent(connection, 4.2);
      // Monday begins at 23:00 UTC in Paris, ten hours before.
      await spent(connection, 1, null, NOW - 10 * HOUR);
      await spent(connection, 50, null, NOW - 10 * HOUR - 1);
    });
    expect(lines).toEqual(['ok: $5.20 of $20.00 spent today', 'ok: $5.00 a tick', 'ok: $200.00 a campaign']);
  });

  it.each([
    [15.9, 'ok: $15.90 of $20.00 spent today'],
    [16.1, 'warn: $16.10 of $20.00 spent today'],
    [20, 'warn: $20.00 of $20.00 spent today: templates stand in for Claude'],
  ])('are near their end from four fifths on: %s dollars', async (dollars, line) => {
    const [first] = await budgets('day: 20', (connection) => spent(connection, dollars));
    expect(first).toBe(line);
  });

  it('are missed where there are none', async () => {
    expect(await budgets('tick: off, day: off, campaign: off')).toEqual(
      ['day', 'tick', 'campaign'].map((what) => `warn: none a ${what}: nothing stops a mistake`),
    );
  });

  it('of running campaigns are told when they are near their end', async () => {
    const lines = await budgets('campaign: 10', async (connection) => {
      await spent(connection, 9, aCampaign(connection, { name: 'Printemps' }), NOW - 60 * DAY);
      await spent(connection, 10, aCampaign(connection, { name: 'Été' }), NOW - 60 * DAY);
      await spent(connection, 7, aCampaign(connection), NOW - 60 * DAY);
      await spent(connection, 10, aCampaign(connection, { status: 'completed' }), NOW - 60 * DAY);
    });
    expect(lines.slice(2).sort()).toEqual([
      'warn: $10.00 of $10.00 spent by campaign "Été": templates stand in for Claude',
      'warn: $9.00 of $10.00 spent by campaign "Printemps"',
    ]);
  });
});

it('lets no escape of what a check has found reach the terminal', async () => {
  const { context, stdout } = testContext();
  const finding = {
    severity: 'error',
    rule: 'x',
    message: '\u001b[31m',
    file: 'v',
    line: 1,
    column: 1,
  } as const;
  const library = await context.voices();
  context.voices = async () => ({ ...library, lint: async () => ({ voices: 1, findings: [finding] }) });
  await doctor(context, { offline: true });
  expect(stdout()).toContain('?[31m');
});

it('names what is still looked at while a person waits, and takes the line away', async () => {
  const { context, stderr } = testContext({ columns: 120 });
  const library = await context.voices();
  const seenWaiting = () =>
    new Promise<void>((done) => {
      const timer = setInterval(() => {
        if (!/Looked at: \d+ of \d+ .*voices/.test(stderr())) return;
        clearInterval(timer);
        done();
      }, 20);
    });
  context.voices = async () => ({
    ...library,
    lint: async () => {
      await seenWaiting();
      return { voices: 0, findings: [] };
    },
  });
  await doctor(context, { offline: true });
  expect(stderr().split('\r\u001b[K').at(-1)).toMatch(/^\d+ faults?, \d+ warnings?\n$/);
});

describe('a check that cannot be made', () => {
  const patient = { context: testContext().context, config: null, offline: true, providers: async () => [] };

  it.each([
    ['for a setting', configError('no base', 'hector init'), true],
    ['for anything else', failure('no base', 'hector init'), undefined],
  ])('is a finding: %s', async (_, error, setting) => {
    const [line] = await lookSafely({ name: 'x', look: () => Promise.reject(error) }, patient);
    expect(line).toEqual({
      ...{ check: 'x', status: 'fail', what: 'no base', cure: 'hector init' },
      ...(setting ? { setting } : {}),
    });
  });

  it('is a bug of ours where it is no user error', async () => {
    const look = () => Promise.reject(new TypeError('x'));
    await expect(lookSafely({ name: 'x', look }, patient)).rejects.toThrow(TypeError);
  });
});
