import type { Findings } from '../../engine/ports/verify.ts';
import type { Connection } from '../connection.ts';
import { addBreaches, Collector, countOf, ENROLMENT, MESSAGE } from './findings.ts';

/**
 * What a tick counted as sent must be there, but for rehearsed texts of people who were removed since; and more
 * only as far as it left the fate of messages open, which a person or a look-up has settled since. A tick that was
 * thought dead, and was not, may count what the one that took over has recorded as its own.
 */
const TICK_COUNT = `
  with ledger as (
    select tick_id, channel, count(*) as sent from message not indexed
    where state = 'sent' and channel in ('email', 'sms') and tick_id is not null group by 1, 2),
  counted as (
    select id, column1 as channel, coalesce(json_extract(summary, '$.sent.' || column1), 0) as sent,
      coalesce(json_extract(summary, '$.rehearsed'), 0) as removable,
      coalesce(json_extract(summary, '$.uncertain'), 0) + coalesce(json_extract(summary, '$.retried'), 0)
        + coalesce(json_extract(summary, '$.waiting.checking'), 0) as unsettled,
      exists (select 1 from tick later where later.id > tick.id and later.started_at <= tick.finished_at) as overtaken
    from tick cross join (values ('email'), ('sms'))
    where finished_at is not null and summary is not null)
  select null as messageId, null as enrolmentId, null as prospectId, null as campaignId,
    'tick ' || id || ' ' || counted.channel || ': counted ' || counted.sent || ', there are ' || coalesce(ledger.sent, 0) as detail
  from counted left join ledger on ledger.tick_id = counted.id and ledger.channel = counted.channel
  where (coalesce(ledger.sent, 0) < counted.sent - removable and not overtaken) or coalesce(ledger.sent, 0) > counted.sent + unsettled`;

const SENT_WITHOUT_EVENT = `select ${MESSAGE}, m.step || ' ' || m.channel as detail
  from message m where m.id in (
    select id from message indexed by message_sent where state = 'sent'
    except select message_id from event where type = 'sent')`;

const EVENT = `v.message_id as messageId, v.enrolment_id as enrolmentId, v.prospect_id as prospectId,
  v.campaign_id as campaignId`;

const EVENT_WITHOUT_SENT = `select ${EVENT}, 'event ' || v.id as detail from event v
  where v.type = 'sent' and (v.message_id is null
    or v.message_id not in (select id from message indexed by message_sent where state = 'sent'))`;

const SENT_EVENT_TWICE = `select ${EVENT}, count(*) || ' events' as detail from event v
  where v.type = 'sent' and v.message_id is not null group by v.message_id having count(*) > 1`;

const without = (ended: string, event: string): string =>
  `(${ended} and not exists (select 1 from event v where v.prospect_id = e.prospect_id and v.type in ('${event}')))`;

/** An answer ends the person's enrolments in every campaign, and is recorded once. */
const STATUS_WITHOUT_EVENT = `select ${ENROLMENT}, e.status || coalesce(', ' || e.reason, '') as detail from enrolment e
  where ${without("e.status = 'replied'", 'replied')} or ${without("e.status = 'meeting'", 'meeting')}
    or ${without("e.status = 'completed'", 'completed')}
    or (e.status not in ('active', 'paused') and (
      ${without("e.reason = 'opted_out'", "opted_out', 'complained")} or ${without("e.reason = 'bounced'", 'bounced')}))`;

/** The run log, the events and the messages tell the same story. */
export function examineCounters(connection: Connection, limit: number): Findings {
  const collector = new Collector(limit);
  collector.findings.looked = countOf(connection, 'select count(*) from event');
  addBreaches(collector, connection, 'tick_count', TICK_COUNT);
  addBreaches(collector, connection, 'sent_without_event', SENT_WITHOUT_EVENT);
  addBreaches(collector, connection, 'event_without_sent', EVENT_WITHOUT_SENT);
  addBreaches(collector, connection, 'sent_event_twice', SENT_EVENT_TWICE);
  addBreaches(collector, connection, 'status_without_event', STATUS_WITHOUT_EVENT);
  return collector.findings;
}
