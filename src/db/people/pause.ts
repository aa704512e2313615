import type { EnrolmentStatus } from '../../engine/model.ts';
import type { EnrolmentView, PauseResult } from '../../engine/ports/people.ts';
import type { Connection } from '../connection.ts';
import { enrolmentViews } from '../enrolment-views.ts';

export interface Selection {
  prospectIds: readonly number[];
  /** Null: all of them. */
  campaignId: number | null;
  /** Only these enrolments; null: any. */
  among: ReadonlySet<number> | null;
  now: number;
}

interface Change {
  from: EnrolmentStatus;
  sql: string;
  event: 'paused' | 'resumed';
}

/** Step, dates and hold stay as they are: resume goes on from them. */
const PAUSE: Change = {
  from: 'active',
  sql: "update enrolment set status = 'paused' where id = :id and status = 'active'",
  event: 'paused',
};

/** Due at once: the planner holds it again where a person is awaited, and expires what came too late. */
const RESUME: Change = {
  from: 'paused',
  sql: `update enrolment set status = 'active', next_at = max(coalesce(next_at, :now), :now)
    where id = :id and status = 'paused'`,
  event: 'resumed',
};

export const pauseOpen = (connection: Connection, selection: Selection): Map<number, PauseResult> =>
  change(connection, selection, PAUSE);

export const resumePaused = (connection: Connection, selection: Selection): Map<number, PauseResult> =>
  change(connection, selection, RESUME);

/** To be called inside write(). By person; whoever has no enrolment there has nothing changed and nothing instead. */
function change(
  connection: Connection,
  { prospectIds, campaignId, among, now }: Selection,
  { from, sql, event }: Change,
): Map<number, PauseResult> {
  const before = enrolmentViews(connection, prospectIds, campaignId);
  const chosen = new Set<number>();
  const update = connection.prepare<[{ id: number; now: number }]>(sql);
  const record = connection.prepare<[string, number, number]>(
    `insert into event (type, at, prospect_id, campaign_id, enrolment_id)
     select ?, ?, prospect_id, campaign_id, id from enrolment where id = ?`,
  );
  for (const { id, status } of [...before.values()].flat()) {
    if (status !== from || among?.has(id) === false) continue;
    update.run({ id, now });
    record.run(event, now, id);
    chosen.add(id);
  }
  const after = enrolmentViews(connection, prospectIds, campaignId);
  const isChosen = ({ id }: EnrolmentView): boolean => chosen.has(id);
  return new Map(
    prospectIds.map((id) => {
      const changed = (after.get(id) ?? []).filter(isChosen);
      return [id, { changed, instead: changed.length > 0 ? [] : (before.get(id) ?? []) }];
    }),
  );
}
