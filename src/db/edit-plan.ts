import type { CampaignMode, Channel } from '../engine/model.ts';
import type { Policy } from '../engine/plan/decision.ts';
import type { Campaign, Snapshot } from '../engine/plan/snapshot.ts';
import { type CampaignEdit, type EditEffect, withEdit } from '../engine/ports/campaign-edits.ts';
import { CAP_WAITS, type WaitReason } from '../engine/reasons.ts';
import {
  type ChangeRules,
  changeOf,
  type EnrolmentChange,
  type OpenEnrolment,
  summary,
  waitsForDate,
} from '../engine/scenario/campaign-change.ts';
import {
  ambiguousChannels,
  diffScenarios,
  otherDifferences,
  type StepChannel,
} from '../engine/scenario/change.ts';
import type { ScenarioVersion } from '../engine/scenario/scenario.ts';
import { failure } from '../errors.ts';
import type { Connection } from './connection.ts';
import { openMessages } from './open-messages.ts';
import { CAMPAIGN_COLUMNS, type CampaignRow, campaignOf } from './rows.ts';
import { snapshotsById, versionOf } from './tick/due.ts';

export interface EditPlan extends Omit<EditEffect, 'cancelled' | 'writtenAnew' | 'keptTexts'> {
  changes: EnrolmentChange[];
  /** As they were planned. */
  rows: OpenEnrolment[];
}

/** Snapshots read in one go. */
const CHUNK = 500;

/**
 * What an edit changes, person by person. Reads only. @param before a plan made a moment ago: who has not changed since
 * is not planned again, so that the write lock is held for a moment only
 */
export function planEdit(
  connection: Connection,
  campaignId: number,
  edit: CampaignEdit,
  policies: Record<CampaignMode, Policy>,
  now: number,
  before: EditPlan | null = null,
  progress: (done: number, total: number) => void = () => undefined,
): EditPlan {
  const { campaign, old, next } = versions(connection, campaignId, edit);
  const steps = edit.loaded ? diffScenarios(old, next) : [];
  if (edit.loaded) refuseAmbiguous(connection, campaign, old, next);
  const rows = openEnrolments(connection, campaignId);
  const after = withEdit(campaign, edit);
  const redated = edit.loaded !== null || !sameDates(campaign, after);
  const stays = (step: string): boolean => next.scenario.steps.some(({ id }) => id === step);
  const affected = rows.filter((row) => !stays(row.step) || (redated && waitsForDate(row)));
  const edited = { campaign: after, version: next };
  const known = unchanged(before, affected);
  const rules = { old, policy: policies[campaign.mode], now };
  const planned = [
    ...(before?.changes.filter(({ id }) => known.has(id)) ?? []),
    ...changesOf(
      connection,
      affected.filter(({ id }) => !known.has(id)),
      edited,
      rules,
      progress,
    ),
  ];
  const moved = new Set(planned.map(({ id }) => id));
  const woken = cappedPeople(connection, campaign, after, now).filter(({ id }) => !moved.has(id));
  const changes = [...planned, ...woken];
  return {
    ...summary(rows, changes),
    steps: withPeople(steps, rows),
    other: edit.loaded ? otherDifferences(old, next) : [],
    changes,
    rows,
  };
}

/** Whom a cap has put off that is another one now: looked at with the next tick, in the order in which they wait. */
function cappedPeople(
  connection: Connection,
  campaign: Campaign,
  after: Campaign,
  now: number,
): EnrolmentChange[] {
  const sameSender = JSON.stringify(after.sender) === JSON.stringify(campaign.sender);
  const sameCaps = JSON.stringify(after.caps) === JSON.stringify(campaign.caps);
  const waits: readonly WaitReason[] = sameSender ? (sameCaps ? [] : ['campaign_cap']) : CAP_WAITS;
  if (waits.length === 0) return [];
  const people = connection
    .prepare<
      [number, number, string],
      { id: number; step: string; anchorAt: number; stepAt: number; hold: string }
    >(
      `select id, step, anchor_at as anchorAt, step_at as stepAt, hold from enrolment
       where campaign_id = ? and status = 'active' and next_at > ? and hold in (select value from json_each(?))
       order by next_at, id`,
    )
    .all(campaign.id, now, JSON.stringify(waits));
  return people.map(({ id, ...stands }, place) => ({
    id,
    to: { ...stands, nextAt: now - people.length + place },
  }));
}

