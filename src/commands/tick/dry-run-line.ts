import { prospectName } from '../../engine/model.ts';
import type { Planned } from '../../engine/plan/decision.ts';
import { HOLD_REASONS, SKIP_REASONS, STOP_REASONS, WAIT_REASONS } from '../../engine/reasons.ts';
import { dateTimeIn } from '../../io/time.ts';

export interface Line {
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
export const SENTENCES = { ...WAIT_REASONS, ...HOLD_REASONS, ...STOP_REASONS, ...SKIP_REASONS };
export type Reason = keyof typeof SENTENCES;

export function lineOf({ snapshot, plan: { skips, step, decision }, left }: Planned): Line {
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

export function labelOf(reason: Reason): string {
  if (Object.hasOwn(SKIP_REASONS, reason)) return 'Skipped a step';
  if (Object.hasOwn(HOLD_REASONS, reason)) return 'Needs a person';
  return Object.hasOwn(STOP_REASONS, reason) ? 'Stopped' : 'Waiting';
}

/** Why not, counted: of what is put off, held, stopped, and of steps passed over. */
export function reasonsOf(lines: readonly Line[]): Map<Reason, number> {
  const counts = new Map<Reason, number>();
  for (const { reason, skipped } of lines)
    for (const each of [...(reason ? [reason] : []), ...skipped.map((skip) => skip.reason)])
      counts.set(each, (counts.get(each) ?? 0) + 1);
  return counts;
}

export function because(line: Line): string {
  const until = line.until === null ? [] : [`until ${dateTimeIn(line.until, line.timezone)}`];
  const skipped = line.skipped.map((skip) => `${skip.step} skipped: ${SENTENCES[skip.reason]}`);
  return [...(line.reason ? [SENTENCES[line.reason]] : []), ...until, ...skipped].join('; ');
}
