import type { Policy } from '../plan/decision.ts';
import type { Snapshot } from '../plan/snapshot.ts';
import type { EditEffect } from '../ports/campaign-edits.ts';
import { RESCHEDULED, reschedule } from '../tick/reschedule.ts';
import { relocate, touchedSteps } from './change.ts';
import type { ScenarioVersion } from './scenario.ts';

/** An enrolment that has not ended, as far as a change of its campaign needs it. Instants are UTC ms. */
export interface OpenEnrolment {
  id: number;
  status: 'active' | 'paused';
  step: string;
  nextAt: number | null;
  hold: string | null;
}

/** Where one enrolment goes; `to` null: the scenario ends for it. */
export interface EnrolmentChange {
  id: number;
  to: { step: string; anchorAt: number; stepAt: number; nextAt: number; hold: string | null } | null;
}

/** Whether its date may change with the scenario or the window. */
export const waitsForDate = ({ status, nextAt, hold }: OpenEnrolment): boolean =>
  status === 'active' && nextAt !== null && (hold === null || RESCHEDULED.includes(hold));

export interface ChangeRules {
  /** The version that the campaign had. */
  old: ScenarioVersion;
  policy: Policy;
  now: number;
}

/** @param snapshot of the campaign as it is to be; its enrolment still stands where it stood */
export function changeOf(
  row: OpenEnrolment,
  snapshot: Snapshot,
  { old, policy, now }: ChangeRules,
): EnrolmentChange | null {
  const { enrolment, touches } = snapshot;
  const { scenario } = snapshot.version;
  const step = relocate(old.scenario, scenario, row.step, touchedSteps(scenario, touches));
  if (step === null) return { id: row.id, to: null };
  const moved = step !== row.step;
  const stands = moved
    ? { step, anchorAt: inFlight(snapshot) ? now : enrolment.anchorAt, stepAt: now }
    : { step, anchorAt: enrolment.anchorAt, stepAt: enrolment.stepAt };
  if (row.status === 'paused')
    return { id: row.id, to: { ...stands, nextAt: row.nextAt ?? now, hold: null } };
  const date = reschedule({ ...snapshot, enrolment: { ...enrolment, ...stands, hold: null } }, policy, now);
  const overdue = row.nextAt !== null && row.nextAt <= now && date.nextAt <= now;
  if (!moved && (overdue || (row.nextAt === date.nextAt && row.hold === date.hold))) return null;
  return { id: row.id, to: { ...stands, ...date } };
}

/** A touch of the step that was taken out may yet arrive: the next wait counts from now at the earliest. */
const inFlight = ({ enrolment, touches }: Snapshot): boolean =>
  touches.some(
    ({ step, state, idempotencyKey }) =>
      step === enrolment.step &&
      (state === 'sending' || state === 'uncertain' || (state === 'ready' && idempotencyKey !== null)),
  );

/** Counts for a person to judge by. */
export function summary(
  rows: readonly OpenEnrolment[],
  changes: readonly EnrolmentChange[],
): Pick<EditEffect, 'moved' | 'rescheduled' | 'nextAt'> {
  const byId = new Map(changes.map((change) => [change.id, change.to]));
  const moved = new Map<string, EditEffect['moved'][number]>();
  let rescheduled = 0;
  let nextAt: number | null = null;
  for (const row of rows) {
    const to = byId.get(row.id);
    if (to !== undefined && to?.step !== row.step) {
      const key = JSON.stringify([row.step, to?.step]);
      const group = moved.get(key) ?? { from: row.step, to: to?.step ?? null, people: 0 };
      group.people += 1;
      moved.set(key, group);
    } else if (to && to.nextAt !== row.nextAt) rescheduled += 1;
    const date = to === undefined ? row.nextAt : (to?.nextAt ?? null);
    if (row.status === 'active' && date !== null) nextAt = Math.min(nextAt ?? date, date);
  }
  return { moved: [...moved.values()], rescheduled, nextAt };
}
