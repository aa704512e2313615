import type { Findings } from '../../engine/ports/verify.ts';
import type { Connection } from '../connection.ts';
import { addBlacklisted } from './blacklisted.ts';
import { addBreaches, Collector, countOf, isoSql, MESSAGE, perhapsSent } from './findings.ts';

/** Events after which a person gets nothing more, in any campaign, live or rehearsal. */
const NO = "('replied', 'meeting', 'opted_out', 'bounced', 'complained', 'blacklisted')";

/** LinkedIn texts are never claimed, and so left out: who confirms one after a no may have pasted it before. */
const SENT_BY_US = `m.claimed_at is not null and ${perhapsSent('m')}`;

/** The first event that says what became of message `m`. */
const RECORDED = `(select min(r.id) from event r where r.campaign_id = m.campaign_id
  and r.type in ('sent', 'uncertain') and r.enrolment_id = m.enrolment_id and r.message_id = m.id)`;

/** The event that ended enrolment `e`, not later than its end says. */
const ENDING = `(select min(n.id) from event n where n.prospect_id = e.prospect_id and n.at <= e.ended_at
  and (n.type in ${NO} or (n.type in ('stopped', 'completed') and n.enrolment_id = e.id))
  and n.id > coalesce((select max(b.id) from event b where b.prospect_id = e.prospect_id and b.type = 'enrolled'
    and b.enrolment_id = e.id), 0))`;

/**
 * A call that was made before the end is recorded whatever has happened meanwhile. The order of the events tells
 * an end from a clock that was put back.
 */
const AFTER_END = `select ${MESSAGE},
    m.step || ' ' || m.channel || ', ' || ${isoSql('m.claimed_at')} || ', ended ' || ${isoSql('e.ended_at')} as detail
  from message m not indexed join enrolment e on e.id = m.enrolment_id
  where m.claimed_at > e.ended_at and ${SENT_BY_US}
    and not coalesce(${RECORDED} < ${ENDING}, 0)`;

/**
 * An enrolment that began before the no should have ended with it. One that began later is somebody's decision
 * (campaign create --include-answered), and what was in flight when the no came ends with the enrolment.
 */
const AFTER_NO = `select distinct ${MESSAGE},
    m.step || ' ' || m.channel || ', ' || ${isoSql('m.claimed_at')} || ', ' || n.type || ' ' || ${isoSql('n.at')} as detail
  from event n not indexed
  cross join message m indexed by message_prospect on m.prospect_id = n.prospect_id
  cross join enrolment e on e.id = m.enrolment_id
  where n.type in ${NO} and m.claimed_at >= n.at and ${SENT_BY_US}
    and e.created_at <= n.at
    and n.id > coalesce((select max(b.id) from event b where b.prospect_id = n.prospect_id and b.type = 'enrolled'
      and b.enrolment_id = e.id), 0)
    and coalesce(${RECORDED} > n.id, 1)
    and (e.ended_at is null or (e.status = 'completed' and e.ended_at >= m.claimed_at))`;

const BY_HAND = `select count(*) from message m indexed by message_sent join enrolment e on e.id = m.enrolment_id
  where m.state = 'sent' and m.channel = 'linkedin' and m.sent_at > e.ended_at`;

export function examineAfterStop(connection: Connection, limit: number): Findings {
  const collector = new Collector(limit);
  collector.findings.looked = countOf(connection, 'select count(*) from enrolment');
  collector.findings.byHand = countOf(connection, BY_HAND);
  addBreaches(collector, connection, 'after_end', AFTER_END);
  addBreaches(collector, connection, 'after_no', AFTER_NO);
  addBlacklisted(collector, connection);
  return collector.findings;
}
