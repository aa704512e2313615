import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import type { Context } from '../../src/context.ts';
import type { Connection } from '../../src/db/connection.ts';
import type { TickInput } from '../../src/engine/tick/pass.ts';
import type { TickSummary } from '../../src/engine/tick/summary.ts';
import { runTick } from '../../src/engine/tick/tick.ts';
import { NOW } from '../builders.ts';
import { testContext } from '../context.ts';
import { ANTHROPIC_TEST_KEY } from '../stand-ins/anthropic.ts';
import { RESEND_TEST_KEY } from '../stand-ins/resend.ts';
import { TWILIO_TEST_SID, TWILIO_TEST_TOKEN } from '../stand-ins/twilio.ts';

/** hector.yaml; `email` and `sms` are further keys of those sections, in YAML's flow style. */
export const settings = ({
  email = 'caps: off, spread: false',
  sms = 'caps: off, spread: false',
  more = '',
}: {
  email?: string;
  sms?: string;
  more?: string;
} = {}): string => `
sender: { name: Hector Martin, title: Directeur associé, company: Nexalis, email: hector@nexalis.example, phone: "+33 1 84 00 00 00" }
data_source: le registre public des entreprises
email: { from: "Hector Martin <hector@nexalis.example>", requests_per_second: 1000, ${email} }
sms: { from: Nexalis, ${sms}, opt_out: { fr: "STOP au 36180", en: "STOP to 36180" }, requests_per_second: 1000 }
http: { timeout_seconds: 2 }
${more}
`;

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

export interface TickWorkspace {
  folder: string;
  context: Context;
  connection: Connection;
  env: Record<string, string | undefined>;
  setClock(at: number): void;
  /** One tick; whatever is given stands for the usual. */
  tick(input?: Partial<TickInput>): Promise<TickSummary>;
  /** All rows of a query, for looking at the ledger. */
  rows(sql: string): unknown[];
}

/** A workspace whose providers are the given stand-ins; without them, a place for rehearsals. */
export async function tickWorkspace(
  providers: {
    resend?: string;
    twilio?: string;
    anthropic?: string;
    settings?: string;
    now?: number;
    owner?: number;
  } = {},
): Promise<TickWorkspace> {
  const folder = mkdtempSync(join(tmpdir(), 'hector-tick-'));
  folders.push(folder);
  writeFileSync(join(folder, 'hector.yaml'), providers.settings ?? settings());
  const env: Record<string, string | undefined> = {
    ...(providers.resend ? { RESEND_API_KEY: RESEND_TEST_KEY, RESEND_BASE_URL: providers.resend } : {}),
    ...(providers.anthropic
      ? { ANTHROPIC_API_KEY: ANTHROPIC_TEST_KEY, ANTHROPIC_BASE_URL: providers.anthropic }
      : {}),
    ...(providers.twilio
      ? {
          TWILIO_ACCOUNT_SID: TWILIO_TEST_SID,
          TWILIO_AUTH_TOKEN: TWILIO_TEST_TOKEN,
          TWILIO_BASE_URL: providers.twilio,
        }
      : {}),
  };
  const { context } = testContext({ folder, env, now: providers.now ?? NOW });
  const connection = await context.createDatabase();
  return {
    folder,
    context,
    connection,
    env: context.env,
    setClock: (at) => {
      context.env.HECTOR_NOW = new Date(at).toISOString();
    },
    rows: (sql) => connection.prepare(sql).all(),
    async tick(input = {}) {
      const summary = await runTick({
        store: await context.stores.ticks(),
        sources: [],
        collector: context.textCollector(),
        engine: () => context.tickEngine(),
        owner: context.owner,
        clock: () => context.now(),
        campaignId: null,
        limit: null,
        concurrency: null,
        stopping: () => false,
        ...input,
      });
      if (!summary) throw new Error('the lease is held');
      return summary;
    },
  };
}
