import type { HeldRow } from '../../engine/ports/gdpr.ts';
import type { Connection } from '../connection.ts';

/** Every table whose rows are about one person, by `prospect_id`; a test compares them with the schema. */
export const ABOUT_PEOPLE = [
  'import_change',
  'enrolment',
  'message',
  'event',
  'text_cache',
  'text_batch_request',
  'model_call',
  'disc_proposal',
] as const;

const JSON_COLUMNS = [
  'custom',
  'before',
  'after',
  'envelope',
  'writing',
  'allowed',
  'data',
  'answer',
  'answers',
  'proposal',
];
const INSTANT = /(?:^|_)at$|^keep_until$/;

/** Texts that hold JSON are read, instants become ISO times. */
export const heldRow = (row: Record<string, unknown>): HeldRow =>
  Object.fromEntries(
    Object.entries(row).map(([column, value]) => {
      if (typeof value === 'string' && JSON_COLUMNS.includes(column)) return [column, JSON.parse(value)];
      if (typeof value === 'number' && INSTANT.test(column)) return [column, new Date(value).toISOString()];
      return [column, value];
    }),
  );

/** Earlier states of rows that are there themselves (db/task/undoable.ts) tell nothing more of the person. */
const COLUMNS: Readonly<Partial<Record<(typeof ABOUT_PEOPLE)[number], string>>> = {
  event: "*, json_remove(data, '$.undo') as data",
};

export const rowsAbout = (
  connection: Connection,
  table: (typeof ABOUT_PEOPLE)[number],
  prospectId: number,
): HeldRow[] =>
  connection
    .prepare<[number], Record<string, unknown>>(
      `select ${COLUMNS[table] ?? '*'} from ${table} where prospect_id = ? order by rowid`,
    )
    .all(prospectId)
    .map(heldRow);
