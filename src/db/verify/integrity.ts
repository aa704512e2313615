import type { Findings } from '../../engine/ports/verify.ts';
import type { Connection } from '../connection.ts';
import { addBreaches, Collector, countOf, MESSAGE } from './findings.ts';

const NOBODY = { messageId: null, enrolmentId: null, prospectId: null, campaignId: null };

const MESSAGE_REFERENCE = `select ${MESSAGE}, 'message and enrolment' as detail
  from message m not indexed join enrolment e on e.id = m.enrolment_id join campaign c on c.id = e.campaign_id
  where m.prospect_id <> e.prospect_id or m.campaign_id <> e.campaign_id or m.mode <> c.mode`;

const EVENT_REFERENCE = `select v.message_id as messageId, v.enrolment_id as enrolmentId, v.prospect_id as prospectId,
    v.campaign_id as campaignId, v.type || ' event ' || v.id as detail
  from event v not indexed left join enrolment e on e.id = v.enrolment_id
  where (v.enrolment_id is not null and (e.id is null or e.prospect_id <> v.prospect_id))
    or not exists (select 1 from prospect p where p.id = v.prospect_id)
    or (v.message_id is not null and not exists (select 1 from message m where m.id = v.message_id))`;

interface ForeignKeyRow {
  table: string;
  rowid: number;
  parent: string;
}

/** What SQLite says of its own file. */
export function examineFile(connection: Connection, limit: number): Collector {
  const collector = new Collector(limit);
  collector.findings.looked = countOf(connection, 'pragma page_count');
  for (const said of connection.prepare<[], string>('pragma integrity_check(1000)').pluck().iterate())
    if (said !== 'ok') collector.add(() => ({ code: 'damaged', ...NOBODY, detail: said }));
  return collector;
}

/** References: those that SQLite knows, and those that only we do. */
export function examineReferences(connection: Connection, collector: Collector): Findings {
  for (const { table, rowid, parent } of connection
    .prepare<[], ForeignKeyRow>('pragma foreign_key_check')
    .iterate())
    collector.add(() => ({
      code: 'foreign_key',
      ...NOBODY,
      detail: `${table} ${rowid} names a missing ${parent}`,
    }));
  addBreaches(collector, connection, 'wrong_reference', MESSAGE_REFERENCE);
  addBreaches(collector, connection, 'wrong_reference', EVENT_REFERENCE);
  return collector.findings;
}
