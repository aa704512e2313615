import type { Used } from '../../engine/limits/capacity.ts';
import type { Lane } from '../../engine/limits/caps.ts';
import type { Circuit } from '../../engine/limits/circuit.ts';
import type { Channel } from '../../engine/model.ts';
import type { CapRow, Usage } from '../../engine/ports/ticks.ts';
import { type Connection, write } from '../connection.ts';
import { openMessages } from '../open-messages.ts';

interface LaneOf {
  lane: Lane;
  channel: Channel;
  sender: string;
}

type Since = Record<keyof Used, number>;
type Parameters = Record<string, string | number>;

/** LinkedIn counts invitations and messages apart; elsewhere a lane is the channel. */
const OF_LANE = "(@lane not in ('invitation', 'linkedin') or (kind = 'invitation') = (@lane = 'invitation'))";

const COUNTS = (at: string): string =>
  `count(*) filter (where ${at} >= @hour) as hour, count(*) filter (where ${at} >= @day) as day, count(*) as week`;

/** What has gone out for real. */
const SENT = `select ${COUNTS('sent_at')} from message indexed by message_ledger
  where mode = 'live' and sent_at is not null and sender = @sender and channel = @channel and sent_at >= @week
    and ${OF_LANE}`;

/**
 * What perhaps has, by the time of its call; what will go out on a day to come as if it did now: a repeat, and a
 * text that is offered to a person as a task. One that is not offered (`task list`) keeps nobody back.
 * @param since the name of the parameter
 */
export const countsThoughOpen = (since: string): string =>
  `((m.state in ('sending', 'uncertain') and m.claimed_at >= ${since})
    or (m.state = 'ready' and m.idempotency_key is not null)
    or (m.state = 'awaiting_operator' and exists (select 1 from enrolment e
      join campaign c on c.id = e.campaign_id and c.status = 'running'
      where e.id = m.enrolment_id and e.status in ('active', 'completed'))))`;

const OPEN = `select ${COUNTS("iif(m.state in ('sending', 'uncertain'), m.claimed_at, 1e15)")}
  from message m indexed by message_open
  where ${openMessages('m')} and m.mode = 'live' and m.sender = @sender and m.channel = @channel and ${OF_LANE}
    and ${countsThoughOpen('@week')}`;

const FIRST = `select min(sent_at) from message indexed by message_ledger
  where mode = 'live' and sent_at is not null and sender = @sender and channel = @channel`;

/** By the index of the ledger: the cost is that of what counts, not of what was ever sent. */
export function senderUsage(connection: Connection, lanes: readonly LaneOf[], since: Since): Usage[] {
  const sent = connection.prepare<[Parameters], Used>(SENT);
  const open = connection.prepare<[Parameters], Used>(OPEN);
  const first = connection.prepare<[Parameters], number | null>(FIRST).pluck();
  return lanes.map(({ lane, channel, sender }) => {
    const [gone, held] = [sent, open].map(
      (statement) => statement.get({ lane, channel, sender, ...since }) ?? { hour: 0, day: 0, week: 0 },
    );
    const sum = (key: keyof Used): number => (gone?.[key] ?? 0) + (held?.[key] ?? 0);
    const firstAt = first.get({ channel, sender }) ?? null;
    return { hour: sum('hour'), day: sum('day'), week: sum('week'), firstAt };
  });
}

export const openCircuits = (connection: Connection): Circuit[] =>
  connection
    .prepare<[], Circuit>('select channel, failures, open_until as openUntil, reason from circuit')
    .all();

/** Where a cap was lowered during the day, the day is judged by the higher one. */
export function rememberSenders(
  connection: Connection,
  caps: readonly CapRow[],
  circuits: readonly Circuit[],
): void {
  const day = connection.prepare<[CapRow]>(
    `insert into sender_day (sender, lane, date, day_cap, week_cap) values (@sender, @lane, @date, @day, @week)
     on conflict do update set day_cap = max(day_cap, excluded.day_cap), week_cap = max(week_cap, excluded.week_cap)`,
  );
  const circuit = connection.prepare<[Circuit]>(
    'insert into circuit (channel, failures, open_until, reason) values (@channel, @failures, @openUntil, @reason)',
  );
  write(connection, () => {
    for (const row of caps) day.run(row);
    connection.prepare('delete from circuit').run();
    for (const state of circuits) circuit.run(state);
  });
}
