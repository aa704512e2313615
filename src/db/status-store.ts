import type { Shielded } from '../engine/limits/shield.ts';
import type { Status, StatusStore } from '../engine/ports/status.ts';
import { RETRIED_HOLDS } from '../engine/reasons.ts';
import { emptySummary } from '../engine/tick/summary.ts';
import type { Connection } from './connection.ts';
import { openMessages } from './open-messages.ts';
import { IS_OFFERED } from './task/offered.ts';

const DAY_MS = 86_400_000;

/** Every count reads a partial index of what is open, never the finished ones. */
export const createStatusStore = (connection: Connection): StatusStore => ({
  read: async (now) => readStatus(connection, now),
});

function readStatus(connection: Connection, now: number): Status {
  const { due, soon } = dueCounts(connection, now);
  return {
    campaigns: campaignCounts(connection),
    shielded: shielded(connection),
    due,
    next24h: soon,
    nextAt: firstAfter(connection, now),
    tasks: taskCounts(connection),
    held: heldCounts(connection, 'hold'),
    heldFor: heldCounts(connection, 'reason'),
    awaitingApproval: awaitingApproval(connection),
    writing: writing(connection, now),
    lastTick: lastTick(connection),
  };
}

interface DueCounts {
  due: number;
  soon: number;
}

/** Answered by the index alone, campaign by campaign. */
const dueCounts = (connection: Connection, now: number): DueCounts =>
  connection
    .prepare<[Record<string, number>], DueCounts>(
      `select count(*) filter (where e.next_at <= @now) as due, count(*) filter (where e.next_at > @now) as soon
       from campaign c cross join enrolment e indexed by enrolment_due on e.campaign_id = c.id
       where c.status = 'running' and e.status = 'active' and e.next_at is not null and e.next_at <= @until`,
    )
    .get({ now, until: now + DAY_MS }) ?? { due: 0, soon: 0 };

const firstAfter = (connection: Connection, now: number): number | null =>
  connection
    .prepare<[number], number | null>(
      `select min((select e.next_at from enrolment e indexed by enrolment_due
         where e.status = 'active' and e.next_at is not null and e.campaign_id = c.id and e.next_at > ?
         order by e.next_at limit 1)) from campaign c where c.status = 'running'`,
    )
    .pluck()
    .get(now) ?? null;

const shielded = (connection: Connection): Shielded[] =>
  connection
    .prepare<[], Shielded>(
      `select name as campaign, pause_reason as reason from campaign
       where status = 'paused' and pause_reason is not null order by id`,
    )
    .all();

function campaignCounts(connection: Connection): Status['campaigns'] {
  const row = connection
    .prepare<[], Status['campaigns']>(
      `select count(*) filter (where status = 'running') as running, count(*) filter (where status = 'paused') as paused,
         count(*) filter (where mode = 'rehearsal' and status in ('running', 'paused')) as rehearsals from campaign`,
    )
    .get();
  return row ?? { running: 0, paused: 0, rehearsals: 0 };
}

function taskCounts(connection: Connection): Status['tasks'] {
  const row = connection
    .prepare<[], Status['tasks']>(
      `select count(*) filter (where m.state = 'awaiting_operator') as linkedin,
         count(*) filter (where m.state = 'uncertain') as uncertain
       from message m indexed by message_open
       join enrolment e on e.id = m.enrolment_id
       join campaign c on c.id = m.campaign_id and ${IS_OFFERED}
       where ${openMessages('m')} and m.state in ('awaiting_operator', 'uncertain')`,
    )
    .get();
  return row ?? { linkedin: 0, uncertain: 0 };
}

/** Those that wait for a person without a task of their own. */
function heldCounts(connection: Connection, by: 'hold' | 'reason'): Record<string, number> {
  const rows = connection
    .prepare<[string], { key: string; n: number }>(
      `select e.${by} as key, count(*) as n from enrolment e indexed by enrolment_held
       join campaign c on c.id = e.campaign_id and c.status = 'running'
       where e.status = 'active' and e.hold is not null and e.hold in (select value from json_each(?))
         and e.${by} is not null group by e.${by}`,
    )
    .all(JSON.stringify(RETRIED_HOLDS));
  return Object.fromEntries(rows.map(({ key, n }) => [key, n]));
}

const awaitingApproval = (connection: Connection): number =>
  connection
    .prepare<[], number>(
      `select count(*) from message m indexed by message_open
       join enrolment e on e.id = m.enrolment_id and e.status = 'active'
       join campaign c on c.id = m.campaign_id and c.status = 'running'
       where ${openMessages('m')} and m.state = 'awaiting_approval'`,
    )
    .pluck()
    .get() ?? 0;

function writing(connection: Connection, now: number): Status['writing'] {
  const costs = connection
    .prepare<[Record<string, number>], Pick<Status['writing'], 'costDay' | 'costMonth'>>(
      `select coalesce(sum(cost) filter (where at > @day), 0) as costDay, coalesce(sum(cost), 0) as costMonth
       from model_call indexed by model_call_at where at > @month`,
    )
    .get({ day: now - DAY_MS, month: now - 30 * DAY_MS }) ?? { costDay: 0, costMonth: 0 };
  const inBatches = connection
    .prepare<[], number>(
      "select count(*) from text_batch_request indexed by text_batch_request_open where result = 'submitted'",
    )
    .pluck()
    .get();
  return { ...costs, ...textsSince(connection, now - DAY_MS), inBatches: inBatches ?? 0 };
}

/** From the run log, newest first: texts have no index by date, and nobody needs one for this. */
function textsSince(connection: Connection, since: number): { claude: number; template: number } {
  const sum = { claude: 0, template: 0 };
  const ticks = connection
    .prepare<[], { started_at: number; claude: number | null; template: number | null }>(
      `select started_at, summary ->> '$.texts.claude' as claude, summary ->> '$.texts.template' as template
       from tick order by id desc`,
    )
    .iterate();
  for (const { started_at, claude, template } of ticks) {
    if (started_at <= since) break;
    sum.claude += claude ?? 0;
    sum.template += template ?? 0;
  }
  return sum;
}

interface TickRow {
  started_at: number;
  finished_at: number | null;
  summary: string | null;
}

function lastTick(connection: Connection): Status['lastTick'] {
  const row = connection
    .prepare<[], TickRow>('select started_at, finished_at, summary from tick order by id desc limit 1')
    .get();
  if (!row) return null;
  return {
    startedAt: row.started_at,
    finishedAt: row.finished_at,
    // One of an older version lacks what was not counted then.
    summary: row.summary ? { ...emptySummary(), ...JSON.parse(row.summary) } : null,
  };
}
