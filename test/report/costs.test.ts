import { describe, expect, it } from 'vitest';
import { report } from '../../src/commands/report.ts';
import { status } from '../../src/commands/status.ts';
import { printSummary } from '../../src/commands/tick/summary.ts';
import { tick } from '../../src/commands/tick.ts';
import type { Connection } from '../../src/db/connection.ts';
import { createGenerationStore } from '../../src/db/generation-store.ts';
import { createReportStore } from '../../src/db/report-store.ts';
import { FALLBACKS, MENDED_FALLBACKS } from '../../src/engine/reasons.ts';
import { costRow } from '../../src/engine/spending.ts';
import { emptySummary, type TextSummary } from '../../src/engine/tick/summary.ts';
import { aCampaign, aMessage, anEnrolment, anEvent, DAY, HOUR, NOW, testDatabase } from '../builders.ts';
import { type ContextOverrides, testContext } from '../context.ts';

const aCall = (
  connection: Connection,
  cost: number,
  more: { at?: number; campaignId?: number | null } = {},
) =>
  createGenerationStore(connection, 10).settle(
    [
      {
        at: more.at ?? NOW,
        purpose: 'write',
        campaignId: more.campaignId ?? null,
        prospectId: null,
        model: 'claude-sonnet-5-5',
        tokens: { input: 1, output: 1, cacheRead: 0, cacheWrite: 0 },
        cost,
        latencyMs: 10,
        result: 'answered',
      },
    ],
    null,
    NOW,
  );

const texts = (changes: Partial<TextSummary>): TextSummary => ({ ...emptySummary().texts, ...changes });

function printed(changes: Partial<TextSummary>, overrides: ContextOverrides = {}) {
  const test = testContext(overrides);
  printSummary(test.context, { ...emptySummary(), considered: 1, texts: texts(changes) });
  return { out: test.stdout(), notes: test.stderr() };
}

describe('the summary of a tick', () => {
  it('says who wrote, what was asked for earlier, and what it cost', () => {
    expect(printed({ claude: 12, kept: 4, template: 3, cost: 48_213 }).out).toBe(
      'Texts: 12 by Claude (4 asked for earlier), 3 by template; $0.05\n',
    );
    expect(printed({ claude: 1, cost: 300 }).out).toBe('Texts: 1 by Claude, 0 by template; under $0.01\n');
    expect(printed({ claude: 1, kept: 1 }).out).toBe(
      'Texts: 1 by Claude (1 asked for earlier), 0 by template; $0.00\n',
    );
  });

  it('says nothing of it where Claude has no part in it', () => {
    expect(printed({ template: 7 })).toEqual({ out: '', notes: '' });
  });

  it.each([
    ['budget_tick', '. Next: ai.budget.tick in hector.yaml'],
    ['budget_day', '. Next: ai.budget.day in hector.yaml'],
    ['budget_campaign', '. Next: ai.budget.campaign in hector.yaml'],
    ['bad_key', '. Next: hector doctor'],
    ['no_model', '. Next: hector doctor'],
    ['voice', '. Next: hector voice lint'],
    ['guard', ''],
    ['down', ''],
  ] as const)('says why a template stood in for Claude, and what to do next: %s', (reason, next) => {
    const { notes } = printed({ template: 2, fallback: { [reason]: 2 } });
    expect(notes).toBe(`A template stood in for Claude: 2 (${FALLBACKS[reason]})${next}\n`);
  });

  it('says the first detail of a reason, and lets no escape through', () => {
    const { notes } = printed({
      fallback: { guard: 3, bad_key: 1 },
      fallback_for: { guard: 'length: 240 signs\u001b[31m', bad_key: 'invalid bearer token' },
    });
    expect(notes).toContain(`3 (${FALLBACKS.guard}: length: 240 signs?[31m)\n`);
    expect(notes).toContain(`1 (${FALLBACKS.bad_key}: invalid bearer token). Next: hector doctor\n`);
  });

  it('counts the drafts that wait for a yes', () => {
    expect(printed({ template: 2, awaiting_approval: 2 }).out).toBe(
      'Texts waiting for approval: 2. Next: hector message review\n',
    );
  });

  it('tells programs the cost in US dollars', () => {
    const { out } = printed({ claude: 1, cost: 48_213 }, { json: true });
    const summary = JSON.parse(out);
    expect(summary.texts).toMatchObject({ claude: 1, cost_usd: 0.048213 });
    expect(summary.texts).not.toHaveProperty('cost');
  });
});

