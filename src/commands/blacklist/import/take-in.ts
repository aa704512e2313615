import { basename } from 'node:path';
import type { Context } from '../../../context.ts';
import { isListHeader, type ListColumns, planListColumns } from '../../../engine/blacklist/columns.ts';
import type { ListDefaults } from '../../../engine/blacklist/row.ts';
import { type ListOutcome, runListImport } from '../../../engine/blacklist/run.ts';
import type { CsvList } from '../../../engine/ports/imports.ts';
import { shellWord } from '../../../engine/shell-word.ts';
import { EXIT, failure, UserError, usageError } from '../../../errors.ts';
import { watchInterrupt } from '../../../io/interrupt.ts';
import { createProgress } from '../../../io/progress.ts';
import { printable } from '../../../io.ts';
import { openList } from '../../list-file.ts';
import { expiryOf } from '../expiry.ts';
import type { BlacklistImportOptions } from './report.ts';
import { reportList } from './report.ts';

/** Exit code 1 when not a single entry could be taken. */
export async function takeListIn(
  context: Context,
  file: string,
  options: BlacklistImportOptions,
): Promise<void> {
  if (file === '-' && context.io.stdin.isTTY)
    throw usageError(
      'stdin is the keyboard: name a file or pipe one in',
      'hector blacklist import - < list.csv',
    );
  const { encoding, delimiter } = options;
  const known = { encoding, delimiter, known: isListHeader };
  const list = await openList(context, file, known, 'hector blacklist import --help');
  try {
    const columns = columnsOf(list);
    const outcome = await run(context, list, columns, options);
    if (outcome.interrupted)
      throw new UserError(
        `interrupted: ${outcome.added + outcome.renewed} entries are in and hold; the rest is not`,
        { exitCode: EXIT.interrupted, next: again(file, options) },
      );
    const { added, renewed, known } = outcome;
    if (added + renewed + known === 0) context.exitCode = EXIT.failed;
    reportList(context, { file: list.name, refusedFile: refusedName(list), options, columns, list, outcome });
  } finally {
    await list.close();
  }
}

/** The same command: what is in already changes nothing. */
function again(
  file: string,
  { kind, reason, source, expires, encoding, delimiter }: BlacklistImportOptions,
): string {
  const flags = Object.entries({ kind, reason, source, expires, encoding, delimiter }).flatMap(
    ([name, value]) => (value === null ? [] : [` --${name} ${shellWord(value)}`]),
  );
  return `hector blacklist import ${file === '-' ? file : shellWord(file)}${flags.join('')}`;
}

function columnsOf(list: CsvList): ListColumns {
  const columns = planListColumns(list.header);
  if (columns) return columns;
  const names = printable(list.header.slice(0, 12).join(', ')).slice(0, 200);
  throw failure(
    `${list.name}: no column with addresses, numbers, profiles, domains, SIRENs or hashes (columns: ${names}); one called value holds any of them, or with --kind one kind`,
    'hector blacklist import --help',
  );
}

async function run(
  context: Context,
  list: CsvList,
  columns: ListColumns,
  options: BlacklistImportOptions,
): Promise<ListOutcome> {
  const defaults = await defaultsOf(context, list, options);
  const interrupt = watchInterrupt();
  const progress = createProgress(context.io, `Importing ${list.name}`);
  try {
    return await runListImport({
      list,
      columns,
      defaults,
      store: await context.stores.blacklistImports(),
      refused: await context.refusedFile(refusedName(list), list),
      dryRun: options.dryRun,
      interrupted: interrupt.pressed,
      onProgress: (read) => progress.at(read),
    });
  } finally {
    interrupt.stop();
    progress.end();
  }
}

async function defaultsOf(
  context: Context,
  list: CsvList,
  options: BlacklistImportOptions,
): Promise<ListDefaults> {
  const { country, timezone } = await context.config();
  return {
    kind: options.kind,
    reason: options.reason ?? 'imported',
    source: options.source ?? basename(list.name),
    expiresAt: options.expires === null ? null : await expiryOf(context, options.expires),
    ...{ country, timezone },
    now: context.now(),
  };
}

const refusedName = (list: CsvList): string => (list.pipe ? 'stdin.refused.csv' : `${list.name}.refused.csv`);
