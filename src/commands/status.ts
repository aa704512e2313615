import type { Context } from '../context.ts';
import { EVERYBODY } from '../engine/ports/people.ts';
import type { Status, WritingStatus } from '../engine/ports/status.ts';
import { HOLD_REASONS, WAIT_REASONS } from '../engine/reasons.ts';
import { shellWord } from '../engine/shell-word.ts';
import { UserError } from '../errors.ts';
import { isoOrNull, relative } from '../io/time.ts';
import { wrapped } from '../io/wrap.ts';
import { printable } from '../io.ts';
import { capLines, ownCapLines } from './caps-line.ts';
import { hectorCommand, type OpenContext } from './command.ts';
import { counted } from './counted.ts';
import { dollars, usd } from './money.ts';
import { summaryJson } from './tick/texts.ts';

export const command = (open: OpenContext) =>
  hectorCommand('status', {
    summary: 'what is due, what waits for you, and when the last tick ran',
    description:
      'What is due now and in the next 24 hours, the tasks that wait for a person, and the last tick. On a terminal also whether the settings can be read; for scripts: hector doctor --json.',
    examples: ['hector status', 'hector status --json'],
  }).action(async (options) => status(open(options)));

export async function status(context: Context): Promise<void> {
  const now = context.now();
  const read = await (await context.stores.status()).read(now);
  if (context.json) context.io.out(JSON.stringify(statusJson(read), null, 2));
  else {
    const none = read.campaigns.running + read.campaigns.paused === 0;
    const people = none ? await (await context.stores.people()).count(EVERYBODY) : 1;
    const broken = await brokenSettings(context);
    print(context, read, { now, broken });
    if (broken !== null) context.io.warn('No tick can run. Next: hector doctor');
    else
      context.io.note(
        people > 0 ? next(read) : 'Nobody is here yet. Next: hector prospect import YOUR-LIST.csv',
      );
  }
}

/** Looked at for a person alone: reading the settings would double what a script waits. */
async function brokenSettings(context: Context): Promise<string | null> {
  if (!context.io.terminal) return null;
  try {
    await context.config();
    return null;
  } catch (error) {
    if (error instanceof UserError) return error.message;
    throw error;
  }
}

/** By the words of an older tick, too. */
const WAITS: Readonly<Record<string, string>> = WAIT_REASONS;

const statusJson = ({
  campaigns,
  shielded,
  due,
  next24h,
  nextAt,
  tasks,
  held,
  heldFor,
  awaitingApproval,
  writing,
  lastTick,
}: Status) => ({
  campaigns,
  shielded,
  due,
  next_24h: next24h,
  next_at: isoOrNull(nextAt),
  tasks,
  held,
  held_for: heldFor,
  awaiting_approval: awaitingApproval,
  texts: {
    last_24h_by_claude: writing.claude,
    last_24h_by_template: writing.template,
    last_24h_cost_usd: usd(writing.costDay),
    last_30d_cost_usd: usd(writing.costMonth),
    in_batches: writing.inBatches,
  },
  last_tick:
    lastTick === null
      ? null
      : {
          started_at: isoOrNull(lastTick.startedAt),
          finished_at: isoOrNull(lastTick.finishedAt),
          summary: lastTick.summary === null ? null : summaryJson(lastTick.summary),
        },
});

/** Columns. */
const LABEL = 15;

function print({ io }: Context, read: Status, { now, broken }: { now: number; broken: string | null }): void {
  const { campaigns, tasks, lastTick } = read;
  const when = (at: number) => (io.terminal ? relative(at, now) : new Date(at).toISOString());
  const line = (label: string, text: string): void => {
    const lines = io.terminal
      ? wrapped(text, io.width, ' '.repeat(LABEL)).map((each, index) =>
          index === 0 ? `${label}:`.padEnd(LABEL) + each.slice(LABEL) : each,
        )
      : [`${label}\t${text}`];
    for (const each of lines) io.out(each);
  };
  if (broken !== null) line('Settings', printable(broken));
  const rehearsals =
    campaigns.rehearsals > 0
      ? `; ${counted(campaigns.rehearsals, 'is a rehearsal', 'are rehearsals')}, of which nothing is sent`
      : '';
  line('Campaigns', `${campaigns.running} running, ${campaigns.paused} paused${rehearsals}`);
  for (const { campaign, reason } of read.shielded)
    line('Paused itself', printable(`${campaign}: ${reason}`));
  line('Due now', String(read.due));
  line('Next 24 hours', String(read.next24h));
  line('Next touch', read.nextAt === null ? 'none' : when(read.nextAt));
  line('Tasks', `${tasks.linkedin} LinkedIn, ${tasks.uncertain} uncertain`);
  if (read.awaitingApproval > 0) line('Approval', `${counted(read.awaitingApproval, 'text')} to be approved`);
  for (const [reason, people] of Object.entries(read.held))
    line(
      'Held',
      `${people}: ${Object.hasOwn(HOLD_REASONS, reason) ? HOLD_REASONS[reason as keyof typeof HOLD_REASONS] : reason}`,
    );
  for (const [what, people] of Object.entries(read.heldFor))
    line('Held for', `${people}: ${printable(what)}`);
  if (usesClaude(read.writing)) line('Claude', claudeLine(read.writing));
  if (read.writing.inBatches > 0)
    line('Batches', `${counted(read.writing.inBatches, 'text')} asked for: the tick fetches them`);
  line('Last tick', lastTick === null ? 'never' : when(lastTick.startedAt));
  const last = lastTick?.summary;
  for (const text of [...capLines(last?.caps ?? {}), ...ownCapLines(last?.own_caps ?? [])])
    line('Caps', printable(text));
  for (const [channel, reason] of Object.entries({ ...last?.down, ...last?.misconfigured }))
    line('Closed', printable(`${channel}: ${reason}`));
  for (const [reason, people] of Object.entries(last?.waiting ?? {}))
    line('Put off', `${people}: ${Object.hasOwn(WAITS, reason) ? WAITS[reason] : reason}`);
}

const usesClaude = ({ claude, costMonth }: WritingStatus): boolean => claude > 0 || costMonth > 0;

const claudeLine = ({ claude, template, costDay, costMonth }: WritingStatus): string =>
  `${counted(claude, 'text')} stored by ticks, ${template} by template; paid ${dollars(costDay)} in 24 hours, ${dollars(costMonth)} in 30 days`;

function next({ campaigns, shielded, due, tasks, held, awaitingApproval }: Status): string {
  const [first] = shielded;
  if (first) return printable(`Next: hector campaign show ${shellWord(first.campaign)}`);
  if (tasks.linkedin > 0) return 'Next: hector task next';
  if (tasks.uncertain > 0) return 'Next: hector task list';
  if (awaitingApproval > 0) return 'Next: hector message review';
  if (Object.keys(held).length > 0)
    return 'Next: fill what is missing (hector.yaml, or hector prospect import FILE --update); it goes out by itself';
  if (due > 0) return 'Next: hector tick';
  if (campaigns.running > 0) return 'Nothing to do now.';
  return campaigns.paused > 0
    ? 'All campaigns are paused. Next: hector campaign resume NAME (hector campaign list)'
    : 'Next: hector campaign create --help';
}