/** Enrolments that stand as they stood when they were planned. */
function unchanged(before: EditPlan | null, rows: readonly OpenEnrolment[]): Set<number> {
  const planned = new Map(before?.rows.map((row) => [row.id, row]));
  return new Set(
    rows
      .filter((row) => JSON.stringify(row) === JSON.stringify(planned.get(row.id) ?? null))
      .map(({ id }) => id),
  );
}

function versions(
  connection: Connection,
  campaignId: number,
  { loaded }: CampaignEdit,
): { campaign: Campaign; old: ScenarioVersion; next: ScenarioVersion } {
  const row = connection
    .prepare<[number], CampaignRow>(`select ${CAMPAIGN_COLUMNS} from campaign where id = ?`)
    .get(campaignId);
  if (!row) throw new Error(`no campaign ${campaignId}`);
  const old = versionOf(connection, row.scenario_version_id);
  return { campaign: campaignOf(row), old, next: loaded ? { ...old, ...loaded } : old };
}

const sameDates = (campaign: Campaign, { timezone, window }: Campaign): boolean =>
  campaign.timezone === timezone && JSON.stringify(campaign.window) === JSON.stringify(window);

const openEnrolments = (connection: Connection, campaignId: number): OpenEnrolment[] =>
  connection
    .prepare<[number], OpenEnrolment>(
      `select id, status, step, next_at as nextAt, hold from enrolment
       where campaign_id = ? and status in ('active', 'paused') order by id`,
    )
    .all(campaignId);

function changesOf(
  connection: Connection,
  rows: readonly OpenEnrolment[],
  edited: Pick<Snapshot, 'campaign' | 'version'>,
  rules: ChangeRules,
  progress: (done: number, total: number) => void,
): EnrolmentChange[] {
  const byId = new Map(rows.map((row) => [row.id, row]));
  const ids = [...byId.keys()];
  const changes: EnrolmentChange[] = [];
  for (let from = 0; from < ids.length; from += CHUNK) {
    for (const snapshot of snapshotsById(connection, ids.slice(from, from + CHUNK), rules.now)) {
      const row = byId.get(snapshot.enrolment.id);
      const change = row && changeOf(row, { ...snapshot, ...edited }, rules);
      if (change) changes.push(change);
    }
    progress(Math.min(from + CHUNK, ids.length), ids.length);
  }
  return changes;
}

const withPeople = (
  steps: ReturnType<typeof diffScenarios>,
  rows: readonly OpenEnrolment[],
): EditPlan['steps'] =>
  steps.map((each) => ({ ...each, people: rows.filter((row) => row.step === each.step.id).length }));

/** What has gone out, or may: the states of `skipped` and `cancelled` ones reached nobody. */
function refuseAmbiguous(
  connection: Connection,
  campaign: Campaign,
  old: ScenarioVersion,
  next: ScenarioVersion,
): void {
  const used = connection
    .prepare<[number, number], { step: string; channel: Channel }>(
      `select distinct step, channel from message where state = 'sent' and campaign_id = ?
       union select step, channel from message where ${openMessages('message')} and campaign_id = ?`,
    )
    .all(campaign.id, campaign.id);
  const [first] = ambiguousChannels(old.scenario, next.scenario, used satisfies StepChannel[]);
  if (first)
    throw failure(
      `step "${first.step}" was sent by ${first.channel}, which may not become a channel beside it ("also"): people would get the step again; give it another id`,
      'hector campaign edit --help',
    );
}
