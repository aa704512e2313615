import { daysText, hoursText } from '../../engine/dates/window.ts';
import type { BreachRow, Call, CapOfDay, Findings, Judges } from '../../engine/ports/verify.ts';
import { readAllowed } from '../../engine/verify/allowed.ts';
import type { Breach } from '../../engine/verify/checks.ts';
import type { Connection } from '../connection.ts';
import { addBreaches, Collector, countOf, MESSAGE, perhapsSent } from './findings.ts';

/** Sorted by SQLite, so that one pass with one call remembered judges each person. */
const CALLS = `select m.id as messageId, m.enrolment_id as enrolmentId, m.prospect_id as prospectId,
    m.campaign_id as campaignId, m.step, m.channel, m.sender, m.idempotency_key as idempotencyKey,
    m.claimed_at as claimedAt, m.sent_at as sentAt, m.allowed
  from message m not indexed
  where m.mode = 'live' and m.channel in ('email', 'sms') and m.claimed_at is not null and ${perhapsSent('m')}
  order by m.prospect_id, m.claimed_at, m.id`;

/** Twice, at the wrong hour, too many: one pass over the ledger for the three. */
export function examineCalls(
  connection: Connection,
  judges: Judges,
  limit: number,
): Record<'duplicate_touch' | 'outside_window' | 'over_cap', Findings> {
  const [twice, hours, caps] = [new Collector(limit), new Collector(limit), new Collector(limit)];
  addBreaches(twice, connection, 'step_twice', STEP_TWICE);
  twice.findings.looked = countOf(connection, 'select count(*) from message');
  for (const call of connection.prepare<[], Call>(CALLS).iterate()) {
    const wrong = judges.sequence(call);
    if (wrong) twice.add(() => breachOf(call, wrong));
    const verdict = judges.hours(call);
    if (verdict === 'unknown') hours.findings.notCheckable += 1;
    else hours.findings.looked += 1;
    if (verdict === 'outside') hours.add(() => breachOf(call, 'outside_hours'));
    judges.countSend(call);
    caps.findings.looked += 1;
  }
  caps.findings.byHand = countOf(connection, BY_HAND);
  for (const row of judges.exceeded(connection.prepare<[], CapOfDay>(CAPS).all())) caps.add(() => row);
  return { duplicate_touch: twice.findings, outside_window: hours.findings, over_cap: caps.findings };
}

function breachOf(call: Call, code: Breach): BreachRow {
  const { messageId, enrolmentId, prospectId, campaignId, step, channel, claimedAt, allowed } = call;
  const detail = `${step} ${channel}, ${new Date(claimedAt).toISOString()}, allowed ${allowedText(allowed)}`;
  return { code, messageId, enrolmentId, prospectId, campaignId, detail };
}

function allowedText(allowed: string | null): string {
  const read = allowed === null ? null : readAllowed(allowed);
  if (read === null) return 'unknown';
  return `${daysText(read.window.days)} ${hoursText(read.window)} ${read.place.zone} (${read.place.region})`;
}

/** The database itself refuses these; a file whose index was lost does not. */
const STEP_TWICE = `select ${MESSAGE}, m.step || ' ' || m.channel as detail
  from message m join (
    select enrolment_id, step, channel, min(id) as first from message group by 1, 2, 3 having count(*) > 1
  ) as twice on twice.enrolment_id = m.enrolment_id and twice.step = m.step and twice.channel = m.channel
  where m.id > twice.first`;

const BY_HAND =
  "select count(*) from message where state = 'sent' and mode = 'live' and channel = 'linkedin'";

const CAPS = `select sender, lane, date, day_cap as dayCap, week_cap as weekCap from sender_day
  where day_cap is not null or week_cap is not null order by date, sender, lane`;
