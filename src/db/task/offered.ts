import type { Offer, Task, TaskFilter } from '../../engine/ports/tasks.ts';
import type { Connection } from '../connection.ts';
import { findCampaign } from '../find-campaign.ts';
import { openMessages } from '../open-messages.ts';
import { stopSuppressed } from '../stop-suppressed.ts';
import { TASK_COLUMNS, type TaskRow, taskOf } from './rows.ts';

/**
 * A text to paste is wanted while its campaign runs. What became of one that was perhaps sent stays a question, also when
 * the campaign is paused or ended.
 */
export const IS_OFFERED = `(m.state = 'uncertain' and e.reason is 'campaign_ended'
  or e.status in ('active', 'completed') and (m.state = 'uncertain' or c.status = 'running'))`;

/**
 * `cross join` keeps the order: the few open messages lead, through their partial index. What stands beside the last
 * step (`also`) outlives the enrolment, and belongs to the touch of its step. Rehearsals bother nobody.
 */
export const OPEN_TASKS = `from message m indexed by message_open
  cross join enrolment e on e.id = m.enrolment_id
  cross join campaign c on c.id = m.campaign_id and ${IS_OFFERED}
  cross join prospect p on p.id = m.prospect_id
  where ${openMessages('m')} and m.state in ('awaiting_operator', 'uncertain')
    and (@campaign is null or m.campaign_id = @campaign) and (@channel is null or m.channel = @channel)
    and (m.mode = 'rehearsal' or (
      (@invitations = 1 or m.kind <> 'invitation') and (@messages = 1 or m.kind = 'invitation')
      and not exists (select 1 from json_each(@full) f
        where f.value ->> '$.campaignId' = m.campaign_id and f.value ->> '$.invitation' = (m.kind = 'invitation'))
      and (@untouchedSince is null or not exists (select 1 from message t indexed by message_prospect
        where t.prospect_id = m.prospect_id and t.mode = 'live' and t.sent_at >= @untouchedSince
          and not (t.enrolment_id = m.enrolment_id and t.step = m.step)))))`;

export type Parameters = Record<string, string | number | null>;

export const bindOffer = (connection: Connection, filter: TaskFilter | Offer): Parameters => ({
  campaign: filter.campaign === null ? null : findCampaign(connection, filter.campaign).id,
  channel: filter.channel,
  ...('invitations' in filter
    ? {
        invitations: Number(filter.invitations),
        messages: Number(filter.messages),
        full: JSON.stringify(filter.full),
        untouchedSince: filter.untouchedSince,
      }
    : { invitations: 1, messages: 1, full: '[]', untouchedSince: null }),
});

interface Selection {
  limit: number | null;
  /** Without these tasks, and without these people. */
  except?: readonly number[];
  people?: readonly number[];
  /** Only this task. */
  only?: number | null;
  now: number;
}

/** @param now the clock, UTC ms: what is put off beyond it comes last, and who is found on the blacklist ends then */
export function offeredTasks(
  connection: Connection,
  filter: TaskFilter | Offer,
  { limit, except = [], people: others = [], only = null, now }: Selection,
): Task[] {
  const read = connection.prepare<[Parameters], TaskRow>(
    `select ${TASK_COLUMNS} ${OPEN_TASKS} and m.id not in (select value from json_each(@except))
       and m.prospect_id not in (select value from json_each(@others)) and (@only is null or m.id = @only)
     order by coalesce(m.later_at, 0) > @now, m.created_at, m.id limit @limit`,
  );
  const parameters = {
    ...bindOffer(connection, filter),
    except: JSON.stringify(except),
    others: JSON.stringify(others),
    only,
    limit: limit ?? -1,
    now,
  };
  // What was perhaps sent stays on the list, whoever is stopped.
  const looked = new Set<number>();
  for (;;) {
    const tasks = read.all(parameters).map(taskOf);
    const people = tasks.flatMap(({ prospect }) => (looked.has(prospect.id) ? [] : [prospect]));
    for (const { id } of people) looked.add(id);
    if (!stopSuppressed(connection, people, now)) return tasks;
  }
}
