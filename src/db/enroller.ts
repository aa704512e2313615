import type { Start } from '../engine/enrol.ts';
import type { Prospect } from '../engine/model.ts';
import type { Campaign } from '../engine/plan/snapshot.ts';
import type { Enroller, EnrolResult, TakenToo } from '../engine/ports/campaigns.ts';
import type { Scenario } from '../engine/scenario/scenario.ts';
import { failure } from '../errors.ts';
import { type Connection, write } from './connection.ts';
import { eventWriter } from './events.ts';
import { campaignById, findCampaign } from './find-campaign.ts';
import { renewLaunch } from './launch.ts';
import { leftOut } from './left-out.ts';
import { prospectsById } from './prospect-rows.ts';
import { versionOf } from './tick/due.ts';

const NOBODY: TakenToo = { answered: false, again: false };

/** People in one transaction. */
const CHUNK = 1000;

/** Where a new enrolment begins: engine/enrol.ts startOf with the calendar and country already given. */
export type StartRule = (campaign: Campaign, scenario: Scenario, prospect: Prospect, now: number) => Start;

export function createEnroller(connection: Connection, start: StartRule): Enroller {
  return {
    async enrol(named, prospectIds, now, too = NOBODY) {
      const found =
        typeof named === 'number' ? campaignById(connection, named) : findCampaign(connection, named);
      const { id } = openCampaign(found);
      const result: EnrolResult = { enrolled: 0, left_out: {} };
      for (let from = 0; from < prospectIds.length; from += CHUNK) {
        const ids = prospectIds.slice(from, from + CHUNK);
        write(connection, () => {
          // It may have been ended, or given another scenario, since the last thousand.
          const campaign = openCampaign(campaignById(connection, id));
          const { scenario } = versionOf(connection, campaign.scenarioVersionId);
          if (typeof named === 'number') renewLaunch(connection, id);
          enrolChunk(connection, { campaign, scenario, start, now, ids, too }, result);
        });
      }
      return result;
    },
  };
}

function openCampaign(campaign: Campaign): Campaign {
  if (campaign.status === 'completed')
    throw failure(`campaign "${campaign.name}" has ended: it takes nobody in`, 'hector campaign create');
  return campaign;
}

interface Chunk {
  campaign: Campaign;
  scenario: Scenario;
  start: StartRule;
  now: number;
  ids: readonly number[];
  too: TakenToo;
}

function enrolChunk(connection: Connection, chunk: Chunk, result: EnrolResult): void {
  const { campaign, scenario, now } = chunk;
  const prospects = prospectsById(connection, chunk.ids);
  const reasonFor = leftOut(connection, { campaign, scenario, prospects, too: chunk.too, now });
  const event = eventWriter(connection);
  const insert = connection.prepare<(string | number)[]>(
    `insert into enrolment (campaign_id, prospect_id, status, step, next_at, hold, anchor_at, step_at, created_at)
     values (?, ?, 'active', ?, ?, 'not_yet_due', ?, ?, ?) on conflict (campaign_id, prospect_id) do nothing`,
  );
  for (const prospect of prospects) {
    const reason = reasonFor(prospect);
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
