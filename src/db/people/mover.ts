import type { Start } from '../../engine/enrol.ts';
import type { Prospect } from '../../engine/model.ts';
import type { Campaign } from '../../engine/plan/snapshot.ts';
import type { EnrolmentView } from '../../engine/ports/people.ts';
import type { Move, Mover, PeopleProblem, PersonOutcome } from '../../engine/ports/people-changes.ts';
import type { Scenario, Step } from '../../engine/scenario/scenario.ts';
import { shellWord } from '../../engine/shell-word.ts';
import { didYouMean } from '../../engine/suggest.ts';
import { failure, usageError } from '../../errors.ts';
import { type Connection, write } from '../connection.ts';
import { enrolmentViews } from '../enrolment-views.ts';
import { eventWriter } from '../events.ts';
import { findCampaign } from '../find-campaign.ts';
import { leftOut } from '../left-out.ts';
import { prospectsById } from '../prospect-rows.ts';
import { stopSomeEnrolments } from '../stop.ts';
import { versionOf } from '../tick/due.ts';
import { type Had, hadOf } from './had.ts';
import { namesOf } from './names.ts';

/** engine/enrol.ts startAt with the calendar and country already given. */
export type StepStart = (
  campaign: Campaign,
  step: Step,
  prospect: Prospect,
  at: { now: number; anchorAt: number },
) => Start;

export function createMover(connection: Connection, start: StepStart): Mover {
  return {
    async check(move) {
      const { from, to } = settle(connection, move);
      return { ...move, from: from?.name ?? null, to: to.name };
    },
    async move(ids, move, now) {
      const target = settle(connection, move);
      return write(connection, () => moveAll(connection, { ...target, ids, start, now }));
    },
  };
}

interface Target {
  from: Campaign | null;
  to: Campaign;
  scenario: Scenario;
  /** Its place in the scenario; null: not said. */
  step: number | null;
}

/** @throws UserError for names that are not there, a campaign that has ended, and one of the other mode */
function settle(connection: Connection, { from, to, step }: Move): Target {
  const target = findCampaign(connection, to);
  const source = from === null ? null : findCampaign(connection, from);
  const show = `hector campaign show ${shellWord(target.name)}`;
  if (target.status === 'completed')
    throw failure(`campaign "${target.name}" has ended: it takes nobody in`, 'hector campaign list');
  if (source && source.id === target.id)
    throw usageError(`--from and --to are both "${target.name}"`, 'hector campaign list');
  if (source && source.mode !== target.mode) throw otherMode(source, target);
  const { scenario } = versionOf(connection, target.scenarioVersionId);
  const index = scenario.steps.findIndex(({ id }) => id === step);
  const known = scenario.steps.map(({ id }) => id);
  if (step !== null && index < 0)
    throw usageError(
      `campaign "${target.name}" has no step "${step}"${didYouMean(step, known) || ` (${known.join(', ')})`}`,
      show,
    );
  return { from: source, to: target, scenario, step: step === null ? null : index };
}

/** What was rehearsed was no contact: its history must not stand for one, nor a contact be forgotten. */
const otherMode = (source: Campaign, target: Campaign) =>
  failure(
    `"${source.name}" is ${modeText(source)} and "${target.name}" ${modeText(target)}: nobody moves from one to the other`,
    `hector campaign create NAME --scenario SLUG --from ${shellWord(`campaign:${source.name}`)}`,
  );

const modeText = ({ mode }: Campaign): string => (mode === 'live' ? 'live' : 'a rehearsal');

interface Job extends Target {
  ids: readonly number[];
  start: StepStart;
  now: number;
}

/** Where a person goes, or why not. */
type Verdict = { problem: PeopleProblem } | { leaves: EnrolmentView; prospect: Prospect; start: Start };

/** To be called inside write(). */
function moveAll(connection: Connection, job: Job): PersonOutcome[] {
  const views = enrolmentViews(connection, job.ids, null);
  const leaving = new Map(job.ids.map((id) => [id, leavingOf(views.get(id) ?? [], job)]));
  const verdicts = judge(connection, job, leaving);
  const moved = [...verdicts.values()].filter((verdict) => 'leaves' in verdict);
  leave(
    connection,
    moved.map(({ leaves }) => leaves.id),
    job.now,
  );
  for (const verdict of moved) enrol(connection, job, verdict);
  const names = namesOf(connection, job.ids);
  const after = enrolmentViews(connection, job.ids, job.to.id);
  return job.ids.map((id) => {
    const verdict = verdicts.get(id) ?? { problem: 'nobody' as const };
    const name = names.get(id);
    if (name === undefined) return { id, name: '', problem: 'nobody', enrolments: [] };
    return 'problem' in verdict
      ? { id, name, problem: verdict.problem, enrolments: views.get(id) ?? [] }
      : { id, name, problem: null, enrolments: after.get(id) ?? [] };
  });
}

