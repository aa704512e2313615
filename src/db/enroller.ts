import { isReachable, type Start } from '../engine/enrol.ts';
import type { Prospect } from '../engine/model.ts';
import type { Campaign } from '../engine/plan/snapshot.ts';
import type { Enroller, EnrolResult, LeftOut } from '../engine/ports/campaigns.ts';
import type { Scenario } from '../engine/scenario/scenario.ts';
import { suppressionKeys } from '../engine/suppression.ts';
import { findCampaign } from './campaign-store.ts';
import { type Connection, write } from './connection.ts';
import { eventWriter } from './events.ts';
import { prospectsById } from './prospect-rows.ts';
import { findSuppressed } from './suppression-lookup.ts';
import { versionOf } from './tick/due.ts';

/** People in one transaction. */
const CHUNK = 1000;

/** Where a new enrolment begins: engine/enrol.ts startOf with the calendar and country already given. */
export type StartRule = (campaign: Campaign, scenario: Scenario, prospect: Prospect, now: number) => Start;

export function createEnroller(connection: Connection, start: StartRule): Enroller {
  return {
    async enrol(campaignName, prospectIds, now, { answered } = { answered: false }) {
      const campaign = findCampaign(connection, campaignName);
      const { scenario } = versionOf(connection, campaign.scenarioVersionId);
      const result: EnrolResult = { enrolled: 0, left_out: {} };
      for (let from = 0; from < prospectIds.length; from += CHUNK) {
        const ids = prospectIds.slice(from, from + CHUNK);
        write(connection, () =>
          enrolChunk(connection, { campaign, scenario, start, now, ids, answered }, result),
        );
      }
      return result;
    },
  };
}

interface Chunk {
  campaign: Campaign;
  scenario: Scenario;
  start: StartRule;
  now: number;
  ids: readonly number[];
  answered: boolean;
}

function enrolChunk(connection: Connection, chunk: Chunk, result: EnrolResult): void {
  const { campaign, scenario, now } = chunk;
  const obstacle = obstacles(connection, chunk);
  const event = eventWriter(connection);
  const insert = connection.prepare<(string | number)[]>(
    `insert into enrolment (campaign_id, prospect_id, status, step, next_at, hold, anchor_at, step_at, created_at)
     values (?, ?, 'active', ?, ?, 'not_yet_due', ?, ?, ?) on conflict (campaign_id, prospect_id) do nothing`,
  );
  for (const prospect of prospectsById(connection, chunk.ids)) {
    const reason = obstacle(prospect);
    if (reason) {
      result.left_out[reason] = (result.left_out[reason] ?? 0) + 1;
      continue;
    }
    const { step, nextAt, anchorAt } = chunk.start(campaign, scenario, prospect, now);
    const done = insert.run(campaign.id, prospect.id, step, nextAt, anchorAt, now, now);
    result.enrolled += done.changes;
    event({
      type: 'enrolled',
      at: now,
      prospectId: prospect.id,
      campaignId: campaign.id,
      enrolmentId: Number(done.lastInsertRowid),
    });
  }
}

/** Why a person stays out, asked for the whole chunk at once. */
function obstacles(
  connection: Connection,
  { campaign, scenario, ids, answered }: Chunk,
): (prospect: Prospect) => LeftOut | null {
  const list = JSON.stringify(ids);
  const here = new Set(
    connection
      .prepare<[number, string], number>(
        'select prospect_id from enrolment where campaign_id = ? and prospect_id in (select value from json_each(?))',
      )
      .pluck()
      .all(campaign.id, list),
  );
  const elsewhere = new Set(
    connection
      .prepare<[number, string, string], number>(
        `select e.prospect_id from enrolment e join campaign c on c.id = e.campaign_id
         where c.id <> ? and c.mode = ? and c.status in ('running', 'paused') and e.status in ('active', 'paused')
           and e.prospect_id in (select value from json_each(?))`,
      )
      .pluck()
      .all(campaign.id, campaign.mode, list),
  );
  const earlier = endsOf(connection, campaign, list);
  const suppressed = findSuppressed(
    connection,
    prospectsById(connection, ids).map((prospect) => ({ id: prospect.id, keys: suppressionKeys(prospect) })),
  );
  return (prospect) => {
    if (here.has(prospect.id)) return 'already_enrolled';
    if (suppressed.has(prospect.id)) return 'blacklisted';
    if (elsewhere.has(prospect.id)) return 'active_elsewhere';
    if (earlier.saidNo.has(prospect.id)) return 'said_no';
    if (!answered && earlier.answered.has(prospect.id)) return 'answered';
    return isReachable(scenario, prospect) ? null : 'unreachable';
  };
}

/** How earlier campaigns of this mode ended for these people: a no holds for the next one, an answer by default. */
function endsOf(
  connection: Connection,
  { mode }: Campaign,
  list: string,
): { saidNo: Set<number>; answered: Set<number> } {
  const rows = connection
    .prepare<[string, string], { prospect_id: number; no: number }>(
      `select e.prospect_id, max(coalesce(e.reason in ('opted_out', 'bounced', 'removed'), 0)) as no
       from enrolment e join campaign c on c.id = e.campaign_id
       where c.mode = ? and e.prospect_id in (select value from json_each(?))
         and (e.status in ('replied', 'meeting') or e.reason in ('opted_out', 'bounced', 'removed'))
       group by e.prospect_id`,
    )
    .all(mode, list);
  return {
    saidNo: new Set(rows.filter(({ no }) => no === 1).map((row) => row.prospect_id)),
    answered: new Set(rows.map((row) => row.prospect_id)),
  };
}
