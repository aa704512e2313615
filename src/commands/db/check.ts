import type { Context } from '../../context.ts';
import type { DatabaseHealth } from '../../engine/ports/database.ts';
import { EXIT } from '../../errors.ts';
import { printJson } from '../../io/table.ts';
import { printable } from '../../io.ts';
import { hectorCommand, type OpenContext } from '../command.ts';
import { holdingsLine, megabytes } from './holdings.ts';

export const command = (open: OpenContext) =>
  hectorCommand('check', {
    summary: 'is the database whole',
    description:
      'Reads every page of the database, follows every reference, and compares tables and indexes with those of this version. Changes nothing. Exit 1 when something is wrong. What is in the ledger is judged by hector verify.',
    examples: ['hector db check', 'hector db check --json'],
  }).action(async (options) => dbCheck(open(options)));

export async function dbCheck(context: Context): Promise<void> {
  const desk = await context.database();
  const health = await desk.health('all');
  const faults = faultsOf(health);
  if (faults.length > 0) context.exitCode = EXIT.failed;
  if (context.json) return printJson(context.io, healthJson(health));
  const { io } = context;
  for (const fault of faults) io.out(printable(fault));
  if (faults.length > 0) {
    io.warn(`hector: the database is damaged. Next: ${desk.cure() ?? 'hector db restore BACKUP'}`);
    return;
  }
  io.out(`${health.file} is whole: ${megabytes(health.bytes)}, ${holdingsLine(health.holdings)}`);
  if (health.schema < health.schemaKnown)
    io.note(
      `It is of an older version (schema ${health.schema} of ${health.schemaKnown}); it is brought up to date when it is next opened.`,
    );
  io.note('What was sent, to whom and when, is proved by: hector verify');
}

/** A line each; none where it is whole. */
export const faultsOf = ({
  integrity,
  foreignKeys,
  drift,
  schema,
  schemaKnown,
}: DatabaseHealth): string[] => [
  ...integrity,
  ...Object.entries(foreignKeys).map(([table, rows]) => `${table}: ${rows} rows point at what is not there`),
  ...drift,
  ...(schema > schemaKnown
    ? [`it is of a newer version (schema ${schema}, this one knows ${schemaKnown})`]
    : []),
];

const healthJson = (health: DatabaseHealth) => ({
  file: health.file,
  ok: faultsOf(health).length === 0,
  bytes: health.bytes,
  wal_bytes: health.walBytes,
  schema: health.schema,
  schema_known: health.schemaKnown,
  integrity: health.integrity,
  foreign_keys: health.foreignKeys,
  drift: health.drift,
  holdings: health.holdings,
});
