import { FUNNEL_STAGES, NO_COUNTS } from '../engine/funnel.ts';
import type { EnrolmentStatus } from '../engine/model.ts';
import type { FunnelCounts, ReportCampaign, ReportStore, TouchCounts } from '../engine/ports/report.ts';
import type { Spending } from '../engine/spending.ts';
import type { Connection } from './connection.ts';

/** As much as SQLite maps at most; less where the file is smaller. */
const MAPPED_BYTES = 2 * 1024 ** 3;

export function createReportStore(connection: Connection): ReportStore {
  // A report walks through most pages once: mapped, it saves a system call for each (a third of its CPU time).
  connection.pragma(`mmap_size = ${MAPPED_BYTES}`);
  return {
    campaigns: async () => campaigns(connection),
    funnels: async (ids) => funnels(connection, ids),
    touches: async (ids) => touches(connection, ids),
    spending: async (ids) => spending(connection, ids),
  };
}

interface CampaignRow extends Omit<ReportCampaign, 'steps'> {
  /** JSON array of ids. */
  steps: string;
}

function campaigns(connection: Connection): ReportCampaign[] {
  return connection
    .prepare<[], CampaignRow>(
      `select campaign.id, campaign.name, scenario_version.name as scenario, status, mode,
         (select json_group_array(json_extract(value, '$.id')) from json_each(body, '$.scenario.steps')) as steps
       from campaign join scenario_version on scenario_version.id = scenario_version_id
       order by campaign.created_at desc, campaign.id desc`,
    )
    .all()
    .map((row) => ({ ...row, steps: JSON.parse(row.steps) }));
}

const CAMPAIGNS = 'campaign_id in (select value from json_each(?))';

interface Counted {
  campaign_id: number;
  label: string;
  people: number;
}

/** Three aggregates, whatever the number of campaigns; each goes along an index that begins with the campaign. */
function funnels(connection: Connection, ids: readonly number[]): Map<number, FunnelCounts> {
  const found = new Map(ids.map((id) => [id, { ...NO_COUNTS }]));
  const all = (sql: string) => connection.prepare<[string], Counted>(sql).all(JSON.stringify(ids));
  const add = (row: Counted, stage: keyof FunnelCounts): void => {
    const counts = found.get(row.campaign_id);
    if (counts) counts[stage] += row.people;
  };
  for (const row of all(
    `select campaign_id, status as label, count(*) as people from enrolment where ${CAMPAIGNS} group by 1, 2`,
  )) {
    add(row, 'enrolled');
    const stage = ENDS[row.label];
    if (stage) add(row, stage);
  }
  for (const row of all(
    `select campaign_id, 'contacted' as label, count(distinct enrolment_id) as people from message
     where state = 'sent' and ${CAMPAIGNS} group by 1`,
  ))
    add(row, 'contacted');
  for (const row of all(
    `select campaign_id, type as label, count(distinct enrolment_id) as people from event
     where ${CAMPAIGNS} and type in ('accepted', 'delivered', 'replied', 'meeting') group by 1, 2`,
  )) {
    const stage = FUNNEL_STAGES.find((name) => name === row.label);
    if (stage) add(row, stage);
  }
  return found;
}

const ENDS: Partial<Record<string, 'completed' | 'stopped'>> = {
  completed: 'completed',
  stopped: 'stopped',
  failed: 'stopped',
} satisfies Partial<Record<EnrolmentStatus, 'completed' | 'stopped'>>;

type TouchRow = Omit<TouchCounts, 'sent' | 'delivered' | 'replied'> & { label: string; messages: number };

function touches(connection: Connection, ids: readonly number[]): TouchCounts[] {
  const rows = connection
    .prepare<[string, string], TouchRow>(
      `select campaign_id as campaignId, step, channel, 'sent' as label, count(*) as messages from message
       where state = 'sent' and ${CAMPAIGNS} group by 1, 2, 3
       union all
       select message.campaign_id, message.step, message.channel, event.type, count(distinct message_id)
       from event cross join message on message.id = message_id
       where event.${CAMPAIGNS} and type in ('delivered', 'replied') group by 1, 2, 3, 4`,
    )
    .all(JSON.stringify(ids), JSON.stringify(ids));
  const found = new Map<string, TouchCounts>();
  for (const { label, messages, ...touch } of rows) {
    const key = `${touch.campaignId}/${touch.step}/${touch.channel}`;
    const counts = found.get(key) ?? { ...touch, sent: 0, delivered: 0, replied: 0 };
    if (label === 'sent' || label === 'delivered' || label === 'replied') counts[label] = messages;
    found.set(key, counts);
  }
  return [...found.values()];
}

/** Who wrote a text stands in its row, which no index spares: only where Claude has written at all. */
function spending(connection: Connection, ids: readonly number[]): Map<number, Spending> {
  const costs = connection
    .prepare<[string], { campaign_id: number; cost: number }>(
      `select campaign_id, sum(cost) as cost from model_call where ${CAMPAIGNS} group by 1`,
    )
    .all(JSON.stringify(ids));
  const texts = connection
    .prepare<[string], { campaign_id: number; claude: number; template: number }>(
      `select campaign_id, count(*) filter (where source = 'claude') as claude,
         count(*) filter (where source <> 'claude') as template
       from message where state = 'sent' and ${CAMPAIGNS} group by 1`,
    )
    .all(JSON.stringify(costs.map(({ campaign_id }) => campaign_id)));
  return new Map(
    costs.map(({ campaign_id, cost }) => {
      const { claude = 0, template = 0 } = texts.find((each) => each.campaign_id === campaign_id) ?? {};
      return [campaign_id, { cost, claude, template }];
    }),
  );
}
