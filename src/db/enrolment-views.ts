import type { EnrolmentView } from '../engine/ports/people.ts';
import type { Connection } from './connection.ts';

const VIEW = `select enrolment.id, enrolment.prospect_id as prospectId, campaign.name as campaign,
    campaign.status as campaignStatus, campaign.mode, campaign.timezone, enrolment.status, enrolment.reason,
    enrolment.step, enrolment.next_at as nextAt, enrolment.hold, enrolment.created_at as createdAt,
    enrolment.ended_at as endedAt
  from enrolment join campaign on campaign.id = enrolment.campaign_id`;

interface ViewRow extends EnrolmentView {
  prospectId: number;
}

/** Enrolments by prospect, open ones first, then the newest; in one campaign only when given. */
export function enrolmentViews(
  connection: Connection,
  prospectIds: readonly number[],
  campaignId: number | null,
): Map<number, EnrolmentView[]> {
  const rows = connection
    .prepare<[string, number | null, number | null], ViewRow>(
      `${VIEW} where enrolment.prospect_id in (select value from json_each(?)) and (? is null or campaign.id = ?)
       order by enrolment.status in ('active', 'paused') desc, enrolment.id desc`,
    )
    .all(JSON.stringify(prospectIds), campaignId, campaignId);
  const views = new Map<number, EnrolmentView[]>();
  for (const { prospectId, ...view } of rows) {
    const known = views.get(prospectId);
    if (known) known.push(view);
    else views.set(prospectId, [view]);
  }
  return views;
}
