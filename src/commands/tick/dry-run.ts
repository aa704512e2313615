import type { Context } from '../../context.ts';
import { prospectName } from '../../engine/model.ts';
import type { Planned } from '../../engine/plan/decision.ts';
import { HOLD_REASONS, SKIP_REASONS, STOP_REASONS, WAIT_REASONS } from '../../engine/reasons.ts';
import { openAdmission } from '../../engine/tick/admission.ts';
import { planDue } from '../../engine/tick/work.ts';
import { printJson, printTable } from '../../io/table.ts';
import { dateTimeIn, isoOrNull } from '../../io/time.ts';

interface Line {
  prospect_id: number;
  person: string;
  campaign: string;
  mode: string;
  /** touch | wait | hold | stop | complete */
  action: string;
  step: string;
  channels: string[];
  reason: Reason | null;
  until: number | null;
  timezone: string;
  skipped: { step: string; reason: Reason }[];
}

/** The code for scripts; the sentence for people. */
const SENTENCES = { ...WAIT_REASONS, ...HOLD_REASONS, ...STOP_REASONS, ...SKIP_REASONS };
type Reason = keyof typeof SENTENCES;

/** Plans what a tick would do, through the same planner. Nothing here can write: it holds only the reading half. */
export async function dryRun(
  context: Context,
  campaignId: number | null,
  limit: number | null,
): Promise<void> {
  const store = await context.tickStore();
  const engine = await context.tickEngine();
  const lines: Line[] = [];
  let touches = 0;
  const now = context.now();
  const admission = await openAdmission(engine, store, now);
  for await (const planned of planDue({ store, now, campaignId }, admission))
    for (const item of planned) {
      const line = lineOf(item);
      if (line.action === 'touch' && limit !== null && ++touches > limit) continue;
      lines.push(line);
    }
  if (context.json)
    return printJson(context.io, {
      dry_run: true,
      reasons: Object.fromEntries(reasonsOf(lines)),
      planned: lines.map((line) => ({ ...line, until: isoOrNull(line.until) })),
    });
  await printLines(context, lines);
}

function lineOf({ snapshot, plan: { skips, step, decision }, left }: Planned): Line {
  const { prospect, campaign } = snapshot;
  const base: Line = {
    prospect_id: prospect.id,
    person: prospectName(prospect) || prospect.email || `#${prospect.id}`,
    campaign: campaign.name,
    mode: campaign.mode,
    action: decision.do,
    step,
    channels: [],
    reason: null,
    until: null,
    timezone: campaign.timezone,
    skipped: skips.map((skip) => ({ step: skip.step, reason: skip.reason })),
  };
  if (left === 'channel_closed') return { ...base, action: 'wait', reason: left };
  switch (decision.do) {
    case 'touch':
      return { ...base, channels: [decision.channel, ...decision.also] };
    case 'wait':
      return { ...base, reason: decision.reason, until: decision.until };
    case 'hold':
    case 'stop':
      return { ...base, reason: decision.reason };
    case 'complete':
      return base;
  }
}

function labelOf(reason: Reason): string {
  if (Object.hasOwn(SKIP_REASONS, reason)) return 'Skipped a step';
  if (Object.hasOwn(HOLD_REASONS, reason)) return 'Needs a person';
  return Object.hasOwn(STOP_REASONS, reason) ? 'Stopped' : 'Waiting';
}

/** Why not, counted: of what is put off, held, stopped, and of steps passed over. */
function reasonsOf(lines: readonly Line[]): Map<Reason, number> {
  const counts = new Map<Reason, number>();
  for (const { reason, skipped } of lines)
    for (const each of [...(reason ? [reason] : []), ...skipped.map((skip) => skip.reason)])
      counts.set(each, (counts.get(each) ?? 0) + 1);
  return counts;
}

async function printLines({ io }: Context, lines: readonly Line[]): Promise<void> {
  if (lines.length === 0) {
    io.note('Nothing is due, so nothing would be done. Next: hector status');
    return;
  }
  await printTable(
    io,
    [
      { header: 'Person', value: (line) => line.person },
      {
        header: 'Campaign',
        value: (line) => (line.mode === 'rehearsal' ? `${line.campaign} (rehearsal)` : line.campaign),
      },
      {
        header: 'Would',
        value: (line) => (line.action === 'touch' ? `send ${line.channels.join(' + ')}` : line.action),
      },
      { header: 'Step', value: (line) => line.step },
      { header: 'Because', value: because, wrap: true },
    ],
    lines,
  );
  const touches = lines.filter((line) => line.action === 'touch').length;
  for (const [reason, people] of reasonsOf(lines))
    io.note(`${labelOf(reason)}: ${people} (${SENTENCES[reason]})`);
  io.note(`${touches} would be contacted, ${lines.length - touches} not. Nothing was written or sent.`);
}

function because(line: Line): string {
  const until = line.until === null ? [] : [`until ${dateTimeIn(line.until, line.timezone)}`];
  const skipped = line.skipped.map((skip) => `${skip.step} skipped: ${SENTENCES[skip.reason]}`);
  return [...(line.reason ? [SENTENCES[line.reason]] : []), ...until, ...skipped].join('; ');
}
