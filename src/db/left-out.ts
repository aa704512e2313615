import { isReachable } from '../engine/enrol.ts';
import type { CampaignMode, Prospect } from '../engine/model.ts';
import type { LeftOut, TakenToo } from '../engine/ports/campaigns.ts';
import type { Scenario } from '../engine/scenario/scenario.ts';
import { suppressionKeys } from '../engine/suppression.ts';
import type { Connection } from './connection.ts';
import { REACHED } from './people/had.ts';
import { SCENARIO } from './scenario-of.ts';
import { findSuppressed } from './suppression-lookup.ts';

interface Admission {
  /** `id` is null before it exists. */
  campaign: { id: number | null; mode: CampaignMode };
  scenario: Scenario;
  /** Some thousands at most: one statement carries all their numbers. */
  prospects: readonly Prospect[];
  too: TakenToo;
  /** UTC ms. */
  now: number;
}

/** Why each of these people stays out of a campaign, or null; asked for all of them at once. */
export function leftOut(
  connection: Connection,
  { campaign, scenario, prospects, too, now }: Admission,
): (prospect: Prospect) => LeftOut | null {
  const list = JSON.stringify(prospects.map(({ id }) => id));
  const here = enrolledHere(connection, campaign.id, list);
  const elsewhere = activeElsewhere(connection, campaign, list);
  const earlier = endsOf(connection, campaign.mode, list);
  const had = too.again ? new Set<number>() : hadLive(connection, campaign.id, scenario.slug, list);
  const suppressed = findSuppressed(
    connection,
    prospects.map((prospect) => ({ id: prospect.id, keys: suppressionKeys(prospect) })),
    now,
  );
  return (prospect) => {
    if (here.has(prospect.id)) return 'already_enrolled';
    if (suppressed.has(prospect.id)) return 'blacklisted';
    if (elsewhere.has(prospect.id)) return 'active_elsewhere';
    if (earlier.saidNo.has(prospect.id)) return 'said_no';
    if (!too.answered && earlier.answered.has(prospect.id)) return 'answered';
    if (had.has(prospect.id)) return 'had_it';
    return isReachable(scenario, prospect) ? null : 'unreachable';
  };
}

const enrolledHere = (connection: Connection, campaignId: number | null, list: string): Set<number> =>
  new Set(
    connection
      .prepare<[number | null, string], number>(
        'select prospect_id from enrolment where campaign_id = ? and prospect_id in (select value from json_each(?))',
      )
      .pluck()
      .all(campaignId, list),
  );

const activeElsewhere = (
  connection: Connection,
  { id, mode }: Admission['campaign'],
  list: string,
): Set<number> =>
  new Set(
    connection
      .prepare<[number | null, string, string], number>(
        `select e.prospect_id from enrolment e join campaign c on c.id = e.campaign_id
         where c.id is not ? and c.mode = ? and c.status in ('running', 'paused')
           and e.status in ('active', 'paused') and e.prospect_id in (select value from json_each(?))`,
      )
      .pluck()
      .all(id, mode, list),
  );

/** Whom another campaign has touched for real by this scenario, whatever it follows now; a rehearsal reaches nobody. */
const hadLive = (
  connection: Connection,
  campaignId: number | null,
  slug: string,
  list: string,
): Set<number> =>
  new Set(
    connection
      .prepare<[string, string, number | null], number>(
        `select distinct m.prospect_id from message m where m.prospect_id in (select value from json_each(?))
           and ${SCENARIO} = ? and m.mode = 'live' and m.campaign_id is not ? and ${REACHED}`,
      )
      .pluck()
      .all(list, slug, campaignId),
  );

/**
 * What may stand in no enrolment: said by somebody who was in no campaign, whose campaign was deleted since, or after
 * the end of it. A bounce is about an address, which is on the blacklist.
 */
const SAID = `select e.prospect_id, e.type not in ('replied', 'meeting') as no
  from event e left join campaign c on c.id = e.campaign_id
  where e.prospect_id in (select value from json_each(?)) and (c.id is null or c.mode = ?)
    and e.type in ('replied', 'meeting', 'opted_out', 'complained', 'stopped')
    and (e.type <> 'stopped' or e.data ->> '$.reason' = 'removed')`;

/**
 * How earlier campaigns of this mode ended for these people: a no holds for the next one, an answer by default; so does
 * what they have said outside of them.
 */
function endsOf(
  connection: Connection,
  mode: CampaignMode,
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
  const said = connection
    .prepare<[string, string], { prospect_id: number; no: number }>(SAID)
    .all(list, mode);
  const all = [...rows, ...said];
  return {
    saidNo: new Set(all.filter(({ no }) => no === 1).map((row) => row.prospect_id)),
    answered: new Set(all.map((row) => row.prospect_id)),
  };
}
