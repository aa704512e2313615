import { and, eq, exists, inArray, isNotNull, isNull, not, or, type SQL, sql } from 'drizzle-orm';
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3';
import type { ProspectField } from '../../engine/model.ts';
import type { PeopleFilter } from '../../engine/ports/people.ts';
import { AWAITED_TOO_LONG_MS, OVERDUE_MS, STUCK_HOLDS } from '../../engine/stuck.ts';
import { folded } from '../../engine/suggest.ts';
import { foldedSql } from '../prospect-rows.ts';
import { campaign, enrolment, prospect } from '../schema.ts';
import type { StepPlaces } from './steps.ts';

/** What a filter comes to once its names have been looked up. */
export interface Lookups {
  /** Null: all campaigns. */
  campaignId: number | null;
  /** Steps by the channel that was asked for; null: any. */
  places: StepPlaces | null;
  now: number;
}

/** Whose data were erased are nobody. */
export function conditions(
  db: BetterSQLite3Database,
  filter: PeopleFilter,
  lookups: Lookups,
): SQL | undefined {
  const { text, company, source, tag, importId, replied, has, lacks } = filter;
  return and(
    isNull(prospect.erasedAt),
    enrolled(db, filter, lookups),
    text === null ? undefined : contains(EVERYTHING, text),
    company === null ? undefined : contains(COMPANY, company),
    source === null ? undefined : contains(SOURCE, source),
    tag === null ? undefined : sql`instr(${TAGS}, ${`,${folded(tag)},`}) > 0`,
    importId === null ? undefined : ofImport(importId),
    replied === null ? undefined : hasReplied(lookups.campaignId, replied),
    ...has.map((field) => sql`${column(field)} is not null`),
    ...lacks.map((field) => sql`${column(field)} is null`),
  );
}

/** One enrolment for which all hold that is asked of a standing. */
function enrolled(db: BetterSQLite3Database, filter: PeopleFilter, lookups: Lookups): SQL | undefined {
  const standing = standsSo(filter, lookups);
  if (standing === undefined && filter.status !== 'none') return undefined;
  const found = db
    .select({ one: sql`1` })
    .from(enrolment)
    .innerJoin(campaign, eq(campaign.id, enrolment.campaignId))
    .where(and(eq(enrolment.prospectId, prospect.id), standing));
  return filter.status === 'none' ? not(exists(found)) : exists(found);
}

/** What is asked of one enrolment, beside its campaign and its person; undefined: nothing. */
export function standsSo(
  { status, step, stuck }: Pick<PeopleFilter, 'status' | 'step' | 'stuck'>,
  { campaignId, places, now }: Lookups,
): SQL | undefined {
  return and(
    campaignId === null ? undefined : eq(enrolment.campaignId, campaignId),
    status === null || status === 'none' ? undefined : eq(enrolment.status, status),
    step === null ? undefined : and(eq(enrolment.step, step), IS_OPEN),
    places === null ? undefined : nextBy(places),
    stuck ? isStuck(now) : undefined,
  );
}

const IS_OPEN = inArray(enrolment.status, ['active', 'paused']);

/** A step on any channel goes by the first that the person has an address for (plan/reach.ts). */
function nextBy({ own, any, channel }: StepPlaces): SQL | undefined {
  const place = sql`${enrolment.campaignId} || ':' || ${enrolment.step}`;
  const among = (places: readonly string[]) =>
    sql`${place} in (select value from json_each(${JSON.stringify(places)}))`;
  return and(IS_OPEN, or(among(own), and(among(any), FIRST_WAY[channel])));
}

const FIRST_WAY: Record<StepPlaces['channel'], SQL | undefined> = {
  linkedin: isNotNull(prospect.linkedin),
  email: and(isNull(prospect.linkedin), isNotNull(prospect.email)),
  sms: and(isNull(prospect.linkedin), isNull(prospect.email), isNotNull(prospect.mobile)),
};

function isStuck(now: number): SQL | undefined {
  const awaited = sql`exists (select 1 from message m where m.enrolment_id = ${enrolment.id} and m.step = ${enrolment.step}
    and m.state in ('awaiting_operator', 'awaiting_approval', 'draft', 'uncertain')
    and max(m.created_at, coalesce(m.later_at, 0)) < ${now - AWAITED_TOO_LONG_MS})`;
  return and(
    eq(enrolment.status, 'active'),
    eq(campaign.status, 'running'),
    or(inArray(enrolment.hold, [...STUCK_HOLDS]), sql`${enrolment.nextAt} < ${now - OVERDUE_MS}`, awaited),
  );
}

const ofImport = (id: number): SQL =>
  sql`(${prospect.importId} = ${id} or ${prospect.id} in (select prospect_id from import_change where import_id = ${id}))`;

/** By the events, since a reply of a while ago may have been followed by another campaign. */
function hasReplied(campaignId: number | null, replied: boolean): SQL {
  const found = sql`exists (select 1 from event v where v.prospect_id = ${prospect.id} and v.type in ('replied', 'meeting')
    and (${campaignId} is null or v.campaign_id = ${campaignId}))`;
  return replied ? found : not(found);
}

/** Columns are named like the facts, which are a closed list. */
const column = (field: ProspectField): SQL => sql.raw(`prospect.${field}`);

const EVERYTHING = sql.raw(
  foldedSql(
    "concat_ws(' ', prospect.first_name, prospect.last_name, prospect.company, prospect.title, prospect.email)",
  ),
);
const COMPANY = sql.raw(foldedSql('prospect.company'));
const SOURCE = sql.raw(foldedSql('prospect.source'));
/** `vip; salon 2026` as `,vip,salon 2026,`. */
const TAGS = sql.raw(
  `',' || replace(replace(replace(${foldedSql('prospect.tags')}, ';', ','), ', ', ','), ' ,', ',') || ','`,
);

/** Nothing in the words typed acts as a wildcard. */
const contains = (value: SQL, words: string): SQL => sql`instr(${value}, ${folded(words)}) > 0`;