describe('a tick in cron', () => {
  /** What is printed and the exit code of a tick in which a template stood in for Claude for this reason. */
  async function ticked(reason: keyof typeof FALLBACKS) {
    const test = testContext();
    const store = await test.context.stores.ticks();
    const { finish } = store;
    test.context.stores.ticks = async () => ({
      ...store,
      finish: async (tickId, owner, summary, at) => {
        summary.texts.fallback[reason] = 1;
        await finish(tickId, owner, summary, at);
      },
    });
    await tick(test.context, {
      dryRun: false,
      campaign: undefined,
      limit: null,
      concurrency: null,
      texts: false,
    });
    return { exitCode: test.context.exitCode, said: test.stdout() + test.stderr() };
  }

  it.each(MENDED_FALLBACKS)('says what a person must mend, with exit code 3: %s', async (reason) => {
    const { exitCode, said } = await ticked(reason);
    expect(exitCode).toBe(3);
    expect(said).toContain(FALLBACKS[reason]);
  });

  it.each(['budget_tick', 'budget_day', 'budget_campaign'] as const)(
    'says that the money is spent, which is no fault: %s',
    async (reason) => {
      const { exitCode, said } = await ticked(reason);
      expect(exitCode).toBe(0);
      expect(said).toContain(FALLBACKS[reason]);
    },
  );

  it.each(['down', 'rate_limited', 'guard', 'refused', 'cut_off'] as const)(
    'stays quiet about what passes by itself: %s',
    async (reason) => expect(await ticked(reason)).toEqual({ exitCode: 0, said: '' }),
  );
});

describe('hector status', () => {
  const read = async (fill: (connection: Connection) => unknown, overrides: ContextOverrides = {}) => {
    const test = testContext({ columns: 100, ...overrides });
    await fill(await test.context.connection());
    await status(test.context);
    return { out: test.stdout(), notes: test.stderr() };
  };

  it('says nothing of Claude where nothing was spent', async () => {
    const { out } = await read((connection) => aCampaign(connection));
    expect(out).not.toContain('Claude');
    expect(out).not.toContain('Approval');
  });

  it('counts 24 hours and 30 days, to the millisecond', async () => {
    const { out } = await read(
      async (connection) => {
        await aCall(connection, 1_000_000, { at: NOW - DAY + 1 });
        await aCall(connection, 20_000_000, { at: NOW - DAY });
        await aCall(connection, 300_000_000, { at: NOW - 30 * DAY });
        const log = connection.prepare(
          "insert into tick (started_at, host, pid, summary) values (?, 'h', 1, ?)",
        );
        log.run(NOW - DAY, JSON.stringify({ texts: { claude: 70, template: 7 } }));
        log.run(NOW - 5 * HOUR, JSON.stringify({ considered: 3 }));
        log.run(NOW - 4 * HOUR, JSON.stringify({ texts: { claude: 2, template: 1 } }));
        log.run(NOW - HOUR, null);
        log.run(NOW - HOUR, JSON.stringify({ texts: { claude: 3, template: 0 } }));
      },
      { json: true },
    );
    expect(JSON.parse(out).texts).toEqual({
      last_24h_by_claude: 5,
      last_24h_by_template: 1,
      last_24h_cost_usd: 1,
      last_30d_cost_usd: 21,
      in_batches: 0,
    });
  });

  it('shows them in a line', async () => {
    const { out } = await read((connection) => aCall(connection, 1_230_000));
    expect(out).toMatch(
      /^Claude: +0 texts stored by ticks, 0 by template; paid \$1\.23 in 24 hours, \$1\.23 in 30 days$/m,
    );
  });

  it('counts the drafts of running campaigns that wait for a yes, and says what to do', async () => {
    const { out, notes } = await read((connection) => {
      const draft = (campaignId: number) =>
        aMessage(connection, {
          enrolmentId: anEnrolment(connection, { campaignId, nextAt: null, hold: 'approval' }),
          state: 'awaiting_approval',
        });
      const running = aCampaign(connection);
      draft(running);
      draft(running);
      draft(aCampaign(connection, { status: 'paused' }));
    });
    expect(out).toMatch(/^Approval: +2 texts to be approved$/m);
    expect(notes).toContain('Next: hector message review');
  });

  it('goes by an index for the money', () => {
    const connection = testDatabase();
    const plan = connection
      .prepare<[], { detail: string }>(
        'explain query plan select sum(cost) from model_call indexed by model_call_at where at > 1',
      )
      .all();
    expect(plan.map(({ detail }) => detail).join()).toContain('USING COVERING INDEX model_call_at');
  });
});

