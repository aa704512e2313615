import type { Connection } from '../connection.ts';
import { columnsOf } from './columns.ts';
import { addVersions } from './versions.ts';

/** Message `x` has gone out live, or may have. */
const LIVE_TOUCH = `x.mode = 'live' and (x.state in ('sending', 'sent', 'uncertain')
  or (x.state = 'ready' and x.idempotency_key is not null))`;

interface MadeSince {
  people: number;
  /** Names. */
  campaigns: string[];
}

/**
 * Leaves in `temp.transferred` where those stand who were moved since out of what is taken over: else they would have
 * left the one campaign and be in no other.
 */
export const chooseTransferred = (connection: Connection): void =>
  void connection.exec(`create temp table transferred as select distinct n.id, n.prospect_id, n.campaign_id
    from present.enrolment o join present.campaign oc on oc.id = o.campaign_id
    join present.enrolment n on n.prospect_id = o.prospect_id and n.status in ('active', 'paused')
    join present.campaign nc on nc.id = n.campaign_id and nc.mode = 'live'
    where o.reason = 'moved' and oc.mode = 'live'
      and not exists (select 1 from main.enrolment m
        where m.prospect_id = o.prospect_id and m.campaign_id = o.campaign_id and m.reason = 'moved')
      and (exists (select 1 from main.campaign m, main.prospect mp, present.prospect p
          where m.id = oc.id and m.created_at = oc.created_at
            and mp.id = o.prospect_id and p.id = mp.id and p.created_at = mp.created_at)
        or exists (select 1 from present.message x where x.enrolment_id = o.id and ${LIVE_TOUCH}))`);

/**
 * Who got a live touch since and was not there yet, and the campaigns that it came from: without them their touches
 * would have no place, and caps, the one touch a day and the next list would not know of them. Who got nothing is not
 * taken over, nor is a campaign that sent nothing, but for those who were moved. One whose place is taken is left out
 * (unknown.ts).
 */
export function carryMadeSince(connection: Connection): MadeSince {
  connection.exec(`create temp table touched as select distinct x.prospect_id, x.campaign_id from present.message x
    where ${LIVE_TOUCH} union select prospect_id, campaign_id from temp.transferred`);
  const people = carryPeople(connection);
  const campaigns = carryCampaigns(connection);
  connection.exec('drop table temp.touched');
  return { people, campaigns };
}

/** `or ignore`: another person here has the number, or one of the addresses. */
function carryPeople(connection: Connection): number {
  const columns = columnsOf(connection, 'prospect', []).join(', ');
  return connection
    .prepare(
      `insert or ignore into main.prospect (${columns}) select ${columns} from present.prospect
       where id in (select prospect_id from temp.touched) and id not in (select id from main.prospect)`,
    )
    .run().changes;
}

/** Under its own number, by which its caps and texts are found; a name that is taken here gets the number behind it. */
function carryCampaigns(connection: Connection): string[] {
  const came = `select t.campaign_id from temp.touched t
    join present.prospect p on p.id = t.prospect_id
    join main.prospect m on m.id = p.id and m.created_at = p.created_at
    where t.campaign_id not in (select id from main.campaign)`;
  addVersions(connection, `select c.scenario_version_id from present.campaign c where c.id in (${came})`);
  const columns = columnsOf(connection, 'campaign', ['name', 'scenario_version_id']).join(', ');
  return connection
    .prepare<[], string>(
      `insert or ignore into main.campaign (name, scenario_version_id, ${columns})
       select iif(exists (select 1 from main.campaign m where lower(m.name) = lower(c.name)),
           c.name || ' (' || c.id || ')', c.name),
         (select v.id from main.scenario_version v join present.scenario_version pv
           on pv.slug = v.slug and pv.hash = v.hash where pv.id = c.scenario_version_id), ${columns}
       from present.campaign c where c.id in (${came}) order by c.id returning name`,
    )
    .pluck()
    .all();
}
