import type { Calendar } from '../dates/calendar.ts';
import type { Findings, Judges, VerifyStore } from '../ports/verify.ts';
import { createCapJudge } from './caps.ts';
import { CHECKS, type Check } from './checks.ts';
import { createHoursJudge } from './hours.ts';
import { createSequenceJudge } from './sequence.ts';

export interface CheckResult extends Findings {
  check: Check;
}

export interface Verdict {
  clean: boolean;
  /** In the order of CHECKS; only the first where the file is damaged. */
  checks: CheckResult[];
}

export interface VerifyInput {
  store: VerifyStore;
  calendar: Calendar;
  /** The workspace's: senders' days are counted in it. */
  timezone: string;
  /** Rows kept of each check. */
  limit: number;
  /** Told before each part of the work, for whoever watches. */
  progress?: (done: number, total: number) => void;
}

/** Holds the ledger against the promises. Reads only, one state of the database from first to last. */
export async function verifyLedger({
  store,
  calendar,
  timezone,
  limit,
  progress,
}: VerifyInput): Promise<Verdict> {
  const judges: Judges = {
    hours: createHoursJudge(calendar),
    sequence: createSequenceJudge(calendar, timezone),
    ...createCapJudge(calendar, timezone),
  };
  const found = await store.examine(judges, limit, progress);
  const checks = CHECK_NAMES.flatMap((check) => {
    const findings = found[check];
    return findings ? [{ check, ...findings }] : [];
  });
  return { clean: checks.every(({ breaches }) => breaches === 0), checks };
}

const CHECK_NAMES = Object.keys(CHECKS).filter(isCheck);

function isCheck(name: string): name is Check {
  return name in CHECKS;
}
