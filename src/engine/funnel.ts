import type { FunnelCounts } from './ports/report.ts';

/** The lines of a funnel, in order. Completed and stopped are ends, not steps on the way to a meeting. */
export const FUNNEL_STAGES = [
  'enrolled',
  'contacted',
  'accepted',
  'delivered',
  'replied',
  'meeting',
  'completed',
  'stopped',
] as const;
type FunnelStage = (typeof FUNNEL_STAGES)[number];

export interface FunnelRow {
  stage: FunnelStage;
  /** People, each once, whatever the number of touches. */
  count: number;
  /** Of the enrolled, 0 to 1; null when nobody is enrolled. */
  rate: number | null;
  /** People fewer than in the line above; negative where there are more. Null where there is no line above. */
  drop: number | null;
  /** `drop` as a share of the line above; null when that line is empty. */
  dropRate: number | null;
}

/** Not a part of the line above: what was delivered is no step after acceptance, and the ends are ends. */
const BESIDE: ReadonlySet<FunnelStage> = new Set(['delivered', 'completed', 'stopped']);

export function funnel(counts: FunnelCounts): FunnelRow[] {
  return FUNNEL_STAGES.map((stage, index) => {
    const count = counts[stage];
    const above = index === 0 || BESIDE.has(stage) ? null : counts[FUNNEL_STAGES[index - 1] ?? stage];
    const drop = above === null ? null : above - count;
    return {
      stage,
      count,
      rate: share(count, counts.enrolled),
      drop,
      dropRate: drop === null || above === null ? null : share(drop, above),
    };
  });
}

export const NO_COUNTS: FunnelCounts = {
  enrolled: 0,
  contacted: 0,
  accepted: 0,
  delivered: 0,
  replied: 0,
  meeting: 0,
  completed: 0,
  stopped: 0,
};

/** Several campaigns together: a person in two of them counts twice, once for each enrolment. */
export function sumOf(all: Iterable<FunnelCounts>): FunnelCounts {
  const sum = { ...NO_COUNTS };
  for (const counts of all) for (const stage of FUNNEL_STAGES) sum[stage] += counts[stage];
  return sum;
}

/** Null rather than a rate of nothing. */
export const share = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);
