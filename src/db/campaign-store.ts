import type { Campaign } from '../engine/plan/snapshot.ts';
import type {
  CampaignDetail,
  CampaignRowSummary,
  CampaignStore,
  NewCampaign,
} from '../engine/ports/campaigns.ts';
import type { LoadedScenario } from '../engine/ports/texts.ts';
import type { Owner } from '../engine/ports/ticks.ts';
import { shellWord } from '../engine/shell-word.ts';
import { errorCode, usageError } from '../errors.ts';
import { pause, resume, start, unfinished } from './campaign-status.ts';
import { candidates } from './candidates.ts';
import { type Connection, write } from './connection.ts';
import { findCampaign, sameName } from './find-campaign.ts';
import { holdLaunch, UNFINISHED } from './launch.ts';
import { CAMPAIGN_COLUMNS, type CampaignRow, campaignOf } from './rows.ts';
import { versionOf } from './tick/due.ts';

export function createCampaignStore(connection: Connection, owner: Owner): CampaignStore {
  return {
    create: async (input, now) => createCampaign(connection, input, owner, now),
    start: async (id) => write(connection, () => start(connection, id)),
    list: async () => listCampaigns(connection),
    find: async (name) => findCampaign(connection, name),
    detail: async (id) => campaignDetail(connection, id),
    unfinished: async (name) => unfinished(connection, name),
    candidates: async (source) => candidates(connection, source),
    senders: async () => senderAddresses(connection),
    setStatus: async (id, status, now) =>
      write(connection, () =>
        status === 'paused' ? pause(connection, id, { owner, now }) : resume(connection, id, now),
      ),
  };
}

function createCampaign(connection: Connection, input: NewCampaign, owner: Owner, now: number): Campaign {
  refuseTakenName(connection, input.name, null);
  try {
    return write(connection, () => {
      const versionId = storeVersion(connection, input.loaded, now);
      const row = connection
        .prepare<(string | number | null)[], CampaignRow>(
          `insert into campaign (name, scenario_version_id, status, mode, objective, language, timezone, days,
             hours_from, hours_to, days_off, channels, approval, voice, caps, sender, start_at, created_at)
           values (?, ?, 'paused', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) returning ${CAMPAIGN_COLUMNS}`,
        )
        .get(
          input.name,
          versionId,
          input.mode,
          input.objective,
          input.language,
          input.timezone,
          JSON.stringify(input.window.days),
          input.window.from,
          input.window.to,
          JSON.stringify(input.window.daysOff),
          JSON.stringify(input.channels),
          input.approval,
          input.voice,
          capsColumn(input),
          senderColumn(input),
          input.startAt,
          now,
        );
      if (!row) throw new Error('insert returned no row');
      holdLaunch(connection, row.id, owner);
      return campaignOf(row);
    });
  } catch (error) {
    if (errorCode(error) === 'SQLITE_CONSTRAINT_UNIQUE')
      throw usageError(
        `a campaign "${input.name}" exists already`,
        `hector campaign show ${shellWord(input.name)}`,
      );
    throw error;
  }
}

const senderAddresses = (connection: Connection): string[] =>
  connection
    .prepare<[], string>(
      `select distinct lower(sender ->> 'email') from campaign
       where sender is not null and mode = 'live' and status <> 'completed' order by 1`,
    )
    .pluck()
    .all();

/** Null for none, so that a look at the column tells. */
export const capsColumn = ({ caps }: Pick<Campaign, 'caps'>): string | null =>
  Object.keys(caps).length === 0 ? null : JSON.stringify(caps);

export const senderColumn = ({ sender }: Pick<Campaign, 'sender'>): string | null =>
  sender && JSON.stringify(sender);

/** @param own the campaign that may have it, when one is given another name */
export function refuseTakenName(connection: Connection, name: string, own: number | null): void {
  const taken = connection
    .prepare<[number | null], string>('select name from campaign where id is not ?')
    .pluck()
    .all(own)
    .find((other) => sameName(other, name));
  if (taken)
    throw usageError(`a campaign "${taken}" exists already`, `hector campaign show ${shellWord(taken)}`);
}

