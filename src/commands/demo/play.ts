import { copyFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { asset } from '../../assets.ts';
import type { Context } from '../../context.ts';
import type { TickSummary } from '../../engine/tick/summary.ts';
import { runTick } from '../../engine/tick/tick.ts';
import { failure } from '../../errors.ts';
import { printJson } from '../../io/table.ts';
import { createCampaign } from '../campaign/create/launch.ts';
import { counted } from '../counted.ts';
import { init } from '../init.ts';
import { importProspects } from '../prospect/import.ts';
import { reportJson } from '../report/json.ts';
import { readReports, report } from '../report.ts';
import { acceptInvitations, type Invited, pasteAll, receiveAnswers } from './people.ts';
import { DEMO_SETTINGS, demoContext, demoFolder } from './workspace.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Monday 2 November 2026, 08:00 in Paris; the campaign meets a public holiday on the 11th. */
const START = Date.UTC(2026, 10, 2, 7);
const CAMPAIGN = 'Demo';
const SCENARIO = 'connexion-douce';

export async function demo(outer: Context, folder: string | null): Promise<void> {
  const root = demoFolder(folder, outer.cwd);
  const { context, setClock } = demoContext(outer, root);
  const { io } = context;
  try {
    setClock(START);
    writeFileSync(join(root, 'hector.yaml'), DEMO_SETTINGS, { mode: 0o600 });
    const list = join(root, 'prospects.csv');
    copyFileSync(asset('examples', 'prospects.csv'), list);
    const say = (line: string): void => io.note(io.color.bold(line));
    say(`\n$ hector init ${root}`);
    await init(context, { folder: root, answers: {} });
    say('\n$ hector prospect import prospects.csv');
    await importProspects(context, list, {});
    say(`\n$ hector campaign create ${CAMPAIGN} --scenario ${SCENARIO} --from all`);
    await createCampaign(context, { name: CAMPAIGN, scenario: SCENARIO, from: 'all', mode: 'rehearsal' });
    say('\n$ hector tick, every hour of 21 days (the clock is set, the answers are made up)');
    await rehearse(context, setClock);
    say(`\n$ hector report ${CAMPAIGN}`);
    await report(context, { campaign: CAMPAIGN, excelFr: false });
    farewell(context, root);
    if (outer.json) await printFunnel(outer, context, root);
  } finally {
    await context.close();
  }
}

async function printFunnel(outer: Context, context: Context, root: string): Promise<void> {
  const reports = await readReports(context, CAMPAIGN);
  printJson(outer.io, { workspace: root, outbox: outboxFiles(root).length, ...reportJson(reports) });
}

const outboxFiles = (root: string): string[] => readdirSync(join(root, 'outbox')).sort();

/** Cron comes every hour; the operator at eleven; the answers in the afternoon. */
async function rehearse(context: Context, setClock: (at: number) => void): Promise<void> {
  const invited: Invited[] = [];
  const { scenario } = await (await context.library()).load(SCENARIO);
  for (let day = 0; day <= scenario.duration_days; day += 1) {
    const done: Record<string, number> = {};
    const add = (what: string, number: number): void => {
      done[what] = (done[what] ?? 0) + number;
    };
    const news: string[] = [];
    for (let hour = 0; hour < 12; hour += 1) {
      setClock(START + day * DAY_MS + hour * HOUR_MS);
      const summary = await tickOnce(context);
      add('e-mails', summary.sent.email ?? 0);
      add('SMS', summary.sent.sms ?? 0);
      if (hour === 3) add('LinkedIn texts pasted', await pasteAll(context, invited));
      if (hour === 6) add('invitations accepted', await acceptInvitations(context, invited));
      if (hour === 8) news.push(...(await receiveAnswers(context, day)));
    }
    printDay(context, START + day * DAY_MS, done, news);
  }
}

async function tickOnce(context: Context): Promise<TickSummary> {
  const summary = await runTick({
    store: await context.stores.ticks(),
    sources: context.inboundSources(),
    collector: context.textCollector(),
    engine: () => context.tickEngine(),
    owner: context.owner,
    clock: () => context.now(),
    campaignId: null,
    limit: null,
    concurrency: null,
    stopping: () => false,
  });
  if (!summary) throw failure('another tick works in the demo workspace', 'hector demo');
  return summary;
}

function printDay({ io }: Context, at: number, done: Record<string, number>, news: readonly string[]): void {
  const parts = Object.entries(done).flatMap(([what, number]) => (number > 0 ? [`${number} ${what}`] : []));
  if (parts.length + news.length === 0) return;
  const date = new Intl.DateTimeFormat('en-GB', {
    weekday: 'short',
    day: '2-digit',
    month: 'short',
    timeZone: 'Europe/Paris',
  });
  io.out(`${date.format(at).replace(',', '')}  ${[...parts, ...news].join(', ')}`);
}

function farewell({ io }: Context, root: string): void {
  const files = outboxFiles(root);
  io.note(
    `\nNothing left this machine. ${counted(files.length, 'message')} in ${join(root, 'outbox')}, such as:`,
  );
  for (const file of files.filter((_, index) => index % Math.ceil(files.length / 3) === 0))
    io.note(`  ${file}`);
  io.note('\nGo on with it:');
  io.note(`  export HECTOR_WORKSPACE=${root}`);
  io.note('  hector prospect list --status replied');
  io.note("  hector prospect show 'Claire Durand'");
  io.note('  hector scenario show connexion-douce');
  io.note('\nYour own: hector init my-workspace');
}