describe('a report', () => {
  /** Four messages went out, three of them by Claude, and one person answered; Claude cost 60 cents. */
  async function aStory(connection: Connection, name: string): Promise<number> {
    const campaignId = aCampaign(connection, { name });
    const sent = ['claude', 'claude', 'claude', 'channel_template'].map((source) =>
      aMessage(connection, { enrolmentId: anEnrolment(connection, { campaignId }), state: 'sent', source }),
    );
    aMessage(connection, { enrolmentId: anEnrolment(connection, { campaignId }), source: 'claude' });
    anEvent(connection, { type: 'replied', messageId: sent[0] ?? 0 });
    await aCall(connection, 500_000, { campaignId });
    await aCall(connection, 100_000, { campaignId, at: NOW - 300 * DAY });
    await aCall(connection, 7_000_000);
    return campaignId;
  }

  const reported = async (
    options: Parameters<typeof report>[1],
    overrides: ContextOverrides = {},
    fill = (connection: Connection): unknown => aStory(connection, 'Printemps'),
  ) => {
    const test = testContext({ columns: 100, ...overrides });
    await fill(await test.context.connection());
    await report(test.context, options);
    return test.stdout();
  };

  it('shows cost, texts by source, and what a message and a reply cost', async () => {
    const expected = /^Printemps +\$0\.60 +3 +1 +\$0\.15 +\$0\.60$/m;
    expect(await reported({ excelFr: false, campaign: 'Printemps' })).toMatch(expected);
    expect(await reported({ excelFr: false })).toMatch(expected);
  });

  it('tells programs the same', async () => {
    const { reports } = JSON.parse(await reported({ excelFr: false }, { json: true }));
    const cost = {
      cost_usd: 0.6,
      texts_by_claude: 3,
      texts_by_template: 1,
      per_sent_usd: 0.15,
      per_reply_usd: 0.6,
    };
    expect(reports[0].cost).toEqual(cost);
    expect(reports[0].campaigns[0].cost).toEqual(cost);
  });

  it('has lines of the section `cost` in CSV', async () => {
    const lines = (await reported({ excelFr: false, csv: 'stdout' })).split('\n');
    for (const line of [
      'live,,cost,cost_usd,,,,,,,,,,0.6',
      'live,Printemps,cost,cost_usd,,,,,,,,,,0.6',
      'live,Printemps,cost,texts_by_claude,,,,,,,,,,3',
      'live,Printemps,cost,texts_by_template,,,,,,,,,,1',
      'live,Printemps,cost,per_sent_usd,,,,,,,,,,0.15',
      'live,Printemps,cost,per_reply_usd,,,,,,,,,,0.6',
    ])
      expect(lines).toContain(line);
  });

  it('says nothing of Claude where it had no part', async () => {
    const without = (connection: Connection) => aCampaign(connection);
    expect(await reported({ excelFr: false }, {}, without)).not.toContain('Claude');
    expect(await reported({ excelFr: false, csv: 'stdout' }, {}, without)).not.toContain(',cost,');
    const { reports } = JSON.parse(await reported({ excelFr: false }, { json: true }, without));
    expect(reports[0].cost).toBeNull();
  });

  it('adds up campaigns, and leaves out the money of none of them', async () => {
    const connection = testDatabase();
    const ids = [await aStory(connection, 'A'), await aStory(connection, 'B'), aCampaign(connection)];
    const spending = await createReportStore(connection).spending(ids);
    expect([...spending.keys()]).toEqual(ids.slice(0, 2));
    expect(spending.get(ids[0] ?? 0)).toEqual({ cost: 600_000, claude: 3, template: 1 });
    expect(costRow([...spending.values()], 4)).toEqual({
      cost: 1_200_000,
      claude: 6,
      template: 2,
      perSent: 150_000,
      perReply: 300_000,
    });
  });

  it('divides by nothing that is none', () => {
    expect(costRow([{ cost: 5, claude: 0, template: 0 }], 0)).toMatchObject({
      perSent: null,
      perReply: null,
    });
    expect(costRow([{ cost: 0, claude: 0, template: 9 }], 1)).toBeNull();
    expect(costRow([{ cost: 0, claude: 1, template: 0 }], 0)).toMatchObject({ perSent: 0 });
  });
});