/** A version that no campaign has any more. */
export const dropVersion = (connection: Connection, id: number | null): void =>
  void connection
    .prepare<[number | null]>(
      'delete from scenario_version where id = ? and id not in (select scenario_version_id from campaign)',
    )
    .run(id);

/** The same scenario with the same texts is stored once, however many campaigns use it. */
export function storeVersion(connection: Connection, loaded: LoadedScenario, now: number): number {
  const { scenario, templates, hash } = loaded;
  connection
    .prepare<[string, string, string, string, number]>(
      'insert into scenario_version (slug, name, hash, body, created_at) values (?, ?, ?, ?, ?) on conflict do nothing',
    )
    .run(scenario.slug, scenario.name, hash, JSON.stringify({ scenario, templates }), now);
  const id = connection
    .prepare<[string, string], number>('select id from scenario_version where slug = ? and hash = ?')
    .pluck()
    .get(scenario.slug, hash);
  if (id === undefined) throw new Error(`scenario version ${scenario.slug} was not stored`);
  return id;
}

interface ListRow extends Omit<CampaignRowSummary, 'nextAt' | 'pauseReason' | 'unfinished'> {
  unfinished: 0 | 1;
  next_at: number | null;
  pause_reason: string | null;
}

function listCampaigns(connection: Connection): CampaignRowSummary[] {
  const rows = connection
    .prepare<[], ListRow>(
      `select c.name, v.slug as scenario, c.status, c.mode, c.pause_reason,
         exists (select 1 from campaign where campaign.id = c.id and ${UNFINISHED}) as unfinished,
         (select count(*) from enrolment e where e.campaign_id = c.id) as people,
         (select count(*) from enrolment e where e.campaign_id = c.id and e.status = 'active') as active,
         (select count(*) from message m where m.campaign_id = c.id and m.state = 'sent') as sent,
         (select count(*) from enrolment e where e.campaign_id = c.id and e.status in ('replied', 'meeting')) as replied,
         (select min(e.next_at) from enrolment e where e.campaign_id = c.id and e.status = 'active') as next_at
       from campaign c join scenario_version v on v.id = c.scenario_version_id order by c.id`,
    )
    .all();
  return rows.map(({ next_at, pause_reason, unfinished, ...row }) => ({
    ...row,
    unfinished: unfinished === 1,
    pauseReason: pause_reason,
    nextAt: next_at,
  }));
}

function campaignDetail(connection: Connection, id: number): CampaignDetail {
  const row = connection
    .prepare<[number], CampaignRow & { created_at: number; pause_reason: string | null }>(
      `select ${CAMPAIGN_COLUMNS}, created_at, pause_reason from campaign where id = ?`,
    )
    .get(id);
  if (!row) throw new Error(`no campaign ${id}`);
  const counts = (sql: string): Record<string, number> =>
    Object.fromEntries(
      connection
        .prepare<[number], { key: string; n: number }>(sql)
        .all(id)
        .map(({ key, n }) => [key, n]),
    );
  return {
    campaign: campaignOf(row),
    version: versionOf(connection, row.scenario_version_id),
    createdAt: row.created_at,
    pauseReason: row.pause_reason,
    statuses: counts(
      'select status as key, count(*) as n from enrolment where campaign_id = ? group by status',
    ),
    steps: counts(
      "select step as key, count(*) as n from enrolment where campaign_id = ? and status = 'active' group by step",
    ),
    nextAt:
      connection
        .prepare<[number], number | null>(
          "select min(next_at) from enrolment where campaign_id = ? and status = 'active'",
        )
        .pluck()
        .get(id) ?? null,
    messages: counts(
      `select state as key, count(*) as n from message
       where enrolment_id in (select id from enrolment where campaign_id = ?) group by state`,
    ),
  };
}
