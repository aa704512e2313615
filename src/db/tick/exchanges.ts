import type { CampaignMode, Channel } from '../../engine/model.ts';
import type { Exchange } from '../../engine/texts/facts.ts';
import type { Connection } from '../connection.ts';

interface ExchangeRow {
  prospect_id: number;
  direction: 'out' | 'in';
  channel: Channel;
  at: number;
  subject: string | null;
  body: string;
}

/** Sent texts of one mode, by the index of what each person was sent; answers belong to a real person and to both. */
const LAST = `
  with said as (
    select m.prospect_id, 'out' as direction, m.channel, m.sent_at as at, m.subject, m.body
    from json_each(@people) p cross join message m indexed by message_prospect on m.prospect_id = p.value
    where m.sent_at is not null and m.mode = @mode
    union all
    select e.prospect_id, 'in', coalesce(e.channel, 'email'), e.at, null, e.data ->> 'text'
    from json_each(@people) p cross join event e indexed by event_prospect on e.prospect_id = p.value
    where e.type in ('replied', 'meeting') and e.data ->> 'text' is not null
  ), ranked as (
    select *, row_number() over (partition by prospect_id order by at desc, direction) as newest from said
  )
  select prospect_id, direction, channel, at, subject, body from ranked where newest <= @most
  order by prospect_id, newest desc`;

/** The last of what was said with each person, oldest first. */
export function lastExchanges(
  connection: Connection,
  prospectIds: readonly number[],
  mode: CampaignMode,
  most: number,
): Map<number, Exchange[]> {
  const rows = connection
    .prepare<[Record<string, string | number>], ExchangeRow>(LAST)
    .all({ people: JSON.stringify([...new Set(prospectIds)]), mode, most });
  const found = new Map<number, Exchange[]>();
  for (const { prospect_id, ...exchange } of rows) {
    const known = found.get(prospect_id);
    if (known) known.push(exchange);
    else found.set(prospect_id, [exchange]);
  }
  return found;
}
