import { draftWithout } from '../../engine/gdpr/draft.ts';
import { storedWithoutTraces, type Traces, withoutTraces } from '../../engine/gdpr/traces.ts';
import type { Connection } from '../connection.ts';
import { draftsAbout } from './collect.ts';

/**
 * Takes people's addresses out of what is not theirs alone: drafts of campaigns, run logs, objectives, reasons, answers
 * of others. One pass, however many people. The texts that others were sent stay as they were sent. Inside write().
 */
export function forgetElsewhere(connection: Connection, traces: Traces): void {
  if (traces.addresses.size === 0 && traces.slugs.size === 0) return;
  const save = connection.prepare<[string, number]>('update campaign_draft set answers = ? where id = ?');
  for (const { id, answers } of draftsAbout(connection, traces))
    save.run(JSON.stringify(draftWithout(JSON.parse(answers), traces)), id);
  for (const [table, column] of TEXTS)
    forgetIn(connection, { table, column, without: withoutTraces, traces });
  for (const [table, column] of JSON_TEXTS)
    forgetIn(connection, { table, column, without: storedWithoutTraces, traces });
  forgetEntries(connection, traces);
}

const TEXTS = [
  ['circuit', 'reason'],
  ['campaign', 'pause_reason'],
  ['campaign', 'objective'],
  ['message', 'error'],
] as const;

const JSON_TEXTS = [
  ['tick', 'summary'],
  ['event', 'data'],
] as const;

/** Nothing that could hold an address: most rows of the large tables. */
const may = (column: string): string =>
  `(instr(${column}, '@') or ${column} like '%\\%40%' escape '\\' or ${column} like '%/in/%' or ${column} glob '*[0-9][0-9][0-9][0-9][0-9][0-9][0-9]*')`;

interface Place {
  table: string;
  column: string;
  without: (text: string, traces: Traces) => string;
  traces: Traces;
}

function forgetIn(connection: Connection, { table, column, without, traces }: Place): void {
  const rows = connection.prepare<[], { id: number; text: string }>(
    `select rowid as id, ${column} as text from ${table} where ${column} is not null and ${may(column)}`,
  );
  const put = connection.prepare<[string, number]>(`update ${table} set ${column} = ? where rowid = ?`);
  for (const { id, text } of rows.all()) {
    const kept = without(text, traces);
    if (kept !== text) put.run(kept, id);
  }
}

/** What was noted of other entries of the blacklist. */
function forgetEntries(connection: Connection, traces: Traces): void {
  const rows = connection.prepare<[], { kind: string; value: string; reason: string; source: string }>(
    `select kind, value, reason, source from suppression where ${may('reason')} or ${may('source')}`,
  );
  const put = connection.prepare<[string, string, string, string]>(
    'update suppression set reason = ?, source = ? where kind = ? and value = ?',
  );
  for (const { kind, value, reason, source } of rows.all()) {
    const kept = [withoutTraces(reason, traces), withoutTraces(source, traces)] as const;
    if (kept[0] !== reason || kept[1] !== source) put.run(...kept, kind, value);
  }
}
