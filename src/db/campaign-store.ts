import type {
  CampaignDetail,
  CampaignRowSummary,
  CampaignStore,
  NewCampaign,
  PeopleSource,
} from '../engine/ports/campaigns.ts';
import { shellWord } from '../engine/shell-word.ts';
import type { Campaign } from '../engine/snapshot.ts';
import { didYouMean } from '../engine/suggest.ts';
import { errorCode, usageError } from '../errors.ts';
import { type Connection, write } from './connection.ts';
import { CAMPAIGN_COLUMNS, type CampaignRow, campaignOf } from './rows.ts';
import { versionOf } from './tick/due.ts';

export function createCampaignStore(connection: Connection): CampaignStore {
  return {
    create: async (input, now) => createCampaign(connection, input, now),
    list: async () => listCampaigns(connection),
    find: async (name) => findCampaign(connection, name),
    detail: async (id) => campaignDetail(connection, id),
    candidates: async (source) => candidates(connection, source),
    async discard(id) {
      write(connection, () => {
        connection
          .prepare<[number]>(
            'delete from campaign where id = ? and not exists (select 1 from enrolment where campaign_id = campaign.id)',
          )
          .run(id);
        connection
          .prepare('delete from scenario_version where id not in (select scenario_version_id from campaign)')
          .run();
      });
    },
    async setStatus(id, status, now) {
      write(connection, () =>
        connection
          .prepare<[string, number | null, number]>(
            'update campaign set status = ?, paused_at = ? where id = ?',
          )
          .run(status, status === 'paused' ? now : null, id),
      );
    },
  };
}

function createCampaign(connection: Connection, input: NewCampaign, now: number): Campaign {
  const taken = campaignNames(connection).find((name) => sameName(name, input.name));
  if (taken)
    throw usageError(`a campaign "${taken}" exists already`, `hector campaign show ${shellWord(taken)}`);
  try {
    return write(connection, () => {
      const versionId = storeVersion(connection, input, now);
      const row = connection
        .prepare<(string | number | null)[], CampaignRow>(
          `insert into campaign (name, scenario_version_id, status, mode, objective, language, timezone, days,
             hours_from, hours_to, start_at, created_at)
           values (?, ?, 'running', ?, ?, ?, ?, ?, ?, ?, ?, ?) returning ${CAMPAIGN_COLUMNS}`,
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
          input.startAt,
          now,
        );
      if (!row) throw new Error('insert returned no row');
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

/** The same scenario with the same texts is stored once, however many campaigns use it. */
function storeVersion(connection: Connection, { loaded }: NewCampaign, now: number): number {
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

export function findCampaign(connection: Connection, name: string): Campaign {
  const rows = connection.prepare<[], CampaignRow>(`select ${CAMPAIGN_COLUMNS} from campaign`).all();
  const row = rows.find((each) => each.name === name) ?? rows.find((each) => sameName(each.name, name));
  if (row) return campaignOf(row);
  const meant = didYouMean(
    name,
    rows.map((each) => each.name),
  );
  throw usageError(
    `no campaign "${name}"${meant}`,
    rows.length ? 'hector campaign list' : 'hector campaign create --help',
  );
}

function candidates(connection: Connection, source: PeopleSource): number[] {
  const ids = (sql: string, ...parameters: number[]): number[] =>
    connection
      .prepare<number[], number>(sql)
      .pluck()
      .all(...parameters);
  switch (source.kind) {
    case 'all':
      return ids('select id from prospect order by id');
    case 'campaign': {
      const { id } = findCampaign(connection, source.name);
      return ids('select prospect_id from enrolment where campaign_id = ? order by prospect_id', id);
    }
    case 'import': {
      const status = connection
        .prepare<[number], string>('select status from import_run where id = ?')
        .pluck()
        .get(source.id);
      if (status === undefined) throw usageError(`no import ${source.id}`, 'hector prospect list');
      if (status !== 'done')
        throw usageError(`import ${source.id} is ${status}: it has no people`, 'hector prospect list');
      return ids(
        `select id from prospect where import_id = ? union
         select prospect_id from import_change where import_id = ? order by 1`,
        source.id,
        source.id,
      );
    }
  }
}

const campaignNames = (connection: Connection): string[] =>
  connection.prepare<[], string>('select name from campaign').pluck().all();

const sameName = (one: string, other: string): boolean =>
  one.localeCompare(other, 'fr', { sensitivity: 'base' }) === 0;

interface ListRow extends Omit<CampaignRowSummary, 'nextAt'> {
  next_at: number | null;
}

function listCampaigns(connection: Connection): CampaignRowSummary[] {
  const rows = connection
    .prepare<[], ListRow>(
      `select c.name, v.slug as scenario, c.status, c.mode,
         (select count(*) from enrolment e where e.campaign_id = c.id) as people,
         (select count(*) from enrolment e where e.campaign_id = c.id and e.status = 'active') as active,
         (select count(*) from message m where m.campaign_id = c.id and m.state = 'sent') as sent,
         (select count(*) from enrolment e where e.campaign_id = c.id and e.status in ('replied', 'meeting')) as replied,
         (select min(e.next_at) from enrolment e where e.campaign_id = c.id and e.status = 'active') as next_at
       from campaign c join scenario_version v on v.id = c.scenario_version_id order by c.id`,
    )
    .all();
  return rows.map(({ next_at, ...row }) => ({ ...row, nextAt: next_at }));
}

function campaignDetail(connection: Connection, id: number): CampaignDetail {
  const row = connection
    .prepare<[number], CampaignRow & { created_at: number }>(
      `select ${CAMPAIGN_COLUMNS}, created_at from campaign where id = ?`,
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
