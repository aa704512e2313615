import type { Lane } from '../../engine/limits/caps.ts';
import type { OwnLimits } from '../../engine/ports/ticks.ts';
import type { Connection } from '../connection.ts';
import { openMessages } from '../open-messages.ts';
import { CAMPAIGN_COLUMNS, type CampaignRow, campaignOf } from '../rows.ts';
import { countsThoughOpen } from './senders.ts';

/** Few rows, and the only ones of a day on which no campaign has anything for itself. A paused one may be explained. */
export const ownLimits = (connection: Connection): OwnLimits[] =>
  connection
    .prepare<[], CampaignRow>(
      `select ${CAMPAIGN_COLUMNS} from campaign
       where mode = 'live' and status <> 'completed' and (caps is not null or sender is not null) order by id`,
    )
    .all()
    .map(campaignOf)
    .map(({ id, name, caps, sender }) => ({ id, name, caps, sender }));

const LANE = "iif(m.channel = 'linkedin' and m.kind = 'invitation', 'invitation', m.channel)";

/** Every sender that there ever was, one step of the index each: whoever sent it, it counts for its campaign. */
const SENT = `
  with recursive senders(sender) as (
    select min(sender) from message indexed by message_ledger where mode = 'live' and sent_at is not null
    union all
    select (select min(m.sender) from message m indexed by message_ledger
      where m.mode = 'live' and m.sent_at is not null and m.sender > senders.sender)
    from senders where senders.sender is not null),
  channels(channel) as (values ('email'), ('sms'), ('linkedin'))
  select m.campaign_id as campaignId, ${LANE} as lane, count(*) as sent
  from senders cross join channels cross join message m indexed by message_ledger
  where m.mode = 'live' and m.sent_at is not null and m.sender = senders.sender and m.channel = channels.channel
    and m.sent_at >= @since
  group by 1, 2`;

const OPEN = `
  select m.campaign_id as campaignId, ${LANE} as lane, count(*) as sent
  from message m indexed by message_open
  where ${openMessages('m')} and m.mode = 'live' and ${countsThoughOpen('@since')}
  group by 1, 2`;

interface Sends {
  campaignId: number;
  lane: Lane;
  sent: number;
}

/** By the index of the ledger: the cost is that of a day, not of what the campaigns ever sent. */
export const campaignUsage = (connection: Connection, since: number): Sends[] =>
  connection
    .prepare<[{ since: number }], Sends>(
      `select campaignId, lane, sum(sent) as sent from (select * from (${SENT}) union all ${OPEN}) group by 1, 2`,
    )
    .all({ since });
