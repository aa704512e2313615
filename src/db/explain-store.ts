import type { Crowd, ExplainStore, Group, LastTick, Standing, Unfinished } from '../engine/ports/explain.ts';
import { RETRIED_HOLDS } from '../engine/reasons.ts';
import type { Connection } from './connection.ts';
import { enrolmentViews } from './enrolment-views.ts';
import { findCampaign, sameName } from './find-campaign.ts';
import { UNFINISHED } from './launch.ts';
import { snapshotsById } from './tick/due.ts';

/** Reads only. @param clock UTC ms */
export const createExplainStore = (connection: Connection, clock: () => number): ExplainStore => ({
  person: async (prospectId, campaign) => standings(connection, prospectId, campaign, clock()),
  lastTick: async () => lastTick(connection),
  crowd: async (campaign, now) => crowd(connection, campaign, now),
});

function standings(
  connection: Connection,
  prospectId: number,
  campaign: string | null,
  now: number,
): Standing[] {
  const campaignId = campaign === null ? null : findCampaign(connection, campaign).id;
  const views = enrolmentViews(connection, [prospectId], campaignId).get(prospectId) ?? [];
  const snapshots = new Map(
    snapshotsById(
      connection,
      views.map(({ id }) => id),
      now,
    ).map((snapshot) => [snapshot.enrolment.id, snapshot]),
  );
  return views.flatMap(({ id, status, reason, nextAt, endedAt }) => {
    const snapshot = snapshots.get(id);
    if (!snapshot) return [];
    const { id: campaignId } = snapshot.campaign;
    return [
      {
        ...{ snapshot, status, reason, nextAt, endedAt },
        pauseReason: pauseReasonOf(connection, campaignId),
        unfinished: unfinishedOf(connection, campaignId),
      },
    ];
  });
}

const pauseReasonOf = (connection: Connection, campaignId: number): string | null =>
  connection
    .prepare<[number], string | null>('select pause_reason from campaign where id = ?')
    .pluck()
    .get(campaignId) ?? null;

function unfinishedOf(connection: Connection, campaignId: number): Unfinished | null {
  const name = connection
    .prepare<[number], string>(`select name from campaign where id = ? and ${UNFINISHED}`)
    .pluck()
    .get(campaignId);
  if (name === undefined) return null;
  const drafts = connection.prepare<[], string>('select name from campaign_draft').pluck().all();
  return { draft: drafts.some((draft) => sameName(draft, name)) };
}

const lastTick = (connection: Connection): LastTick | null =>
  connection
    .prepare<[], LastTick>(
      'select started_at as startedAt, finished_at as finishedAt from tick order by id desc limit 1',
    )
    .get() ?? null;

function crowd(connection: Connection, name: string, now: number): Crowd {
  const campaign = findCampaign(connection, name);
  return {
    campaign,
    pauseReason: pauseReasonOf(connection, campaign.id),
    unfinished: unfinishedOf(connection, campaign.id),
    groups: groups(connection, campaign.id, now),
    ended: connection
      .prepare<[number], Crowd['ended'][number]>(
        `select status, reason, count(*) as people from enrolment
         where campaign_id = ? and status not in ('active', 'paused')
         group by status, reason order by people desc, status, reason`,
      )
      .all(campaign.id),
    dueSince:
      connection
        .prepare<[number, number], number | null>(
          `select min(next_at) from enrolment indexed by enrolment_due
           where status = 'active' and next_at is not null and campaign_id = ? and next_at <= ?`,
        )
        .pluck()
        .get(campaign.id, now) ?? null,
    lastTick: lastTick(connection),
  };
}

/** What a date that has come was for is past; only a hold that a person must end outlives it. */
const REASON = `case when status = 'paused' then 'person_paused'
  when next_at <= @now and coalesce(hold, '') not in (select value from json_each(@lasting)) then null
  else coalesce(hold, 'not_yet_due') end`;

const GROUPS = `with placed as (
    select id, prospect_id, step, ${REASON} as reason, case when status = 'active' then next_at end as at,
      row_number() over (partition by step, ${REASON} order by id) as place
    from enrolment where campaign_id = @campaign and status in ('active', 'paused'))
  select reason, step, count(*) as people, min(at) as firstAt, max(at) as lastAt,
    json_group_array(prospect_id) filter (where place <= @shown) as shown
  from placed group by reason, step order by people desc, step, reason`;

const SHOWN = 3;

function groups(connection: Connection, campaign: number, now: number): Group[] {
  const rows = connection
    .prepare<[Record<string, string | number>], Omit<Group, 'names'> & { shown: string }>(GROUPS)
    .all({ campaign, now, shown: SHOWN, lasting: JSON.stringify(RETRIED_HOLDS) });
  const nameOf = connection
    .prepare<[string], string>(
      `select coalesce(nullif(trim(coalesce(first_name, '') || ' ' || coalesce(last_name, '')), ''), email, '#' || id)
       from prospect where id in (select value from json_each(?)) order by id`,
    )
    .pluck();
  return rows.map(({ shown, ...group }) => ({ ...group, names: nameOf.all(shown) }));
}
