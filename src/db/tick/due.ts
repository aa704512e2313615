import { groupBy } from '../../engine/group.ts';
import { type CampaignMode, type Channel, type MessageState, PROSPECT_FIELDS } from '../../engine/model.ts';
import type { Campaign, Snapshot, Touch } from '../../engine/plan/snapshot.ts';
import type { DueCursor } from '../../engine/ports/ticks.ts';
import type { PastTouch } from '../../engine/ports/writer.ts';
import type { ScenarioVersion } from '../../engine/scenario/scenario.ts';
import { suppressionKeys } from '../../engine/suppression.ts';
import type { Connection } from '../connection.ts';
import { CAMPAIGN_COLUMNS, type CampaignRow, campaignOf, type ProspectRow, prospectOf } from '../rows.ts';
import { findSuppressed } from '../suppression-lookup.ts';
import { lostProfiles } from './lost-profiles.ts';

interface DueRow extends ProspectRow {
  enrolment_id: number;
  campaign_id: number;
  step: string;
  anchor_at: number;
  step_at: number;
  next_at: number;
  hold: string | null;
}

const PROSPECT_COLUMNS = ['id', 'custom', 'company_key', ...PROSPECT_FIELDS]
  .map((name) => `p.${name}`)
  .join(', ');

/** One campaign's rows of the partial index `enrolment_due`, in its order; finished enrolments are not in it. */
const DUE = `
  select e.id as enrolment_id, e.campaign_id, e.step, e.anchor_at, e.step_at, e.next_at, e.hold, ${PROSPECT_COLUMNS}
  from enrolment e indexed by enrolment_due
  join prospect p on p.id = e.prospect_id
  where e.status = 'active' and e.next_at is not null and e.campaign_id = @campaign and e.next_at <= @now
    and (e.next_at, e.id) > (@afterAt, @afterId)
    and (select c.status from campaign c where c.id = @campaign) = 'running'
  order by e.next_at, e.id limit @limit`;

export interface DueQuery {
  limit: number;
  after: DueCursor | null;
  campaignId: number;
}

/** Snapshots of due enrolments, by a handful of statements whatever the number of rows. */
export function dueSnapshots(connection: Connection, now: number, query: DueQuery): Snapshot[] {
  const rows = connection.prepare<[Record<string, number>], DueRow>(DUE).all({
    now,
    limit: query.limit,
    campaign: query.campaignId,
    afterAt: query.after?.nextAt ?? Number.MIN_SAFE_INTEGER,
    afterId: query.after?.id ?? 0,
  });
  return rows.length === 0 ? [] : snapshotsOf(connection, rows, now);
}

/** One enrolment, whatever its date: for `task done`, which happens when a person says so. */
export const snapshotOf = (connection: Connection, enrolmentId: number, now: number): Snapshot | null =>
  snapshotsById(connection, [enrolmentId], now)[0] ?? null;

/** By id, whatever their dates; as many as a statement or two should carry (some hundreds). */
export const snapshotsById = (
  connection: Connection,
  enrolmentIds: readonly number[],
  now: number,
): Snapshot[] =>
  snapshotsOf(
    connection,
    connection
      .prepare<[string], DueRow>(
        `select e.id as enrolment_id, e.campaign_id, coalesce(e.step, '') as step, e.anchor_at, e.step_at,
           coalesce(e.next_at, 0) as next_at, e.hold, ${PROSPECT_COLUMNS}
         from enrolment e join prospect p on p.id = e.prospect_id
         where e.id in (select value from json_each(?)) order by e.id`,
      )
      .all(JSON.stringify(enrolmentIds)),
    now,
  );

function snapshotsOf(connection: Connection, rows: readonly DueRow[], now: number): Snapshot[] {
  const people = JSON.stringify([...new Set(rows.map((row) => row.id))]);
  const enrolments = JSON.stringify(rows.map((row) => row.enrolment_id));
  const campaigns = campaignsOf(connection, rows);
  const messages = groupBy(messagesOf(connection, enrolments), (message) => message.enrolment_id);
  const facts = factsOf(connection, people);
  const contacts = contactsOf(connection, people);
  const isLost = lostProfiles(connection, people);
  const prospects = rows.map((row) => {
    const { enrolment_id, campaign_id, step, anchor_at, step_at, next_at, hold, ...prospect } = row;
    return prospectOf(prospect);
  });
  const suppressed = findSuppressed(
    connection,
    prospects.map((prospect) => ({ id: prospect.id, keys: suppressionKeys(prospect) })),
    now,
  );
  return rows.flatMap((row, index) => {
    const prospect = prospects[index];
    const found = campaigns.get(row.campaign_id);
    if (!prospect || !found) return [];
    const own = messages.get(row.enrolment_id) ?? [];
    return [
      {
        enrolment: {
          id: row.enrolment_id,
          step: row.step,
          anchorAt: row.anchor_at,
          stepAt: row.step_at,
          nextAt: row.next_at,
          hold: row.hold,
        },
        prospect: isLost(prospect, found.campaign.mode) ? { ...prospect, linkedin: null } : prospect,
        ...found,
        touches: own.map(touchOf),
        history: own.flatMap(pastTouchOf),
        accepted: isAccepted(facts, prospect.id, found.campaign.mode),
        connected:
          facts.has(`connected:${prospect.id}`) || isAccepted(facts, prospect.id, found.campaign.mode),
        delivered: facts.has(`delivered:${row.enrolment_id}`),
        lastContactAt: lastContact(contacts.get(`${found.campaign.mode}:${prospect.id}`), row.enrolment_id),
        suppressedBy: suppressed.get(prospect.id) ?? null,
      },
    ];
  });
}

