import type { Findings } from '../../engine/ports/verify.ts';
import { HOLD_REASONS, STOP_REASONS, WAIT_REASONS } from '../../engine/reasons.ts';
import type { Connection } from '../connection.ts';
import { openMessages } from '../open-messages.ts';
import { addBreaches, Collector, countOf, ENROLMENT, MESSAGE } from './findings.ts';

const list = (reasons: Readonly<Record<string, string>>): string =>
  Object.keys(reasons)
    .map((reason) => `'${reason}'`)
    .join(', ');

const WHERE_IT_STANDS = `'step ' || coalesce(e.step, 'none') || ', ' || e.status || coalesce(', ' || e.hold, '')`;

const OPEN = "e.status in ('active', 'paused')";

/** Holds that have no date of their own, and the state of the message that the person has to settle. */
const HAS_TASK = `exists (select 1 from message m indexed by message_once
  where m.enrolment_id = e.id and m.step = e.step and case e.hold
    when 'operator' then m.state = 'awaiting_operator'
    when 'approval' then m.state in ('awaiting_approval', 'draft')
    else m.state in ('uncertain', 'sending') end)`;

const NO_NEXT_DATE = `select ${ENROLMENT}, ${WHERE_IT_STANDS} as detail from enrolment e
  where e.status = 'active' and e.next_at is null and coalesce(e.hold, '') not in ('operator', 'approval', 'uncertain')`;

const NO_TASK = `select ${ENROLMENT}, ${WHERE_IT_STANDS} as detail from enrolment e
  where e.status = 'active' and e.next_at is null and e.hold in ('operator', 'approval', 'uncertain')
    and not ${HAS_TASK}`;

/** Of an open enrolment `reason` says what a hold is about, in free words. */
const UNKNOWN_REASON = `select ${ENROLMENT}, coalesce(e.hold, e.reason) as detail from enrolment e
  where e.hold not in (${list(WAIT_REASONS)}, ${list(HOLD_REASONS)})
    or (not ${OPEN} and e.reason not in (${list(STOP_REASONS)}))`;

const OPEN_WITHOUT_STEP = `select ${ENROLMENT}, ${WHERE_IT_STANDS} as detail from enrolment e
  where ${OPEN} and (e.step is null or e.ended_at is not null)`;

const ENDED_WITH_STEP = `select ${ENROLMENT}, ${WHERE_IT_STANDS} as detail from enrolment e
  where not ${OPEN} and (e.step is not null or e.next_at is not null or e.hold is not null or e.ended_at is null)`;

/** A LinkedIn text beside the last step is still offered once that step is done. */
const OPEN_ON_ENDED = `select ${MESSAGE}, m.state || ' at ' || m.step || ' ' || m.channel as detail
  from message m indexed by message_open join enrolment e on e.id = m.enrolment_id
  where ${openMessages('m')} and m.state in ('draft', 'awaiting_approval', 'ready', 'awaiting_operator') and not ${OPEN}
    and not (m.state = 'awaiting_operator' and e.status = 'completed')`;

const CALL_WITHOUT_CLAIM = `select ${MESSAGE}, m.state || ' at ' || m.step || ' ' || m.channel as detail
  from message m where m.channel <> 'linkedin' and m.state in ('sending', 'sent') and m.claimed_at is null`;

/** Everybody has a next date, a person to wait for, or an end. */
export function examineStuck(connection: Connection, limit: number): Findings {
  const collector = new Collector(limit);
  collector.findings.looked = countOf(connection, 'select count(*) from enrolment');
  addBreaches(collector, connection, 'no_next_date', NO_NEXT_DATE);
  addBreaches(collector, connection, 'no_task', NO_TASK);
  addBreaches(collector, connection, 'unknown_reason', UNKNOWN_REASON);
  addBreaches(collector, connection, 'open_without_step', OPEN_WITHOUT_STEP);
  addBreaches(collector, connection, 'ended_with_step', ENDED_WITH_STEP);
  addBreaches(collector, connection, 'open_on_ended', OPEN_ON_ENDED);
  addBreaches(collector, connection, 'call_without_claim', CALL_WITHOUT_CLAIM);
  return collector.findings;
}
