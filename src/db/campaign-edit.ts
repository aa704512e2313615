import { LANES } from '../engine/limits/caps.ts';
import { campaignAsSender } from '../engine/limits/sender.ts';
import type { CampaignMode } from '../engine/model.ts';
import type { Policy } from '../engine/plan/decision.ts';
import {
  type CampaignEdit,
  type CampaignEditor,
  type EditableSettings,
  type EditEffect,
  withEdit,
} from '../engine/ports/campaign-edits.ts';
import type { Owner } from '../engine/ports/ticks.ts';
import { shellWord } from '../engine/shell-word.ts';
import { failure, usageError } from '../errors.ts';
import { capsColumn, refuseTakenName, senderColumn, storeVersion } from './campaign-store.ts';
import { type Connection, write } from './connection.ts';
import { cancelMessages, messageCounts, OUTDATED, outdated, stepsThat } from './edit-messages.ts';
import { type EditPlan, planEdit } from './edit-plan.ts';
import { eventWriter } from './events.ts';
import { campaignById, sameName } from './find-campaign.ts';
import { dropLease, takeLease } from './tick/lease.ts';
import { forgetTexts } from './unsent-texts.ts';

/**
 * @param policies by which the dates of people are planned again
 * @param zone whose midnight ends a day of the caps
 */
export function createCampaignEditor(
  connection: Connection,
  policies: Record<CampaignMode, Policy>,
  owner: Owner,
  zone: string,
): CampaignEditor {
  return {
    async preview(campaignId, edit, now, progress) {
      refuseName(connection, edit.name, campaignId);
      const plan = planEdit(connection, campaignId, edit, policies, now, null, progress);
      return { ...plan, ...messageCounts(connection, campaignId, edit, plan) };
    },
    async apply(campaignId, edit, now, progress) {
      // A tick at work plans by the scenario and the window as they were.
      if (!takeLease(connection, owner))
        throw failure('a tick is at work; change the campaign when it is done', 'hector status');
      try {
        const before = planEdit(connection, campaignId, edit, policies, now, null, progress);
        const date = policies.live.calendar.dateOf(now, zone);
        const applied = { campaignId, edit, policies, now, before, date };
        return write(connection, () => applyEdit(connection, applied));
      } finally {
        dropLease(connection, owner);
      }
    },
  };
}

/** That of a draft is taken, too. */
function refuseName(connection: Connection, name: string | undefined, campaignId: number): void {
  if (name === undefined) return;
  refuseTakenName(connection, name, campaignId);
  if (sameName(campaignById(connection, campaignId).name, name)) return;
  const draft = connection
    .prepare<[], string>('select name from campaign_draft')
    .pluck()
    .all()
    .find((other) => sameName(other, name));
  if (draft !== undefined)
    throw usageError(`a draft "${draft}" exists already`, `hector campaign delete ${shellWord(draft)}`);
}

interface Applied {
  campaignId: number;
  edit: CampaignEdit;
  policies: Record<CampaignMode, Policy>;
  now: number;
  before: EditPlan;
  /** In the time zone of the workspace. */
  date: string;
}

function applyEdit(connection: Connection, applied: Applied): EditEffect {
  const { campaignId, edit, policies, now, before, date } = applied;
  refuseName(connection, edit.name, campaignId);
  const plan = planEdit(connection, campaignId, edit, policies, now, before);
  const effect = { ...plan, ...messageCounts(connection, campaignId, edit, plan) };
  const anew = outdated(connection, campaignId, edit, plan);
  if (!sameCaps(connection, campaignId, edit)) notJudged(connection, campaignId, date);
  storeSettings(connection, campaignId, edit, now);
  // Before any text is taken back: what stood at a step that is gone is kept, as cancelled.
  cancelMessages(connection, campaignId, stepsThat(plan, 'removed'));
  forgetTexts(connection, OUTDATED, anew, now);
  moveEnrolments(connection, campaignId, plan, now);
  return effect;
}

const edited = (connection: Connection, id: number, edit: CampaignEdit): EditableSettings =>
  withEdit(campaignById(connection, id), edit);

const sameCaps = (connection: Connection, id: number, edit: CampaignEdit): boolean =>
  connection.prepare<[number], string | null>('select caps from campaign where id = ?').pluck().get(id) ===
  capsColumn(edited(connection, id, edit));

/** What went out on this day before the change was allowed by other caps: `verify` judges it by none. */
function notJudged(connection: Connection, id: number, date: string): void {
  const none = connection.prepare<[string, string, string]>(
    `insert into sender_day (sender, lane, date, day_cap, week_cap) values (?, ?, ?, null, null)
     on conflict do update set day_cap = null`,
  );
  for (const lane of LANES) none.run(campaignAsSender(id), lane, date);
}

function storeSettings(connection: Connection, id: number, edit: CampaignEdit, now: number): void {
  const { loaded } = edit;
  const settings = edited(connection, id, edit);
  const { name, objective, timezone, window, approval, voice } = settings;
  connection
    .prepare<(string | number | null)[]>(
      `update campaign set name = ?, objective = ?, timezone = ?, days = ?, hours_from = ?, hours_to = ?, days_off = ?,
         approval = ?, voice = ?, caps = ?, sender = ?,
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
      approval,
      voice,
      capsColumn(settings),
      senderColumn(settings),
      loaded && storeVersion(connection, loaded, now),
      id,
    );
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