/** The one enrolment that is open where they shall leave; of a rehearsal only for a rehearsal. */
function leavingOf(views: readonly EnrolmentView[], { from, to }: Job): EnrolmentView | PeopleProblem {
  const open = views.filter(
    ({ status, mode, campaign }) =>
      (status === 'active' || status === 'paused') &&
      mode === to.mode &&
      (from === null ? campaign !== to.name : campaign === from.name),
  );
  const [first, ...others] = open;
  if (first && others.length === 0) return first;
  return first ? 'several_campaigns' : 'not_open';
}

/**
 * By the rules of any enrolment, asked as if the one that they leave had ended: it is ended to ask, and taken back.
 */
function judge(
  connection: Connection,
  job: Job,
  leaving: ReadonlyMap<number, EnrolmentView | PeopleProblem>,
): Map<number, Verdict> {
  const prospects = prospectsById(connection, job.ids);
  const had = hadOf(connection, job.scenario, job.to.mode, job.ids);
  const open = [...leaving.values()].filter((each) => typeof each !== 'string');
  connection.exec('savepoint ask');
  leave(
    connection,
    open.map(({ id }) => id),
    job.now,
  );
  const { to: campaign, scenario, now } = job;
  const reasonFor = leftOut(connection, { campaign, scenario, prospects, answered: false, now });
  const reasons = new Map(prospects.map((prospect) => [prospect.id, reasonFor(prospect)]));
  connection.exec('rollback to ask; release ask');
  const slugs = new Map<string, string>();
  const slugOf = (name: string): string => {
    const slug = slugs.get(name) ?? slugOfCampaign(connection, name);
    slugs.set(name, slug);
    return slug;
  };
  const known = { leaving, reasons, had, slugOf };
  return new Map(prospects.map((prospect) => [prospect.id, verdictOn(prospect, job, known)]));
}

const slugOfCampaign = (connection: Connection, name: string): string =>
  versionOf(connection, findCampaign(connection, name).scenarioVersionId).scenario.slug;

/** What was looked up for all of them. */
interface Known {
  leaving: ReadonlyMap<number, EnrolmentView | PeopleProblem>;
  reasons: ReadonlyMap<number, PeopleProblem | null>;
  had: ReadonlyMap<number, Had>;
  /** Of the scenario that a campaign follows. */
  slugOf(campaign: string): string;
}

function verdictOn(prospect: Prospect, job: Job, { leaving, reasons, had, slugOf }: Known): Verdict {
  const leaves = leaving.get(prospect.id) ?? 'not_open';
  const reason = reasons.get(prospect.id);
  if (typeof leaves === 'string') return { problem: reason === 'already_enrolled' ? reason : leaves };
  if (reason) return { problem: reason };
  const before = had.get(prospect.id);
  const { to, scenario, now } = job;
  if (job.step !== null && before && job.step <= before.index) return { problem: 'step_touched' };
  const place = job.step ?? placeIn(scenario, leaves, before, slugOf);
  if (place === null) return { problem: 'step_unknown' };
  const step = scenario.steps[place];
  if (!step) return { problem: 'all_touched' };
  // Of the same scenario the wait counts from what they had last, as it did where they come from.
  const goesOn = before !== undefined && job.step === null && to.startAt <= now;
  const anchorAt = goesOn ? before.at : Math.max(now, to.startAt);
  return { leaves, prospect, start: job.start(to, step, prospect, { now, anchorAt }) };
}

/**
 * Within a scenario they go on where they are, whatever was passed over before; else behind what they have had of it.
 * Null: they are at, or have had, a step that it does not have under that name, so that nobody knows what comes next.
 */
function placeIn(
  scenario: Scenario,
  { campaign, step }: EnrolmentView,
  had: Had | undefined,
  slugOf: (campaign: string) => string,
): number | null {
  const behind = had === undefined ? 0 : had.index + 1;
  if (slugOf(campaign) !== scenario.slug) return had?.renamed ? null : behind;
  const here = scenario.steps.findIndex(({ id }) => id === step);
  return here < 0 ? null : Math.max(here, behind);
}

const leave = (connection: Connection, enrolmentIds: readonly number[], now: number) =>
  stopSomeEnrolments(connection, { enrolmentIds, status: 'stopped', reason: 'moved', now });

/** Whoever was paused stays so. */
function enrol(
  connection: Connection,
  { to, now }: Job,
  { leaves, prospect, start }: Extract<Verdict, { leaves: EnrolmentView }>,
): void {
  const { lastInsertRowid } = connection
    .prepare<(string | number)[]>(
      `insert into enrolment (campaign_id, prospect_id, status, step, next_at, hold, anchor_at, step_at, created_at)
       values (?, ?, ?, ?, ?, 'not_yet_due', ?, ?, ?)`,
    )
    .run(to.id, prospect.id, leaves.status, start.step, start.nextAt, start.anchorAt, now, now);
  eventWriter(connection)({
    type: 'enrolled',
    at: now,
    prospectId: prospect.id,
    campaignId: to.id,
    enrolmentId: Number(lastInsertRowid),
    data: { reason: `from ${leaves.campaign}` },
  });
}
