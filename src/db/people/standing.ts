import { and, eq, type SQL, sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import type { StandingFilter } from '../../engine/ports/people.ts';
import type { Connection } from '../connection.ts';
import { findCampaign } from '../find-campaign.ts';
import { campaign, enrolment, prospect } from '../schema.ts';
import { type Lookups, standsSo } from './conditions.ts';
import { stepsOn } from './steps.ts';

/** What a filter on enrolments comes to once its names have been looked up. @throws UserError for an unknown campaign */
export function standingLookups(connection: Connection, filter: StandingFilter, now: number): Lookups {
  const campaignId = filter.campaign === null ? null : findCampaign(connection, filter.campaign).id;
  const places = filter.channel === null ? null : stepsOn(connection, filter.channel, campaignId);
  return { campaignId, places, now };
}

/** Of these people, the enrolments that stand as asked; null: any does. To be called inside write(). */
export function standingAs(
  connection: Connection,
  prospectIds: readonly number[],
  filter: StandingFilter,
  lookups: Lookups,
): ReadonlySet<number> | null {
  if (filter.status === 'none') return new Set();
  const asked: SQL | undefined = standsSo(filter, lookups);
  if (asked === undefined) return null;
  const rows = drizzle({ client: connection })
    .select({ id: enrolment.id })
    .from(enrolment)
    .innerJoin(campaign, eq(campaign.id, enrolment.campaignId))
    .innerJoin(prospect, eq(prospect.id, enrolment.prospectId))
    .where(and(sql`${prospect.id} in (select value from json_each(${JSON.stringify(prospectIds)}))`, asked))
    .all();
  return new Set(rows.map(({ id }) => id));
}