/** Campaigns and versions change rarely and are few: parsed once a connection. */
const versions = new WeakMap<Connection, Map<number, ScenarioVersion>>();

function campaignsOf(
  connection: Connection,
  enrolments: readonly DueRow[],
): Map<number, { campaign: Campaign; version: ScenarioVersion }> {
  const ids = JSON.stringify([...new Set(enrolments.map(({ campaign_id }) => campaign_id))]);
  const rows = connection
    .prepare<[string], CampaignRow>(
      `select ${CAMPAIGN_COLUMNS} from campaign where id in (select value from json_each(?))`,
    )
    .all(ids);
  return new Map(
    rows.map((row) => [
      row.id,
      { campaign: campaignOf(row), version: versionOf(connection, row.scenario_version_id) },
    ]),
  );
}

export function versionOf(connection: Connection, id: number): ScenarioVersion {
  const known = versions.get(connection) ?? new Map<number, ScenarioVersion>();
  versions.set(connection, known);
  const parsed = known.get(id);
  if (parsed) return parsed;
  const row = connection
    .prepare<[number], { hash: string; body: string }>('select hash, body from scenario_version where id = ?')
    .get(id);
  if (!row) throw new Error(`no scenario version ${id}`);
  const version: ScenarioVersion = { id, hash: row.hash, ...JSON.parse(row.body) };
  known.set(id, version);
  return version;
}

interface MessageRow {
  id: number;
  enrolment_id: number;
  step: string;
  channel: Channel;
  state: MessageState;
  idempotency_key: string | null;
  subject: string | null;
  body: string;
  sent_at: number | null;
  facts_key: string | null;
  sender: string | null;
  approved: number;
}

/** Of those only that may still be written anew. */
const IS_APPROVED = `case when state = 'ready' and facts_key is not null then exists (
  select 1 from event e indexed by event_prospect
  where e.prospect_id = message.prospect_id and e.type = 'approved' and e.message_id = message.id) else 0 end`;

const messagesOf = (connection: Connection, enrolments: string): MessageRow[] =>
  connection
    .prepare<[string], MessageRow>(
      `select id, enrolment_id, step, channel, state, idempotency_key, subject, body, sent_at, facts_key, sender,
         ${IS_APPROVED} as approved
       from message where enrolment_id in (select value from json_each(?)) order by id`,
    )
    .all(enrolments);

const touchOf = (row: MessageRow): Touch => ({
  messageId: row.id,
  step: row.step,
  channel: row.channel,
  state: row.state,
  idempotencyKey: row.idempotency_key,
  sentAt: row.sent_at,
  factsKey: row.facts_key,
  approved: row.approved === 1,
});

const pastTouchOf = ({ step, channel, subject, body, sent_at, sender }: MessageRow): PastTouch[] =>
  sent_at === null ? [] : [{ step, channel, subject, body, sentAt: sent_at, sender }];

/**
 * `accepted:PROSPECT` (a connection is a fact about the person), `rehearsed:PROSPECT` (one that a rehearsal made up),
 * `connected:PROSPECT` (one that no invitation of ours led to) and `delivered:ENROLMENT` (an e-mail or SMS).
 */
function factsOf(connection: Connection, people: string): Set<string> {
  const rows = connection
    .prepare<
      [string],
      { type: string; prospect_id: number; enrolment_id: number | null; mode: string | null }
    >(
      `select type, prospect_id, enrolment_id, (select mode from campaign where id = campaign_id) as mode from event
       where prospect_id in (select value from json_each(?))
         and (type in ('accepted', 'connected') or (type = 'delivered' and channel is not 'linkedin'))`,
    )
    .all(people);
  return new Set(
    rows.map(({ type, prospect_id, enrolment_id, mode }) => {
      if (type === 'delivered') return `delivered:${enrolment_id}`;
      if (type === 'connected' && mode !== 'rehearsal') return `connected:${prospect_id}`;
      return `${mode === 'rehearsal' ? 'rehearsed' : 'accepted'}:${prospect_id}`;
    }),
  );
}

const isAccepted = (facts: ReadonlySet<string>, prospectId: number, mode: CampaignMode): boolean =>
  facts.has(`accepted:${prospectId}`) || (mode === 'rehearsal' && facts.has(`rehearsed:${prospectId}`));

interface Contact {
  at: number;
  /** A mail of unknown fate that waits to be repeated: no contact for its own enrolment, which would never repeat it. */
  repeatOf: number | null;
}

/** The last touches of each person, by mode: a rehearsal is no contact, one that was perhaps sent is. */
function contactsOf(connection: Connection, people: string): Map<string, Contact[]> {
  const rows = connection
    .prepare<[string], Contact & { mode: string; prospect_id: number }>(
      `select mode, prospect_id, case when state = 'ready' then enrolment_id end as repeatOf,
         max(coalesce(sent_at, claimed_at)) as at
       from message where prospect_id in (select value from json_each(?))
         and (sent_at is not null or (claimed_at is not null
           and (state in ('sending', 'uncertain') or (state = 'ready' and idempotency_key is not null))))
       group by 1, 2, 3`,
    )
    .all(people);
  return groupBy(rows, (row) => `${row.mode}:${row.prospect_id}`);
}

function lastContact(contacts: readonly Contact[] = [], enrolmentId: number): number | null {
  const times = contacts.filter(({ repeatOf }) => repeatOf !== enrolmentId).map(({ at }) => at);
  return times.length === 0 ? null : Math.max(...times);
}
