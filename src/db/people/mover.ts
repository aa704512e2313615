import type { Start } from '../../engine/enrol.ts';
import type { Prospect } from '../../engine/model.ts';
import { type Destination, leavingOf, type Verdict, verdictOn } from '../../engine/move.ts';
import type { Campaign } from '../../engine/plan/snapshot.ts';
import type { EnrolmentView } from '../../engine/ports/people.ts';
import type { Move, Mover, PeopleProblem, PersonOutcome } from '../../engine/ports/people-changes.ts';
import type { Step } from '../../engine/scenario/scenario.ts';
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
import { hadOf } from './had.ts';
import { inHands } from './in-hands.ts';
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

/** @throws UserError for names that are not there, a campaign that has ended, and one of the other mode */
function settle(connection: Connection, { from, to, step }: Move): Destination {
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

interface Job extends Destination {
  ids: readonly number[];
  start: StepStart;
  now: number;
}

type Moved = Extract<Verdict, { leaves: EnrolmentView }> & { prospect: Prospect };

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

/**
 * By the rules of any enrolment, asked as if the one that they leave had ended: it is ended to ask, and taken back.
 */
function judge(
  connection: Connection,
  job: Job,
  leaving: ReadonlyMap<number, EnrolmentView | PeopleProblem>,
): Map<number, Verdict & { prospect: Prospect }> {
  const prospects = prospectsById(connection, job.ids);
  const waiting = inHands(connection, job.ids);
  const had = hadOf(connection, job.scenario, job.to.mode, job.ids);
  const open = [...leaving.values()].filter((each) => typeof each !== 'string');
  connection.exec('savepoint ask');
  leave(
    connection,
    open.map(({ id }) => id),
    job.now,
  );
  const { to: campaign, scenario, now } = job;
  // What they have had of it says where they begin, not whether.
  const too = { answered: false, again: true };
  const reasonFor = leftOut(connection, { campaign, scenario, prospects, too, now });
  const reasons = new Map(prospects.map((prospect) => [prospect.id, reasonFor(prospect)]));
  connection.exec('rollback to ask; release ask');
  const slugOf = slugs(connection);
  const verdict = ({ id }: Prospect): Verdict => {
    const leaves = leaving.get(id) ?? 'not_open';
    const [inside, slug] =
      typeof leaves === 'string' ? [false, null] : [waiting.has(leaves.id), slugOf(leaves.campaign)];
    const leaver = { leaves, slug, inHands: inside, reason: reasons.get(id) ?? null, had: had.get(id) };
    return verdictOn(leaver, job, now);
  };
  return new Map(prospects.map((prospect) => [prospect.id, { ...verdict(prospect), prospect }]));
}

/** Of the scenario that a campaign follows; looked up once. */
function slugs(connection: Connection): (campaign: string) => string {
  const known = new Map<string, string>();
  return (name) => {
    const slug =
      known.get(name) ??
      versionOf(connection, findCampaign(connection, name).scenarioVersionId).scenario.slug;
    known.set(name, slug);
    return slug;
  };
}

const leave = (connection: Connection, enrolmentIds: readonly number[], now: number) =>
  stopSomeEnrolments(connection, { enrolmentIds, status: 'stopped', reason: 'moved', now });

/** Whoever was paused stays so. */
function enrol(
  connection: Connection,
  { to, now, start }: Job,
  { leaves, prospect, step, anchorAt }: Moved,
): void {
  const first = start(to, step, prospect, { now, anchorAt });
  const { lastInsertRowid } = connection
    .prepare<(string | number)[]>(
      `insert into enrolment (campaign_id, prospect_id, status, step, next_at, hold, anchor_at, step_at, created_at)
       values (?, ?, ?, ?, ?, 'not_yet_due', ?, ?, ?)`,
    )
    .run(to.id, prospect.id, leaves.status, first.step, first.nextAt, first.anchorAt, now, now);
  eventWriter(connection)({
    type: 'enrolled',
    at: now,
    prospectId: prospect.id,
    campaignId: to.id,
    enrolmentId: Number(lastInsertRowid),
    data: { reason: `from ${leaves.campaign}` },
  });
}
