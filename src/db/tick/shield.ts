import {
  type ShieldCounts,
  type Shielded,
  type ShieldLimits,
  shieldVerdict,
} from '../../engine/limits/shield.ts';
import { type Connection, write } from '../connection.ts';

/** A campaign with mails that bounced or brought a complaint; `since` null: it counts from its beginning. */
interface Bounced {
  id: number;
  name: string;
  since: number | null;
}

/**
 * Pauses each running live campaign that is past a limit. Campaigns without a bounce or a complaint, nearly all, cost one
 * look into an index each, and the limits are asked for the others only.
 */
export async function shieldCampaigns(
  connection: Connection,
  limits: () => Promise<ShieldLimits>,
  now: number,
): Promise<Shielded[]> {
  if (bounced(connection).length === 0) return [];
  const known = await limits();
  return write(connection, () =>
    bounced(connection).flatMap((campaign) => {
      const verdict = shieldVerdict(countsOf(connection, campaign), known);
      if (!verdict) return [];
      connection
        .prepare<[number, string, number]>(
          "update campaign set status = 'paused', paused_at = ?, pause_reason = ? where id = ?",
        )
        .run(now, verdict.reason, campaign.id);
      return [{ campaign: campaign.name, reason: verdict.reason }];
    }),
  );
}

const bounced = (connection: Connection): Bounced[] =>
  connection
    .prepare<[], Bounced>(
      `select id, name, shield_from as since from campaign c where status = 'running' and mode = 'live' and exists (
         select 1 from event e indexed by event_campaign where e.campaign_id = c.id and e.type in ('bounced', 'complained')
           and e.at >= coalesce(c.shield_from, c.created_at))
       order by id`,
    )
    .all();

/** Since a person has resumed it: what has come in since, late news of earlier mails too, against what went out since. */
function countsOf(connection: Connection, { id, since }: Bounced): ShieldCounts {
  const sends = connection
    .prepare<[number, number | null, number | null], number>(
      `select count(*) from message where state = 'sent' and campaign_id = ? and channel = 'email'
         and (? is null or sent_at >= ?)`,
    )
    .pluck()
    .get(id, since, since);
  const events = connection
    .prepare<[number, string, number | null, number | null], number>(
      `select count(distinct coalesce(e.message_id, -e.id)) from event e indexed by event_campaign
       where e.campaign_id = ? and e.type = ? and (? is null or e.at >= ?)`,
    )
    .pluck();
  const count = (type: string): number => events.get(id, type, since, since) ?? 0;
  return { sends: sends ?? 0, bounces: count('bounced'), complaints: count('complained') };
}
