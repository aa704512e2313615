import type { CampaignMode } from '../engine/model.ts';
import type { Policy } from '../engine/plan/decision.ts';
import type { CampaignEdit, CampaignEditor, EditEffect } from '../engine/ports/campaign-edits.ts';
import type { Owner } from '../engine/ports/ticks.ts';
import { failure } from '../errors.ts';
import { refuseTakenName, storeVersion } from './campaign-store.ts';
import { type Connection, write } from './connection.ts';
import { type EditPlan, planEdit } from './edit-plan.ts';
import { eventWriter } from './events.ts';
import { openMessages } from './open-messages.ts';
import { dropLease, takeLease } from './tick/lease.ts';

/** @param policies by which the dates of people are planned again */
export function createCampaignEditor(
  connection: Connection,
  policies: Record<CampaignMode, Policy>,
  owner: Owner,
): CampaignEditor {
  return {
    async preview(campaignId, edit, now) {
      refuseTakenName(connection, edit.name, campaignId);
      const plan = planEdit(connection, campaignId, edit, policies, now);
      return { ...plan, ...messageCounts(connection, campaignId, plan) };
    },
    async apply(campaignId, edit, now) {
      // A tick at work plans by the scenario and the window as they were.
      if (!takeLease(connection, owner))
        throw failure('a tick is at work; change the campaign when it is done', 'hector status');
      try {
        const before = planEdit(connection, campaignId, edit, policies, now);
        return write(connection, () => applyEdit(connection, { campaignId, edit, policies, now, before }));
      } finally {
        dropLease(connection, owner);
      }
    },
  };
}

interface Applied {
  campaignId: number;
  edit: CampaignEdit;
  policies: Record<CampaignMode, Policy>;
  now: number;
  before: EditPlan;
}

function applyEdit(connection: Connection, applied: Applied): EditEffect {
  const { campaignId, edit, policies, now, before } = applied;
  refuseTakenName(connection, edit.name, campaignId);
  const plan = planEdit(connection, campaignId, edit, policies, now, before);
  const effect = { ...plan, ...messageCounts(connection, campaignId, plan) };
  storeSettings(connection, campaignId, edit, now);
  cancelMessages(connection, campaignId, stepsThat(plan, 'removed'));
  moveEnrolments(connection, campaignId, plan, now);
  return effect;
}

function storeSettings(connection: Connection, id: number, edit: CampaignEdit, now: number): void {
  const { name, objective, timezone, window, loaded } = edit;
  connection
    .prepare<(string | number | null)[]>(
      `update campaign set name = ?, objective = ?, timezone = ?, days = ?, hours_from = ?, hours_to = ?, days_off = ?,
         scenario_version_id = coalesce(?, scenario_version_id) where id = ?`,
    )
    .run(
      name,
      objective,
      timezone,
      JSON.stringify(window.days),
      window.from,
      window.to,
      JSON.stringify(window.daysOff),
      loaded && storeVersion(connection, loaded, now),
      id,
    );
}

const stepsThat = ({ steps }: Pick<EditEffect, 'steps'>, change: 'removed' | 'changed'): string[] =>
  steps.filter((each) => each.change === change).map(({ step }) => step.id);

/** A call that may have reached a provider is left to settle. */
const NOT_SENT = `${openMessages('message')} and (state in ('draft', 'awaiting_approval', 'awaiting_operator')
  or (state = 'ready' and idempotency_key is null))
  and campaign_id = ? and step in (select value from json_each(?))`;

function messageCounts(
  connection: Connection,
  campaignId: number,
  effect: Pick<EditEffect, 'steps'>,
): Pick<EditEffect, 'cancelled' | 'keptTexts'> {
  const notSent = connection
    .prepare<[number, string], number>(`select count(*) from message where ${NOT_SENT}`)
    .pluck();
  const count = (change: 'removed' | 'changed'): number =>
    notSent.get(campaignId, JSON.stringify(stepsThat(effect, change))) ?? 0;
  return { cancelled: count('removed'), keptTexts: count('changed') };
}

function cancelMessages(connection: Connection, campaignId: number, removed: readonly string[]): void {
  connection
    .prepare<[number, string]>(
      `update message set state = 'cancelled', error = 'the step was taken out of the scenario' where ${NOT_SENT}`,
    )
    .run(campaignId, JSON.stringify(removed));
}

function moveEnrolments(
  connection: Connection,
  campaignId: number,
  { changes }: EditPlan,
  now: number,
): void {
  const move = connection.prepare<[string, number, number, number, string | null, number]>(
    'update enrolment set step = ?, anchor_at = ?, step_at = ?, next_at = ?, hold = ?, reason = null where id = ?',
  );
  const end = connection.prepare<[number, number], { prospect_id: number }>(
    `update enrolment set status = 'completed', reason = null, step = null, next_at = null, hold = null, ended_at = ?
     where id = ? returning prospect_id`,
  );
  const event = eventWriter(connection);
  for (const { id, to } of changes) {
    if (to) {
      move.run(to.step, to.anchorAt, to.stepAt, to.nextAt, to.hold, id);
      continue;
    }
    const row = end.get(now, id);
    if (row) event({ type: 'completed', at: now, prospectId: row.prospect_id, campaignId, enrolmentId: id });
  }
}
