import { LANES } from '../engine/limits/caps.ts';
import { campaignAsSender } from '../engine/limits/sender.ts';
import type { CampaignMode } from '../engine/model.ts';
import type { Policy } from '../engine/plan/decision.ts';
import type { CampaignEdit, CampaignEditor, EditEffect } from '../engine/ports/campaign-edits.ts';
import type { Owner } from '../engine/ports/ticks.ts';
import { shellWord } from '../engine/shell-word.ts';
import { failure, usageError } from '../errors.ts';
import { capsColumn, refuseTakenName, senderColumn, storeVersion } from './campaign-store.ts';
import { type Connection, write } from './connection.ts';
import { type EditPlan, planEdit } from './edit-plan.ts';
import { eventWriter } from './events.ts';
import { campaignById, sameName } from './find-campaign.ts';
import { openMessages } from './open-messages.ts';
import { dropLease, takeLease } from './tick/lease.ts';
import { forgetTexts, NEVER_LEFT } from './unsent-texts.ts';

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
    async preview(campaignId, edit, now) {
      refuseName(connection, edit.name, campaignId);
      const plan = planEdit(connection, campaignId, edit, policies, now);
      return { ...plan, ...messageCounts(connection, campaignId, edit, plan) };
    },
    async apply(campaignId, edit, now) {
      // A tick at work plans by the scenario and the window as they were.
      if (!takeLease(connection, owner))
        throw failure('a tick is at work; change the campaign when it is done', 'hector status');
      try {
        const before = planEdit(connection, campaignId, edit, policies, now);
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
function refuseName(connection: Connection, name: string, campaignId: number): void {
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

const sameCaps = (connection: Connection, id: number, edit: CampaignEdit): boolean =>
  connection.prepare<[number], string | null>('select caps from campaign where id = ?').pluck().get(id) ===
  capsColumn(edit);

/** What went out on this day before the change was allowed by other caps: `verify` judges it by none. */
function notJudged(connection: Connection, id: number, date: string): void {
  const none = connection.prepare<[string, string, string]>(
    `insert into sender_day (sender, lane, date, day_cap, week_cap) values (?, ?, ?, null, null)
     on conflict do update set day_cap = null`,
  );
  for (const lane of LANES) none.run(campaignAsSender(id), lane, date);
}

function storeSettings(connection: Connection, id: number, edit: CampaignEdit, now: number): void {
  const { name, objective, timezone, window, approval, voice, loaded } = edit;
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
      capsColumn(edit),
      senderColumn(edit),
      loaded && storeVersion(connection, loaded, now),
      id,
    );
}

const stepsThat = ({ steps }: Pick<EditEffect, 'steps'>, change: 'removed' | 'changed'): string[] =>
  steps.filter((each) => each.change === change).map(({ step }) => step.id);

/** A call that may have reached a provider is left to settle. */
const NOT_SENT = `${openMessages('message')} and (state in ('draft', 'awaiting_approval', 'awaiting_operator')
  or (state = 'ready' and idempotency_key is null))
  and campaign_id = :campaign and step in (select value from json_each(:steps))`;

/** What a step says: any other change of it changes dates only. */
const SAID = ['objective', 'prompt', 'length', 'cta', 'kind', 'channel', 'template', 'variants', 'text'];

/**
 * Written for what is said no more; or never seen, as it stands, by the person who is to approve it from now on. What a
 * person has written stays, unless it would go out in another name than theirs.
 */
const OUTDATED = `${openMessages('message')} and campaign_id = :campaign
  and (:resigned = 1 or (facts_key is not null and step in (select value from json_each(:said)))
    or (:asked = 1 and state = 'ready' and source <> 'operator' and not exists (select 1 from event
      where event.campaign_id = :campaign and event.type = 'approved' and event.enrolment_id = message.enrolment_id
        and event.message_id = message.id and event.at >= message.created_at)))`;

function outdated(
  connection: Connection,
  campaign: number,
  edit: CampaignEdit,
  { steps }: Pick<EditEffect, 'steps'>,
): { campaign: number; said: string; asked: number; resigned: number } {
  const { approval } = edit;
  const before = connection
    .prepare<[number], { approval: string; sender: string | null }>(
      'select approval, sender from campaign where id = ?',
    )
    .get(campaign);
  const said = steps.filter(({ what }) => what.some((each) => SAID.includes(each)));
  return {
    campaign,
    said: JSON.stringify(said.map(({ step }) => step.id)),
    asked: Number(approval !== 'off' && approval !== before?.approval),
    resigned: Number(senderColumn(edit) !== (before?.sender ?? null)),
  };
}

function messageCounts(
  connection: Connection,
  campaign: number,
  edit: CampaignEdit,
  effect: Pick<EditEffect, 'steps'>,
): Pick<EditEffect, 'cancelled' | 'writtenAnew' | 'keptTexts'> {
  const anew = outdated(connection, campaign, edit, effect);
  const count = (where: string, change: 'removed' | 'changed'): number =>
    connection
      .prepare<[Record<string, string | number>], number>(`select count(*) from message where ${where}`)
      .pluck()
      .get({ ...anew, steps: JSON.stringify(stepsThat(effect, change)) }) ?? 0;
  const isOutdated = `(${OUTDATED}) and ${NEVER_LEFT}`;
  return {
    cancelled: count(NOT_SENT, 'removed'),
    writtenAnew: count(`${isOutdated} and step not in (select value from json_each(:steps))`, 'removed'),
    keptTexts: count(`${NOT_SENT} and not (${isOutdated})`, 'changed'),
  };
}

function cancelMessages(connection: Connection, campaign: number, removed: readonly string[]): void {
  connection
    .prepare<[{ campaign: number; steps: string }]>(
      `update message set state = 'cancelled', error = 'the step was taken out of the scenario' where ${NOT_SENT}`,
    )
    .run({ campaign, steps: JSON.stringify(removed) });
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
