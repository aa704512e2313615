import type { Offer, Task, TaskFilter } from '../../engine/ports/tasks.ts';
import type { Connection } from '../connection.ts';
import { findCampaign } from '../find-campaign.ts';
import { openMessages } from '../open-messages.ts';
import { stopSuppressed } from '../stop-suppressed.ts';
import { TASK_COLUMNS, type TaskRow, taskOf } from './rows.ts';

/**
 * `cross join` keeps the order: the few open messages lead, through their partial index. What stands beside the last
 * step (`also`) outlives the enrolment.
 */
export const OPEN_TASKS = `from message m indexed by message_open
  cross join enrolment e on e.id = m.enrolment_id and e.status in ('active', 'completed')
  cross join campaign c on c.id = m.campaign_id and c.status = 'running'
  cross join prospect p on p.id = m.prospect_id
  where ${openMessages('m')} and m.state in ('awaiting_operator', 'uncertain')
    and (@campaign is null or m.campaign_id = @campaign) and (@channel is null or m.channel = @channel)
    and (@invitations = 1 or m.kind <> 'invitation' or m.mode = 'rehearsal')`;

export type Parameters = Record<string, string | number | null>;

export const bindOffer = (connection: Connection, filter: TaskFilter | Offer): Parameters => ({
  campaign: filter.campaign === null ? null : findCampaign(connection, filter.campaign).id,
  channel: filter.channel,
  invitations: Number(!('invitations' in filter) || filter.invitations),
});

/** @param now the clock, UTC ms: what is put off beyond it comes last, and who is found on the blacklist ends then */
export function offeredTasks(
  connection: Connection,
  filter: TaskFilter | Offer,
  { limit, except, now }: { limit: number | null; except: readonly number[]; now: number },
): Task[] {
  const read = connection.prepare<[Parameters], TaskRow>(
    `select ${TASK_COLUMNS} ${OPEN_TASKS} and m.id not in (select value from json_each(@except))
     order by coalesce(m.later_at, 0) > @now, m.created_at, m.id limit @limit`,
  );
  const parameters = {
    ...bindOffer(connection, filter),
    except: JSON.stringify(except),
    limit: limit ?? -1,
    now,
  };
  for (;;) {
    const tasks = read.all(parameters).map(taskOf);
    const people = tasks.map(({ prospect }) => prospect);
    if (!stopSuppressed(connection, people, now)) return tasks;
  }
}
