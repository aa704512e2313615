import type { Campaign } from '../engine/plan/snapshot.ts';
import type { Owner } from '../engine/ports/ticks.ts';
import { CAP_WAITS } from '../engine/reasons.ts';
import { shellWord } from '../engine/shell-word.ts';
import { failure } from '../errors.ts';
import type { Connection } from './connection.ts';
import { campaignById, sameName } from './find-campaign.ts';
import { endLaunch, isLaunchedElsewhere, UNFINISHED } from './launch.ts';

/** What was ended stays so: its people have been told apart from others since. */
function refuseEnded(connection: Connection, id: number): void {
  const ended = connection
    .prepare<[number], string>("select name from campaign where id = ? and status = 'completed'")
    .pluck()
    .get(id);
  if (ended !== undefined)
    throw failure(
      `campaign "${ended}" has ended; people can be taken into a new one`,
      `hector campaign create --from ${shellWord(`campaign:${ended}`)}`,
    );
}

/** One whose people are all in it runs, unless somebody has paused it meanwhile. */
export function start(connection: Connection, id: number): Campaign {
  refuseEnded(connection, id);
  endLaunch(connection, id);
  connection
    .prepare<[number]>("update campaign set status = 'running' where id = ? and paused_at is null")
    .run(id);
  return campaignById(connection, id);
}

/**
 * Why the shield had paused it stays said when a person pauses it once more. A launch under way leaves it paused; one that
 * was cut off will be taken back.
 */
export function pause(connection: Connection, id: number, { owner, now }: { owner: Owner; now: number }): 0 {
  refuseEnded(connection, id);
  const underWay = isLaunchedElsewhere(connection, id, owner) ? 1 : 0;
  connection
    .prepare<[Record<string, number>]>(
      `update campaign set status = 'paused',
         paused_at = iif(not @underWay and ${UNFINISHED}, null, @now) where id = @id`,
    )
    .run({ id, now, underWay });
  return 0;
}

/** What the shield has paused begins to count anew. */
const RESUME = `update campaign set status = 'running', paused_at = null, pause_reason = null,
  shield_from = case when pause_reason is null then shield_from else @now end where id = @id`;

/** @returns how many people a cap had put off */
export function resume(connection: Connection, id: number, now: number): number {
  refuseEnded(connection, id);
  endLaunch(connection, id);
  connection.prepare<[Record<string, number>]>(RESUME).run({ id, now });
  return wakeCapped(connection, id, now);
}

/** Whom a cap has put off is looked at with the next tick: somebody may have raised it. */
const wakeCapped = (connection: Connection, id: number, now: number): number =>
  connection
    .prepare<[number, number, number, string]>(
      `update enrolment set next_at = ? where campaign_id = ? and status = 'active' and next_at > ?
         and hold in (select value from json_each(?))`,
    )
    .run(now, id, now, JSON.stringify(CAP_WAITS)).changes;

/** Number of the campaign by this name whose launch was cut off, or is still under way. */
export function unfinished(connection: Connection, name: string): number | null {
  const rows = connection
    .prepare<[], { id: number; name: string }>(`select id, name from campaign where ${UNFINISHED}`)
    .all();
  return rows.find((each) => sameName(each.name, name))?.id ?? null;
}
