import { isInDraft } from '../../engine/gdpr/draft.ts';
import { type Traces, tracesOf } from '../../engine/gdpr/traces.ts';
import type { HeldData, HeldRow } from '../../engine/ports/gdpr.ts';
import { suppressionKeys } from '../../engine/suppression.ts';
import { usageError } from '../../errors.ts';
import type { Connection } from '../connection.ts';
import { prospectsById } from '../prospect-rows.ts';
import { findEntries } from '../suppression-entries.ts';
import { ABOUT_PEOPLE, heldRow, rowsAbout } from './tables.ts';

/** All that the database holds about one person. @throws UserError for a number that is nobody's */
export function collect(connection: Connection, prospectId: number): HeldData {
  const [prospect] = prospectsById(connection, [prospectId]);
  const row = connection
    .prepare<[number], Record<string, unknown>>('select * from prospect where id = ?')
    .get(prospectId);
  if (!prospect || !row) throw usageError(`no prospect #${prospectId}`, 'hector prospect list');
  const all = (sql: string): HeldRow[] =>
    connection.prepare<[{ id: number }], Record<string, unknown>>(sql).all({ id: prospectId }).map(heldRow);
  const tables = Object.fromEntries(
    ABOUT_PEOPLE.map((table) => [table, rowsAbout(connection, table, prospectId)]),
  );
  return {
    prospectId,
    person: heldRow(row),
    imports: all(IMPORTS),
    campaigns: all(CAMPAIGNS),
    tables,
    drafts: draftsAbout(connection, tracesOf([prospect])).map(heldRow),
    blacklist: findEntries(connection, suppressionKeys(prospect)),
    messageIds: (tables.message ?? []).flatMap(({ id }) => (typeof id === 'number' ? [id] : [])),
  };
}

const IMPORTS = `select id, file, started_at from import_run where id in (
  select import_id from prospect where id = :id union select import_id from import_change where prospect_id = :id)
  order by id`;

const CAMPAIGNS = `select id, name, mode, objective from campaign
  where id in (select campaign_id from enrolment where prospect_id = :id) order by id`;

interface DraftRow extends Record<string, unknown> {
  id: number;
  name: string;
  answers: string;
}

export const draftsAbout = (connection: Connection, traces: Traces): DraftRow[] =>
  connection
    .prepare<[], DraftRow>('select * from campaign_draft order by id')
    .all()
    .filter(({ answers }) => isInDraft(JSON.parse(answers), traces));
